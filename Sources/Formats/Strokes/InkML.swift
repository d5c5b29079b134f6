// InkML, the W3C's format of digital ink, read and written.

import Basics
import Ink

/// InkML files (W3C Recommendation of 2011): one drawing, a stroke for each `<trace>`.
///
/// The reader understands the points of traces in the channels that the file states, as values or as differences, the
/// label (`<annotation type="truth">`) and the writer. A file that Inkling wrote states the page's size in an annotation
/// and the pen's widths in brushes, and is read back unchanged. Ink of other programs is fitted onto a square page.
public enum InkML: DrawingFormat {
  static let name = "InkML"
  static let endings = ["inkml"]
  static let mostBytes = SizeLimit.drawingBytes

  /// The annotation that holds the page's width and height, and means that coordinates are page units.
  private static let pageAnnotation = "inklingPage"
  /// The annotations that are read.
  private static let annotations: Set = ["truth", "writer", pageAnnotation]
  /// The samples that take as much memory as a trace without its samples.
  private static let samplesOfTrace = 4
  /// The most channels of a trace, and the most brushes of a file.
  private static let mostDefinitions = 256

  /// Whether bytes begin as an XML document.
  static func begins(_ bytes: [UInt8]) -> Bool {
    bytes.firstOfText == UInt8(ascii: "<")
  }

  static func drawings(_ bytes: [UInt8]) throws(FormatError) -> [LabelledDrawing] { [try drawing(bytes)] }

  /// Reads a drawing.
  ///
  /// - Parameter bytes: The bytes of the file.
  /// - Returns: The drawing.
  /// - Throws: `FormatError` if the file is damaged or has no trace.
  public static func drawing(_ bytes: [UInt8]) throws(FormatError) -> LabelledDrawing {
    guard bytes.count <= mostBytes else {
      throw FormatError(
        "InkML", at: mostBytes, expected: "at most \(mostBytes) bytes", found: "\(bytes.count)",
        advice: "split it into files of one page each")
    }
    var scanner = XMLScanner(bytes)
    var reading = Reading()
    while let piece = try scanner.next() { try reading.add(piece, at: scanner.position) }
    guard reading.hasInk, reading.depth == 0 else {
      throw FormatError(
        "InkML", at: bytes.count, expected: reading.hasInk ? "the end of '<ink>'" : "an element '<ink>'",
        found: "the end of the file")
    }
    if reading.ink.strokes.isEmpty {
      throw FormatError("InkML", at: bytes.count, expected: "a '<trace>'", found: "none")
    }
    return try reading.drawing(end: bytes.count)
  }

  /// The state of the reader.
  private struct Reading {
    var ink = SourceStrokes()
    var hasInk = false
    var depth = 0
    private var decoder = TraceDecoder()
    private var channels: [String] = []
    private var annotations: [String: String] = [:]
    private var brushes: [String: Double] = [:]
    private var brush = ""
    private var widths: [Double] = []
    /// The trace or annotation whose text is being collected.
    private var element: (name: String, attributes: [String: String])?
    private var text = ""
    private var samples = 0

    mutating func add(_ piece: XMLScanner.Piece, at offset: Int) throws(FormatError) {
      switch piece {
      case .open(let name, let attributes, let isEmpty):
        if !isEmpty { depth += 1 }
        switch name {
        case "ink": hasInk = true
        case "traceFormat": channels = []
        case "channel": try addChannel(attributes, at: offset)
        case "brush": brush = attributes["id"] ?? ""
        case "brushProperty":
          if attributes["name"] == "width" { try addWidth(attributes, at: offset) }
        case "trace", "annotation":
          element = (name, attributes)
          text = ""
        default: break
        }
      case .close(let name):
        depth -= 1
        if name == "traceFormat", channels.contains("X"), channels.contains("Y") {
          decoder.channels = channels
        }
        if let element, element.name == name {
          if name == "trace" {
            try addTrace(element.attributes, at: offset)
          } else {
            addAnnotation(element.attributes)
          }
          self.element = nil
        }
      case .text(let text):
        if element == nil { break }
        if self.text.isEmpty { self.text = text } else { self.text += text }
      }
    }

    private mutating func addWidth(_ attributes: [String: String], at offset: Int) throws(FormatError) {
      brushes[brush] = attributes["value"].flatMap(Double.init)
      if brushes.count > InkML.mostDefinitions { throw Self.tooMany("brushes", at: offset) }
    }

    private static func tooMany(_ what: String, at offset: Int) -> FormatError {
      FormatError(
        "InkML", at: offset, expected: "at most \(InkML.mostDefinitions) \(what)", found: "more")
    }

