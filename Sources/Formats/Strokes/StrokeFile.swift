// Stroke files: JSON Lines, one drawing a line, plain or gzip.

import Basics
import Ink

/// Stroke files: JSON Lines, one drawing per line, plain or gzip.
///
/// A line is an object. Its member `strokes` is a list of strokes, each a list of samples `[x, y]` or `[x, y, t]`, y
/// downwards. `label`, the text that is written, and `writer`, a number, are optional. A line that Inkling wrote also has
/// `page`, the page's width and height: coordinates are page units, times are seconds, `width` is the pen's width (or
/// `widths`, one per stroke), and the drawing is read back unchanged. Without `page`, ink is fitted onto a square page.
/// Other members are ignored.
public enum StrokeFile: DrawingFormat {
  static let name = "JSON Lines"
  static let endings = ["jsonl"]
  static let readsGzip = true

  /// The longest line that is read, in bytes.
  private static let longestLine = 1 << 25

  /// Whether bytes begin as a line of a stroke file.
  static func begins(_ bytes: [UInt8]) -> Bool { bytes.firstOfText == UInt8(ascii: "{") }

  /// Reads all drawings of a file.
  ///
  /// - Parameter bytes: The bytes of the file, plain or gzip.
  /// - Returns: The drawings in the order of the file.
  /// - Throws: `FormatError` if the file is damaged, too large or without a drawing.
  public static func drawings(_ bytes: [UInt8]) throws(FormatError) -> [LabelledDrawing] {
    var stream = try ByteStream(bytes, format: "stroke file")
    var drawings: [LabelledDrawing] = []
    var samples = 0
    var line = 1
    var piece: [UInt8] = []
    /// The offset of `piece` in the file.
    var base = 0
    while true {
      let more = try stream.readUpTo(1 << 20)
      piece += more
      var start = 0
      if base == 0, piece.starts(with: [UInt8].byteOrderMark) { start = [UInt8].byteOrderMark.count }
      while let end = piece[start...].firstIndex(of: 0x0A) ?? (more.isEmpty ? piece.count : nil) {
        if !piece[start..<end].allSatisfy({ $0.isWhiteSpace }) {
          let cursor = JSONCursor(piece, start..<end, base: base, format: "stroke file, line \(line)")
          let drawing = try drawing(cursor)
          drawings.append(drawing)
          samples += drawing.drawing.strokes.reduce(0) { $0 + $1.samples.count }
          if drawings.count > SizeLimit.drawings || samples > SizeLimit.samples {
            throw cursor.error(
              expected: "at most \(SizeLimit.drawings) drawings and \(SizeLimit.samples) samples",
              found: "more")
          }
        }
        line += 1
        start = end + 1
        if start > piece.count { break }
      }
      if more.isEmpty { break }
      piece.removeFirst(start)
      base += start
      if piece.count > longestLine {
        throw FormatError(
          "stroke file, line \(line)", at: base + longestLine, expected: "a line end",
          found: "more than \(longestLine) bytes without one")
      }
    }
    if drawings.isEmpty {
      throw FormatError(
        "stroke file", at: stream.position, expected: "a drawing", found: "the end of the file")
    }
    return drawings
  }

  private static func drawing(_ start: JSONCursor) throws(FormatError) -> LabelledDrawing {
    var cursor = start
    var result = LabelledDrawing(Drawing())
    var ink: SourceStrokes?
    var page: [Double] = []
    var widths: [Double] = []
    try cursor.object { (name, value) throws(FormatError) in
      switch name {
      case "strokes": ink = try strokes(&value)
      case "label": result.label = try label(&value)
      case "writer": result.writer = value.null() ? nil : try value.integer()
      case "page":
        let before = value
        page = try numbers(&value)
        guard page.count == 2, page.allSatisfy(Page.sides.contains) else {
          throw before.error(expected: "a page's width and height, \(SourceStrokes.text(of: Page.sides))")
        }
      case "width", "widths":
        let before = value
        widths = value.isAtArray() ? try numbers(&value) : [try value.number()]
        guard widths.allSatisfy(Stroke.widths.contains) else {
          throw before.error(expected: "a pen's width \(SourceStrokes.text(of: Stroke.widths))")
        }
      default: try value.skip()
      }
    }
    try cursor.finish()
    guard let ink else { throw start.error(expected: "an object with 'strokes'", found: "one without") }
    if page.count == 2 {
      guard ink.isWithinPoints else {
        throw start.error(
          expected: "coordinates \(SourceStrokes.text(of: Point.range)) on a page", found: "others")
      }
      (result.pageWidth, result.pageHeight) = (page[0], page[1])
      result.drawing = ink.unchanged(widths: widths)
    } else {
      result.drawing = ink.fitted()
    }
    return result
  }

