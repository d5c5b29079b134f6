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

  /// The contrast with another colour by WCAG 2: 1 for equal colours, 21 for black on white.
  package func contrast(with other: Color) -> Double {
    let (a, b) = (luminance, other.luminance)
    return (max(a, b) + 0.05) / (min(a, b) + 0.05)
  }

  /// The relative luminance, from 0 to 1.
  private var luminance: Double {
    func linear(_ level: UInt32) -> Double {
      let value = Double(level & 0xFF) / 255
      if value <= 0.04045 { return value / 12.92 }
      return Self.power(of12Fifths: (value + 0.055) / 1.055)
    }
    return 0.2126 * linear(rgb >> 16) + 0.7152 * linear(rgb >> 8) + 0.0722 * linear(rgb)
  }

  /// A number between 0 and 1 to the power of 2.4: the fifth root of its twelfth power, by Newton's method.
  private static func power(of12Fifths value: Double) -> Double {
    let squared = value * value
    let power = squared * squared * squared * squared * squared * squared
    var root = value
    for _ in 0..<30 where root > 0 {
      let fourth = root * root * root * root
      root -= (fourth * root - power) / (5 * fourth)
    }
    return root
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