    private mutating func addChannel(_ attributes: [String: String], at offset: Int) throws(FormatError) {
      let name = attributes["name"] ?? ""
      channels.append(name)
      if channels.count > InkML.mostDefinitions { throw Self.tooMany("channels", at: offset) }
      guard name == "T" else { return }
      decoder.secondsPerTick = attributes["units"] == "s" ? 1 : attributes["units"] == "ms" ? 0.001 : nil
    }

    private mutating func addAnnotation(_ attributes: [String: String]) {
      // The first annotation of a type is that of the whole drawing. Later ones may belong to groups of traces.
      let type = attributes["type"] ?? ""
      if InkML.annotations.contains(type), annotations[type] == nil { annotations[type] = text }
    }

    private mutating func addTrace(_ attributes: [String: String], at offset: Int) throws(FormatError) {
      if attributes["type"] == "penUp" { return }
      samples += InkML.samplesOfTrace
      let trace = try decoder.samples(text, most: SizeLimit.drawingSamples - samples, at: offset)
      samples += trace.count
      ink.strokes.append(trace)
      let brush = attributes["brushRef"]?.drop { $0 == "#" } ?? ""
      widths.append(brushes[String(brush)] ?? Stroke.usualWidth)
    }

    func drawing(end: Int) throws(FormatError) -> LabelledDrawing {
      let writer = annotations["writer"].map {
        $0.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      }
      var result = LabelledDrawing(Drawing(), label: annotations["truth"])
      if let writer, !writer.isEmpty { result.writer = Writer(writer) }
      guard let page = annotations[InkML.pageAnnotation] else {
        var ink = ink
        ink.hasSeconds = decoder.secondsPerTick != nil
        let fitted = ink.fitted()
        (result.drawing, result.sourceScale) = (fitted.drawing, fitted.scale)
        return result
      }
      let sides = page.split(separator: " ").compactMap { Double($0) }
      guard sides.count == 2, sides.allSatisfy(Page.sides.contains) else {
        throw FormatError(
          "InkML", at: end, expected: "a page's width and height, \(SourceStrokes.text(of: Page.sides))",
          found: "'\(page)'")
      }
      if let width = widths.first(where: { !Stroke.widths.contains($0) }) {
        throw FormatError(
          "InkML", at: end, expected: "a pen's width \(SourceStrokes.text(of: Stroke.widths))",
          found: "\(width)")
      }
      guard ink.isWithinPoints else {
        throw FormatError(
          "InkML", at: end, expected: "coordinates \(SourceStrokes.text(of: Point.range)) on a page",
          found: "others")
      }
      (result.pageWidth, result.pageHeight) = (sides[0], sides[1])
      result.drawing = ink.unchanged(widths: widths)
      return result
    }
  }
}

extension InkML {
  /// A drawing as a file.
  ///
  /// - Parameter labelled: The drawing to write.
  /// - Returns: The bytes of the file.
  public static func file(_ labelled: LabelledDrawing) -> [UInt8] {
    let strokes = labelled.drawing.strokes
    var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ink xmlns=\"http://www.w3.org/2003/InkML\">\n"
    let page = "\(JSONText.number(labelled.pageWidth)) \(JSONText.number(labelled.pageHeight))"
    text += "  <annotation type=\"\(pageAnnotation)\">\(page)</annotation>\n"
    if let label = labelled.label {
      text += "  <annotation type=\"truth\">\(MarkupText.escaped(label))</annotation>\n"
    }
    if let writer = labelled.writer { text += "  <annotation type=\"writer\">\(writer)</annotation>\n" }
    var brushes: [Double] = []
    for stroke in strokes where !brushes.contains(stroke.width) { brushes.append(stroke.width) }
    text += "  <definitions>\n    <traceFormat xml:id=\"format\">\n"
    for channel in ["X", "Y"] { text += "      <channel name=\"\(channel)\" type=\"decimal\"/>\n" }
    text += "      <channel name=\"T\" type=\"decimal\" units=\"s\"/>\n    </traceFormat>\n"
    for (index, width) in brushes.enumerated() {
      text += "    <brush xml:id=\"pen\(index)\">"
      text += "<brushProperty name=\"width\" value=\"\(JSONText.number(width))\"/></brush>\n"
    }
    text += "  </definitions>\n"
    for stroke in strokes {
      let points = stroke.samples.map { sample in
        let time = sample.time.map { JSONText.number($0) } ?? "?"
        return "\(JSONText.number(sample.point.x)) \(JSONText.number(sample.point.y)) \(time)"
      }
      let brush = brushes.firstIndex(of: stroke.width) ?? 0
      text += "  <trace brushRef=\"#pen\(brush)\">\(points.joined(separator: ", "))</trace>\n"
    }
    return Array((text + "</ink>\n").utf8)
  }
}
