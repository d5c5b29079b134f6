// The journal's lines: steps of the page's history as bytes, and back.
//
// A line is a word and whole numbers: coordinates and widths in 1/256 of a page unit, times in 0.1 ms with "-" for
// none. After a picture's line come its levels. What is not a whole line at the end was being written when the
// program died, and is left out.

import Basics
import Ink

enum JournalText {
  /// The bytes of a step.
  static func bytes(of entry: JournalEntry) -> [UInt8] {
    switch entry {
    case .stroke(let stroke): return Array(("stroke " + text(of: stroke) + "\n").utf8)
    case .erase(let path, let width):
      let points = path.map { "\(fixed($0.x)) \(fixed($0.y))" }.joined(separator: " ")
      return Array("erase \(fixed(width)) \(points)\n".utf8)
    case .undo: return Array("undo\n".utf8)
    case .redo: return Array("redo\n".utf8)
    case .clear: return Array("clear\n".utf8)
    case .picture(let picture):
      return Array("picture \(picture.width) \(picture.height)\n".utf8) + picture.pixels + [0x0A]
    case .drawing(let strokes):
      let lines = strokes.map { text(of: $0) + "\n" }.joined()
      return Array("drawing \(strokes.count)\n\(lines)".utf8)
    }
  }

  /// The steps that bytes hold, and how many of the bytes make whole steps.
  static func entries(in bytes: [UInt8]) -> (entries: [JournalEntry], used: Int) {
    var reader = Reader(bytes: bytes)
    var entries: [JournalEntry] = []
    var used = 0
    while let entry = reader.entry() {
      entries.append(entry)
      used = reader.place
    }
    return (entries, used)
  }

  private static func text(of stroke: Stroke) -> String {
    var text = String(fixed(stroke.width))
    for sample in stroke.samples {
      text += " \(fixed(sample.point.x)) \(fixed(sample.point.y)) "
      text += sample.time.map { String(Int(clamping: ($0 * 10000).rounded())) } ?? "-"
    }
    return text
  }

  private static func fixed(_ value: Double) -> Int { Int(clamping: (value * 256).rounded()) }

  private struct Reader {
    let bytes: [UInt8]
    var place = 0

    mutating func entry() -> JournalEntry? {
      guard var words = line() else { return nil }
      switch String(decoding: words.removeFirst(), as: UTF8.self) {
      case "stroke": return stroke(words).map { .stroke($0) }
      case "erase":
        let numbers = words.compactMap(Self.number)
        guard numbers.count == words.count, numbers.count % 2 == 1, let width = numbers.first else {
          return nil
        }
        let path = stride(from: 1, to: numbers.count, by: 2).map { point(numbers[$0], numbers[$0 + 1]) }
        return .erase(path: path, width: Double(width) / 256)
      case "undo": return .undo
      case "redo": return .redo
      case "clear": return .clear
      case "picture":
        let sides = words.compactMap(Self.number)
        guard sides.count == 2, sides.allSatisfy({ (1...65536).contains($0) }),
          bytes.count - place > sides[0] * sides[1]
        else { return nil }
        let end = place + sides[0] * sides[1]
        defer { place = end + 1 }
        return .picture(GrayImage(width: sides[0], height: sides[1], pixels: Array(bytes[place..<end])))
      case "drawing":
        guard let count = words.first.flatMap(Self.number), count >= 0, count <= bytes.count else {
          return nil
        }
        var strokes: [Stroke] = []
        for _ in 0..<count {
          guard let words = line(), let stroke = stroke(words) else { return nil }
          strokes.append(stroke)
        }
        return .drawing(strokes)
      default: return nil
      }
    }

    /// The words of the next line; nil where no line ends any more.
    private mutating func line() -> [ArraySlice<UInt8>]? {
      guard let end = bytes[place...].firstIndex(of: 0x0A) else { return nil }
      let words = bytes[place..<end].split(separator: 0x20)
      place = end + 1
      return words.isEmpty ? nil : words
    }

    private func stroke(_ words: [ArraySlice<UInt8>]) -> Stroke? {
      guard words.count % 3 == 1, let width = Self.number(words[0]), width > 0 else { return nil }
      var stroke = Stroke(width: Double(width) / 256)
      for index in stride(from: 1, to: words.count, by: 3) {
        guard let x = Self.number(words[index]), let y = Self.number(words[index + 1]) else { return nil }
        let time = Self.number(words[index + 2]).map { Double($0) / 10000 }
        stroke.samples.append(Stroke.Sample(point(x, y), time: time))
      }
      return stroke
    }

    private func point(_ x: Int, _ y: Int) -> Point { Point(x: Double(x) / 256, y: Double(y) / 256) }

    /// A whole number of at most twelve digits.
    private static func number(_ word: ArraySlice<UInt8>) -> Int? {
      let isNegative = word.first == 0x2D
      let digits = isNegative ? word.dropFirst() : word
      guard (1...12).contains(digits.count) else { return nil }
      var value = 0
      for digit in digits {
        guard (0x30...0x39).contains(digit) else { return nil }
        value = value * 10 + Int(digit - 0x30)
      }
      return isNegative ? -value : value
    }
  }
}

extension Page {
  /// Does a step of a journal again.
  mutating func take(_ entry: JournalEntry) {
    switch entry {
    case .stroke(let stroke): add(stroke)
    case .erase(let path, let width):
      var hasErased = false
      for (a, b) in zip(path, path.dropFirst()) {
        if erase(along: [a, b], width: width, continuing: hasErased) { hasErased = true }
      }
    case .undo: undo()
    case .redo: redo()
    case .clear: clear()
    case .picture(let picture): open(picture)
    case .drawing(let strokes): open(Drawing(strokes))
    }
  }
}
