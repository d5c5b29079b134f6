import Ink
import Preprocessing
import Testing

/// The perspective of forms by their lines.
@Suite struct LinePerspectiveTests {
  /// A table of five rows and two columns.
  private var table: GrayImage {
    var picture = GrayImage(width: 900, height: 700, level: 235)
    func fill(_ columns: Range<Int>, _ rows: Range<Int>) {
      for y in rows { for x in columns { picture[x, y] = 40 } }
    }
    for y in stride(from: 100, through: 600, by: 100) { fill(80..<820, y..<y + 4) }
    for x in [80, 450, 816] { fill(x..<x + 4, 100..<604) }
    // Marks of writing.
    for x in stride(from: 500, to: 740, by: 40) { fill(x..<x + 24, 130..<170) }
    return picture
  }

  /// The table as it is seen from a corner.
  private func seen(_ corners: [SIMD2<Double>]) throws -> GrayImage {
    try #require(SheetPerspective(corners: corners)).flattened(table)
  }

  @Test("A table whose lines converge is flattened: its lines are parallel then")
  func converging() throws {
    let picture = try seen([.init(40, 20), .init(880, 70), .init(900, 640), .init(0, 700)])
    let sheet = try #require(PaperInk(of: picture).perspective)
    let flat = PaperInk(of: sheet.flattened(picture))
    #expect(flat.lineCount >= 9)
    #expect(flat.perspective == nil)
  }

  @Test("Nothing of the picture is cut off")
  func wholePicture() throws {
    let picture = try seen([.init(40, 20), .init(880, 70), .init(900, 640), .init(0, 700)])
    let sheet = try #require(PaperInk(of: picture).perspective)
    let (width, height) = (Double(sheet.width), Double(sheet.height))
    let corners = [(0, 0), (width, 0), (width, height), (0, height)].map { sheet.original(SIMD2($0.0, $0.1)) }
    #expect(corners[0].x <= 1 && corners[0].y <= 1)
    #expect(corners[2].x >= Double(picture.width) - 1 && corners[2].y >= Double(picture.height) - 1)
  }

  @Test("A flat table, and one that is rotated, have no perspective")
  func parallel() throws {
    #expect(PaperInk(of: table).perspective == nil)
    let rotated = try seen([.init(30, 0), .init(900, 30), .init(870, 700), .init(0, 670)])
    #expect(PaperInk(of: rotated).perspective == nil)
  }

  @Test("The ink of a form seen at an angle is that of the flat sheet, with the sheet")
  func extraction() throws {
    let picture = try seen([.init(40, 20), .init(880, 70), .init(900, 640), .init(0, 700)])
    let ink = InkExtraction.extracted(from: picture, ignoring: IgnoredMark.Reason.all, flattens: true)
    #expect(ink.sheet != nil)
    #expect(ink.ignored.contains { $0.reason == .line })
  }
}
