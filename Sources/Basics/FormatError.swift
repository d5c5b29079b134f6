// What every reader says of bytes that are not what they should be.

/// Bytes that are not what a format promises: what was expected, what was found, and where.
public struct FormatError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The format that was being read, for example "PGM".
  public let format: String
  /// How many bytes stand before the place where reading went wrong.
  public let offset: Int
  /// What the format asks for there.
  public let expected: String
  /// What is there.
  public let found: String
  /// What the person can do.
  public let advice: String

  /// Makes an error from its parts; without advice it says that the file is damaged.
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

  /// A byte as an error shows it, or the end of the file.
  package static func show(_ byte: UInt8?) -> String {
    guard let byte else { return "the end of the file" }
    if (0x21...0x7E).contains(byte) { return "'\(Character(UnicodeScalar(byte)))'" }
    switch byte {
    case 0x20: return "a blank"
    case 0x0A: return "a line's end"
    default: return "the byte 0x" + hex(byte)
    }
  }

  /// Bytes as an error shows them: as text where they are, else in hexadecimal.
  package static func show(_ bytes: some Collection<UInt8>) -> String {
    if bytes.isEmpty { return "the end of the file" }
    let some = bytes.prefix(16)
    if some.allSatisfy({ (0x20...0x7E).contains($0) }) { return "'\(String(decoding: some, as: UTF8.self))'" }
    return "the bytes " + some.map(hex).joined(separator: " ")
  }

  private static func hex(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16, uppercase: true)
    return digits.count == 1 ? "0" + digits : digits
  }
}
