// UNIPEN, the text format in which collections of pen strokes were published in the nineties.

import Basics

/// UNIPEN files of single symbols (Guyon and others, 1994), as far as collections of digits and letters use the format.
///
/// A line that begins with a dot is a statement, every other line is a sample `x y`. `.SEGMENT … "8"` begins a symbol
/// and states its label. `.COMMENT label writer number` after it may name the writer. `.PEN_DOWN` and `.PEN_UP` begin
/// and end each stroke. Other statements are ignored.
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
    try drawings(bytes, isUpwards: true)
  }

  /// Reads the symbols of a file.
  ///
  /// - Parameters:
  ///   - bytes: The bytes of the file.
  ///   - isUpwards: Whether y grows upwards, as the standard says. Some collections differ.
  ///   - writer: The writer of the whole file, if there is only one.
  /// - Returns: The symbols in the order of the file.
  /// - Throws: `FormatError` if the file is damaged, too large or without a symbol.
  public static func drawings(
    _ bytes: [UInt8], isUpwards: Bool, writer: Writer? = nil
  ) throws(FormatError) -> [LabelledDrawing] {
    var symbols: [Symbol] = []
    var isDown = false
    var samples = 0
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
      defer { start = end + 1 }
      let line = bytes[start..<end]
      let words = line.split { $0.isWhiteSpace }
      guard let first = words.first else { continue }
      func problem(expected: String) -> FormatError {
        FormatError("UNIPEN", at: start, expected: expected, found: FormatError.show(line.prefix(16)))
      }
      switch String(decoding: first, as: UTF8.self) {
      case ".SEGMENT":
        guard let label = quoted(line) else { throw problem(expected: "a symbol's label in quotes") }
        symbols.append(Symbol(label: label, writer: writer))
        isDown = false
      case ".COMMENT":
        // The label again, the writer and the symbol's number. Other comments have no fixed form.
        if let last = symbols.indices.last, symbols[last].writer == nil, words.count >= 3,
          text(words[1]) == symbols[last].label
        {
          symbols[last].writer = Int(text(words[2])).map { Writer($0) }
        }
      case ".PEN_DOWN":
        if let last = symbols.indices.last { symbols[last].ink.strokes.append([]) }
        isDown = !symbols.isEmpty
      case ".PEN_UP": isDown = false
      case let word where word.hasPrefix("."): continue
      default:
        guard isDown, let last = symbols.indices.last else { continue }
        guard words.count >= 2, let x = coordinate(words[0]), let y = coordinate(words[1]) else {
          throw problem(expected: "a sample, x and y")
        }
        samples += 1
        guard samples <= SizeLimit.samples, symbols.count <= SizeLimit.drawings else {
          throw problem(expected: "at most \(SizeLimit.samples) samples and \(SizeLimit.drawings) symbols")
        }
        let stroke = symbols[last].ink.strokes.count - 1
        symbols[last].ink.strokes[stroke].append(SourceStrokes.Sample(x: x, y: isUpwards ? -y : y))
      }
    }
    guard !symbols.isEmpty else {
      throw FormatError(
        "UNIPEN", at: bytes.count, expected: "a symbol, '.SEGMENT'", found: "the end of the file")
    }
    return symbols.map { symbol in
      let fitted = symbol.ink.fitted()
      var result = LabelledDrawing(fitted.drawing, label: symbol.label, writer: symbol.writer)
      result.sourceScale = fitted.scale
      return result
    }
  }

  private struct Symbol {
    let label: String
    var writer: Writer?
    var ink = SourceStrokes()
  }

  private static func text(_ word: ArraySlice<UInt8>) -> String { String(decoding: word, as: UTF8.self) }

  private static func coordinate(_ word: ArraySlice<UInt8>) -> Double? {
    Double(text(word)).flatMap { abs($0) <= SourceStrokes.maximumCoordinate ? $0 : nil }
  }

  /// The text between the first and the last quotation mark of a line.
  private static func quoted(_ line: ArraySlice<UInt8>) -> String? {
    let quote = UInt8(ascii: "\"")
    guard let first = line.firstIndex(of: quote), let last = line.lastIndex(of: quote), first + 1 < last
    else { return nil }
    return text(line[(first + 1)..<last])
  }
}
