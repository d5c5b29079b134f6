import Basics

/// The layout of a screen's pixels in memory: the bits of each colour, the bytes of a pixel and their order.
///
/// A ``Bitmap`` has one layout, a 32-bit word with 8 bits each for red, green and blue (xRGB). The conversion
/// into any true-colour layout of X is arithmetic alone, so that each layout is tested without such a screen.
package struct PixelFormat: Sendable, Equatable {
  /// The bits of red.
  package let red: UInt32
  /// The bits of green.
  package let green: UInt32
  /// The bits of blue.
  package let blue: UInt32
  /// The number of bits in use.
  package let depth: Int
  /// The number of bits that a pixel takes in memory: 8, 16, 24 or 32.
  package let bitsPerPixel: Int
  /// Whether the byte with the highest bits comes first.
  package let isBigEndian: Bool

  /// The bits that are set in each pixel: those of the depth that belong to no colour, which are opacity.
  private let opaque: UInt32

  /// Makes a format from a visual's masks and an image's layout.
  package init(red: UInt32, green: UInt32, blue: UInt32, depth: Int, bitsPerPixel: Int, isBigEndian: Bool) {
    self.red = red
    self.green = green
    self.blue = blue
    self.depth = depth
    self.bitsPerPixel = bitsPerPixel
    self.isBigEndian = isBigEndian
    opaque = depth == 32 ? ~(red | green | blue) : 0
  }

  /// The format of a ``Bitmap``, which needs no conversion.
  package static let bitmap = PixelFormat(
    red: 0xFF0000, green: 0xFF00, blue: 0xFF, depth: 24, bitsPerPixel: 32, isBigEndian: 1.bigEndian == 1)

  /// The screen's word for a bitmap's pixel, before its bytes are put in order.
  package func word(_ pixel: UInt32) -> UInt32 {
    Self.level(pixel >> 16 & 0xFF, in: red) | Self.level(pixel >> 8 & 0xFF, in: green)
      | Self.level(pixel & 0xFF, in: blue) | opaque
  }

  /// Converts a row of a bitmap's pixels into `count * bitsPerPixel / 8` of the screen's bytes.
  package func convert(_ source: UnsafePointer<UInt32>, count: Int, into target: UnsafeMutableRawPointer) {
    if self == .bitmap {
      target.copyMemory(from: source, byteCount: count * 4)
      return
    }
    let bytes = bitsPerPixel / 8
    // Neighbouring pixels are mostly equal, so the last word is kept.
    var last = source.pointee
    var converted = word(last)
    for i in 0..<count {
      if source[i] != last {
        last = source[i]
        converted = word(last)
      }
      for byte in 0..<bytes {
        let shift = UInt32(8 * (isBigEndian ? bytes - 1 - byte : byte))
        target.storeBytes(
          of: UInt8(truncatingIfNeeded: converted >> shift), toByteOffset: i * bytes + byte, as: UInt8.self)
      }
    }
  }

  /// An 8-bit level in a mask of any width: rounded down to fewer bits, repeated into more.
  private static func level(_ value: UInt32, in mask: UInt32) -> UInt32 {
    let shift = UInt32(mask.trailingZeroBitCount)
    let width = UInt32(32 - mask.leadingZeroBitCount) &- shift
    guard mask != 0 else { return 0 }
    let repeated = UInt64(value) * 0x01_01_01_01
    return UInt32(truncatingIfNeeded: repeated >> UInt64(32 - width)) << shift
  }
}
