// The state of an interrupted run as bytes with a checksum, from which it continues to the same bits.

import Basics

/// What is wrong with a checkpoint's bytes.
package struct CheckpointError: Error, Equatable, CustomStringConvertible {
  /// What was found, what was expected, what to do.
  package let description: String

  /// The checkpoint of another recipe.
  static let anotherRecipe = CheckpointError(
    description: "the checkpoint belongs to another recipe; resume with the same recipe and options, "
      + "or start anew without --resume")
}

extension CheckpointError {
  /// A fault after which the training can only start anew.
  init(_ fault: String) { description = fault + "; start the training anew without --resume" }
}

/// Named parts of a run's state in one file.
///
/// The format: the line `INKLING CHECKPOINT 1`, then for each part the lengths of its name and of its bytes
/// (8 bytes each, little-endian), the name, the bytes; at the end the FNV-1a hash of all bytes before (8 bytes).
package struct Checkpoint: Sendable, Equatable {
  /// The parts by their names.
  package var parts: [String: [UInt8]] = [:]

  private static let magic = Array("INKLING CHECKPOINT 1\n".utf8)

  /// An empty checkpoint.
  package init() {}

  /// The checkpoint as bytes.
  package var bytes: [UInt8] {
    var bytes = Self.magic
    for (name, part) in parts.sorted(by: { $0.key < $1.key }) {
      bytes += Self.bytes([UInt64(name.utf8.count), UInt64(part.count)]) + name.utf8
      bytes += part
    }
    return bytes + Self.bytes([Self.hash(bytes[...])])
  }

  /// Reads a checkpoint and verifies its checksum.
  package init(bytes: [UInt8]) throws(CheckpointError) {
    guard bytes.starts(with: Self.magic) else {
      throw CheckpointError("the file is no checkpoint: expected 'INKLING CHECKPOINT 1' at byte 0")
    }
    let end = bytes.count - 8
    guard end >= Self.magic.count, Self.word(bytes, at: end) == Self.hash(bytes[..<end]) else {
      throw CheckpointError(
        "the checkpoint is damaged or cut short: the checksum of its \(bytes.count) bytes is wrong")
    }
    var offset = Self.magic.count
    while offset < end {
      // The hash finds damage by accident; a file with forged lengths is refused here.
      guard end - offset >= 16, let name = Int(exactly: Self.word(bytes, at: offset) as UInt64),
        let count = Int(exactly: Self.word(bytes, at: offset + 8) as UInt64), name <= end - offset - 16,
        count <= end - offset - 16 - name
      else {
        throw CheckpointError(
          description: "the checkpoint is damaged at byte \(offset): a length exceeds the file")
      }
      offset += 16
      let key = String(decoding: bytes[offset..<(offset + name)], as: UTF8.self)
      offset += name
      parts[key] = Array(bytes[offset..<(offset + count)])
      offset += count
    }
  }

  /// A part that is an array of numbers.
  package subscript(floats name: String) -> [Float]? {
    get { words(name).map { $0.map(Float.init(bitPattern:)) } }
    set { parts[name] = newValue.map { Self.bytes($0.map(\.bitPattern)) } }
  }

  /// A part that is an array of numbers in double precision.
  package subscript(doubles name: String) -> [Double]? {
    get { words(name).map { $0.map(Double.init(bitPattern:)) } }
    set { parts[name] = newValue.map { Self.bytes($0.map(\.bitPattern)) } }
  }

  /// A part that is a text.
  package subscript(text name: String) -> String? {
    get { parts[name].map { String(decoding: $0, as: UTF8.self) } }
    set { parts[name] = newValue.map { Array($0.utf8) } }
  }

  private func words<Word: FixedWidthInteger>(_ name: String) -> [Word]? {
    let size = Word.bitWidth / 8
    guard let part = parts[name], part.count % size == 0 else { return nil }
    return stride(from: 0, to: part.count, by: size).map { Self.word(part, at: $0) }
  }

  private static func word<Word: FixedWidthInteger>(_ bytes: [UInt8], at offset: Int) -> Word {
    bytes.withUnsafeBytes { Word(littleEndian: $0.loadUnaligned(fromByteOffset: offset, as: Word.self)) }
  }

  private static func bytes<Word: FixedWidthInteger>(_ words: [Word]) -> [UInt8] {
    words.map(\.littleEndian).withUnsafeBytes { Array($0) }
  }

  private static func hash(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.withUnsafeBufferPointer { bytes in
      bytes.reduce(into: Fingerprint()) { $0.add(UInt64($1)) }.sum
    }
  }
}
