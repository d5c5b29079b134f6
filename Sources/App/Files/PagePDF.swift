// The page as PDF: its strokes as lines, on its picture where it has one.

import Basics
import Ink

/// Writes pages as PDF 1.4, one page with its longer side that of A4.
enum PagePDF {
  /// The longer side of A4 in points.
  private static let longerSide = 842.0

  static func file(_ page: Page) -> [UInt8] {
    let scale = longerSide / Page.longerSide
    let (width, height) = (page.width * scale, page.height * scale)
    let content = Array(self.content(page, scale: scale).utf8)
    let resources = page.picture == nil ? "<< >>" : "<< /XObject << /Picture 5 0 R >> >>"
    var objects: [[UInt8]] = [
      Array("<< /Type /Catalog /Pages 2 0 R >>".utf8),
      Array("<< /Type /Pages /Kids [3 0 R] /Count 1 >>".utf8),
      Array(
        """
        << /Type /Page /Parent 2 0 R /MediaBox [0 0 \(number(width)) \(number(height))] /Contents 4 0 R \
        /Resources \(resources) >>
        """.utf8),
      Array("<< /Length \(content.count) >>\nstream\n".utf8) + content + Array("\nendstream".utf8),
    ]
    if let picture = page.picture {
      let header = """
        << /Type /XObject /Subtype /Image /Width \(picture.width) /Height \(picture.height) \
        /ColorSpace /DeviceGray /BitsPerComponent 8 /Length \(picture.pixels.count) >>
        stream

        """
      objects.append(Array(header.utf8) + picture.pixels + Array("\nendstream".utf8))
    }
    return document(objects)
  }

  /// The objects with their table of positions.
  private static func document(_ objects: [[UInt8]]) -> [UInt8] {
    // Bytes above 127 in the second line tell other programs that the file is not text.
    var bytes = Array("%PDF-1.4\n%".utf8) + [0xE2, 0xE3, 0xCF, 0xD3, 0x0A]
    var positions: [Int] = []
    for (index, object) in objects.enumerated() {
      positions.append(bytes.count)
      bytes += Array("\(index + 1) 0 obj\n".utf8) + object + Array("\nendobj\n".utf8)
    }
    let start = bytes.count
    let entries = positions.map { NumberText.padded(String($0), to: 10) + " 00000 n \n" }.joined()
    let tail = """
      xref
      0 \(objects.count + 1)
      0000000000 65535 f \n\(entries)trailer
      << /Size \(objects.count + 1) /Root 1 0 R >>
      startxref
      \(start)
      %%EOF

      """
    return bytes + Array(tail.utf8)
  }

  /// The drawing operators: y is upwards in PDF.
  private static func content(_ page: Page, scale: Double) -> String {
    func position(_ point: Point) -> String {
      "\(number(point.x * scale)) \(number((page.height - point.y) * scale))"
    }
    var lines: [String] = []
    if page.picture != nil {
      lines.append("q \(number(page.width * scale)) 0 0 \(number(page.height * scale)) 0 0 cm /Picture Do Q")
    }
    lines.append("1 J 1 j 0 G")
    for stroke in page.drawing.strokes {
      guard let first = stroke.samples.first?.point else { continue }
      let rest = stroke.samples.count > 1 ? stroke.samples.dropFirst().map(\.point) : [first]
      let path = rest.map { position($0) + " l" }.joined(separator: " ")
      lines.append("\(number(stroke.width * scale)) w \(position(first)) m \(path) S")
    }
    return lines.joined(separator: "\n")
  }

  /// A number with three decimals, as PDF writes it.
  private static func number(_ value: Double) -> String {
    NumberText.fixed(value, 3).replacing("−", with: "-")
  }
}
