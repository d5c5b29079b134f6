// Numbers and strings as JSON writes them.

/// Numbers and strings as JSON (RFC 8259) writes them.
public enum JSONText {
  /// A number in the fewest digits that are read back as the same number.
  ///
  /// NaN and infinity become null.
  ///
  /// - Parameter number: The number.
  /// - Returns: The text.
  public static func number(_ number: Double) -> String {
    guard number.isFinite else { return "null" }
    let text = "\(number)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  /// A string in quotation marks.
  ///
  /// - Parameters:
  ///   - text: The string.
  ///   - namesControls: Whether line ends and tabs are escaped by a letter, not by their number.
  /// - Returns: The text with its quotation marks and escapes.
  public static func quoted(_ text: String, namesControls: Bool = true) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": result += "\\\(scalar)"
      case "\n" where namesControls: result += "\\n"
      case "\r" where namesControls: result += "\\r"
      case "\t" where namesControls: result += "\\t"
      case _ where scalar.value < 0x20:
        result += "\\u" + NumberText.padded(String(scalar.value, radix: 16), to: 4)
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
