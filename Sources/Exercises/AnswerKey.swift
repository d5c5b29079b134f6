// Given answers, to compare pupils' answers with.

package import Basics

/// Given answers by page and exercise.
package struct AnswerKey: Sendable, Hashable {
  private var answers: [String: [Int: String]] = [:]
  /// The answers for pages that have none of their own.
  private var common: [Int: String] = [:]

  /// Reads a key: lines of a page's file name, the exercise's number and the answer, with tabs between them.
  ///
  /// Lines with a number and an answer alone hold for all pages. Empty lines, lines that begin with "#", and a header are
  /// skipped.
  package init(_ bytes: [UInt8]) throws(FormatError) {
    var offset = 0
    var isFirst = true
    for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      let start = offset
      offset += line.count + 1
      let text = String(decoding: line, as: UTF8.self).filter { $0 != "\r" }
      let fields = text.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      if text.allSatisfy(\.isWhitespace) || text.hasPrefix("#") { continue }
      defer { isFirst = false }
      let number = fields.count == 2 || fields.count == 3 ? Int(fields[fields.count - 2]) : nil
      guard let number, number > 0, let answer = fields.last.map(Self.plain), !answer.isEmpty else {
        if isFirst, fields.count == 2 || fields.count == 3 { continue }
        throw FormatError(
          "key", at: start, expected: "a file, an exercise's number and an answer, with tabs between them",
          found: "'\(text)'", advice: "correct this line of the key")
      }
      if fields.count == 3 {
        answers[fields[0], default: [:]][number] = answer
      } else {
        common[number] = answer
      }
    }
  }

  /// An answer without blanks, with the signs of plain text.
  private static func plain(_ text: String) -> String {
    String(text.filter { !$0.isWhitespace }.map { $0 == "−" ? "-" : $0 == "*" ? "×" : $0 })
  }

  /// The answers for a page, by its path or by the name of its file.
  package func answers(for path: String) -> [Int: String] {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    return answers[path] ?? answers[name] ?? common
  }
}
