// Names of files as text.

import Basics
import Testing

@Suite struct PathTextTests {
  private func bytes(_ text: String) -> [UInt8] { text.nameBytes.map { UInt8(bitPattern: $0) } }

  @Test(arguments: [
    Array("a/é.pgm".utf8), [0xFF], [0x66, 0xFF, 0x6F], [0xC3], [0xE2, 0x82], [0xED, 0xA0, 0x80],
    [0xF4, 0x8F, 0xBC, 0x80], [0xF4, 0x8F, 0xBF, 0xBF], [0xF4, 0x8F, 0xBC, 0x81, 0xFF], [],
  ])
  func everyNameKeepsItsBytes(name: [UInt8]) {
    #expect(bytes(String(nameBytes: name)) == name + [0])
  }

  @Test func randomNamesKeepTheirBytes() {
    var random = SplitMix64(seed: 7)
    for _ in 0..<20_000 {
      let name = (0..<random.next() % 9).map { _ in UInt8(truncatingIfNeeded: random.next() % 255 + 1) }
      #expect(bytes(String(nameBytes: name)) == name + [0])
    }
  }

  @Test func textIsUnchanged() {
    #expect(String(nameBytes: Array("Übung 七.pgm".utf8)) == "Übung 七.pgm")
    #expect("Übung 七.pgm".onOneLine == "Übung 七.pgm" && "a\tb\n".printable == "a\tb\n")
  }

  @Test func controlCharactersAreShown() {
    let name = "a\tb\nc\r\u{1B}[0m\u{9B}\u{202E}" + String(nameBytes: [0xFF])
    #expect(name.onOneLine == "a\\tb\\nc\\r\\x1b[0m\\x9b\\u202e\\xff")
    #expect(name.printable == "a\tb\nc\\x0d\\x1b[0m\\x9b\\u202e\\xff")
  }
}
