/// Why bytes are no sound safetensors file, or not the one that is wanted.
public struct SafetensorsError: Error, Sendable, Hashable, CustomStringConvertible {
  /// Where in the file, in bytes from 0.
  public let offset: Int
  /// What should stand there.
  public let expected: String
  /// What stands there.
  public let found: String

  /// What was expected, what was found, where, and what to do.
  public var description: String {
    "not a sound safetensors file: at byte \(offset) expected \(expected), found \(found); "
      + "the file is damaged or of another kind, so take another copy or write it again"
  }
}
