// Stroke files: JSON Lines, one drawing a line, plain or gzip.

import Basics
import Ink

/// Stroke files: JSON Lines, one drawing a line, plain or gzip.
///
/// A line is an object with `strokes`, a list of strokes, each a list of samples `[x, y]` or `[x, y, t]`, y
/// downwards; with `label`, what it says, and `writer`, a number, where they are known. What Inkling writes also
/// has `page`, the page's width and height: its coordinates are page units, its times seconds, `width` the
/// pen's (or `widths`, one a stroke), and it comes back as it was. Without `page`, ink is fitted onto a
/// square page by the rule of `ForeignInk`. Other members are passed over.
public enum StrokeFile {
  /// The longest line that is read.
  public static let longestLine = 1 << 25

  /// Whether bytes begin as a line of a stroke file.
  public static func begins(_ bytes: [UInt8]) -> Bool {
    bytes.first { !PNMHeader.isBlank($0) && !byteOrderMark.contains($0) } == UInt8(ascii: "{")
  }

  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// All drawings of a file; a file without any is an error.
  public static func drawings(_ bytes: [UInt8]) throws(FormatError) -> [LabelledDrawing] {
    var stream = try ByteStream(bytes, format: "stroke file")
    var drawings: [LabelledDrawing] = []
    var samples = 0
    var line = 1
    var piece: [UInt8] = []
    /// Where `piece` begins in the file.
    var base = 0
    while true {
      let more = try stream.takeUpTo(1 << 20)
      piece += more
      var start = 0
      if base == 0, piece.starts(with: byteOrderMark) { start = byteOrderMark.count }
      while let end = piece[start...].firstIndex(of: 0x0A) ?? (more.isEmpty ? piece.count : nil) {
        if !piece[start..<end].allSatisfy(PNMHeader.isBlank) {
          let cursor = JSONCursor(piece, start..<end, base: base, format: "stroke file, line \(line)")
          drawings.append(try drawing(cursor, &samples))
          if drawings.count > SizeLimit.drawings {
            throw cursor.error(expected: "at most \(SizeLimit.drawings) drawings", found: "one more")
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
          "stroke file, line \(line)", at: base + longestLine, expected: "a line's end",
          found: "more than \(longestLine) bytes without one")
      }
    }
    if drawings.isEmpty {
      throw FormatError(
        "stroke file", at: stream.position, expected: "a drawing", found: "the end of the file")
    }
    return drawings
  }

  private static func drawing(
    _ start: JSONCursor, _ total: inout Int
  ) throws(FormatError) -> LabelledDrawing {
    var cursor = start
    var result = LabelledDrawing(Drawing())
    var ink: ForeignInk?
    var page: [Double] = []
    var widths: [Double] = []
    var count = total
    try cursor.object { (name, value) throws(FormatError) in
      switch name {
      case "strokes": ink = try strokes(&value, &count)
      case "label": result.label = try label(&value)
      case "writer": result.writer = value.null() ? nil : try value.integer()
      case "page":
        let before = value
        page = try numbers(&value)
        guard page.count == 2, page.allSatisfy(Page.sides.contains) else {
          throw before.error(expected: "a page's width and height, \(ForeignInk.words(Page.sides))")
        }
      case "width", "widths":
        let before = value
        widths = value.isAtArray() ? try numbers(&value) : [try value.number()]
        guard widths.allSatisfy(Stroke.widths.contains) else {
          throw before.error(expected: "a pen's width \(ForeignInk.words(Stroke.widths))")
        }
      default: try value.skip()
      }
    }
    try cursor.finish()
    guard let ink else { throw start.error(expected: "an object with 'strokes'", found: "one without") }
    total = count
    if page.count == 2 {
      guard ink.isWithinPoints else {
        throw start.error(expected: "coordinates \(ForeignInk.words(Point.range)) on a page", found: "others")
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

  private static func strokes(
    _ value: inout JSONCursor, _ total: inout Int
  ) throws(FormatError) -> ForeignInk {
    var ink = ForeignInk()
    var count = total
    try value.array { (stroke) throws(FormatError) in
      var samples: [ForeignInk.Sample] = []
      try stroke.array { (sample) throws(FormatError) in
        samples.append(try Self.sample(&sample))
        count += 1
        if count > SizeLimit.samples {
          throw sample.error(expected: "at most \(SizeLimit.samples) samples in a file", found: "one more")
        }
      }
      ink.strokes.append(samples)
    }
    total = count
    return ink
  }

  private static func sample(_ cursor: inout JSONCursor) throws(FormatError) -> ForeignInk.Sample {
    let before = cursor
    var place = 0
    var sample = ForeignInk.Sample(x: 0, y: 0)
    try cursor.array { (element) throws(FormatError) in
      // A source without a clock may say so by null.
      if place == 2, element.null() {
        place += 1
        return
      }
      let number = try element.number()
      guard abs(number) <= ForeignInk.farthest else {
        throw before.error(expected: "coordinates and times up to \(ForeignInk.farthest)", found: "\(number)")
      }
      switch place {
      case 0: sample.x = number
      case 1: sample.y = number
      case 2: sample.time = number
      // Pressure, tilt and the like.
      default: break
      }
      place += 1
    }
    if place < 2 { throw before.error(expected: "a sample, [x, y] or [x, y, t]") }
    return sample
  }
}

extension StrokeFile {
  /// Drawings as a file, plain.
  public static func file(_ drawings: [LabelledDrawing]) -> [UInt8] {
    var text = ""
    for drawing in drawings { text += line(drawing) + "\n" }
    return Array(text.utf8)
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
    line += "\"strokes\":["
    for (index, stroke) in labelled.drawing.strokes.enumerated() {
      line += index == 0 ? "[" : ",["
      for (index, sample) in stroke.samples.enumerated() {
        line += index == 0 ? "[" : ",["
        line += JSONText.number(sample.point.x) + "," + JSONText.number(sample.point.y)
        if let time = sample.time { line += "," + JSONText.number(time) }
        line += "]"
      }
      line += "]"
    }
    return line + "]}"
  }
}
