// Synthetic scans of forms: frames, boxes and print, with a number in each cell or without any.

import Basics
import Formats
import Graphics
import Ink
import Preprocessing

/// Makes the scan of a form that one person filled in.
struct SyntheticForm {
  /// What a number stands in.
  private enum CellKind: CaseIterable {
    /// The right column of a table.
    case table
    /// A box for each digit.
    case boxes
    /// A line to write on.
    case rule
  }

  private let digits: [LabelledDrawing]
  private var random: Xoshiro256
  private var strokes: [Stroke] = []
  private var print: [DrawCommand] = []
  private var numbers: [String] = []

  /// The paper beside the form, in pixels.
  private let margin = 60.0
  /// The side of a box for a digit as a share of the height of a row.
  private let boxSide = 0.8

  private static let labels = [
    "Amount", "Account", "Name", "Date of birth", "Customer number", "Total", "Street", "Telephone", "Points",
    "Class", "Page", "Quantity", "Please write", "Betrag", "Kunde", "Datum", "Summe", "Bestellung",
    "Postleitzahl", "Für das Amt", "Blatt", "Menge",
  ]
  /// The mean width of letters in the widest of the fonts, as a share of the size.
  private static let widestLetter = 0.68
  private static let fonts = ["sans", "serif", "mono", "sans:bold", "serif:italic", "sans:bold:italic"]

  /// Makes a source of forms; all digits of a form are by one writer.
  init(digits: [LabelledDrawing], random: Xoshiro256) {
    self.random = random
    let writer = digits[self.random.index(digits.count)].writer
    self.digits = digits.filter { $0.writer == writer && $0.label != nil }
  }

  /// A form with a number in each cell, or an empty one.
  mutating func page(isEmpty: Bool) -> SyntheticPage {
    let width = random.number(in: 900...1300)
    let row = random.number(in: 90...140)
    let rows = 2 + random.index(4)
    let height = row * Double(rows + 1)
    let column = width * random.number(in: 0.35...0.5)
    let size = row * random.number(in: 0.2...0.3)
    let line = random.number(in: 1.5...4)
    let gray = random.index(110)
    let color = Color(UInt32(gray * 0x1_0101))
    let pen = row * random.number(in: 0.03...0.06)
    let kind = CellKind.allCases[random.index(CellKind.allCases.count)]
    for number in 0..<rows {
      let cell = Box(
        x: column, y: row * (Double(number) + 0.5), width: width - margin - column, height: row)
      addLabel(before: cell, size: size, color)
      addLines(of: kind, around: cell, width: line, color)
      if !isEmpty { addNumber(in: cell, side: kind == .boxes ? boxSide * row : nil, pen: pen) }
    }
    let picture = scan(width: Int(clamping: width), height: Int(clamping: height))
    let unit = Page.longerSide / max(width, height)
    let scaled = strokes.map { $0.mapped(width: $0.width * unit) { Point(x: $0.x * unit, y: $0.y * unit) } }
    return SyntheticPage(
      picture: picture, page: Page(proportion: width, to: height, drawing: Drawing(scaled)),
      text: numbers.joined(separator: " "))
  }

  /// Adds a label that does not reach into the cell beside it.
  private mutating func addLabel(before cell: Box, size: Double, _ color: Color) {
    let label = Self.labels[random.index(Self.labels.count)]
    let size = min(size, (cell.x - margin - 10) / (Double(label.count) * Self.widestLetter))
    let start = PicturePoint(margin + size / 2, cell.y + cell.height * 0.6)
    print.append(.text(label, start, size: size, color))
  }

  private mutating func addLines(of kind: CellKind, around cell: Box, width: Double, _ color: Color) {
    func line(_ x0: Double, _ y0: Double, _ x1: Double, _ y1: Double) -> DrawCommand {
      .line([PicturePoint(x0, y0), PicturePoint(x1, y1)], width: width, color)
    }
    switch kind {
    case .table:
      print += [margin, cell.x, cell.right].map { line($0, cell.y, $0, cell.bottom) }
      print += [cell.y, cell.bottom].map { line(margin, $0, cell.right, $0) }
    case .boxes:
      let (side, count) = (boxSide * cell.height, 5.0)
      let top = cell.y + (cell.height - side) / 2
      print += stride(from: 0, through: count, by: 1).map {
        line(cell.x + $0 * side, top, cell.x + $0 * side, top + side)
      }
      print += [top, top + side].map { line(cell.x, $0, cell.x + count * side, $0) }
    case .rule:
      let bottom = cell.y + cell.height * 0.95
      print.append(line(cell.x, bottom, cell.right, bottom))
    }
  }

  /// Adds a number at the left of a cell, or with a digit in each of its boxes.
  private mutating func addNumber(in cell: Box, side: Double?, pen: Double) {
    let count = 1 + random.index(4)
    let height =
      cell.height * (side == nil ? random.number(in: 0.5...0.65) : random.number(in: 0.45...0.6))
    var x = cell.x + cell.height * 0.4
    var text = ""
    for index in 0..<count {
      let digit = digits[random.index(digits.count)]
      guard let box = digit.drawing.bounds else { continue }
      let scale = height * random.number(in: 0.9...1.1) / max(box.height, box.width * 0.8, 1)
      if let side { x = cell.x + Double(index) * side + max((side - box.width * scale) / 2, pen * 2) }
      let y =
        cell.y + (cell.height - box.height * scale) / 2 + random.number(in: -0.04...0.04) * cell.height
      strokes += digit.drawing.strokes.map { stroke in
        stroke.mapped(width: pen) { Point(x: ($0.x - box.x) * scale + x, y: ($0.y - box.y) * scale + y) }
      }
      text += digit.label ?? ""
      x += box.width * scale + pen + height * random.number(in: 0.15...0.35)
    }
    numbers.append(text)
  }

  /// The scan: print, ink that may be faint, uneven light, noise, blur, a sheet that lies a little askew, and the loss of
  /// JPEG.
  private mutating func scan(width: Int, height: Int) -> GrayImage {
    var sheet = Bitmap(width: width, height: height)
    let text = TextRenderer(font: Self.fonts[random.index(Self.fonts.count)])
    for command in print { sheet.paint(command, clip: sheet.bounds, textRenderer: text) }
    let ink = StrokeRasterizer(scale: 1).coverage(of: strokes, width: width, height: height)
    let depth = random.number(in: 0.4...0.9)
    let light = random.number(in: 200...255)
    let shade = random.number(in: -0.15...0.15)
    let noise = random.number(in: 0...6)
    var picture = GrayImage(width: width, height: height)
    for y in 0..<height {
      for x in 0..<width {
        var level = light * (1 + shade * (Double(x) / Double(width) - 0.5)) * Double(sheet[x, y] & 0xFF) / 255
        level *= 1 - depth * Double(ink[x, y]) / 255
        level += noise * (random.uniform() + random.uniform() + random.uniform() - 1.5) * 2
        picture[x, y] = UInt8(clamping: Int(clamping: min(max(level.rounded(), 0), 255)))
      }
    }
    // Interpolation between pixels blurs a little.
    let (right, bottom) = (Double(width), Double(height))
    func moved(_ x: Double, _ y: Double) -> SIMD2<Double> {
      SIMD2(
        abs(x - random.number(in: 0...0.012) * right), abs(y - random.number(in: 0...0.012) * bottom))
    }
    let corners = [moved(0, 0), moved(right, 0), moved(right, bottom), moved(0, bottom)]
    let seen = SheetPerspective(corners: corners)?.flattened(picture) ?? picture
    return JPEGLoss(quality: random.number(in: 40...95)).applied(to: seen)
  }
}
