// Lines of tables with commas between their fields (RFC 4180).

/// Writes lines of tables.
package enum CSV {
  /// A line without its end: fields with a comma, a quotation mark or a line end are quoted.
  package static func line(_ fields: [String]) -> String {
    fields.map { field in
      field.contains { $0 == "," || $0 == "\"" || $0.isNewline }
        ? "\"" + field.replacing("\"", with: "\"\"") + "\"" : field
    }.joined(separator: ",")
  }
}
