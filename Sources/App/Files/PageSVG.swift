// The page as SVG: its strokes as lines, on its picture where it has one.

import Formats
import Graphics
import Ink

/// Writes pages as SVG.
enum PageSVG {
  static func file(_ page: Page) -> [UInt8] {
    var lines = [
      """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(page.width) \(page.height)" \
      width="\(page.width)" height="\(page.height)">
      """
    ]
    if let picture = page.picture {
      let address = DataAddress.png(PNGEncoder.encode(picture))
      lines.append(
        """
        <image width="\(page.width)" height="\(page.height)" preserveAspectRatio="none" \
        href="\(address)"/>
        """)
    }
    lines.append(
      #"<g fill="none" stroke="\#(ink)" stroke-linecap="round" stroke-linejoin="round">"#)
    lines += page.drawing.strokes.compactMap(element)
    lines += ["</g>", "</svg>", ""]
    return Array(lines.joined(separator: "\n").utf8)
  }

  private static let ink = "#000"

  private static func element(_ stroke: Stroke) -> String? {
    guard let first = stroke.samples.first?.point else { return nil }
    // A path of one point is not drawn; a line of no length with round ends is a disc.
    let rest = stroke.samples.count > 1 ? stroke.samples.dropFirst().map(\.point) : [first]
    let path = "M\(first.x) \(first.y)" + rest.map { "L\($0.x) \($0.y)" }.joined()
    return "<path d=\"\(path)\" stroke-width=\"\(stroke.width)\"/>"
  }
}
