// Draw commands as an SVG document, which a browser enlarges without loss.

import Basics

/// Writes draw commands as SVG.
package enum SVGWriter {
  /// An SVG document of the given size in pixels.
  package static func svg(of commands: [DrawCommand], width: Int, height: Int) -> String {
    """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(width) \(height)" width="\(width)" height="\(height)" \
    font-family="system-ui, DejaVu Sans, sans-serif">
    \(commands.map(element).joined(separator: "\n"))
    </svg>

    """
  }

  private static func element(_ command: DrawCommand) -> String {
    switch command {
    case .fill(let area, let color): "<rect \(frame(area)) \(fill(color))/>"
    case .box(let area, let radius, let color): "<rect \(frame(area)) rx=\"\(radius)\" \(fill(color))/>"
    case .frame(let area, let radius, let width, let color):
      "<rect \(frame(area)) rx=\"\(radius)\" fill=\"none\" \(stroke(color, width))/>"
    case .disc(let center, let radius, let color):
      "<circle cx=\"\(center.x)\" cy=\"\(center.y)\" r=\"\(radius)\" \(fill(color))/>"
    case .line(let points, let width, let color):
      "<polyline fill=\"none\" \(stroke(color, width)) stroke-linecap=\"round\" points=\""
        + points.map { "\($0.x),\($0.y)" }.joined(separator: " ") + "\"/>"
    case .text(let text, let origin, let size, let color):
      "<text x=\"\(origin.x)\" y=\"\(origin.y)\" font-size=\"\(size)\" \(fill(color))>\(MarkupText.escaped(text))</text>"
    case .levels(let levels, let area, let first, let second): image(levels, area, first, second)
    case .within(let area, let commands):
      // A nested document clips its content.
      "<svg \(frame(area)) viewBox=\"\(area.x) \(area.y) \(area.width) \(area.height)\">"
        + commands.map(element).joined() + "</svg>"
    }
  }

  private static func image(_ levels: Levels, _ area: Rectangle, _ first: Color, _ second: Color) -> String {
    var image = PaletteImage(width: levels.width, height: levels.height, palette: .ink(second.rgb))
    image.draw(levels.values, width: levels.width, x: 0, y: 0)
    return "<rect \(frame(area)) \(fill(first))/><image \(frame(area)) preserveAspectRatio=\"none\" "
      + "style=\"image-rendering:pixelated\" href=\"\(image.dataURI)\"/>"
  }

  private static func frame(_ area: Rectangle) -> String {
    "x=\"\(area.x)\" y=\"\(area.y)\" width=\"\(area.width)\" height=\"\(area.height)\""
  }

  private static func fill(_ color: Color) -> String {
    color.alpha == 255
      ? "fill=\"\(color.hexadecimal)\""
      : "fill=\"\(color.hexadecimal)\" fill-opacity=\"\(NumberText.fixed(Double(color.alpha) / 255, 3))\""
  }

  private static func stroke(_ color: Color, _ width: Double) -> String {
    "stroke=\"\(color.hexadecimal)\" stroke-width=\"\(width)\""
  }
}
