// Values that are written as JSON.

/// A value that is written as JSON (RFC 8259).
///
/// `JSONCursor` reads JSON.
package indirect enum JSON: Sendable {
  case object([(String, JSON)])
  case array([JSON])
  case string(String)
  case number(Double)
  case integer(Int)
  case boolean(Bool)
  case null

  /// The text on one line.
  ///
  /// NaN and infinity, which JSON cannot express, become null.
  package var text: String {
    switch self {
    case .object(let members):
      "{" + members.map { "\(JSONText.quoted($0.0)): \($0.1.text)" }.joined(separator: ", ") + "}"
    case .array(let elements): "[" + elements.map(\.text).joined(separator: ", ") + "]"
    case .string(let text): JSONText.quoted(text)
    case .number(let number): number.isFinite ? "\(number)" : "null"
    case .integer(let number): "\(number)"
    case .boolean(let value): value ? "true" : "false"
    case .null: "null"
    }
  }
}
