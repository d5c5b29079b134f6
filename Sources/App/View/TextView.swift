// Text as draw commands, for the views of the window and of the panel.

package import Basics
package import Graphics

/// A view with text.
package protocol TextView {
  /// What measures the text.
  var renderer: TextRenderer { get }
}

extension TextView {
  /// Text on a line, from the left edge of a rectangle and in the middle of its height.
  package func text(
    _ string: String, in area: Rectangle, size: Double, _ color: Color, from x: Double = 0
  ) -> DrawCommand {
    let fitting = renderer.shortened(string, to: Double(area.width) - x, size: size)
    return .text(fitting, PicturePoint(Double(area.x) + x, baseline(in: area, size: size)), size: size, color)
  }

  /// Text that ends at the right edge of a rectangle.
  package func text(_ string: String, endingIn area: Rectangle, size: Double, _ color: Color) -> DrawCommand {
    let start = Double(area.right) - renderer.width(of: string, size: size)
    return .text(string, PicturePoint(start, baseline(in: area, size: size)), size: size, color)
  }

  /// Text in the middle of a rectangle.
  package func text(
    _ string: String, centeredIn area: Rectangle, size: Double, _ color: Color
  ) -> DrawCommand {
    let fitting = renderer.shortened(string, to: Double(area.width), size: size)
    let start = area.centerX - renderer.width(of: fitting, size: size) / 2
    return .text(fitting, PicturePoint(start, baseline(in: area, size: size)), size: size, color)
  }

  /// The line on which text in the middle of a rectangle's height stands.
  package func baseline(in area: Rectangle, size: Double) -> Double {
    (area.centerY + renderer.capitalHeight(size: size) / 2).rounded()
  }
}
