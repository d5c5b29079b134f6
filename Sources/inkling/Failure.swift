import Recognition

/// Why a command ended without doing its work: the exit code, and one line that says what to do.
struct Failure: Error, CustomStringConvertible {
  /// The codes of the command line, those above 1 from sysexits(3).
  enum Code: Int32 {
    case couldNot = 1
    case usage = 64
    case badData = 65
    case noInput = 66
  }

  let code: Code
  let description: String

  init(_ code: Code, _ description: String) {
    self.code = code
    self.description = description
  }

  static func usage(_ description: String) -> Failure { Failure(.usage, description) }
  static func couldNot(_ description: String) -> Failure { Failure(.couldNot, description) }
  static func badData(_ description: String) -> Failure { Failure(.badData, description) }
  static func noInput(_ description: String) -> Failure { Failure(.noInput, description) }

  /// A model gave results that are not finite numbers.
  init(_ error: ModelResultError) { self.init(.badData, error.description) }

  /// A word that is none of those allowed, with the nearest one that is.
  static func unknown(_ kind: String, _ word: String, among words: [String], of command: String?) -> Failure {
    let place = command.map { " of '\($0)'" } ?? ""
    let nearest = words.min { editDistance($0, word) < editDistance($1, word) }
    let hint = nearest.map { "; did you mean '\($0)'?" } ?? ""
    return usage("unknown \(kind)\(place): '\(word)'\(hint)")
  }
}

/// How many letters must be added, dropped, changed or swapped to turn one word into the other.
func editDistance(_ a: String, _ b: String) -> Int {
  let a = Array(a)
  let b = Array(b)
  var beforeLast: [Int] = []
  var last = Array(0...b.count)
  for i in a.indices {
    var row = [i + 1]
    for j in b.indices {
      var best = min(row[j] + 1, last[j + 1] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { best = min(best, beforeLast[j - 1] + 1) }
      row.append(best)
    }
    beforeLast = last
    last = row
  }
  return last[b.count]
}
