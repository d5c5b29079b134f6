// Reads the fields of a form from pictures of its sheets.

import Basics
package import Ink
package import Recognition

/// Reads the fields of forms, with one recognizer for each kind of content.
package struct FormReader: Sendable {
  /// What was read in a field of a sheet.
  package struct Value: Sendable {
    /// The field.
    package let field: FormField
    /// The text on one line.
    package let text: String
    /// The reading, whose boxes are places on the sheet.
    package let reading: Reading
  }

  /// The form.
  package let form: FormFields
  private var recognizers: [FormField.Content: Recognizer] = [:]

  /// Makes the recognizers that the contents of a form need.
  package init(_ form: FormFields, model: Model) throws(ModelError) {
    self.form = form
    for content in FormField.Content.allCases where form.fields.contains(where: { $0.content == content }) {
      recognizers[content] = try Recognizer(model, mode: content.mode, ignoring: content.ignoring)
    }
  }

  /// Reads a sheet's fields in their order; a field outside the picture is empty.
  package func values(of picture: GrayImage) throws(ModelResultError) -> [Value] {
    var values: [Value] = []
    for field in form.fields {
      let area = form.area(of: field, in: picture)
      guard let recognizer = recognizers[field.content], !area.isEmpty else {
        values.append(Value(field: field, text: "", reading: .empty))
        continue
      }
      let reading = try recognizer.read(picture, in: area)
      let text = field.content == .sum ? PageExercises(reading).text : field.content.text(of: reading)
      values.append(
        Value(
          field: field, text: text.split(separator: "\n").joined(separator: " "),
          reading: reading))
    }
    return values
  }
}
