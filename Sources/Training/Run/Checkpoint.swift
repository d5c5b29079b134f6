// A run at rest: everything that it needs to go on to the same bits, as bytes that notice when they are damaged.

import Basics

/// What is wrong with a checkpoint's bytes.
package struct CheckpointError: Error, Equatable, CustomStringConvertible {
  /// What was found, what was expected, what to do.
  package let description: String
}

/// Named pieces of a run's state in one file.
///
/// The layout: the line `INKLING CHECKPOINT 1`, then for each piece the lengths of its name and of its bytes
/// (8 bytes each, little-endian), the name, the bytes; at the end the FNV-1a hash of all before it (8 bytes).
package struct Checkpoint: Sendable, Equatable {
  /// The pieces.
  package var pieces: [String: [UInt8]] = [:]

  private static let magic = Array("INKLING CHECKPOINT 1\n".utf8)

  /// A checkpoint of nothing.
  package init() {}

  /// Everything as bytes.
  package var bytes: [UInt8] {
    var bytes = Self.magic
    for (name, piece) in pieces.sorted(by: { $0.key < $1.key }) {
      append(UInt64(name.utf8.count), to: &bytes)
      append(UInt64(piece.count), to: &bytes)
      bytes += name.utf8
      bytes += piece
    }
    append(Self.hash(bytes[...]), to: &bytes)
    return bytes
  }

  /// Reads a checkpoint, and checks that it is whole.
  package init(bytes: [UInt8]) throws(CheckpointError) {
    guard bytes.starts(with: Self.magic) else {
      throw CheckpointError(
        description: "this is no checkpoint: expected 'INKLING CHECKPOINT 1' at byte 0; "
          + "start the training anew without --resume")
    }
    let end = bytes.count - 8
    guard end >= Self.magic.count, Self.number(bytes, at: end) == Self.hash(bytes[..<end]) else {
      throw CheckpointError(
        description:
          "the checkpoint is damaged or cut short: the sum over its \(bytes.count) bytes does not agree; "
          + "start the training anew without --resume")
    }
    var place = Self.magic.count
    while place < end {
      // The hash agreed, so lengths are those that were written; a file made to deceive is refused all the same.
      guard end - place >= 16, let name = Int(exactly: Self.number(bytes, at: place)),
        let count = Int(exactly: Self.number(bytes, at: place + 8)), name <= end - place - 16,
        count <= end - place - 16 - name
      else {
        throw CheckpointError(
          description: "the checkpoint is damaged at byte \(place): a length reaches over its end")
      }
      place += 16
      let key = String(decoding: bytes[place..<(place + name)], as: UTF8.self)
      place += name
      pieces[key] = Array(bytes[place..<(place + count)])
      place += count
    }
  }

  /// A piece that is a row of numbers.
  package subscript(floats name: String) -> [Float]? {
    get {
      guard let piece = pieces[name], piece.count % 4 == 0 else { return nil }
      return piece.withUnsafeBytes { bytes in
        (0..<(piece.count / 4)).map {
          Float(
            bitPattern: UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 4 * $0, as: UInt32.self)))
        }
      }
    }
    set {
      pieces[name] = newValue.map { values in
        values.map(\.bitPattern.littleEndian).withUnsafeBytes { Array($0) }
      }
    }
  }

  /// A piece that is a few numbers in double precision.
  package subscript(doubles name: String) -> [Double]? {
    get {
      guard let piece = pieces[name], piece.count % 8 == 0 else { return nil }
      return (0..<(piece.count / 8)).map { Double(bitPattern: Self.number(piece, at: 8 * $0)) }
    }
    set {
      pieces[name] = newValue.map { values in
        var bytes: [UInt8] = []
        for value in values { append(value.bitPattern, to: &bytes) }
        return bytes
      }
    }
  }

  /// A piece that is a text.
  package subscript(text name: String) -> String? {
    get { pieces[name].map { String(decoding: $0, as: UTF8.self) } }
    set { pieces[name] = newValue.map { Array($0.utf8) } }
  }

  private static func number(_ bytes: [UInt8], at place: Int) -> UInt64 {
    (0..<8).reduce(0) { $0 | UInt64(bytes[place + $1]) << (8 * UInt64($1)) }
  }

  private static func hash(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.withUnsafeBufferPointer { bytes in
      bytes.reduce(into: Fingerprint()) { $0.add(UInt64($1)) }.sum
    }
  }
}

private func append(_ number: UInt64, to bytes: inout [UInt8]) {
  withUnsafeBytes(of: number.littleEndian) { bytes += $0 }
}
