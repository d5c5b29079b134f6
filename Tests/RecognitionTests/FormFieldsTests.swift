// Fields of forms: their file, their place in a picture, and what may stand in them.

import Basics
import Ink
import Preprocessing
import Recognition
import Testing

@Suite struct FormFieldsTests {
  private func form(_ text: String) throws -> FormFields { try FormFields(json: Array(text.utf8)) }

  /// A reading of one line with these labels, each with a second candidate.
  private func reading(_ labels: String, refused: Set<Int> = []) -> Reading {
    Reading(
      symbols: labels.enumerated().map { index, label in
        Symbol(
          box: Box(x: Double(index) * 10, y: 0, width: 8, height: 10),
          candidates: [
            Candidate(label: String(label), probability: 0.9), Candidate(label: "0", probability: 0.1),
          ], background: 0, refused: refused.contains(index), input: [])
      })
  }

  @Test func aFileNamesFieldsWithTheirContent() throws {
    let form = try form(
      """
      {"width": 1000, "fields": [
        {"name": "number", "x": 10, "y": 20, "width": 100, "height": 40},
        {"name": "day", "x": 10, "y": 80, "width": 200.5, "height": 40, "content": "date", "note": "later"}]}
      """)
    #expect(form.fields.map(\.name) == ["number", "day"])
    #expect(form.fields.map(\.content) == [.digits, .date])
    #expect(form.sheetWidth == 1000 && form.sheetHeight == nil)
  }

  @Test(arguments: [
    "", "[]", "{}", #"{"fields": []}"#, #"{"fields": [{"name": "a"}]}"#,
    #"{"fields": [{"x": 1, "y": 1, "width": 1, "height": 1}]}"#,
    #"{"fields": [{"name": "a", "x": 1, "y": 1, "width": 0, "height": 1}]}"#,
    #"{"fields": [{"name": "a", "x": 1, "y": 1, "width": 1e9, "height": 1}]}"#,
    #"{"fields": [{"name": "a", "x": 1, "y": 1, "width": 1, "height": 1, "content": "words"}]}"#,
    #"{"width": -1, "fields": [{"name": "a", "x": 1, "y": 1, "width": 1, "height": 1}]}"#,
  ])
  func aFileThatIsNoFormIsRefused(text: String) {
    #expect(throws: FormatError.self) { try form(text) }
  }

  @Test func twoFieldsOfOneNameAreRefused() {
    let field = #"{"name": "a", "x": 1, "y": 1, "width": 1, "height": 1}"#
    let error = #expect(throws: FormatError.self) { try form("{\"fields\": [\(field), \(field)]}") }
    #expect(error?.found.contains("'a'") == true)
  }

  @Test func boxesFollowTheSizeOfTheScan() {
    let field = FormField(name: "a", box: Box(x: 10, y: 20, width: 30, height: 40))
    let picture = GrayImage(width: 200, height: 400)
    #expect(
      FormFields([field]).area(of: field, in: picture) == Rectangle(x: 10, y: 20, width: 30, height: 40))
    #expect(
      FormFields([field], sheetWidth: 100).area(of: field, in: picture)
        == Rectangle(x: 20, y: 40, width: 60, height: 80))
    #expect(
      FormFields([field], sheetWidth: 100, sheetHeight: 400).area(of: field, in: picture)
        == Rectangle(x: 20, y: 20, width: 60, height: 40))
    #expect(FormFields([field], sheetWidth: 4000).area(of: field, in: GrayImage(width: 0, height: 0)).isEmpty)
  }

  @Test(arguments: [
    ("24.12.2025", true), ("1/2/25", true), ("2025-12-24", true), ("3.4.", true), ("12-31-1999", true),
    ("32.1.2025", false), ("13.13.2025", false), ("24122025", false), ("1.2.3.4", false), ("1.2.345", false),
  ])
  func aDateHasADayAndAMonth(text: String, isDate: Bool) {
    #expect(FormField.Content.date.isPlausible(text) == isDate)
  }

  @Test(arguments: [
    ("12", true), ("12.50", true), ("12,5", true), ("1.234,50", true), ("1,234.50", true),
    ("1.234.567", true),
    ("-3.20", true), ("12.", false), (".5", false), ("1.2345", false), ("1.23.4", false), ("12-50", false),
  ])
  func anAmountHasOneFraction(text: String, isAmount: Bool) {
    #expect(FormField.Content.amount.isPlausible(text) == isAmount)
  }

  @Test func aSymbolThatMayNotStandInAFieldIsAQuestion() {
    #expect(FormField.Content.amount.text(of: reading("12,50")) == "12,50")
    #expect(FormField.Content.amount.text(of: reading("12+50")) == "12?50")
    #expect(FormField.Content.date.text(of: reading("1.2.25")) == "1.2.25")
    #expect(FormField.Content.date.text(of: reading("1:2:25")) == "1.2.25")
    #expect(FormField.Content.date.text(of: reading("45.2.25")) == "45.2.25?")
    #expect(FormField.Content.digits.text(of: reading("907", refused: [1])) == "9?7")
    #expect(FormField.Content.date.text(of: .empty) == "")
  }

  @Test func aMovedReadingHasItsBoxesInTheSheet() {
    let mark = IgnoredMark(box: Box(x: 1, y: 2, width: 3, height: 4), reason: .line)
    let moved = Reading(symbols: reading("7").symbols, ignored: [mark]).moved(x: 100, y: 50)
    #expect(moved.symbols.first?.box == Box(x: 100, y: 50, width: 8, height: 10))
    #expect(moved.ignored.first?.box == Box(x: 101, y: 52, width: 3, height: 4))
    #expect(moved.text == "7")
  }

  @Test func aPartOfAPictureHasItsPixels() {
    var picture = GrayImage(width: 5, height: 4)
    picture[3, 2] = 7
    let part = picture.cropped(to: Rectangle(x: 2, y: 1, width: 2, height: 2))
    #expect(part.width == 2 && part.height == 2)
    #expect(part.pixels == [255, 255, 255, 7])
    #expect(picture.cropped(to: Rectangle(x: 4, y: 3, width: 9, height: 9)).pixels == [255])
    #expect(picture.cropped(to: Rectangle(x: 9, y: 9, width: 2, height: 2)).pixels.isEmpty)
  }
}
