// The parser of UNIPEN files.

import Basics

/// The components and segments of a UNIPEN file, as far as it has been read.
struct UNIPENParser {
  /// A stroke, or the way of the lifted pen.
  private struct Component {
    let isDown: Bool
    var samples: [SIMD2<Double>] = []
  }

  /// A `.SEGMENT` statement.
  private struct Segment {
    let level: String
    let parts: [ClosedRange<Position>]?
    let label: String
    var writer: String?
    /// The number of components before the statement.
    let start: Int
  }

  /// A sample of a component; nil for the component's first or last one.
  private struct Position: Comparable {
    let component: Int
    var sample: Int?

    static func < (a: Position, b: Position) -> Bool {
      (a.component, a.sample ?? 0) < (b.component, b.sample ?? a.sample ?? 0)
    }
  }

  private enum Pen {
    case down
    /// Its samples, if there are any, are a component too.
    case up
    /// The lines that follow are the text of a statement.
    case none
  }

  private var components: [Component] = []
  private var segments: [Segment] = []
  private var isUJI = false
  private var writer: String?
  private var pen = Pen.none
  private var columns = (x: 0, y: 1)
  private var sampleCount = 0

  /// The levels of single symbols in `.HIERARCHY`.
  private static let symbolLevels: Set = ["CHARACTER", "DIGIT", "SYMBOL"]
  /// A comment in each file of UJIpenchars, which states nothing else of its origin.
  private static let commentOfUJI = "Lines \".DT 100\" are artificial"
  /// The deepest nesting of included files.
  private static let deepest = 8

