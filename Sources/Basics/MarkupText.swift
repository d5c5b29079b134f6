// Text inside HTML, SVG and XML.

/// Text inside HTML, SVG and XML.
package enum MarkupText {
  /// The characters that markup gives a meaning, and the control characters that stay.
  private static let texts: [Unicode.Scalar: String] = [
    "&": "&amp;", "<": "&lt;", ">": "&gt;", "\"": "&quot;", "\n": "\n", "\t": "\t",
  ]

  /// The text with the characters replaced that markup gives a meaning.
  ///
  /// Control characters that XML cannot express, except tabs and line feeds, become U+FFFD; so does a carriage return,
  /// which a reader of XML would turn into a line feed.
  package static func escaped(_ text: String) -> String {
    text.unicodeScalars.reduce(into: "") { result, scalar in
      result += texts[scalar] ?? (scalar.value < 0x20 ? "\u{FFFD}" : String(scalar))
    }
  }
}
