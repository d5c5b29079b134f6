// Every reader on damaged files: the result is a value or a typed error, whatever the bytes.

import Basics
import Datasets
import Formats
import Foundation
import Ink
import Testing

/// A reader and a small file that it accepts.
struct Reader: Sendable, CustomTestStringConvertible {
  let name: String
  let sample: [UInt8]
  /// Reads bytes, or throws an error.
  let read: @Sendable ([UInt8]) throws(FormatError) -> Void

  var testDescription: String { name }

  init(_ name: String, _ sample: [UInt8], _ read: @escaping @Sendable ([UInt8]) throws(FormatError) -> Void) {
    self.name = name
    self.sample = sample
    self.read = read
  }

  /// The reader of whole documents.
  private static func document(_ name: String, _ sample: [UInt8]) -> Reader {
    Reader(name, sample) { bytes throws(FormatError) in _ = try Document(bytes) }
  }

  private static func pnm(_ text: String, _ raster: [UInt8] = []) -> Reader {
    Reader("PNM \(text.prefix(2))", Array(text.utf8) + raster) { bytes throws(FormatError) in
      _ = try PNM.images(bytes)
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
      document("stroke file", StrokeFile.file([LabelledDrawing(strokes, label: "7\n", writer: 2)])),
      document(
        "stroke file of another program",
        Array(#"{"label":"é\u00e9","strokes":[[[1,2,3e2],[-4.5,6,7]],[]]}"#.utf8)),
      document("InkML", InkML.file(LabelledDrawing(strokes, label: "<"))),
      document(
        "InkML of another program",
        Array("<ink><!-- --><trace>1 2, '3'-4,\"1\"0,*!5</trace>\n</ink>".utf8)),
      document("UNIPEN", Array(".SEGMENT D 0 ? \"4\"\n.COMMENT 4 7\n.PEN_DOWN\n1 2\n3 -4\n.PEN_UP\n".utf8)),
    ]
    #if Codecs
    let picture = GrayImage(width: 5, height: 3, pixels: (0..<15).map { UInt8($0 * 17) })
    if let png = try? PNG.file(picture) { readers.append(document("PNG", png)) }
    readers += [
      document("PNG, interlaced palette", Self.interlaced), document("JPEG", Self.jpeg),
      document("JPEG, progressive", Self.progressive),
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

  @Test("are read before they are damaged", arguments: Reader.all)
  func whole(_ reader: Reader) throws {
    try reader.read(reader.sample)
  }

  @Test(
    "that are cut off or have a changed byte give a value or a typed error",
    arguments: Reader.all)
  func everyByte(_ reader: Reader) {
    for count in 0..<reader.sample.count { try? reader.read(Array(reader.sample[..<count])) }
    var bytes = reader.sample
    for index in bytes.indices {
      // All 255 other bytes; for long samples in a quick run only some of them.
      let others: [UInt8] =
        Self.isThorough || bytes.count <= 150
        ? (1...255).map { $0 } : [1, 2, 4, 8, 16, 32, 64, 128, 255, reader.sample[index]]
      for change in others {
        bytes[index] = reader.sample[index] ^ change
        try? reader.read(bytes)
      }
      bytes[index] = reader.sample[index]
    }
  }

  @Test("with random changes give a value or a typed error", arguments: Reader.all)
  func random(_ reader: Reader) {
    // The number of rounds of all readers together.
    let rounds = (Self.isThorough ? 1_000_000 : 20_000) / Reader.all.count + 1
    var mutator = Mutator(seed: UInt64(reader.sample.count))
    for _ in 0..<rounds { try? reader.read(mutator.mutation(of: reader.sample)) }
  }

  @Test("that announce more than they hold give an error before memory is allocated")
  func hugeSizes() {
    let huge: [UInt8] = [0xFF, 0xFF, 0xFF, 0xFF]
    for bytes in [
      Array("P5 65535 2048 255\n".utf8), Array("P2 65535 2048 255\n1".utf8), Array("P1 65535 2048\n1".utf8),
      Array("P6 60000 2000 65535\n".utf8), Array("P4 65535 2048\n".utf8),
    ] {
      #expect(throws: FormatError.self) { try PNM.image(bytes) }
    }
    #expect(throws: FormatError.self) { try IDX(file: [0, 0, 8, 3] + huge + huge + huge) }
    #expect(throws: FormatError.self) { try IDX(file: [0, 0, 8, 1, 0x3F, 0xFF, 0xFF, 0xFF]) }
  }

  #if Codecs
  @Test("that announce very much in all their entries give an error before memory is allocated")
  func manyEntries() throws {
    // Its two arrays have 134 and 144 bytes.
    #expect(try NPZ.arrays(Reader.npz, limit: 278).count == 2)
    let error = #expect(throws: FormatError.self) { try NPZ.arrays(Reader.npz, limit: 277) }
    #expect(error?.description.contains("at most 277 bytes in all") == true)
  }
  #endif

  @Test(
    "that announce elements of absurd sizes give an error",
    arguments: [
      "<U4611686018427387904", "<U9223372036854775807", "<U2305843009213693952", "<U-1", "<U0", "<f0", "<f-8",
      "<f9223372036854775807", "<i1152921504606846976", "|O", ">U4",
    ])
  func absurdElements(kind: String) {
    for shape in ["(2,)", "(0,)", "(4611686018427387904, 4)", "(9223372036854775807,)", "()"] {
      let header = Array("{'descr': '\(kind)', 'fortran_order': False, 'shape': \(shape), }".utf8)
      let array: [UInt8] =
        [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, 1, 0, UInt8(header.count), 0] + header
        + [UInt8](repeating: 0, count: 32)
      let error = #expect(throws: FormatError.self, "\(kind) \(shape)") {
        for array in try NPZ.arrays(Self.archive(array)).values { _ = array.texts }
      }
      #expect(error?.description.contains("kind") == true, "\(error.debugDescription)")
    }
  }

  /// A zip file with one stored entry.
  private static func archive(_ content: [UInt8]) -> [UInt8] {
    func little(_ number: Int, _ count: Int) -> [UInt8] {
      (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    }
    let name = Array("a.npy".utf8)
    let sizes = little(Int(CRC32.checksum(content)), 4) + little(content.count, 4) + little(content.count, 4)
    let start = little(0x0403_4B50, 4) + little(20, 2) + [UInt8](repeating: 0, count: 8)
    let local = start + sizes + little(name.count, 2) + little(0, 2) + name + content
    let entry =
      little(0x0201_4B50, 4) + little(20, 2) + little(20, 2) + [UInt8](repeating: 0, count: 8) + sizes
      + little(name.count, 2) + [UInt8](repeating: 0, count: 16) + name
    let end =
      little(0x0605_4B50, 4) + little(0, 4) + little(1, 2) + little(1, 2) + little(entry.count, 4)
      + little(local.count, 4) + little(0, 2)
    return local + entry + end
  }
}

/// Damages files by random numbers from a seed (xorshift).
private struct Mutator {
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
      let index = next(bytes.count)
      switch next(7) {
      case 0 where !bytes.isEmpty: bytes[index] = UInt8(next(256))
      case 1 where !bytes.isEmpty: bytes[index] ^= 1 << UInt8(next(8))
      case 2 where !bytes.isEmpty: bytes.removeSubrange(index..<min(bytes.count, index + 1 + next(8)))
      case 3:
        bytes.insert(contentsOf: (0...next(8)).map { _ in UInt8(next(256)) }, at: min(index, bytes.count))
      case 4 where !bytes.isEmpty:
        bytes.insert(contentsOf: bytes[index..<min(bytes.count, index + 1 + next(16))], at: next(bytes.count))
      case 5 where !bytes.isEmpty:
        bytes.replaceSubrange(
          index..<min(bytes.count, index + 4),
          with: [
            [0xFF, 0xFF, 0xFF, 0xFF], [0, 0, 0, 0], [0x7F, 0xFF, 0xFF, 0xFF], [0x39, 0x39, 0x39, 0x39],
          ][next(4)])
      default: bytes.removeLast(min(bytes.count, next(8)))
      }
    }
    return bytes
  }
}
