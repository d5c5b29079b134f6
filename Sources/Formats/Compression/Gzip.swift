// Decompression of gzip files and deflate data, piece by piece, by zlib where the build has it.

#if Codecs
import Basics
import CZlib
#endif

/// Gzip files (RFC 1952).
public enum Gzip {
  /// Whether Inkling was built with the trait Codecs: with zlib, libpng and libjpeg.
  public static var isAvailable: Bool {
    #if Codecs
    true
    #else
    false
    #endif
  }

  /// Whether bytes begin as a gzip file.
  package static func begins(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0x1F, 0x8B]) }

  /// Decompresses a file.
  ///
  /// - Parameters:
  ///   - bytes: The bytes of the file.
  ///   - limit: The most bytes that the content may have.
  /// - Returns: The content.
  /// - Throws: `FormatError` if the file is damaged, if its content is over the limit, or if the build has no zlib.
  public static func decompress(
    _ bytes: [UInt8], limit: Int = SizeLimit.fileBytes
  ) throws(FormatError) -> [UInt8] {
    let inflation = try Inflation(bytes)
    var content: [UInt8] = []
    while true {
      let piece = try inflation.read(1 << 16)
      content += piece
      if content.count > limit {
        throw FormatError(
          "gzip", at: bytes.count, expected: "at most \(limit) bytes after decompression", found: "more",
          advice: "decompress it with gunzip and split it")
      }
      if piece.count < 1 << 16 { return content }
    }
  }

  /// Decompresses deflate data without gzip's header, as in a zip file, to at most `count` bytes.
  package static func inflate(_ bytes: [UInt8], count: Int) throws(FormatError) -> [UInt8] {
    try Inflation(bytes, isGzip: false).read(count)
  }
}

#if Codecs
/// The decompression of one file, piece by piece.
final class Inflation {
  private var stream = z_stream()
  private let bytes: [UInt8]
  private var position = 0
  private var isAtEnd = false
  /// Whether the bytes have gzip's header and trailer, or are plain deflate data as in a zip file.
  private let isGzip: Bool

  init(_ bytes: [UInt8], isGzip: Bool = true) throws(FormatError) {
    self.bytes = bytes
    self.isGzip = isGzip
    guard inkling_inflate_init(&stream, isGzip ? 1 : 0) == Z_OK else {
      throw FormatError(
        "gzip", at: 0, expected: "memory for decompression", found: "none", advice: "close other programs")
    }
  }

  deinit { inflateEnd(&stream) }

  /// The next bytes: `count`, or fewer at the end of the file.
  func read(_ count: Int) throws(FormatError) -> [UInt8] {
    if isAtEnd || count == 0 { return [] }
    // No more memory is allocated than the remaining bytes can fill.
    let most = (bytes.count - position + 64).multipliedReportingOverflow(by: SizeLimit.deflateRatio)
    let capacity = most.overflow ? count : min(count, most.partialValue + (1 << 16))
    var status = Z_OK
    var done = 0
    let piece = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, used in
      bytes.withUnsafeBufferPointer { bytes in
        while done < capacity, !isAtEnd, status == Z_OK {
          // zlib counts in 32 bits.
          let input = min(bytes.count - position, 1 << 30)
          let output = min(capacity - done, 1 << 30)
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
      "gzip", at: position, expected: isCut ? "more compressed data" : "valid gzip data",
      found: isCut ? "the end of the file" : damage,
      advice: isCut ? "the file was cut off: get it again" : "the file is damaged: get it again")
  }

  /// Continues with the next member of the file.
  ///
  /// Zeros may pad the end of the file.
  private func beginNextMember(_ bytes: UnsafeBufferPointer<UInt8>) -> Int32 {
    if isGzip, position + 1 < bytes.count, bytes[position] == 0x1F, bytes[position + 1] == 0x8B {
      return inflateReset(&stream)
    }
    isAtEnd = true
    return bytes[position...].allSatisfy { $0 == 0 } ? Z_OK : Z_DATA_ERROR
  }

  private var damage: String { stream.msg.map { "damage (\(String(cString: $0)))" } ?? "other bytes" }
}
#else
/// The decompression of a file in a build without zlib: always an error.
final class Inflation {
  init(_ bytes: [UInt8], isGzip: Bool = true) throws(FormatError) {
    throw FormatError(
      "gzip", at: 0, expected: "a file that is not compressed",
      found: "gzip, which this build cannot decompress",
      advice: "decompress it with gunzip, or build Inkling with the trait Codecs (needs zlib1g-dev)")
  }

  func read(_ count: Int) throws(FormatError) -> [UInt8] { [] }
}
#endif