  /// Reads a file and the files that it includes.
  mutating func read(_ bytes: [UInt8], depth: Int, included: (String) -> [UInt8]?) throws(FormatError) {
    pen = .none
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
      let line = bytes[start..<end]
      let words = Words(line)
      if words.isStatement {
        try handle(line, at: start, depth: depth, included: included)
      } else if pen != .none, !words.isEmpty {
        try addSample(words, line, at: start)
      }
      start = end + 1
    }
    pen = .none
  }

  private func problem(_ line: ArraySlice<UInt8>, at offset: Int, expected: String) -> FormatError {
    FormatError("UNIPEN", at: offset, expected: expected, found: FormatError.show(line.prefix(16)))
  }

  // MARK: Statements

  private mutating func handle(
    _ line: ArraySlice<UInt8>, at offset: Int, depth: Int, included: (String) -> [UInt8]?
  ) throws(FormatError) {
    let words = line.split { $0.isWhiteSpace }.map { String(decoding: $0, as: UTF8.self) }
    // The lines after a statement are its text, but those after the statement of a time are still samples.
    if words[0] != ".DT" { pen = .none }
    switch words[0] {
    case ".PEN_DOWN":
      components.append(Component(isDown: true))
      pen = .down
    case ".PEN_UP": pen = .up
    case ".SEGMENT":
      guard let label = Self.quoted(line), words.count >= 3 else {
        throw problem(line, at: offset, expected: "a symbol's label in quotes")
      }
      segments.append(
        Segment(
          level: words[1], parts: Self.parts(words[2]), label: label, writer: writer, start: components.count)
      )
    case ".WRITER_ID": writer = words.count > 1 ? words[1] : nil
    case ".COORD":
      if let x = words.firstIndex(of: "X"), let y = words.firstIndex(of: "Y") { columns = (x - 1, y - 1) }
    case ".COMMENT":
      if String(decoding: line, as: UTF8.self).contains(Self.commentOfUJI) { isUJI = true }
      // The label again, the writer and the symbol's number. Other comments have no fixed form.
      if let last = segments.indices.last, segments[last].writer == nil, words.count >= 3,
        words[1] == segments[last].label, Int(words[2]) != nil
      {
        segments[last].writer = words[2]
      }
    case ".INCLUDE":
      if words.count > 1, depth < Self.deepest, let content = included(words[1]) {
        try read(content, depth: depth + 1, included: included)
      }
    default: break
    }
    guard segments.count <= SizeLimit.drawings else {
      throw problem(line, at: offset, expected: "at most \(SizeLimit.drawings) symbols")
    }
  }

  private static let letters = UInt8(ascii: "a")...UInt8(ascii: "z")

  /// The text between the first and the last quotation mark of a line, without the backslashes of escapes.
  private static func quoted(_ line: ArraySlice<UInt8>) -> String? {
    let (quote, backslash) = (UInt8(ascii: "\""), UInt8(ascii: "\\"))
    guard let first = line.firstIndex(of: quote), let last = line.lastIndex(of: quote), first + 1 < last
    else { return nil }
    var text: [UInt8] = []
    var index = first + 1
    while index < last {
      // A backslash before a letter is no escape but the beginning of a LaTeX command.
      if line[index] == backslash, index + 1 < last, !Self.letters.contains(line[index + 1] | 0x20) {
        index += 1
      }
      text.append(line[index])
      index += 1
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// The components of a segment, such as `3`, `3-4`, `3:10-4:20` or several of these with commas; nil for other texts.
  private static func parts(_ text: String) -> [ClosedRange<Position>]? {
    var parts: [ClosedRange<Position>] = []
    for part in text.split(separator: ",") {
      let ends = part.split(separator: "-").map { end -> Position? in
        let numbers = end.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
        guard numbers.count <= 2, let component = numbers[0], component >= 0 else { return nil }
        if numbers.count == 1 { return Position(component: component) }
        return numbers[1].flatMap { $0 >= 0 ? Position(component: component, sample: $0) : nil }
      }
      guard ends.count == 1 || ends.count == 2, let first = ends[0], let last = ends[ends.count - 1],
        first <= last
      else { return nil }
      parts.append(first...last)
    }
    return parts.isEmpty ? nil : parts
  }

  // MARK: Samples

  private mutating func addSample(
    _ words: Words, _ line: ArraySlice<UInt8>, at offset: Int
  ) throws(FormatError) {
    guard let x = words.number(columns.x), let y = words.number(columns.y) else {
      if pen == .up {
        pen = .none
        return
      }
      throw problem(line, at: offset, expected: "a sample, x and y")
    }
    if pen == .up {
      components.append(Component(isDown: false))
      pen = .down
    }
    sampleCount += 1
    guard sampleCount <= SizeLimit.samples else {
      throw problem(line, at: offset, expected: "at most \(SizeLimit.samples) samples")
    }
    components[components.count - 1].samples.append(SIMD2(x, y))
  }

  /// The words of a line, without a `String` for each number.
  private struct Words {
    private let words: [ArraySlice<UInt8>]
    /// Whether the line is a statement: its first bytes are a dot and a capital letter.
    ///
    /// Indented, they stand in the text of a statement.
    let isStatement: Bool

    init(_ line: ArraySlice<UInt8>) {
      words = line.split(maxSplits: 8) { $0.isWhiteSpace }
      isStatement =
        line.first == UInt8(ascii: ".")
        && line.dropFirst().first.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) } ?? false
    }

    var isEmpty: Bool { words.isEmpty }

    func number(_ index: Int) -> Double? {
      guard words.indices.contains(index) else { return nil }
      var bytes = words[index]
      let isNegative = bytes.first == UInt8(ascii: "-")
      if isNegative { bytes.removeFirst() }
      var value = 0
      for byte in bytes {
        guard byte &- UInt8(ascii: "0") < 10, bytes.count <= 9 else { return fraction(words[index]) }
        value = value * 10 + Int(byte - UInt8(ascii: "0"))
      }
      return bytes.isEmpty ? nil : Double(isNegative ? -value : value)
    }

    private func fraction(_ word: ArraySlice<UInt8>) -> Double? {
      Double(String(decoding: word, as: UTF8.self)).flatMap {
        abs($0) <= SourceStrokes.maximumCoordinate ? $0 : nil
      }
    }
  }

  // MARK: The result

  /// What has been read.
  var content: UNIPEN.Content {
    var content = UNIPEN.Content()
    content.segmentCount = segments.count
    content.isUJI = isUJI
    content.ink = components.filter { $0.isDown && !$0.samples.isEmpty }.map(\.samples)
    // A file may state texts and words too, of the same ink.
    let symbols = segments.filter { Self.symbolLevels.contains($0.level) }
    let chosen = symbols.isEmpty ? segments : symbols
    let ends = chosen.indices.map { $0 + 1 < chosen.count ? chosen[$0 + 1].start : components.count }
    let haveOwnInk = zip(chosen, ends).allSatisfy { segment, end in
      components[segment.start..<end].contains(where: \.isDown)
    }
    for (segment, end) in zip(chosen, ends) {
      let whole =
        haveOwnInk ? components[segment.start..<end].filter(\.isDown).map(\.samples) : ink(of: segment)
      guard let strokes = whole, !strokes.isEmpty else { continue }
      content.symbols.append(
        UNIPEN.Symbol(
          label: segment.label, writer: segment.writer ?? writer, strokes: strokes,
          isRemoved: strokes.contains { $0.allSatisfy { $0 == .zero } }))
    }
    return content
  }

  /// The strokes that a segment names, or nil if the file does not have them.
  private func ink(of segment: Segment) -> [[SIMD2<Double>]]? {
    guard let parts = segment.parts else { return nil }
    var strokes: [[SIMD2<Double>]] = []
    for part in parts {
      let (first, last) = (part.lowerBound, part.upperBound)
      guard last.component < components.count else { return nil }
      for index in first.component...last.component where components[index].isDown {
        let samples = components[index].samples
        let start = index == first.component ? first.sample ?? 0 : 0
        let end =
          index == last.component
          ? min(last.sample.map { $0 + 1 } ?? samples.count, samples.count) : samples.count
        guard start <= end else { return nil }
        strokes.append(Array(samples[start..<end]))
      }
    }
    return strokes
  }
}
