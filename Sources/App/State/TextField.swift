// One line of text being edited, with a caret and a selection.

/// The state of a text field.
package struct TextField: Sendable, Equatable {
  /// The characters.
  package private(set) var characters: [Character]
  /// The index of the character behind the caret.
  package private(set) var caret: Int
  /// The other end of the selection; equal to the caret where nothing is selected.
  package private(set) var anchor: Int

  /// Makes a field with the caret behind the text, or behind the selected part.
  package init(_ text: String = "", selecting selected: Range<Int>? = nil) {
    let characters = Array(text)
    self.characters = characters
    caret = min(selected?.upperBound ?? characters.count, characters.count)
    anchor = min(selected?.lowerBound ?? characters.count, characters.count)
  }

  /// The text.
  package var text: String { String(characters) }
  /// The indices of the selected characters.
  package var selection: Range<Int> { min(caret, anchor)..<max(caret, anchor) }
  /// The selected text.
  package var selected: String { String(characters[selection]) }
  /// The text before the caret.
  package var beforeCaret: String { String(characters[..<caret]) }

  /// A motion of the caret.
  package enum Motion: Sendable {
    case left, right, wordLeft, wordRight, start, end
  }

  /// The most bytes of a text, those of the longest path that Linux opens.
  package static let mostBytes = 4096

  /// Replaces the selection with text, without its control characters and line ends.
  ///
  /// Of a text that is too long only the beginning is inserted.
  package mutating func insert(_ text: String) {
    let kept = characters[..<selection.lowerBound] + characters[selection.upperBound...]
    var space = Self.mostBytes - kept.reduce(0) { $0 + $1.utf8.count }
    var typed = String.UnicodeScalarView()
    for scalar in text.unicodeScalars where scalar.value >= 0x20 && scalar.value != 0x7F {
      space -= UTF8.width(scalar)
      if space < 0 { break }
      typed.append(scalar)
    }
    insert(Array(String(typed)))
  }

  private mutating func insert(_ typed: [Character]) {
    characters.replaceSubrange(selection, with: typed)
    caret = selection.lowerBound + typed.count
    anchor = caret
  }

  /// Replaces the whole text, and puts the caret behind it.
  package mutating func replace(with text: String) { self = TextField(text) }

  /// Moves the caret; `selecting` keeps the selection's other end.
  package mutating func move(_ motion: Motion, selecting: Bool = false) {
    if !selecting, !selection.isEmpty, motion == .left || motion == .right {
      caret = motion == .left ? selection.lowerBound : selection.upperBound
    } else {
      caret = target(of: motion)
    }
    if !selecting { anchor = caret }
  }

  /// Puts the caret before a character.
  package mutating func placeCaret(at index: Int, selecting: Bool = false) {
    caret = min(max(0, index), characters.count)
    if !selecting { anchor = caret }
  }

  /// Selects everything.
  package mutating func selectAll() {
    anchor = 0
    caret = characters.count
  }

  /// Deletes the selection, or else the text from the caret to where a motion leads.
  package mutating func delete(_ motion: Motion) {
    if selection.isEmpty { move(motion, selecting: true) }
    insert([])
  }

  private func target(of motion: Motion) -> Int {
    switch motion {
    case .left: return max(0, caret - 1)
    case .right: return min(characters.count, caret + 1)
    case .start: return 0
    case .end: return characters.count
    case .wordLeft:
      var index = caret
      while index > 0, !isWord(index - 1) { index -= 1 }
      while index > 0, isWord(index - 1) { index -= 1 }
      return index
    case .wordRight:
      var index = caret
      while index < characters.count, !isWord(index) { index += 1 }
      while index < characters.count, isWord(index) { index += 1 }
      return index
    }
  }

  private func isWord(_ index: Int) -> Bool { characters[index].isLetter || characters[index].isNumber }
}
