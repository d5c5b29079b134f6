// Characters of one shape, which only their size, their place or their neighbours tell apart.

/// The table of look-alikes.
public enum Lookalikes {
  /// The groups of characters of one shape.
  public static let groups: [[String]] = [
    ["0", "O", "o"], ["1", "l", "I", "|"], ["×", "x", "X"], ["c", "C"], ["k", "K"], ["p", "P"], ["s", "S"],
    ["u", "U"], ["v", "V"], ["w", "W"], ["y", "Y"], ["z", "Z"],
    // Told apart by their place alone.
    [".", "·"], ["-", "_"], [",", "'"],
  ]

  /// Letters and strokes that look like digits: a model that reads one of them as a digit makes no mistake.
  package static let ofDigits = Set(#"OoDQIiljJZzSsGbgqByT|/\"#.map(String.init))

  private static let groupOfLabel: [String: [String]] = Dictionary(
    groups.flatMap { group in group.map { ($0, group) } }, uniquingKeysWith: { first, _ in first })

  /// The first of the allowed labels that looks like a label.
  ///
  /// - Parameters:
  ///   - label: A label.
  ///   - isAllowed: Whether a label may be the result.
  /// - Returns: The label itself where it is allowed, else its first allowed look-alike; nil without any.
  public static func twin(of label: String, where isAllowed: (String) -> Bool) -> String? {
    isAllowed(label) ? label : groupOfLabel[label]?.first(where: isAllowed)
  }

  /// One label for all that count as the same where case and look-alikes are folded.
  ///
  /// - Parameter label: A label.
  /// - Returns: The small letter of the first of its look-alikes.
  public static func folded(_ label: String) -> String { (groupOfLabel[label]?.first ?? label).lowercased() }

  /// Whether the other case of a letter is its look-alike, so that size alone tells them apart.
  ///
  /// - Parameter label: A label.
  /// - Returns: Whether it is such a letter, for example c.
  public static func differsFromOtherCaseBySizeAlone(_ label: String) -> Bool {
    let other = label == label.lowercased() ? label.uppercased() : label.lowercased()
    return other != label && groupOfLabel[label]?.contains(other) == true
  }
}
