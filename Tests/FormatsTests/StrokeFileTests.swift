// Stroke files.

import Basics
import Formats
import Ink
import Testing

@Suite("Stroke files")
struct StrokeFileTests {
  private func read(_ text: String) throws -> [LabelledDrawing] { try StrokeFile.drawings(Array(text.utf8)) }

  @Test("that Inkling wrote are read as they were written")
  func roundTrip() throws {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<50 {
      let strokes = (0..<Int.random(in: 0...4, using: &random)).map { _ in
        let timed = Bool.random(using: &random)
        return Stroke(
          (0..<Int.random(in: 0...20, using: &random)).map { i in
            Stroke.Sample(
              Point(
                x: Double.random(in: -50...1100, using: &random),
                y: Double.random(in: 0...1024, using: &random)),
              time: timed ? Double.random(in: 0...100, using: &random) : nil)
          }, width: Double.random(in: 1...100, using: &random))
      }
      let drawings = [
        LabelledDrawing(
          Drawing(strokes), label: "7\"\\\u{1}é", writer: 3, pageWidth: 1024, pageHeight: 768.5),
        LabelledDrawing(Drawing(strokes)),
      ]
      #expect(try StrokeFile.drawings(StrokeFile.file(drawings)) == drawings)
    }
  }

  @Test("with more samples in a drawing than a page can have are refused", arguments: ["[0,0]", "[]"])
  func tooManySamples(_ part: String) {
    let list = Array(repeating: part, count: 600_000).joined(separator: ",")
    let error = #expect(throws: FormatError.self) {
      try read("{\"strokes\":[" + (part == "[]" ? list : "[\(list)]") + "]}")
    }
    #expect(error?.description.contains("at most 524288 samples") == true, "\(error.debugDescription)")
  }

  @Test("are read only as far as the wanted drawings")
  func firstDrawing() throws {
    let text = #"{"strokes": [[[1,2],[3,4]]]}"# + "\n" + #"{"strokes": "damaged"}"#
    #expect(throws: FormatError.self) { try read(text) }
    guard case .drawings(let drawings) = try Document(Array(text.utf8), mostDrawings: 1) else {
      Issue.record("no drawings")
      return
    }
    #expect(drawings.count == 1)
  }

  @Test("of other programs are fitted onto the middle of the page with their proportions")
  func fitting() throws {
    let text = #"{"label": "4", "writer": 12, "strokes": [[[100,1000],[150,1100]],[[125,1200]]]}"#
    let drawing = try #require(try read(text).first)
    #expect(drawing.label == "4")
    #expect(drawing.writer == 12)
    let points = drawing.drawing.strokes.flatMap { $0.samples.map(\.point) }
    #expect(points.first == Point(x: 448, y: 256))
    #expect(points[1] == Point(x: 576, y: 512))
    #expect(points.last == Point(x: 512, y: 768))
    #expect(drawing.drawing.strokes.allSatisfy { $0.width == 40 && $0.samples.allSatisfy { $0.time == nil } })
  }

  @Test("of other programs may be flat, wide, or a single point")
  func fittingExtremes() throws {
    let line = try #require(try read(#"{"strokes": [[[0,0],[3,0]]]}"#).first).drawing
    #expect(line.strokes[0].samples.map(\.point.x) == [64, 960])
    #expect(line.strokes[0].samples.map(\.point.y) == [512, 512])
    #expect(line.strokes[0].width == 8.75)
    let dot = try #require(try read(#"{"strokes": [[[-7e5,3.25]]]}"#).first).drawing
    #expect(dot.strokes == [Stroke([Stroke.Sample(Point(x: 512, y: 512))])])
    #expect(try read(#"{"strokes": []}"#).first?.drawing.isEmpty == true)
  }

  @Test("of other programs have times in seconds or, if seconds are too slow for a pen, in milliseconds")
  func times() throws {
    func times(_ strokes: String) throws -> [Double?] {
      try read("{\"strokes\": [\(strokes)]}").flatMap {
        $0.drawing.strokes.flatMap { $0.samples.map(\.time) }
      }
    }
    #expect(try times("[[0,0,5.5],[1,1,5.51]],[[2,2,6]]") == [0, 0.01, 0.5])
    #expect(try times("[[0,0,1000],[1,1,1010]],[[2,2,1500]]") == [0, 0.01, 0.5])
    #expect(try times("[[0,0,0],[1,1,null],[2,2]]") == [0, nil, nil])
  }

  @Test(
    "may have blank lines, line ends of DOS, a byte order mark, members in any order, and no last line end"
  )
  func lenience() throws {
    let line =
      #"{"extra": {"a": [1, {"b": null}]}, "strokes": [[[1,2,null,0.5],[3,4]]], "writer": null, "label": 7}"#
    let drawings = try read("\u{FEFF}\r\n\(line)\r\n\n\(line)")
    #expect(drawings.count == 2)
    #expect(drawings[0].label == "7")
    #expect(drawings[0] == drawings[1])
  }

  @Test("have writers with a number or a name; a writer may be null, empty or missing")
  func writers() throws {
    let writers = try read(
      ["3", #""3""#, #""03""#, #""Ada B.""#, "null", #""""#].map { "{\"writer\":\($0),\"strokes\":[]}" }
        .joined(separator: "\n") + "\n{\"strokes\":[]}"
    ).map(\.writer)
    #expect(writers == [3, 3, "03", "Ada B.", nil, nil, nil])
    #expect(writers.map { $0?.number } == [3, 3, nil, nil, nil, nil, nil])
    #expect(Set([Writer("b"), 10, "a", 9]).sorted() == [9, 10, "a", "b"])
    for bad in ["1.5", "true", "[1]", "{}"] {
      #expect(throws: FormatError.self) { try read("{\"writer\":\(bad),\"strokes\":[]}") }
    }
  }

  @Test("say what a collection knows of a drawing, and keep it")
  func collection() throws {
    let text = #"""
      {"latex":"\\frac{1}{2}","kind":"fraction","source":"MfrDB","symbols":[["1",[0]],["-",[1]],["2",[2, 9]]],
      "strokes":[[[5,0],[5,4]],[[0,10],[10,10]],[[0,20],[8,20],[0,28],[8,28]]],"unknown":{"a":[{}]}}
      """#.replacing("\n", with: "")
    let formula = try #require(try read(text).first)
    #expect(formula.label == #"\frac{1}{2}"# && formula.source == "MfrDB" && formula.kind == "fraction")
    #expect(
      formula.symbols.map(\.label) == ["1", "-", "2"]
        && formula.symbols.map(\.strokes) == [[0], [1], [2, 9]])
    #expect(try StrokeFile.drawings(StrokeFile.file([formula])) == [formula])
    // Each symbol is fitted by itself. Its scale still says its size.
    let symbols = formula.symbolDrawings
    #expect(
      symbols.map(\.label) == ["1", "-", "2"] && symbols.map { $0.drawing.strokes.count } == [1, 1, 1])
    let heights = symbols.map { symbol in symbol.drawing.strokes[0].bounds?.height ?? -1 }
    #expect(heights[1] == 0 && heights[2] == 512)
    let sizes = zip(heights, symbols).map { $0 / ($1.sourceScale ?? 1) }
    #expect(zip(sizes, [4, 0, 8]).allSatisfy { abs($0 - $1) < 0.01 }, "\(sizes)")
    // The same names with other content, as other programs may use them.
    let other = #"{"latex":1,"kind":[2],"source":{"a":1},"symbols":[1],"scale":"x","strokes":[[[1,2]]]}"#
    let drawing = try #require(try read(other).first)
    #expect(drawing.label == nil && drawing.source == nil && drawing.kind == nil && drawing.symbols.isEmpty)
  }

  @Test("that are invalid give an error with the line and the offset")
  func errors() throws {
    let good = #"{"strokes": [[[1,2]]]}"#
    for (bad, offset) in [
      (#"{"strokes": [[[1]]]}"#, 14), (#"{"strokes": [[[null, 1]]]}"#, 14),
      (#"{"strokes": [[[1,2e12]]]}"#, 14),
      (#"{"strokes": [[[1,-02]]]}"#, 17), (#"{"strokes": [[1]]}"#, 14), (#"{"label": "1"}"#, 0),
      (#"{"strokes": [[[1,2]]}"#, 20), (#"{"strokes": [[[01,2]]]}"#, 15), (#"{"strokes": [[[1,2]]]} x"#, 23),
      (#"{"strokes": [[[1e400,2]]]}"#, 15), (#"{"writer": 1.5, "strokes": []}"#, 11), ("[]", 0),
    ] {
      do {
        _ = try read(good + "\n" + bad)
        Issue.record("\(bad) was read")
      } catch let error as FormatError {
        #expect(error.offset == good.utf8.count + 1 + offset, "\(bad): \(error)")
        #expect(error.format == "stroke file, line 2")
      }
    }
    #expect(throws: FormatError.self) { try read("") }
    #expect(throws: FormatError.self) { try read(String(repeating: "[", count: 100_000)) }
    #expect(throws: FormatError.self) {
      try read(#"{"strokes": [], "x": "# + String(repeating: "[", count: 100_000))
    }
  }

  @Test("have numbers that are read as Double reads them")
  func numbers() throws {
    for text in [
      "0", "-0", "12.5", "0.1", "1e22", "123456789012345678", "1.7976931348623157e308", "5e-324",
      "3.14159265358979", "0.000001234", "100000000000000000000e-10",
    ] {
      var cursor = JSONCursor(Array(text.utf8))
      #expect(try cursor.number().bitPattern == Double(text)?.bitPattern, "\(text)")
    }
    for list in ["[7,-12]", "[ 1.5 , -0, null,3,4]", "[123456789,1234567890123]", "[]", "[0 ,0\n]"] {
      var values = SIMD4<Double>(repeating: .nan)
      var cursor = JSONCursor(Array(list.utf8))
      let count = try cursor.numbers(into: &values).count
      try cursor.finish()
      let expected = list.dropFirst().dropLast().split(separator: ",").map { text in
        Double(text.filter { !$0.isWhitespace }) ?? .nan
      }
      #expect(count == expected.count)
      #expect((0..<min(count, 4)).allSatisfy { values[$0].bitPattern == expected[$0].bitPattern }, "\(list)")
    }
    for list in ["[1,]", "[,1]", "[01]", "[-]", "[1", "[1}", "[1 2]", "1", "[true]"] {
      var values = SIMD4<Double>()
      #expect(throws: FormatError.self, "\(list)") {
        var cursor = JSONCursor(Array(list.utf8))
        _ = try cursor.numbers(into: &values)
      }
    }
    for text in ["", "+1", ".5", "1.", "1e", "01", "NaN", "Infinity", "1e999", "-"] {
      #expect(throws: FormatError.self, "\(text)") {
        var cursor = JSONCursor(Array(text.utf8))
        _ = try cursor.number()
        try cursor.finish()
      }
    }
  }
}
