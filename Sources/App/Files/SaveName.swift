// The proposed name of a saved page: the reading and the time.

import Basics
import CLibrary
import Recognition

enum SaveName {
  /// A name such as 7-2026-11-20-185501.
  static func stem(_ answer: ModelEntry.Answer?, at moment: time_t) -> String {
    var parts = tm()
    var moment = moment
    localtime_r(&moment, &parts)
    func pad(_ value: Int32, to width: Int = 2) -> String { NumberText.padded(String(value), to: width) }
    let date = [pad(parts.tm_year + 1900, to: 4), pad(parts.tm_mon + 1), pad(parts.tm_mday)]
    let time = pad(parts.tm_hour) + pad(parts.tm_min) + pad(parts.tm_sec)
    return ([word(for: answer)] + date + [time]).joined(separator: "-")
  }

  /// The reading in characters that every file system permits; "page" where there is none.
  private static func word(for answer: ModelEntry.Answer?) -> String {
    guard let answer, !answer.reading.symbols.allSatisfy(\.refused) else { return "page" }
    return answer.text.prefix(40).map { character in
      character == "\n" ? "-" : character.isLetter || character.isNumber ? String(character) : "_"
    }.joined()
  }
}
