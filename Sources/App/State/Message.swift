// A message in the line at the bottom.

/// A message for the user.
package struct Message: Sendable, Equatable {
  /// The kind of a message, which decides its colour.
  package enum Kind: Sendable {
    case information, failure
  }

  /// The kind.
  package let kind: Kind
  /// The text before the path.
  package let text: String
  /// A path behind the text.
  package let path: String?

  /// A message about something that was done.
  package static func information(_ text: String, path: String? = nil) -> Message {
    Message(kind: .information, text: text, path: path)
  }
  /// A message about something that has failed: what, why, and what to do.
  package static func failure(_ text: String) -> Message { Message(kind: .failure, text: text, path: nil) }
}
