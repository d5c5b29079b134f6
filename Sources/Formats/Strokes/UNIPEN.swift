// UNIPEN: the text form in which the collections of pen strokes of the nineties were published.

import Basics

/// UNIPEN files of single symbols (Guyon and others, 1994), as far as collections of digits and letters use it.
///
/// A line that begins with a dot is a statement, every other one a sample `x y`. `.SEGMENT … "8"` begins a symbol and
/// says what it is; `.COMMENT label writer number` after it may name the writer; `.PEN_DOWN` and `.PEN_UP` stand around
/// each stroke. All other statements are passed over.
public enum UNIPEN {
  /// The symbols in a file; `isUpwards` where y grows upwards, as the standard has it and not everybody does, and
  /// `writer` where all of the file was drawn by one.
  public static func drawings(
    _ bytes: [UInt8], isUpwards: Bool, writer: Int? = nil
  ) throws(FormatError) -> [LabelledDrawing] {
    var symbols: [Symbol] = []
    var isDown = false
    var samples = 0
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
      defer { start = end + 1 }
      let line = bytes[start..<end]
      let words = line.split(whereSeparator: PNMHeader.isBlank)
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
        // The label again, the writer, the symbol's number; any other comment is for people.
        if let last = symbols.indices.last, symbols[last].writer == nil, words.count >= 3,
          text(words[1]) == symbols[last].label
        {
          symbols[last].writer = Int(text(words[2]))
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
        symbols[last].ink.strokes[stroke].append(ForeignInk.Sample(x: x, y: isUpwards ? -y : y))
      }
    }
    guard !symbols.isEmpty else {
      throw FormatError(
        "UNIPEN", at: bytes.count, expected: "a symbol, '.SEGMENT'", found: "the end of the file")
    }
    return symbols.map { LabelledDrawing($0.ink.fitted(), label: $0.label, writer: $0.writer) }
  }

  private struct Symbol {
    let label: String
    var writer: Int?
    var ink = ForeignInk()
  }

  private static func text(_ word: ArraySlice<UInt8>) -> String { String(decoding: word, as: UTF8.self) }

  private static func coordinate(_ word: ArraySlice<UInt8>) -> Double? {
    Double(text(word)).flatMap { abs($0) <= ForeignInk.farthest ? $0 : nil }
  }

  /// What stands between the first and the last quote of a line.
  private static func quoted(_ line: ArraySlice<UInt8>) -> String? {
    let quote = UInt8(ascii: "\"")
    guard let first = line.firstIndex(of: quote), let last = line.lastIndex(of: quote), first + 1 < last
    else {
      return nil
    }
    return text(line[(first + 1)..<last])
  }
}
