/// What the line at the bottom says.
package struct Message: Sendable, Equatable {
  /// What kind of message it is; its colour tells.
  package enum Kind: Sendable {
    case information
    case failure
  }

  /// The kind.
  package let kind: Kind
  /// The words before the path.
  package let text: String
  /// A path, which is never shortened where there is room for it.
  package let path: String?

  /// Something worth knowing.
  package static func information(_ text: String, path: String? = nil) -> Message {
    Message(kind: .information, text: text, path: path)
  }
  /// Something that went wrong: what, why, and what to do.
  package static func failure(_ text: String) -> Message { Message(kind: .failure, text: text, path: nil) }
}
