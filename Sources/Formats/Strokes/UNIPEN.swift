// UNIPEN, the text format in which collections of pen strokes were published in the nineties.

import Basics

/// UNIPEN files (Guyon and others, 1994), as far as collections of symbols use the format.
///
/// A line that begins with a dot is a statement, every other line is a sample. `.COORD X Y T` names its columns.
/// `.PEN_DOWN` begins a stroke. `.SEGMENT CHARACTER 3-4 ? "8"` states a symbol: its label and the numbers of its
/// components, `5:10-6:20` for a part of them. The components are the strokes, and the ways of the lifted pen whose
/// samples the file has too. Segments may stand before, between or after the ink, which an `.INCLUDE` may bring.
///
/// Where each segment is followed by ink of its own, that ink is the symbol, because some collections do not count the
/// components of the whole file. `.WRITER_ID` names the writer; so does `.COMMENT label writer number` after a segment.
public enum UNIPEN: DrawingFormat {
  static let name = "UNIPEN"
  static let endings = ["unipen", "unp"]

  /// Whether bytes begin as a UNIPEN file: with a statement.
  static func begins(_ bytes: [UInt8]) -> Bool {
    let start = bytes.drop { $0.isWhiteSpace }.prefix(2)
    return start.first == UInt8(ascii: ".")
      && start.dropFirst().contains { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
  }

  static func drawings(_ bytes: [UInt8]) throws(FormatError) -> [LabelledDrawing] {
    try drawings(bytes, isUpwards: nil)
  }

  /// Reads the symbols of a file; or all its ink as one drawing, if it states no symbol.
  ///
  /// - Parameters:
  ///   - bytes: The bytes of the file.
  ///   - isUpwards: Whether y grows upwards, as the standard says. By default it does, except in the files of the
  ///     collection UJIpenchars, which are known by a comment.
  ///   - writer: The writer of the whole file, if there is only one.
  /// - Returns: The symbols in the order of the file.
  /// - Throws: `FormatError` if the file is damaged, too large or without ink.
  public static func drawings(
    _ bytes: [UInt8], isUpwards: Bool? = nil, writer: Writer? = nil
  ) throws(FormatError) -> [LabelledDrawing] {
    let content = try content(bytes) { _ in nil }
    let isUpwards = isUpwards ?? !content.isUJI
    var symbols = content.symbols
    if content.segmentCount == 0, !content.ink.isEmpty { symbols = [Symbol(strokes: content.ink)] }
    guard !symbols.isEmpty else {
      throw FormatError(
        "UNIPEN", at: bytes.count, expected: "a symbol, '.SEGMENT', and its ink",
        found: content.segmentCount > 0 ? "labels alone" : "the end of the file",
        advice: content.segmentCount > 0 ? "open the file that '.INCLUDE' names" : nil)
    }
    return symbols.map { symbol in
      var ink = SourceStrokes()
      ink.strokes = symbol.strokes.map { stroke in
        stroke.map { SourceStrokes.Sample(x: $0.x, y: isUpwards ? -$0.y : $0.y) }
      }
      let fitted = ink.fitted()
      var result = LabelledDrawing(
        fitted.drawing, label: symbol.label, writer: writer ?? symbol.writer.map { Writer($0) })
      result.sourceScale = fitted.scale
      return result
    }
  }

  /// A symbol as the file has it.
  package struct Symbol: Sendable {
    /// The label.
    package var label: String?
    /// The name of the writer.
    package var writer: String?
    /// The samples of each stroke, in the file's units.
    package var strokes: [[SIMD2<Double>]]
    /// Whether one of its strokes has no samples, or only samples at the origin: ink that a publisher has removed.
    package var isRemoved = false
  }

  /// The content of a file and of the files that it includes.
  package struct Content {
    /// The symbols that have ink.
    package var symbols: [Symbol] = []
    /// The number of segments that the file states.
    package var segmentCount = 0
    /// All strokes of the pen.
    package var ink: [[SIMD2<Double>]] = []
    /// Whether the file is one of the collection UJIpenchars, where y grows downwards.
    package var isUJI = false
  }

  /// Reads a file.
  ///
  /// `included` returns the bytes of a file that the file includes, or nil if there is none.
  package static func content(
    _ bytes: [UInt8], included: (String) -> [UInt8]?
  ) throws(FormatError) -> Content {
    var parser = UNIPENParser()
    try parser.read(bytes, depth: 0, included: included)
    return parser.content
  }
}
