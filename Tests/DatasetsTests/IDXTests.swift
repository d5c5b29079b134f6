// IDX files.

import Basics
import Datasets
import Testing

@Suite("IDX files")
struct IDXTests {
  @Test(
    "are read as they were written, for every type and every rank up to four", arguments: IDX.Element.allCases
  )
  func roundTrip(element: IDX.Element) throws {
    for rank in 0...4 {
      let shape = (0..<rank).map { $0 + 2 }
      let count = shape.reduce(element.size, *)
      let idx = IDX(element, shape: shape, bytes: (0..<count).map { UInt8(truncatingIfNeeded: $0 * 53) })
      #expect(try IDX(file: idx.file) == idx)
    }
  }

  @Test("hold numbers with the most significant byte first")
  func numbers() throws {
    let int16 = try IDX(file: [0, 0, 0x0B, 1, 0, 0, 0, 2, 0xFF, 0xFE, 0x01, 0x02])
    #expect(int16.integer(at: 0) == -2)
    #expect(int16.integer(at: 1) == 258)
    let float = try IDX(file: [0, 0, 0x0D, 1, 0, 0, 0, 1, 0x3F, 0xC0, 0, 0])
    #expect(float.number(at: 0) == 1.5)
    let int32 = try IDX(file: [0, 0, 0x0C, 1, 0, 0, 0, 1, 0x80, 0, 0, 0])
    #expect(int32.integer(at: 0) == -2_147_483_648)
    let signed = try IDX(file: [0, 0, 0x09, 1, 0, 0, 0, 1, 0x80])
    #expect(signed.integer(at: 0) == -128)
  }

  @Test("may be empty, even if other dimensions are long")
  func empty() throws {
    #expect(try IDX(file: [0, 0, 8, 1, 0, 0, 0, 0]).count == 0)
    #expect(
      try IDX(file: [0, 0, 8, 3, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]).count == 0)
  }

  @Test("may be empty with dimensions whose product overflows")
  func emptyAndHuge() throws {
    let sides: [UInt8] = [0xFF, 0xFF, 0xFF, 0xFF]
    #expect(try IDX(file: [0, 0, 14, 4] + sides + sides + sides + [0, 0, 0, 0]).count == 0)
  }

  @Test("of another length than their header announces give an error")
  func wrongLength() {
    let file = IDX(shape: [2, 3], bytes: [1, 2, 3, 4, 5, 6]).file
    #expect(throws: FormatError.self) { try IDX(file: file + [0]) }
    for count in 0..<file.count { #expect(throws: FormatError.self) { try IDX(file: Array(file[..<count])) } }
    #expect(throws: FormatError.self) {
      try IDX(file: [0, 0, 8, 3] + [UInt8](repeating: 0xFF, count: 12) + [1])
    }
    #expect(throws: FormatError.self) { try IDX(file: [0, 0, 0x0A, 1, 0, 0, 0, 0]) }
  }
}
