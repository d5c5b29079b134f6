// Reads the bytes of a journal: every complete step, also after damaged parts.

import Basics
import Ink

/// Reads the steps of a journal, and finds the next step after damaged bytes.
struct JournalReader {
  /// A line without its checksum.
  private struct Line {
    let words: [ArraySlice<UInt8>]
    let isChecked: Bool
    /// The position of the next line.
    let end: Int
  }

  /// A step and its end.
  private struct Step {
    let entry: JournalEntry
    let end: Int
    /// Whether a part of it does not match its checksum; it was left out, or kept where it is a picture.
    var isDamaged = false
  }

  private enum Attempt {
    case step(Step)
    /// A step begins here, and the bytes end before its end.
    case unfinished
    case none
  }

  private let bytes: [UInt8]
  /// Whether lines must have a checksum, so that bytes of a picture are not read as steps.
  private var isStrict = false
  /// The newline that was found last: there is none in `searched`, which ends at it.
  private var searched: ClosedRange<Int>?

  /// The number of positions within one line at which a step is tried; a lost newline needs one.
  private static let maximumTriesInLine = 16
  private static let words = [
    "stroke", "erase", "undo", "redo", "clear", "picture", "drawing", "sides", "lost", "label",
  ]
  .map { Array($0.utf8) }

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// All steps.
  mutating func content() -> JournalText.Content {
    var content = JournalText.Content()
    isStrict = hasChecksums()
    content.hasChecksums = isStrict
    var position = 0
    while position < bytes.count {
      if case .step(let step) = attempt(at: position) {
        content.entries.append(step.entry)
        content.isDamaged = content.isDamaged || step.isDamaged
        position = step.end
      } else if let next = nextStep(after: position) {
        content.entries.append(.lost)
        content.isDamaged = true
        position = next
      } else {
        break
      }
    }
    content.used = position
    if position < bytes.count, !isUnfinished(at: position) { content.isDamaged = true }
    return content
  }

  /// Whether the journal has checksums: one line with a checksum shows that all lines had one.
  private mutating func hasChecksums() -> Bool {
    if let line = line(at: 0), line.isChecked { return true }
    isStrict = true
    return nextStep(after: 0) != nil
  }

  /// Whether the last bytes are the beginning of a step that was written in part.
  private mutating func isUnfinished(at position: Int) -> Bool {
    if endOfLine(from: position) == nil {
      // This program has not written any other text without a newline.
      return Self.words.contains { $0.starts(with: bytes[position...].prefix($0.count)) }
    }
    if case .unfinished = attempt(at: position) { return true }
    return false
  }

  /// The position of the next complete step.
  private mutating func nextStep(after start: Int) -> Int? {
    var position = start + 1
    var triesInLine = 0
    while position < bytes.count {
      let isLineStart = bytes[position - 1] == 0x0A
      if isLineStart { triesInLine = 0 }
      if beginsWithWord(position), isLineStart || isStrict, triesInLine < Self.maximumTriesInLine {
        triesInLine += 1
        if case .step = attempt(at: position) { return position }
      }
      position += 1
    }
    return nil
  }

  private func beginsWithWord(_ position: Int) -> Bool {
    // The first letters of the words are between c and u.
    guard (0x63...0x75).contains(bytes[position]) else { return false }
    return Self.words.contains { bytes[position...].starts(with: $0) }
  }

  // MARK: Lines

  private mutating func endOfLine(from position: Int) -> Int? {
    if let searched, searched.contains(position) { return searched.upperBound }
    guard let end = bytes[position...].firstIndex(of: 0x0A) else { return nil }
    searched = position...end
    return end
  }

  /// The line at a position; nil where it has no end, or its checksum is wrong or missing.
  private mutating func line(at position: Int) -> Line? {
    guard let end = endOfLine(from: position) else { return nil }
    let content = bytes[position..<end]
    let start = end - 10
    guard start >= position, bytes[start] == 0x20, bytes[start + 1] == 0x23 else {
      return isStrict ? nil : Line(words: content.split(separator: 0x20), isChecked: false, end: end + 1)
    }
    let text = Array(bytes[position..<start])
    guard bytes[(start + 2)..<end].elementsEqual(CRC32.hexadecimal(text).utf8) else { return nil }
    return Line(words: bytes[position..<start].split(separator: 0x20), isChecked: true, end: end + 1)
  }

  // MARK: Steps

  private mutating func attempt(at position: Int) -> Attempt {
    guard let line = line(at: position), let word = line.words.first else { return .none }
    let numbers = line.words.dropFirst()
    let entry: JournalEntry?
    switch String(decoding: word, as: UTF8.self) {
    case "picture": return picture(numbers, line)
    case "drawing": return drawing(numbers, line)
    case "stroke": entry = stroke(numbers).map { .stroke($0) }
    case "erase": entry = erase(numbers)
    case "sides": entry = sides(numbers)
    case "label": entry = label(numbers)
    case "undo": entry = numbers.isEmpty ? .undo : nil
    case "redo": entry = numbers.isEmpty ? .redo : nil
    case "clear": entry = numbers.isEmpty ? .clear : nil
    case "lost": entry = numbers.isEmpty ? .lost : nil
    default: entry = nil
    }
    return entry.map { .step(Step(entry: $0, end: line.end)) } ?? .none
  }

