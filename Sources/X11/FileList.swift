import Basics

/// Lists of files that programs exchange: lines of `file:` addresses (text/uri-list, RFC 2483 and RFC 8089).
package enum FileList {
  /// The paths of the addresses of files on this machine, whose name is `host`; other lines are skipped.
  package static func paths(in bytes: [UInt8], host: String) -> [String] {
    bytes.split { $0 == 10 || $0 == 13 || $0 == 0 }.compactMap { path(of: Array($0), host: host) }
  }

  private static func path(of line: [UInt8], host: String) -> String? {
    let scheme = Array("file:".utf8)
    guard line.count > scheme.count, line.prefix(scheme.count).map({ $0 | 0x20 }) == scheme.map({ $0 | 0x20 })
    else { return nil }
    var rest = line.dropFirst(scheme.count)
    let slash = UInt8(ascii: "/")
    if rest.starts(with: [slash, slash]) {
      rest = rest.dropFirst(2)
      let name = String(decoding: rest.prefix { $0 != slash }, as: UTF8.self)
      guard name.isEmpty || name == "localhost" || name == host else { return nil }
      rest = rest.drop { $0 != slash }
    }
    guard rest.first == slash, let plain = decode(rest), !plain.contains(0) else { return nil }
    return String(validating: plain, as: UTF8.self)
  }

  /// Decodes bytes written as `%41`; nil where a percent sign is not followed by two digits.
  private static func decode(_ bytes: ArraySlice<UInt8>) -> [UInt8]? {
    var result: [UInt8] = []
    var rest = bytes
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        result.append(byte)
        continue
      }
      guard let high = rest.popFirst().flatMap(digit), let low = rest.popFirst().flatMap(digit) else {
        return nil
      }
      result.append(UInt8(high << 4 | low))
    }
    return result
  }

  private static func digit(_ byte: UInt8) -> Int? { Character(Unicode.Scalar(byte)).hexDigitValue }
}
