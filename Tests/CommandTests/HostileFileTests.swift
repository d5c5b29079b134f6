// Small files that announce much: each is refused within little memory.

import Foundation
import TestSupport
import Testing

@Suite("Files that announce more than they hold")
struct HostileFileTests {
  /// What a program may take beyond what it takes for itself.
  private static let limit = "ulimit -d \((64 + 32) * 1024)"

  private static func bigEndian(_ number: UInt32) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: number >> (24 - 8 * $0)) }
  }

  /// A PNG's chunk, with its checksum.
  private static func chunk(_ kind: String, _ data: [UInt8]) -> [UInt8] {
    let body = Array(kind.utf8) + data
    let sum = body.reduce(UInt32.max) { sum, byte in
      (0..<8).reduce(sum ^ UInt32(byte)) { bits, _ in bits >> 1 ^ (bits & 1 == 1 ? 0xEDB8_8320 : 0) }
    }
    return bigEndian(UInt32(data.count)) + body + bigEndian(~sum)
  }

  private static let png: [UInt8] =
    [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    + chunk("IHDR", bigEndian(65_000) + bigEndian(65_000) + [8, 0, 0, 0, 0])
    + chunk("IDAT", [0x78, 0x9C, 0x63])

  private static let jpeg: [UInt8] =
    [
      0xFF, 0xD8, 0xFF, 0xC2, 0, 11, 8, 0xFF, 0xFF, 0xFF, 0xFF, 1, 1, 0x11, 0, 0xFF, 0xDA, 0, 8, 1, 1, 0, 0,
      63, 0, 1,
    ]

  @Test(
    "are refused within 64 MiB",
    arguments: [
      ("PGM", Array("P5 60000 60000 255\n".utf8)), ("plain PGM", Array("P2 11000 12000 255\n1 2 3".utf8)),
      ("PBM", Array("P1 11000 12000\n1 0".utf8)), ("PNG", png), ("JPEG", jpeg),
      ("strokes", Array("{\"strokes\":[".utf8) + [UInt8](repeating: 0x5B, count: 100_000)),
      ("InkML", Array("<ink><trace>1 2, 1e999999".utf8)),
    ])
  func areRefused(_ name: String, _ bytes: [UInt8]) throws {
    let folder = try TemporaryFolder()
    try Data(bytes).write(to: URL(fileURLWithPath: folder.path("file")))
    let outcome = try Self.limited(["see", "file"], in: folder)
    #expect(outcome.status == 65, "\(name): \(outcome.errors)")
    #expect(outcome.errors.hasPrefix("inkling: 'file': "), "\(name): \(outcome.errors)")
  }

  @Test(
    "are refused within 64 MiB when they are packed ink",
    arguments: [
      "printf '<ink><trace>'; yes '1 2,' | head -c 8000000; printf '</trace></ink>'",
      "printf '<ink>'; yes '<trace>1 2</trace>' | head -c 8000000; printf '</ink>'",
      "printf '<ink><trace>1 2'; yes ',,,,,,,' | tr -d '\\n' | head -c 8000000; printf '</ink>'",
      "printf '<ink '; seq -f 'a%.0f=\"\"' 1000000 | tr '\\n' ' '; printf '></ink>'",
      "printf '<ink><trace>'; head -c 300000000 /dev/zero | tr '\\0' '1'; printf '</trace></ink>'",
    ])
  func inkBomb(content: String) throws {
    let folder = try TemporaryFolder()
    #expect(try ProgramRun(["sh", "-c", "{ \(content); } | gzip > file"], in: folder.url).status == 0)
    let outcome = try Self.limited(["see", "file"], in: folder)
    #expect(outcome.status == 65, "\(outcome.errors)")
    #expect(outcome.errors.hasPrefix("inkling: 'file': "), "\(outcome.errors)")
  }

  @Test("are refused when they are packed so that they grow a thousandfold")
  func bomb() throws {
    let folder = try TemporaryFolder()
    let images = "t10k-images-idx3-ubyte.gz"
    let script = "head -c 300000000 /dev/zero | gzip > \(images) && cp \(images) t10k-labels-idx1-ubyte.gz"
    #expect(try ProgramRun(["sh", "-c", script], in: folder.url).status == 0)
    let outcome = try Self.limited(["data", "check", "."], in: folder)
    #expect(outcome.status == 65, "\(outcome.errors)")
  }

  private static func limited(_ words: [String], in folder: TemporaryFolder) throws -> ProgramRun {
    let script = "\(limit); exec \"$0\" \"$@\""
    return try Inkling.run(words, in: folder.url, through: ["/bin/bash", "-c", script])
  }
}
