import App
import Testing

@Suite struct TextFieldTests {
  @Test func typingReplacesTheSelection() {
    var field = TextField("7-2026.pgm", selecting: 0..<6)
    field.insert("sieben ß 七")
    #expect(field.text == "sieben ß 七.pgm")
    #expect(field.beforeCaret == "sieben ß 七")
  }

  @Test func lineEndsAndControlCharactersAreNotTyped() {
    var field = TextField("")
    field.insert("a\nb\u{7F}\tc")
    #expect(field.text == "abc")
  }

  @Test func aVeryLongTextIsCut() {
    var field = TextField("start-end", selecting: 5..<6)
    field.insert(String(repeating: "é", count: 4_000_000))
    #expect(field.text.utf8.count <= TextField.mostBytes && field.text.utf8.count > TextField.mostBytes - 2)
    #expect(field.text.hasPrefix("starté") && field.text.hasSuffix("éend"))
    field.insert("more")
    #expect(field.text.utf8.count <= TextField.mostBytes)
    // A single character can be as long as one likes.
    var other = TextField("")
    other.insert("a" + String(repeating: "\u{301}", count: 4_000_000))
    #expect(other.text.utf8.count <= TextField.mostBytes && other.characters.count == 1)
  }

  @Test func homeAndEndMoveAndSelect() {
    var field = TextField("abc def")
    field.move(.start)
    #expect(field.caret == 0)
    field.move(.end, selecting: true)
    #expect(field.selected == "abc def")
    field.delete(.left)
    #expect(field.text.isEmpty)
  }

  @Test func wordsAreDeletedWhole() {
    var field = TextField("/home/anna/Pictures")
    field.delete(.wordLeft)
    #expect(field.text == "/home/anna/")
    field.move(.start)
    field.delete(.wordRight)
    #expect(field.text == "/anna/")
  }

  @Test func arrowsEndASelectionAtItsEdges() {
    var field = TextField("abcdef", selecting: 2..<4)
    var left = field
    left.move(.left)
    #expect(left.caret == 2 && left.selection.isEmpty)
    field.move(.right)
    #expect(field.caret == 4 && field.selection.isEmpty)
  }

  @Test func aCharacterOfSeveralScalarsIsDeletedWhole() {
    var field = TextField("e\u{301}👩‍👩‍👧")
    field.delete(.left)
    #expect(field.text == "e\u{301}")
    field.delete(.left)
    #expect(field.text.isEmpty)
  }
}
