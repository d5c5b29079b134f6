import Basics
import Formats
import Graphics
import Ink
import Testing

/// Tests of the files that the encoder writes, as libpng reads them.
@Suite(.enabled(if: Gzip.isAvailable, "this build has no libpng")) struct PNGEncoderTests {
  /// Grey levels with runs of all lengths up to 600 and with noise.
  private let image: GrayImage = {
    var random: UInt32 = 1
    var levels: [UInt8] = []
    for length in 1...600 {
      random = random &* 1_664_525 &+ 1_013_904_223
      levels += [UInt8](repeating: UInt8(truncatingIfNeeded: random >> 24), count: length)
    }
    let width = 601
    let height = levels.count / width
    return GrayImage(width: width, height: height, pixels: Array(levels.prefix(width * height)))
  }()

  @Test func greyLevelsAreReadBack() throws {
    for picture in [image, GrayImage(width: 1, height: 1, level: 7), GrayImage(width: 300, height: 200)] {
      #expect(try PNG.image(PNGEncoder.encode(picture)) == picture)
    }
  }

  @Test func coloursAreReadBackWithTheirOpacity() throws {
    let pixels = image.pixels.map { UInt32($0) * 0x1_0101 }
    let bitmap = Bitmap(width: image.width, height: image.height, pixels: pixels)
    #expect(try PNG.image(PNGEncoder.encode(bitmap)) == image)
    let opaque = PNGEncoder.encode(
      argb: pixels.map { $0 | 0xFF00_0000 }, width: image.width, height: image.height)
    #expect(try PNG.image(opaque) == image)
    // A reader puts transparent pixels on white paper.
    let transparent = PNGEncoder.encode(argb: pixels, width: image.width, height: image.height)
    #expect(try PNG.image(transparent) == GrayImage(width: image.width, height: image.height))
  }

  @Test func coloursOfAPaletteAreReadBack() throws {
    let palette = (0..<16).map { Color(UInt32($0) * 0x11_1111) }
    for width in [16, 17] {
      let indices = (0..<(width * 9)).map { UInt8($0 * 7 % 16) }
      let file = PNGEncoder.encode(indices: indices, palette: palette, width: width, height: 9)
      #expect(try PNG.image(file).pixels == indices.map { $0 * 17 })
    }
  }

  @Test func plainAreasTakeLittleSpace() {
    #expect(PNGEncoder.encode(Bitmap(width: 1000, height: 1000)).count < 50_000)
  }
}
