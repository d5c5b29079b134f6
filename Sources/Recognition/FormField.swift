// A field of a form: where something is written, and what may stand there.

import Basics
public import Ink
public import Preprocessing

/// A field of a form.
public struct FormField: Sendable, Hashable {
  /// What may stand in a field.
  public enum Content: String, Sendable, CaseIterable {
    /// Digits alone.
    case digits
    /// A date: two or three numbers with dots, slashes or dashes between them.
    case date
    /// A number that may have a decimal point or comma, and separators of thousands.
    case amount
    /// Arithmetic, for example 12+5=17.
    case sum
  }

  /// The name.
  public let name: String
  /// Where it is on the sheet.
  public let box: Box
  /// What may stand there.
  public let content: Content

  /// Creates a field.
  ///
  /// - Parameters:
  ///   - name: the name.
  ///   - box: where it is on the sheet.
  ///   - content: what may stand there.
  public init(name: String, box: Box, content: Content = .digits) {
    self.name = name
    self.box = box
    self.content = content
  }
}

extension FormField.Content {
  /// The mode in which a field is read.
  public var mode: ReadingMode { self == .digits ? .digits : .sums }

  /// For which reasons marks of a field are set aside.
  ///
  /// Signs look like punctuation and short lines.
  public var ignoring: Set<IgnoredMark.Reason> {
    switch self {
    case .digits: IgnoredMark.Reason.all
    case .date, .amount: [.line, .edge, .faint, .underline]
    case .sum: [.edge]
    }
  }

  /// The labels that may be answered besides digits; nil for all of the mode.
  private var signs: Set<String>? {
    switch self {
    case .digits: []
    case .date: [".", "/", "-"]
    case .amount: [".", ",", "-"]
    case .sum: nil
    }
  }

  /// The labels in the sums mode that are written like another one: a cross of a 7, a stroke.
  private static let lookalikes = [":": ".", "·": ".", "÷": "-", "(": "1", ")": "1", "/": "1"]

  /// The text of a field; a '?' stands for a symbol that may not stand there, and behind a text that is no date or
  /// amount.
  ///
  /// - Parameter reading: the reading of the field's picture in the mode of the content.
  /// - Returns: the text on one line.
  public func text(of reading: Reading) -> String {
    guard let signs else { return reading.text.split(separator: "\n").joined(separator: " ") }
    var rest = reading.symbols[...]
    let text = reading.lineLengths.map { length in
      defer { rest = rest.dropFirst(length) }
      return rest.prefix(length).map { Self.label($0, signs) }.joined()
    }.joined(separator: self == .digits ? " " : "")
    return text.isEmpty || text.contains("?") || isPlausible(text) ? text : text + "?"
  }

  /// The most probable label among digits and some signs.
  private static func label(_ symbol: Symbol, _ signs: Set<String>) -> String {
    func isAllowed(_ label: String) -> Bool {
      signs.contains(label) || label.count == 1 && label.allSatisfy(\.isNumber)
    }
    if symbol.refused { return "?" }
    guard let best = symbol.candidates.first else { return "?" }
    if isAllowed(best.label) { return best.label }
    if let other = lookalikes[best.label], isAllowed(other) { return other }
    return "?"
  }

  /// Whether a text can be what the field holds.
  ///
  /// - Parameter text: digits and signs.
  /// - Returns: whether it is a date or an amount, for fields of these.
  public func isPlausible(_ text: String) -> Bool {
    switch self {
    case .digits, .sum: true
    case .date: Self.isDate(text)
    case .amount: Self.isAmount(text)
    }
  }

  /// Whether a text is day, month and perhaps a year in one of the usual orders.
  private static func isDate(_ text: String) -> Bool {
    let parts = text.split(omittingEmptySubsequences: true) { !$0.isNumber }
    let numbers = parts.compactMap { Int($0) }
    guard numbers.count == parts.count, (2...3).contains(parts.count) else { return false }
    func isYear(_ i: Int) -> Bool { parts[i].count == 4 || parts[i].count == 2 }
    func isDay(_ day: Int, _ month: Int) -> Bool {
      parts[day].count <= 2 && parts[month].count <= 2 && (1...31).contains(numbers[day])
        && (1...12).contains(numbers[month])
    }
    if parts.count == 2 { return isDay(0, 1) || isDay(1, 0) }
    return isYear(2) && (isDay(0, 1) || isDay(1, 0)) || parts[0].count == 4 && isDay(2, 1)
  }

  /// Whether a text is a number with groups of three digits and a fraction of at most two.
  private static func isAmount(_ text: String) -> Bool {
    let body = text.hasPrefix("-") ? text.dropFirst() : text[...]
    let parts = body.split(omittingEmptySubsequences: false) { !$0.isNumber }
    guard let first = parts.first, !first.isEmpty, !body.contains("-") else { return false }
    if parts.count == 1 { return true }
    let separators = body.filter { !$0.isNumber }
    guard let last = separators.last else { return false }
    let groups = parts.dropFirst().dropLast()
    let isFraction = (1...2).contains(parts[parts.count - 1].count)
    let groupsAreWhole = groups.allSatisfy { $0.count == 3 } && (groups.isEmpty || first.count <= 3)
    let groupSigns = Set(separators.dropLast())
    // 1.234,50 or 1,234.50 has two signs, 1.234.567 one.
    return groupsAreWhole && groupSigns.count <= 1
      && (isFraction && !groupSigns.contains(last)
        || parts[parts.count - 1].count == 3 && first.count <= 3
          && (groupSigns.isEmpty || groupSigns == [last]))
  }
}
