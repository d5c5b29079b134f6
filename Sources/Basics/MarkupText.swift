// Text inside HTML, SVG and XML.

/// Text inside HTML, SVG and XML.
package enum MarkupText {
  /// The text with the characters replaced that markup gives a meaning.
  ///
  /// Control characters that XML cannot express, except tabs and line feeds, become U+FFFD; so does a carriage return,
  /// which a reader of XML would turn into a line feed.
  package static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\n", "\t": result.unicodeScalars.append(scalar)
      case _ where scalar.value < 0x20: result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
