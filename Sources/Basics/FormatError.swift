// The error of all readers of file formats.

/// Bytes that violate a format: what was expected, what was found, and where.
public struct FormatError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The format that was being read, for example "PGM".
  public let format: String
  /// The offset in bytes at which the reader failed.
  public let offset: Int
  /// The content that the format requires at the offset.
  public let expected: String
  /// The content at the offset.
  public let found: String
  /// Advice for the user.
  public let advice: String

  /// Makes an error.
  ///
  /// - Parameters:
  ///   - format: The name of the format.
  ///   - offset: The offset in bytes at which the reader failed.
  ///   - expected: The content that the format requires there.
  ///   - found: The content that is there.
  ///   - advice: Advice for the user; by default that the file is damaged.
  public init(_ format: String, at offset: Int, expected: String, found: String, advice: String? = nil) {
    self.format = format
    self.offset = offset
    self.expected = expected
    self.found = found
    self.advice = advice ?? "the file is damaged, or no \(format): get or export it again"
  }

  /// One sentence.
  public var description: String {
    "\(format), byte \(offset): expected \(expected), found \(found); \(advice)"
  }

  /// A byte as messages show it; nil is the end of the file.
  package static func show(_ byte: UInt8?) -> String {
    guard let byte else { return "the end of the file" }
    if (0x21...0x7E).contains(byte) { return "'\(Character(UnicodeScalar(byte)))'" }
    switch byte {
    case 0x20: return "a blank"
    case 0x0A: return "a line end"
    default: return "the byte 0x" + hex(byte)
    }
  }

  /// Bytes as messages show them: as text if they are ASCII, else in hexadecimal.
  package static func show(_ bytes: some Collection<UInt8>) -> String {
    if bytes.isEmpty { return "the end of the file" }
    let some = bytes.prefix(16)
    if some.allSatisfy({ (0x20...0x7E).contains($0) }) { return "'\(String(decoding: some, as: UTF8.self))'" }
    return "the bytes " + some.map(hex).joined(separator: " ")
  }

  private static func hex(_ byte: UInt8) -> String {
    NumberText.padded(String(byte, radix: 16, uppercase: true), to: 2)
  }
}
