// Every reader against damaged files: each must end in a value or a typed error, whatever the bytes.

import Basics
import Formats
import Foundation
import Ink
import Testing

/// A reader with a small file that it reads.
struct Reader: Sendable, CustomTestStringConvertible {
  let name: String
  let sample: [UInt8]
  /// Whether the bytes were read; what is wrong with them is thrown.
  let read: @Sendable ([UInt8]) throws(FormatError) -> Void

  var testDescription: String { name }

  init(_ name: String, _ sample: [UInt8], _ read: @escaping @Sendable ([UInt8]) throws(FormatError) -> Void) {
    self.name = name
    self.sample = sample
    self.read = read
  }

  private static func picture(_ name: String, _ sample: [UInt8]) -> Reader {
    Reader(name, sample) { bytes throws(FormatError) in _ = try Picture.gray(bytes) }
  }

  private static func pnm(_ text: String, _ raster: [UInt8] = []) -> Reader {
    Reader("PNM \(text.prefix(2))", Array(text.utf8) + raster) { bytes throws(FormatError) in
      _ = try PNM.pictures(bytes)
    }
  }

  private static let strokes = Drawing([
    Stroke([Stroke.Sample(Point(x: 1, y: 2), time: 0.5), Stroke.Sample(Point(x: 3, y: 4))]),
    Stroke([Stroke.Sample(Point(x: 7, y: 9))], width: 3),
  ])

  static var all: [Reader] {
    var readers = [
      pnm("P1 # a\n3 2\n101 010"), pnm("P2\n3 2 # b\n100 1 2 3 100 50 0"), pnm("P3 1 2 9\n1 2 3 9 8 7"),
      pnm("P4\n9 2\n", [0xAA, 0x80, 0x55, 0]), pnm("P5\r\n2 2\r\n# c\r\n300\r\n", [0, 1, 1, 44, 0, 0, 1, 0]),
      pnm("P6 1 1 255\n", [1, 2, 3]),
      Reader("IDX", IDX(.int16, shape: [2, 3], bytes: (0..<12).map { $0 }).file) {
        bytes throws(FormatError) in
        let idx = try IDX(file: bytes)
        for index in 0..<min(idx.count, 100) { _ = (idx.integer(at: index), idx.number(at: index)) }
      },
      Reader("stroke file", StrokeFile.file([LabelledDrawing(strokes, label: "7\n", writer: 2)])) {
        bytes throws(FormatError) in _ = try InkFile.drawings(bytes)
      },
      Reader("foreign stroke file", Array(#"{"label":"é\u00e9","strokes":[[[1,2,3e2],[-4.5,6,7]],[]]}"#.utf8))
      {
        bytes throws(FormatError) in _ = try InkFile.drawings(bytes)
      },
      Reader("InkML", InkML.file(LabelledDrawing(strokes, label: "<"))) { bytes throws(FormatError) in
        _ = try InkFile.drawings(bytes)
      },
      Reader("foreign InkML", Array("<ink><!-- --><trace>1 2, '3'-4,\"1\"0,*!5</trace>\n</ink>".utf8)) {
        bytes throws(FormatError) in _ = try InkFile.drawings(bytes)
      },
    ]
    #if Codecs
    let picture = GrayImage(width: 5, height: 3, pixels: (0..<15).map { UInt8($0 * 17) })
    if let png = try? PNG.file(picture) { readers.append(Self.picture("PNG", png)) }
    readers += [
      Self.picture("PNG, interlaced palette", Self.interlaced), Self.picture("JPEG", Self.jpeg),
      Self.picture("JPEG, progressive", Self.progressive),
      Reader("gzip", Self.gzip) { bytes throws(FormatError) in _ = try IDX(file: bytes) },
      Reader("npz", Self.npz) { bytes throws(FormatError) in
        for array in try NPZ.arrays(bytes).values { _ = (array.levels, array.texts) }
      },
    ]
    #endif
    return readers
  }
}

@Suite("Damaged files")
struct MutationTests {
  private static let isThorough = ProcessInfo.processInfo.environment["INKLING_THOROUGH"] == "1"

  @Test("are samples that are read when whole", arguments: Reader.all)
  func whole(_ reader: Reader) throws {
    try reader.read(reader.sample)
  }

  @Test(
    "cut off anywhere, or with any byte changed to any other, end in a value or a typed error",
    arguments: Reader.all)
  func everyByte(_ reader: Reader) {
    for count in 0..<reader.sample.count { try? reader.read(Array(reader.sample[..<count])) }
    var bytes = reader.sample
    for place in bytes.indices {
      // Each of the 255 others; of long samples in a quick run, each bit and some that mean something.
      let others: [UInt8] =
        Self.isThorough || bytes.count <= 150
        ? (1...255).map { $0 } : [1, 2, 4, 8, 16, 32, 64, 128, 255, reader.sample[place]]
      for change in others {
        bytes[place] = reader.sample[place] ^ change
        try? reader.read(bytes)
      }
      bytes[place] = reader.sample[place]
    }
  }

  @Test("mutated at random end in a value or a typed error", arguments: Reader.all)
  func random(_ reader: Reader) {
    // All readers together: a million where there is time.
    let rounds = (Self.isThorough ? 1_000_000 : 20_000) / Reader.all.count + 1
    var random = Numbers(seed: UInt64(reader.sample.count))
    for _ in 0..<rounds { try? reader.read(chance.mutation(of: reader.sample)) }
  }

  @Test("that announce more than they hold are refused before memory is taken")
  func hugeSizes() {
    let huge: [UInt8] = [0xFF, 0xFF, 0xFF, 0xFF]
    for bytes in [
      Array("P5 65535 2048 255\n".utf8), Array("P2 65535 2048 255\n1".utf8), Array("P1 65535 2048\n1".utf8),
      Array("P6 60000 2000 65535\n".utf8), Array("P4 65535 2048\n".utf8),
    ] {
      #expect(throws: FormatError.self) { try PNM.picture(bytes) }
    }
    #expect(throws: FormatError.self) { try IDX(file: [0, 0, 8, 3] + huge + huge + huge) }
    #expect(throws: FormatError.self) { try IDX(file: [0, 0, 8, 1, 0x3F, 0xFF, 0xFF, 0xFF]) }
  }
}

/// Random numbers that a seed determines (xorshift), and the ways in which files get damaged.
private struct Numbers {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  mutating func next(_ bound: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state >> 11) % max(1, bound)
  }

  mutating func mutation(of sample: [UInt8]) -> [UInt8] {
    var bytes = sample
    for _ in 0...next(4) {
      let place = next(bytes.count)
      switch next(7) {
      case 0 where !bytes.isEmpty: bytes[place] = UInt8(next(256))
      case 1 where !bytes.isEmpty: bytes[place] ^= 1 << UInt8(next(8))
      case 2 where !bytes.isEmpty: bytes.removeSubrange(place..<min(bytes.count, place + 1 + next(8)))
      case 3:
        bytes.insert(contentsOf: (0...next(8)).map { _ in UInt8(next(256)) }, at: min(place, bytes.count))
      case 4 where !bytes.isEmpty:
        bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 1 + next(16))], at: next(bytes.count))
      case 5 where !bytes.isEmpty:
        bytes.replaceSubrange(
          place..<min(bytes.count, place + 4),
          with: [
            [0xFF, 0xFF, 0xFF, 0xFF], [0, 0, 0, 0], [0x7F, 0xFF, 0xFF, 0xFF], [0x39, 0x39, 0x39, 0x39],
          ][next(4)])
      default: bytes.removeLast(min(bytes.count, next(8)))
      }
    }
    return bytes
  }
}
