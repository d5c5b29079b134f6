// The proposed name of a saved page: the reading and the time.

import CLibrary
import Recognition

enum SaveName {
  /// A name such as 7-2026-11-20-185501.
  static func stem(reading: Reading?, at moment: time_t) -> String {
    var parts = tm()
    var moment = moment
    localtime_r(&moment, &parts)
    let figures = [
      (parts.tm_year + 1900, 4), (parts.tm_mon + 1, 2), (parts.tm_mday, 2),
    ].map { pad($0.0, $0.1) }
    let time = [parts.tm_hour, parts.tm_min, parts.tm_sec].map { pad($0, 2) }.joined()
    return ([word(for: reading)] + figures + [time]).joined(separator: "-")
  }

  /// The reading in characters that every file system permits; "page" where there is none.
  private static func word(for reading: Reading?) -> String {
    guard let reading, !reading.symbols.allSatisfy(\.refused) else { return "page" }
    return reading.text.prefix(40).map { character in
      character == "\n" ? "-" : character.isLetter || character.isNumber ? String(character) : "_"
    }.joined()
  }

  private static func pad(_ value: Int32, _ width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