  private func picture(_ words: ArraySlice<ArraySlice<UInt8>>, _ line: Line) -> Attempt {
    let sides = words.prefix(2).compactMap(Self.number)
    guard sides.count == 2, words.count == (line.isChecked ? 3 : 2), sides.allSatisfy({ $0 >= 0 }) else {
      return .none
    }
    let (count, isTooLarge) = sides[0].multipliedReportingOverflow(by: sides[1])
    guard !isTooLarge else { return .none }
    let rest = bytes.count - line.end
    guard rest > count else { return .unfinished }
    let end = line.end + count
    guard bytes[end] == 0x0A else { return .none }
    let pixels = Array(bytes[line.end..<end])
    let picture = GrayImage(width: sides[0], height: sides[1], pixels: pixels)
    var step = Step(entry: .picture(picture), end: end + 1)
    if let checksum = words.dropFirst(2).first {
      // A picture with some wrong levels is kept.
      step.isDamaged = !checksum.elementsEqual(CRC32.hexadecimal(pixels).utf8)
    }
    return .step(step)
  }

  private mutating func drawing(_ words: ArraySlice<ArraySlice<UInt8>>, _ header: Line) -> Attempt {
    guard words.count == 1, let count = words.first.flatMap(Self.number), count >= 0 else { return .none }
    var strokes: [Stroke] = []
    var position = header.end
    var isDamaged = false
    for _ in 0..<count {
      // A line that begins with a letter is the next step: a newline between two strokes was lost.
      if position < bytes.count, (0x61...0x7A).contains(bytes[position]) {
        isDamaged = true
        break
      }
      guard position < bytes.count, let end = endOfLine(from: position) else { return .unfinished }
      if let line = line(at: position), line.isChecked == header.isChecked,
        let stroke = stroke(line.words[...])
      {
        strokes.append(stroke)
      } else if header.isChecked {
        isDamaged = true
      } else {
        return .none
      }
      position = end + 1
    }
    if isDamaged, !header.isChecked { return .none }
    return .step(
      Step(entry: .drawing(strokes), end: position, isDamaged: isDamaged))
  }

  private func stroke(_ words: ArraySlice<ArraySlice<UInt8>>) -> Stroke? {
    guard words.count % 3 == 1, let width = words.first.flatMap(Self.width) else { return nil }
    var stroke = Stroke(width: width)
    stroke.samples.reserveCapacity(words.count / 3)
    for index in stride(from: words.startIndex + 1, to: words.endIndex, by: 3) {
      guard let x = Self.number(words[index]), let y = Self.number(words[index + 1]) else { return nil }
      var time: Double?
      if !words[index + 2].elementsEqual([0x2D]) {
        guard let ticks = Self.number(words[index + 2]) else { return nil }
        time = Double(ticks) / 10000
      }
      stroke.samples.append(Stroke.Sample(point(x, y), time: time))
    }
    return stroke
  }

  private func erase(_ words: ArraySlice<ArraySlice<UInt8>>) -> JournalEntry? {
    let numbers = words.dropFirst().compactMap(Self.number)
    guard let width = words.first.flatMap(Self.width), numbers.count == words.count - 1,
      numbers.count % 2 == 0
    else { return nil }
    let path = stride(from: 0, to: numbers.count, by: 2).map { point(numbers[$0], numbers[$0 + 1]) }
    return .erase(path: path, width: width)
  }

  private func sides(_ words: ArraySlice<ArraySlice<UInt8>>) -> JournalEntry? {
    let sides = words.compactMap { Double(String(decoding: $0, as: UTF8.self)) }
    guard words.count == 2, sides.count == 2, sides.allSatisfy({ $0 > 0 && $0 <= Page.longerSide }) else {
      return nil
    }
    return .sides(width: sides[0], height: sides[1])
  }

  private func label(_ words: ArraySlice<ArraySlice<UInt8>>) -> JournalEntry? {
    let sides = words.prefix(4).compactMap { Double(String(decoding: $0, as: UTF8.self)) }
    guard words.count == 5, sides.count == 4, sides.allSatisfy(\.isFinite), let digits = words.last,
      digits.count % 2 == 0
    else { return nil }
    let bytes = stride(from: digits.startIndex, to: digits.endIndex, by: 2).compactMap {
      UInt8(String(decoding: digits[$0..<$0 + 2], as: UTF8.self), radix: 16)
    }
    guard bytes.count == digits.count / 2, let text = String(validating: bytes, as: UTF8.self) else {
      return nil
    }
    let box = Box(x: sides[0], y: sides[1], width: sides[2], height: sides[3])
    return .label(InkLabel(box, text))
  }

  private func point(_ x: Int, _ y: Int) -> Point {
    Point(x: Double(x) / Point.stepsPerUnit, y: Double(y) / Point.stepsPerUnit)
  }

  /// A width in page units, or, as a whole number, in 1/256 of a page unit.
  private static func width(_ word: ArraySlice<UInt8>) -> Double? {
    if let steps = number(word) { return Double(steps) / Point.stepsPerUnit }
    // Only a number with a decimal point or an exponent is in page units.
    guard word.contains(0x2E) || word.contains(0x65) else { return nil }
    return Double(String(decoding: word, as: UTF8.self)).flatMap { $0.isFinite ? $0 : nil }
  }

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
