// Tests of the conversion of a bitmap's pixels into every layout of true colour that X servers have.

import Graphics
import Testing

@Suite("Pixel formats")
struct PixelFormatTests {
  struct Layout: Sendable, CustomTestStringConvertible {
    let red: UInt32
    let green: UInt32
    let blue: UInt32
    let depth: Int
    let bits: Int
    var testDescription: String { "\(depth) in \(bits) bits, red \(String(red, radix: 16))" }
  }

  static let layouts: [Layout] = [
    Layout(red: 0xF800, green: 0x7E0, blue: 0x1F, depth: 16, bits: 16),
    Layout(red: 0x1F, green: 0x7E0, blue: 0xF800, depth: 16, bits: 16),
    Layout(red: 0x7C00, green: 0x3E0, blue: 0x1F, depth: 15, bits: 16),
    Layout(red: 0xE0, green: 0x1C, blue: 0x3, depth: 8, bits: 8),
    Layout(red: 0xFF0000, green: 0xFF00, blue: 0xFF, depth: 24, bits: 24),
    Layout(red: 0xFF0000, green: 0xFF00, blue: 0xFF, depth: 24, bits: 32),
    Layout(red: 0xFF, green: 0xFF00, blue: 0xFF0000, depth: 24, bits: 32),
    Layout(red: 0x3FF0_0000, green: 0xFFC00, blue: 0x3FF, depth: 30, bits: 32),
    Layout(red: 0x3FF, green: 0xFFC00, blue: 0x3FF0_0000, depth: 30, bits: 32),
    Layout(red: 0xFF0000, green: 0xFF00, blue: 0xFF, depth: 32, bits: 32),
    Layout(red: 0xFF00_0000, green: 0xFF0000, blue: 0xFF00, depth: 32, bits: 32),
  ]

  @Test("every level of every colour is stored by the masks and the byte order", arguments: layouts)
  func convertsEveryLevel(_ layout: Layout) {
    var colors: [UInt32] = [0x12_3456, 0x12_3456]
    for level in UInt32(0)...255 { colors += [level << 16, level << 8, level, level * 0x1_0101] }
    for isBigEndian in [false, true] {
      let format = PixelFormat(
        red: layout.red, green: layout.green, blue: layout.blue, depth: layout.depth,
        bitsPerPixel: layout.bits, isBigEndian: isBigEndian)
      let size = layout.bits / 8
      var bytes = [UInt8](repeating: 0xAA, count: colors.count * size + 1)
      bytes.withUnsafeMutableBytes { target in
        if let base = target.baseAddress { format.convert(colors, count: colors.count, into: base) }
      }
      #expect(bytes.last == 0xAA, "one byte too many was written")
      for (index, color) in colors.enumerated() {
        var pixel = bytes[(index * size)..<(index * size + size)].map { UInt32($0) }
        if !isBigEndian { pixel.reverse() }
        let word = pixel.reduce(0) { $0 << 8 | $1 }
        for (mask, level) in [(layout.red, color >> 16), (layout.green, color >> 8), (layout.blue, color)] {
          let most = mask >> UInt32(mask.trailingZeroBitCount)
          let shown = Double((word & mask) >> UInt32(mask.trailingZeroBitCount)) / Double(most)
          let meant = Double(level & 0xFF) / 255
          #expect(abs(shown - meant) <= 1 / Double(min(most, 255)), "\(String(color, radix: 16))")
        }
        let unused = ~(layout.red | layout.green | layout.blue)
        let opaque: UInt32 = layout.depth == 32 ? unused : 0
        #expect(word & unused == opaque, "opaque where there is opacity, and nothing else")
      }
    }
  }

  @Test("black is all zeros and white all ones in every mask")
  func extremes() {
    for low in 0..<32 {
      for high in low..<32 {
        let mask = UInt32((UInt64(1) << (high + 1)) - (UInt64(1) << low))
        let format = PixelFormat(
          red: mask, green: 0, blue: 0, depth: 32, bitsPerPixel: 32, isBigEndian: false)
        #expect(format.word(0) & mask == 0)
        #expect(format.word(0xFF0000) & mask == mask)
      }
    }
  }
}
