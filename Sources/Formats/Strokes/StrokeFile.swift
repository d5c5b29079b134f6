// Stroke files: JSON Lines, one drawing a line, plain or gzip.

import Basics
import Ink

/// Stroke files: JSON Lines, one drawing per line, plain or gzip.
///
/// A line is an object. Its member `strokes` is a list of strokes, each a list of samples `[x, y]` or `[x, y, t]`, y
/// downwards. These members are optional: `label`, the text that is written, or else `latex`, a formula in LaTeX;
/// `writer`, a number, a name or null; `source`, where a collection has the drawing from; `kind`, the kind of the text;
/// `symbols`, a list of `[label, [stroke, …]]`, which strokes belong to which symbol, counted from zero.
///
/// A line that Inkling wrote also has `page`, the page's width and height: coordinates are page units, times are seconds,
/// `width` is the pen's width (or `widths`, one per stroke), `scale` the page units in one unit of the ink's source, and
/// the drawing is read back unchanged. Without `page`, ink is fitted onto a square page. Other members are ignored.
public enum StrokeFile: DrawingFormat {
  static let name = "JSON Lines"
  static let endings = ["jsonl"]

  /// The longest line that is read, in bytes.
  private static let longestLine = SizeLimit.drawingBytes

  /// Whether bytes begin as a line of a stroke file.
  static func begins(_ bytes: [UInt8]) -> Bool { bytes.firstOfText == UInt8(ascii: "{") }

  /// Reads all drawings of a file.
  ///
  /// - Parameter bytes: The bytes of the file, plain or gzip.
  /// - Returns: The drawings in the order of the file.
  /// - Throws: `FormatError` if the file is damaged, too large or without a drawing.
  public static func drawings(_ bytes: [UInt8]) throws(FormatError) -> [LabelledDrawing] {
    try drawings(bytes, most: .max)
  }

  /// Reads the drawings of a file up to a number, after which the rest of the file is not read.
  static func drawings(_ bytes: [UInt8], most: Int) throws(FormatError) -> [LabelledDrawing] {
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
          let drawing = try StrokeFileLine.drawing(cursor)
          drawings.append(drawing)
          if drawings.count >= most { return drawings }
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
    func list(_ elements: [String]) -> String { "[\(elements.joined(separator: ","))]" }
    let writer = labelled.writer.map { $0.number.map { "\($0)" } ?? JSONText.quoted($0.description) }
    let symbols = labelled.symbols.map { symbol in
      list([JSONText.quoted(symbol.label), list(symbol.strokes.map(String.init))])
    }
    let widths = labelled.drawing.strokes.map { JSONText.number($0.width) }
    let haveOneWidth = widths.allSatisfy { $0 == widths.first }
    let strokes = labelled.drawing.strokes.map { stroke in
      list(
        stroke.samples.map { sample in
          list([sample.point.x, sample.point.y, sample.time].compactMap { $0.map(JSONText.number) })
        })
    }
    let members: [(String, String?)] = [
      ("label", labelled.label.map { JSONText.quoted($0) }),
      ("writer", writer),
      ("source", labelled.source.map { JSONText.quoted($0) }),
      ("kind", labelled.kind.map { JSONText.quoted($0) }),
      ("symbols", symbols.isEmpty ? nil : list(symbols)),
      ("page", list([labelled.pageWidth, labelled.pageHeight].map(JSONText.number))),
      ("scale", labelled.sourceScale.map(JSONText.number)),
      ("width", haveOneWidth ? widths.first : nil),
      ("widths", haveOneWidth ? nil : list(widths)),
      ("strokes", list(strokes)),
    ]
    let texts = members.compactMap { name, value in value.map { "\"\(name)\":\($0)" } }
    return "{\(texts.joined(separator: ","))}"
  }
}
