// PNM files.

import Basics
import Formats
import Ink
import Testing

@Suite("PNM files")
struct PNMTests {
  private func gray(_ text: String) throws -> GrayImage { try PNM.image(Array(text.utf8)) }

  @Test("of all six kinds are read")
  func sixKinds() throws {
    let checked = GrayImage(width: 2, height: 2, pixels: [0, 255, 255, 0])
    #expect(try gray("P1 2 2 1 0 0 1") == checked)
    #expect(try gray("P1\n2 2\n1001") == checked)
    #expect(try gray("P2 2 2 3 0 3 3 0") == checked)
    #expect(try gray("P3 2 2 255 0 0 0 255 255 255 255 255 255 0 0 0") == checked)
    #expect(try PNM.image(Array("P4 2 2 ".utf8) + [0b1000_0000, 0b0100_0000]) == checked)
    #expect(try PNM.image(Array("P5 2 2 255 ".utf8) + [0, 255, 255, 0]) == checked)
    let colors: [UInt8] = [0, 0, 0, 255, 255, 255, 255, 255, 255, 0, 0, 0]
    #expect(try PNM.image(Array("P6 2 2 255 ".utf8) + colors) == checked)
  }

  @Test("are read as they were written, for every size from 1 × 1 to 9 × 9")
  func roundTrip() throws {
    for width in 1...9 {
      for height in 1...9 {
        let pixels = (0..<width * height).map { UInt8(truncatingIfNeeded: $0 * 37 + 35) }
        let picture = GrayImage(width: width, height: height, pixels: pixels)
        #expect(try PNM.image(PNM.pgm(picture)) == picture)
        #expect(try PNM.image(PNM.pgm(picture, comments: ["says 7\n2 2", "P5"])) == picture)
      }
    }
  }

  @Test(
    "are scaled to 255 and rounded to the nearest level, for several maximum values",
    arguments: [1, 2, 3, 100, 254, 255, 256, 1000, 65_535])
  func maximum(maximum: Int) throws {
    let samples = stride(from: 0, through: maximum, by: max(1, maximum / 300)).map { $0 }
    let wanted = samples.map { UInt8(clamping: (Double($0) * 255 / Double(maximum)).rounded()) }
    let plain = try gray("P2 \(samples.count) 1 \(maximum) " + samples.map { "\($0)" }.joined(separator: " "))
    var raster: [UInt8] = []
    for sample in samples {
      if maximum > 255 { raster.append(UInt8(sample >> 8)) }
      raster.append(UInt8(sample & 255))
    }
    let raw = try PNM.image(Array("P5 \(samples.count) 1 \(maximum)\n".utf8) + raster)
    #expect(plain == raw)
    // Halves, which only even maxima have, may be rounded up or down.
    #expect(zip(raw.pixels, wanted).allSatisfy { abs(Int($0) - Int($1)) <= (maximum % 2 == 0 ? 1 : 0) })
  }

  @Test("can have comments anywhere in the header")
  func comments() throws {
    let picture = GrayImage(width: 2, height: 1, pixels: [65, 66])
    for header in [
      "P5#a\n2 1 255\n", "P5 # a\n2 1 255\n", "P5\n# a\n# b\n2 1\n255\n", "P5\n2# a\n1 255\n",
      "P5\n2 # a\r\n1\r255\n",
      "P5\n2 1 # 255\n255\n",
    ] {
      #expect(try gray(header + "AB") == picture, "\(header)")
    }
    #expect(try gray("P2\n2 1 255 # raster\n65 # first\n66") == picture)
  }

  @Test("can have a comment right before the raster, decided by the length of the file")
  func commentBeforeRaster() throws {
    let picture = GrayImage(width: 2, height: 1, pixels: [65, 66])
    // As netpbm reads it, as the older standard defines it, after a blank, with line ends of DOS.
    #expect(try gray("P5 2 1 255# a\nAB") == picture)
    #expect(try gray("P5 2 1 255# a\n\nAB") == picture)
    #expect(try gray("P5 2 1 255 # a\nAB") == picture)
    #expect(try gray("P5 2 1 255\n# a\n# b\nAB") == picture)
    #expect(try gray("P5\r\n2 1\r\n255\r\n# a\r\nAB") == picture)
    // The standard since 2024 has no comment there: these are pixels.
    #expect(try gray("P5 2 1 255\n#\n").pixels == [35, 10])
    #expect(try gray("P5 4 1 255\n# \nA").pixels == [35, 32, 10, 65])
    // A second image decides where the first one ends.
    let two = try PNM.images(Array("P5 2 1 255\n# a\nABP5 1 1 255\nC".utf8))
    #expect(two == [picture, GrayImage(width: 1, height: 1, pixels: [67])])
  }

  @Test("can have headers with line ends of DOS, and rasters that begin with one")
  func dosLines() throws {
    #expect(try gray("P5\r\n2 1\r\n255\r\nAB").pixels == [65, 66])
    #expect(try gray("P5\r\n2 1\r\n255\r\nABP5\r\n1 1\r\n255\r\nC").pixels == [65, 66])
    #expect(try gray("P5\n2 1\n255\r\nA").pixels == [10, 65])
    #expect(try gray("P5\n2 1\n255\n\r\n").pixels == [13, 10])
    #expect(try gray("P2\r\n2 1\r\n255\r\n65 66\r\n").pixels == [65, 66])
  }

  @Test("may hold several images")
  func several() throws {
    let pictures = (1...4).map { GrayImage(width: $0, height: 2, level: UInt8($0 + 34)) }
    let file = pictures.flatMap { PNM.pgm($0) }
    #expect(try PNM.images(file) == pictures)
    #expect(try PNM.images(file + [10]) == pictures)
    #expect(throws: FormatError.self) { try PNM.images(file + Array("nonsense".utf8)) }
  }

  @Test("that are invalid give an error with the expected and the found content and the offset")
  func errors() {
    func error(_ text: String) -> FormatError? { #expect(throws: FormatError.self) { try gray(text) } }
    for (text, offset) in [
      ("P7 2 2", 0), ("P5 x 2 255\nAB", 3), ("P5 0 2 255\nAB", 3), ("P5 2 2 70000\nABCD", 7),
      ("P5 2 2 0\nABCD", 7), ("P5 2 2 255\nABC", 14), ("P5 2 1 64\nAB", 10), ("P2 2 1 64\n1 65", 12),
      ("P1 2 1 12", 8), ("P5 99999999999999999999 1 255\nA", 3), ("", 0),
    ] {
      #expect(error(text)?.offset == offset, "\(text)")
    }
    #expect(error("P5 x 2 255\nAB")?.found == "'x'")
    #expect(error("P5 60000 60000 255\nABC")?.advice == "make the picture smaller")
  }
}
