import Basics

/// A colour in sRGB with its opacity.
package struct Color: Sendable, Hashable {
  /// 0xRRGGBB.
  package let rgb: UInt32
  /// The opacity: 0 transparent, 255 opaque.
  package let alpha: UInt8

  /// Makes a colour from 0xRRGGBB.
  package init(_ rgb: UInt32, alpha: UInt8 = 255) {
    self.rgb = rgb & 0xFF_FFFF
    self.alpha = alpha
  }

  /// The colour without its opacity, as SVG and CSS write it: `#rrggbb`.
  package var hexadecimal: String { "#" + NumberText.padded(String(rgb, radix: 16), to: 6) }

  /// The colour with its opacity multiplied by a factor from 0 to 1.
  package func faded(_ opacity: Double) -> Color {
    Color(rgb, alpha: UInt8(clamping: (Double(alpha) * min(1, max(0, opacity))).rounded()))
  }

  /// The mixture with another colour, whose weight is from 0 to 1.
  package func mixed(_ other: Color, _ weight: Double) -> Color {
    let weight = UInt32(clamping: (min(1, max(0, weight)) * 255).rounded())
    return Color(blended(rgb, other.rgb, weight))
  }
}

/// The mixture of two pixels; the upper one has the weight `weight` of 255.
///
/// Red and blue are computed together in one word. The division by 255 is exact: (v + 128 + (v + 128) / 256) / 256.
@inline(__always)
func blended(_ below: UInt32, _ above: UInt32, _ weight: UInt32) -> UInt32 {
  let rest = 255 &- weight
  var redBlue = (below & 0xFF_00FF) &* rest &+ (above & 0xFF_00FF) &* weight &+ 0x80_0080
  redBlue = ((redBlue &+ ((redBlue >> 8) & 0xFF_00FF)) >> 8) & 0xFF_00FF
  var green = ((below >> 8) & 0xFF) &* rest &+ ((above >> 8) & 0xFF) &* weight &+ 0x80
  green = ((green &+ (green >> 8)) >> 8) & 0xFF
  return redBlue | (green << 8)
}
