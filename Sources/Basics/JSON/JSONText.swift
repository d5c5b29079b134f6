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
  /// - Parameter text: The string.
  /// - Returns: The text with its quotation marks and escapes.
  public static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
