// Extreme numbers in stroke files, from the file to the picture of the window: each is refused, or shown and read.

import App
import Basics
import Formats
import Graphics
import Ink
import NeuralNetwork
import Recognition
import Testing
import X11

@Suite struct ExtremeInkTests {
  private static let numbers = [
    "0", "-0.0", "5e-324", "1e-310", "-1e-310", "1e-300", "2.3e-308", "1e-20", "9.9e-10", "1e-9", "0.0039",
    "0.00390625",
    "0.015625", "0.5", "1", "1023.99", "1024", "1024.1", "8e6", "8388608", "-8388609", "1e9", "-1e12", "1e12",
    "1.1e12", "1e20", "1e154", "1e300", "1.7976931348623157e308", "-1.7976931348623157e308",
  ]

  private let recognizer: Recognizer
  private let textRenderer = TextRenderer(builtIn: true)

  init() throws {
    let network = Network(try Architecture("28x28-4C3-P4-10"), seed: 1)
    recognizer = try Recognizer(try Model(name: "small", networks: [network], classes: .digits))
  }

  /// Shows a drawing in a window and reads it.
  private func use(_ drawing: LabelledDrawing, window: WindowSize = WindowSize(width: 360, height: 300))
    throws
  {
    for (side, range) in [(drawing.page.width, Page.sides), (drawing.page.height, Page.sides)] {
      #expect(range.contains(side))
    }
    for stroke in drawing.drawing.strokes { #expect(Stroke.widths.contains(stroke.width)) }
    let image = drawing.page.image(longerSide: 40)
    #expect(image.width >= 1 && image.height >= 1)
    for reading in [
      try recognizer.read(drawing.page), try recognizer.read(single: drawing.drawing.strokes),
      try recognizer.read(image),
    ] {
      #expect(reading.symbols.allSatisfy { $0.confidence.isFinite && $0.box.width.isFinite })
    }
    var state = WindowState()
    _ = state.handle(.windowOpened(window, scale: 1))
    _ = state.handle(.pageRestored(drawing.page))
    let page = Layout(of: state).page
    #expect(page.width >= 1 && page.height >= 1)
    #expect(View.picture(of: state, renderer: textRenderer).width == window.width)
    #expect(!StrokeFile.file([drawing]).isEmpty)
    #expect(try StrokeFile.drawings(StrokeFile.file([drawing])).first?.drawing == drawing.drawing)
  }

  /// Reads a file and uses its drawings; returns false where the file is refused.
  @discardableResult
  private func read(_ text: String) throws -> Bool {
    let drawings: [LabelledDrawing]
    do throws(FormatError) {
      drawings =
        text.hasPrefix("{")
        ? try StrokeFile.drawings(Array(text.utf8))
        : text.hasPrefix("<")
          ? try [InkML.drawing(Array(text.utf8))] : try UNIPEN.drawings(Array(text.utf8), isUpwards: true)
    } catch {
      return false
    }
    for drawing in drawings { try use(drawing) }
    return true
  }

  @Test(arguments: numbers) func coordinatesOfOtherUnits(number: String) throws {
    for other in ["0", "1e12"] {
      try read("{\"strokes\":[[[0,0],[\(other),\(number)]]]}")
      try read("{\"strokes\":[[[\(number),\(other),\(number)],[1,2,\(other)]],[[3,\(number)]]]}")
      try read("<ink><trace>0 0, \(number) \(other)</trace></ink>")
      try read(".SEGMENT A 0 ? \"8\"\n.PEN_DOWN\n0 0\n\(number) \(other)\n.PEN_UP\n")
    }
  }

  @Test(arguments: numbers) func coordinatesOnAPage(number: String) throws {
    for other in ["500", "-8e6"] {
      try read("{\"page\":[1024,700],\"width\":20,\"strokes\":[[[10,10],[\(other),\(number)],[300,400]]]}")
    }
    try read(inkML(page: "1024 700", width: "20", point: "\(number) 5"))
  }

  @Test(arguments: numbers) func pagesAndPens(number: String) throws {
    for page in ["[\(number),1024]", "[1024,\(number)]", "[\(number),\(number)]"] {
      try read("{\"page\":\(page),\"width\":20,\"strokes\":[[[10,10],[300,400]]]}")
    }
    try read("{\"page\":[1024,1024],\"width\":\(number),\"strokes\":[[[10,10],[300,400]]]}")
    try read("{\"page\":[1024,1024],\"widths\":[4,\(number)],\"strokes\":[[[10,10]],[[300,400],[9,9]]]}")
    try read(inkML(page: "\(number) 1024", width: "20", point: "5 5"))
    try read(inkML(page: "1024 1024", width: number, point: "5 5"))
  }

  private func inkML(page: String, width: String, point: String) -> String {
    """
    <ink><annotation type="inklingPage">\(page)</annotation><brush xml:id="a">
    <brushProperty name="width" value="\(width)"/></brush><trace brushRef="#a">1 1, \(point), 300 400</trace></ink>
    """
  }

  @Test func inkSmallerThanTheSmallestExtentIsADot() throws {
    for extent in ["1e-310", "5e-324", "1e-20"] {
      let drawing = try #require(
        try StrokeFile.drawings(Array("{\"strokes\":[[[0,0],[0,\(extent)]]]}".utf8)).first)
      #expect(drawing.drawing.strokes[0].width == Stroke.usualWidth)
      #expect(drawing.drawing.strokes[0].samples.allSatisfy { $0.point == Point(x: 512, y: 512) })
    }
  }

  @Test func whatIsOutOfRangeIsRefused() throws {
    for line in [
      "{\"page\":[1e-300,1024],\"strokes\":[[[1,1]]]}", "{\"page\":[1024,0.0156],\"strokes\":[[[1,1]]]}",
      "{\"page\":[1024,1024],\"width\":1e-310,\"strokes\":[[[1,1]]]}",
      "{\"page\":[1024,1024],\"strokes\":[[[1,1e9]]]}", "{\"strokes\":[[[1,1e13]]]}",
      inkML(page: "1e-300 1024", width: "20", point: "5 5"),
      inkML(page: "1024 1024", width: "1e-310", point: "5 5"),
      inkML(page: "1024 1024", width: "20", point: "5 1e9"),
      ".SEGMENT A 0 ? \"8\"\n.PEN_DOWN\n0 1e13\n",
    ] {
      #expect(try !read(line), "\(line)")
    }
  }

  @Test func pagesAndPensMadeOfExtremeNumbersAreInRange() throws {
    let extremes = [
      0, 1e-300 * 1e-10, 1, .greatestFiniteMagnitude, -.infinity, Double.nan,
    ]
    for a in extremes {
      for b in extremes {
        let strokes = [
          Stroke([.init(Point(x: a, y: b), time: a), .init(Point(x: b, y: a), time: b)], width: a)
        ]
        let page = Page(proportion: a, to: b, drawing: Drawing(strokes))
        #expect(Page.sides.contains(page.width) && Page.sides.contains(page.height))
        #expect(Stroke.widths.contains(page.drawing.strokes[0].width))
        try use(LabelledDrawing(page))
      }
    }
  }
}
