/// What the line at the bottom says.
public struct Message: Sendable, Equatable {
  /// What kind of message it is; its colour tells.
  public enum Kind: Sendable {
    case information
    case failure
  }

  /// The kind.
  public let kind: Kind
  /// The words before the path.
  public let text: String
  /// A path, which is never shortened where there is room for it.
  public let path: String?

  /// Something worth knowing.
  public static func information(_ text: String, path: String? = nil) -> Message {
    Message(kind: .information, text: text, path: path)
  }
  /// Something that went wrong: what, why, and what to do.
  public static func failure(_ text: String) -> Message { Message(kind: .failure, text: text, path: nil) }
}
