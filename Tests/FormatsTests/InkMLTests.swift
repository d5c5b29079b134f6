// InkML files.

import Basics
import Formats
import Ink
import Testing

@Suite("InkML files")
struct InkMLTests {
  private func read(_ body: String) throws -> LabelledDrawing {
    try InkML.drawing(Array("<ink xmlns=\"http://www.w3.org/2003/InkML\">\(body)</ink>".utf8))
  }

  @Test("that Inkling wrote are read as they were written")
  func roundTrip() throws {
    let strokes = [
      Stroke(
        [
          Stroke.Sample(Point(x: 1.25, y: -3), time: 0),
          Stroke.Sample(Point(x: 1000.00390625, y: 7), time: 1.5),
          Stroke.Sample(Point(x: 4, y: 5)),
        ], width: 12.5), Stroke([Stroke.Sample(Point(x: 0, y: 0), time: 1234.5678)]), Stroke([], width: 12.5),
    ]
    let drawing = LabelledDrawing(
      Drawing(strokes), label: "<7> & \"8\"", writer: 4, pageWidth: 700, pageHeight: 1024)
    #expect(try InkML.drawing(InkML.file(drawing)) == drawing)
  }

  @Test(
    "that are much larger than a page of writing are refused",
    arguments: [
      ("points", "<trace>", "0 0,", "</trace>", 600_000),
      ("traces", "", "<trace></trace>", "", 550_000),
      ("commas", "<trace>1 2", ",", ",3 4</trace>", 1 << 24),
      ("channels", "<traceFormat>", "<channel name='X'/>", "</traceFormat>", 300),
      ("annotations", "", "<annotation type='&#64;'>truth</annotation>", "", 500_000),
    ])
  func tooLarge(_ name: String, _ start: String, _ part: String, _ end: String, _ count: Int) {
    let error = #expect(throws: FormatError.self, "\(name)") {
      try read(start + String(repeating: part, count: count) + end)
    }
    #expect(
      error?.description.contains(name == "annotations" ? "8388608 bytes" : "at most") == true,
      "\(error.debugDescription)")
  }

  @Test("may have very many brushes and attributes only up to a limit")
  func manyDefinitions() {
    let brushes = (0..<300).map { "<brush id='b\($0)'><brushProperty name='width' value='3'/></brush>" }
    #expect(throws: FormatError.self) { try read(brushes.joined() + "<trace>1 2</trace>") }
    let attributes = (0..<300).map { "a\($0)='1'" }
    #expect(throws: FormatError.self) { try read("<trace \(attributes.joined(separator: " "))>1 2</trace>") }
    #expect(throws: Never.self) {
      try read(
        brushes.prefix(200).joined() + "<trace \(attributes.prefix(200).joined(separator: " "))>1 2</trace>")
    }
  }

  @Test("of other programs are fitted onto the page as stroke files are")
  func foreign() throws {
    let ours = try #require(
      try StrokeFile.drawings(Array(#"{"strokes": [[[1,2],[3,40]],[[5,6]]]}"#.utf8)).first)
    #expect(try read("<trace>1 2, 3 40</trace><trace>5 6</trace>").drawing == ours.drawing)
    #expect(
      try read("<!-- <trace>9 9</trace> --><trace id='a'> 1 2 ,3 40,</trace>\n<trace><![CDATA[5 6]]></trace>")
        .drawing == ours.drawing)
    #expect(
      try read("<trace>1 2,'2'38</trace><trace type='penUp'>7 7</trace><trace>5 6</trace>").drawing
        == ours.drawing)
    #expect(
      try read(
        "<traceFormat><channel name='F'/><channel name='Y'/><channel name='X'/></traceFormat><trace>0 2 1, 1 40 3</trace><trace>0.5 6 5</trace>"
      ).drawing == ours.drawing)
  }

  @Test("can have points as differences")
  func differences() throws {
    let plain = try read("<trace>10 10, 20 11, 35 12, 55 13</trace>").drawing
    #expect(try read("<trace>10 10, '10 '1, 15 1, 20 1</trace>").drawing == plain)
    #expect(try read("<trace>10 10, '10'1, \"5\"0, 5 0</trace>").drawing == plain)
    #expect(try read("<trace>10 10, !20 !11,'15'1,!55 !13</trace>").drawing == plain)
    #expect(try read("<trace>1 -2, * 5</trace>").drawing == read("<trace>1-2,1 5</trace>").drawing)
  }

  @Test("can have labels, writers and times")
  func annotations() throws {
    let drawing = try read(
      "<annotation type='truth'>4&#x32;</annotation><annotation type='writer'> 7 </annotation>"
        + "<traceFormat><channel name='X'/><channel name='Y'/><channel name='T' units='ms'/></traceFormat>"
        + "<traceGroup><annotation type='truth'>4</annotation><trace>1 1 1000, 2 2 1500</trace></traceGroup>")
    #expect(drawing.label == "42")
    #expect(drawing.writer == 7)
    #expect(drawing.drawing.strokes[0].samples.map(\.time) == [0, 0.5])
  }

  @Test("that are invalid give an error")
  func errors() {
    for bad in [
      "<trace>1</trace>", "<trace>a b</trace>", "<trace>1 2", "", "<trace>1 1e300</trace>",
      "<trace x=1>1 2</trace>", "&bad;<trace>1 2</trace>",
    ] {
      #expect(throws: FormatError.self, "\(bad)") { try read(bad) }
    }
    #expect(throws: FormatError.self) { try InkML.drawing(Array("<html></html>".utf8)) }
  }
}
