import Basics

/// How much of a page's text was read right.
package struct PageScore: Sendable {
  /// The true text without white space, since the score does not depend on where lines and words end.
  let expected: String
  /// The text that was read, without white space.
  let found: String
  /// The characters less those that must be changed, added or removed; at least none.
  package let right: Int

  /// Compares a text that was read with the true text.
  package init(_ found: String, of expected: String) {
    self.expected = expected.filter { !$0.isWhitespace }
    self.found = found.filter { !$0.isWhitespace }
    right = max(0, self.expected.count - self.expected.editDistance(to: self.found))
  }

  /// The number of characters of the true text.
  package var characters: Int { expected.count }
  /// Whether the reading says that it is not sure: a symbol is refused, or nothing was found.
  var isRefused: Bool { found.isEmpty || found.contains("?") }
  /// Whether the whole text is right.
  package var isWhole: Bool { expected == found }
}
