// Marks as SVG: what the window and a picture show, as a file that any browser enlarges without loss.

import Basics
import Graphics

extension ExplanationPicture {
  /// The picture as SVG.
  package var svg: String {
    """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(width) \(height)" width="\(width)" height="\(height)" \
    font-family="system-ui, DejaVu Sans, sans-serif">
    \(marks.map(Self.element).joined(separator: "\n"))
    </svg>

    """
  }

  private static func element(_ mark: DrawCommand) -> String {
    switch mark {
    case .fill(let area, let color): "<rect \(place(area)) \(fill(color))/>"
    case .box(let area, let radius, let color): "<rect \(place(area)) rx=\"\(radius)\" \(fill(color))/>"
    case .frame(let area, let radius, let width, let color):
      "<rect \(place(area)) rx=\"\(radius)\" fill=\"none\" stroke=\"\(name(color))\" stroke-width=\"\(width)\"/>"
    case .disc(let spot, let radius, let color):
      "<circle cx=\"\(spot.x)\" cy=\"\(spot.y)\" r=\"\(radius)\" \(fill(color))/>"
    case .line(let spots, let width, let color):
      "<polyline fill=\"none\" stroke=\"\(name(color))\" stroke-width=\"\(width)\" stroke-linecap=\"round\" points=\""
        + spots.map { "\($0.x),\($0.y)" }.joined(separator: " ") + "\"/>"
    case .text(let text, let spot, let size, let color):
      "<text x=\"\(spot.x)\" y=\"\(spot.y)\" font-size=\"\(size)\" \(fill(color))>\(MarkupText.escaped(text))</text>"
    case .levels(let levels, let area, let first, let second): picture(levels, area, first, second)
    case .within(_, let marks): "<g>" + marks.map(element).joined() + "</g>"
    }
  }

  private static func picture(_ levels: Levels, _ area: Rectangle, _ first: Color, _ second: Color) -> String
  {
    var picture = InkPicture(width: levels.width, height: levels.height, ink: second.rgb)
    picture.put(levels.values, width: levels.width, x: 0, y: 0)
    return "<rect \(place(area)) \(fill(first))/><image \(place(area)) preserveAspectRatio=\"none\" "
      + "style=\"image-rendering:pixelated\" href=\"\(picture.address)\"/>"
  }

  private static func place(_ area: Rectangle) -> String {
    "x=\"\(area.x)\" y=\"\(area.y)\" width=\"\(area.width)\" height=\"\(area.height)\""
  }

  private static func fill(_ color: Color) -> String {
    color.alpha == 255
      ? "fill=\"\(name(color))\""
      : "fill=\"\(name(color))\" fill-opacity=\"\(NumberText.fixed(Double(color.alpha) / 255, 3))\""
  }

  private static func name(_ color: Color) -> String {
    let digits = String(color.rgb, radix: 16)
    return "#" + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
  }
}