  private static func label(_ value: inout JSONCursor) throws(FormatError) -> String? {
    if value.null() { return nil }
    return value.isAtString() ? try value.string() : "\(try value.integer())"
  }

  private static func numbers(_ value: inout JSONCursor) throws(FormatError) -> [Double] {
    var numbers: [Double] = []
    try value.array { (element) throws(FormatError) in numbers.append(try element.number()) }
    return numbers
  }

  private static func strokes(_ value: inout JSONCursor) throws(FormatError) -> SourceStrokes {
    var ink = SourceStrokes()
    try value.array { (stroke) throws(FormatError) in
      var samples: [SourceStrokes.Sample] = []
      try stroke.array { (sample) throws(FormatError) in samples.append(try Self.sample(&sample)) }
      ink.strokes.append(samples)
    }
    return ink
  }

  private static func sample(_ cursor: inout JSONCursor) throws(FormatError) -> SourceStrokes.Sample {
    let before = cursor
    var index = 0
    var sample = SourceStrokes.Sample(x: 0, y: 0)
    try cursor.array { (element) throws(FormatError) in
      defer { index += 1 }
      // A null is a missing time.
      if index == 2, element.null() { return }
      let number = try element.number()
      guard abs(number) <= SourceStrokes.maximumCoordinate else {
        throw before.error(
          expected: "coordinates and times up to \(SourceStrokes.maximumCoordinate)", found: "\(number)")
      }
      switch index {
      case 0: sample.x = number
      case 1: sample.y = number
      case 2: sample.time = number
      // Pressure, tilt and so on.
      default: break
      }
    }
    if index < 2 { throw before.error(expected: "a sample, [x, y] or [x, y, t]") }
    return sample
  }
}

extension StrokeFile {
  /// Drawings as a file, not compressed.
  ///
  /// - Parameter drawings: The drawings to write.
  /// - Returns: The bytes of the file.
  public static func file(_ drawings: [LabelledDrawing]) -> [UInt8] {
    drawings.flatMap { Array((line($0) + "\n").utf8) }
  }

  private static func line(_ labelled: LabelledDrawing) -> String {
    var line = "{"
    if let label = labelled.label { line += "\"label\":\(JSONText.quoted(label))," }
    if let writer = labelled.writer { line += "\"writer\":\(writer)," }
    line += "\"page\":[\(JSONText.number(labelled.pageWidth)),\(JSONText.number(labelled.pageHeight))],"
    let widths = labelled.drawing.strokes.map { JSONText.number($0.width) }
    if let first = widths.first {
      line +=
        widths.allSatisfy { $0 == first }
        ? "\"width\":\(first)," : "\"widths\":[\(widths.joined(separator: ","))],"
    }
    let strokes = labelled.drawing.strokes.map { stroke in
      let samples = stroke.samples.map { sample in
        let numbers = [sample.point.x, sample.point.y] + (sample.time.map { [$0] } ?? [])
        return "[" + numbers.map { JSONText.number($0) }.joined(separator: ",") + "]"
      }
      return "[" + samples.joined(separator: ",") + "]"
    }
    return line + "\"strokes\":[" + strokes.joined(separator: ",") + "]}"
  }
}
