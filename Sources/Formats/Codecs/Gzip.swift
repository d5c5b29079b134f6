// Gzip, the wrapping of data sets: unwrapped as far as somebody asks, with zlib where it is built in.

#if Codecs
import Basics
import CZlib
#endif

/// Gzip files (RFC 1952).
public enum Gzip {
  /// Whether Inkling was built with zlib.
  public static var isThere: Bool {
    #if Codecs
    true
    #else
    false
    #endif
  }

  /// Whether bytes begin as a gzip file.
  public static func begins(_ bytes: [UInt8]) -> Bool {
    bytes.count >= 2 && bytes[0] == 0x1F && bytes[1] == 0x8B
  }

  /// The bytes that a gzip file wraps, at most as many as the limit.
  public static func unwrap(_ bytes: [UInt8], limit: Int = SizeLimit.fileBytes) throws(FormatError) -> [UInt8]
  {
    let inflation = try Inflation(bytes)
    var unwrapped: [UInt8] = []
    while true {
      let piece = try inflation.read(1 << 16)
      unwrapped += piece
      if unwrapped.count > limit {
        throw FormatError(
          "gzip", at: bytes.count, expected: "at most \(limit) bytes unwrapped", found: "more",
          advice: "unwrap it with gunzip and split it")
      }
      if piece.count < 1 << 16 { return unwrapped }
    }
  }
}

#if Codecs
/// The unwrapping of one gzip file, piece by piece.
final class Inflation {
  private var stream = z_stream()
  private let bytes: [UInt8]
  private var position = 0
  private var isAtEnd = false
  /// Whether the bytes have gzip's header and trailer, or are bare as in a zip file.
  private let isWrapped: Bool

  /// Deflate writes at best 258 bytes with two bits: this many bytes unwrapped for one wrapped.
  private static let largestRatio = 1032

  init(_ bytes: [UInt8], isWrapped: Bool = true) throws(FormatError) {
    self.bytes = bytes
    self.isWrapped = isWrapped
    guard inkling_inflate_init(&stream, isWrapped ? 1 : 0) == Z_OK else {
      throw FormatError(
        "gzip", at: 0, expected: "memory for unwrapping", found: "none", advice: "close other programs")
    }
  }

  deinit { inflateEnd(&stream) }

  /// The next bytes, fewer than asked for only where the file ends.
  func read(_ count: Int) throws(FormatError) -> [UInt8] {
    if isAtEnd || count == 0 { return [] }
    // What the rest cannot possibly hold is not made room for.
    let most = (bytes.count - position + 64).multipliedReportingOverflow(by: Self.largestRatio)
    let room = most.overflow ? count : min(count, most.partialValue + (1 << 16))
    var status = Z_OK
    var done = 0
    let piece = [UInt8](unsafeUninitializedCapacity: room) { buffer, used in
      bytes.withUnsafeBufferPointer { bytes in
        while done < room, !isAtEnd, status == Z_OK {
          // zlib counts in 32 bits.
          let input = min(bytes.count - position, 1 << 30)
          let output = min(room - done, 1 << 30)
          stream.next_in = bytes.baseAddress.map { UnsafeMutablePointer(mutating: $0 + position) }
          stream.avail_in = UInt32(input)
          stream.next_out = buffer.baseAddress.map { $0 + done }
          stream.avail_out = UInt32(output)
          status = inflate(&stream, Z_NO_FLUSH)
          position += input - Int(stream.avail_in)
          done += output - Int(stream.avail_out)
          if status == Z_STREAM_END { status = beginNextMember(bytes) }
        }
      }
      used = done
    }
    if status == Z_OK { return piece }
    let isCut = position >= bytes.count
    throw FormatError(
      "gzip", at: position, expected: isCut ? "more wrapped bytes" : "bytes as gzip writes them",
      found: isCut ? "the end of the file" : damage,
      advice: isCut ? "the file was cut off: get it again" : "the file is damaged: get it again")
  }

  /// A gzip file may hold several members, whose contents belong together; zeros may pad its end.
  private func beginNextMember(_ bytes: UnsafeBufferPointer<UInt8>) -> Int32 {
    if isWrapped, position + 1 < bytes.count, bytes[position] == 0x1F, bytes[position + 1] == 0x8B {
      return inflateReset(&stream)
    }
    isAtEnd = true
    return bytes[position...].allSatisfy { $0 == 0 } ? Z_OK : Z_DATA_ERROR
  }

  private var damage: String { stream.msg.map { "damage (\(String(cString: $0)))" } ?? "other bytes" }
}
#else
/// The unwrapping of a gzip file, which is not there in this build.
final class Inflation {
  init(_ bytes: [UInt8], isWrapped: Bool = true) throws(FormatError) {
    throw FormatError(
      "gzip", at: 0, expected: "a file that is not compressed", found: "gzip, which this build cannot unwrap",
      advice: "unwrap it with gunzip, or build Inkling with the trait Codecs (needs zlib1g-dev)")
  }

  func read(_ count: Int) throws(FormatError) -> [UInt8] { [] }
}
#endif
