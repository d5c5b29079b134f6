/// Why bytes are not a valid safetensors file.
public struct SafetensorsError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The kind of fault.
  public enum Cause: Sendable, Hashable {
    /// The bytes do not have the form of such a file.
    case form
    /// The form is right, but the tensors differ from those that were written.
    case checksum
  }

  /// The position in the file, in bytes from 0.
  public let offset: Int
  /// What the format requires there.
  public let expected: String
  /// What the file has there.
  public let found: String
  /// The kind of fault.
  public private(set) var cause = Cause.form

  /// What was expected, what was found, where, and what to do.
  public var description: String {
    switch cause {
    case .form:
      "not a sound safetensors file: at byte \(offset) expected \(expected), found \(found); "
        + "the file is damaged or of another kind, so take another copy or write it again"
    case .checksum:
      "the file is damaged: from byte \(offset) expected \(expected), found \(found); "
        + "fetch another copy or train the model again"
    }
  }
}
