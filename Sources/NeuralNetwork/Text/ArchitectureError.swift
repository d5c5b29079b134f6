/// Why a text is not an architecture, with the position of the mistake.
public struct ArchitectureError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The text that was read.
  public let text: String
  /// The position of the mistake, in bytes from 0.
  public let offset: Int
  /// What was expected, what was found, what to do.
  public let message: String

  /// The message, the text, and a caret below the mistake.
  public var description: String {
    // The caret needs a column in characters; the offset counts bytes.
    let column = String(decoding: Array(text.utf8.prefix(offset)), as: UTF8.self).count
    return "\(message)\n  \(text)\n  \(String(repeating: " ", count: column))^"
  }
}
