// A method's result as a file, so that an interrupted comparison can continue.

package import Basics

extension MethodResult {
  /// The result as JSON, with the key of the comparison that it belongs to.
  package func json(key: String) -> String {
    let trials = trials.map { "[\(Self.text($0.parameters)), \(JSONText.number($0.accuracy))]" }
    let digits = String(decoding: answers.map { $0 + UInt8(ascii: "0") }, as: UTF8.self)
    return """
      {"study": \(JSONText.quoted(key)), "method": \(JSONText.quoted(method)),
      "parameters": \(Self.text(parameters)), "trials": [\(trials.joined(separator: ", "))],
      "train_seconds": \(trainSeconds.map(JSONText.number) ?? "null"), "predict_seconds": \(JSONText.number(predictSeconds)),
      "bytes": \(bytes), "memory": \(memory.map { "\($0)" } ?? "null"),
      "amounts": \(Self.text(errorByAmount)), "passes": \(Self.text(errorByPasses)),
      "answers": "\(digits)",
      "pictures": [\(pictures.map(Self.text).joined(separator: ",\n"))]}

      """
  }

  /// Reads such a file; nil if it belongs to another comparison.
  package init?(json: [UInt8], key: String) throws(FormatError) {
    var result = MethodResult(
      method: "", parameters: [], answers: [], trainSeconds: nil, predictSeconds: 0, bytes: 0)
    var storedKey = ""
    var cursor = JSONCursor(json, format: "comparison result")
    try cursor.object { (name, value) throws(FormatError) in
      switch name {
      case "study": storedKey = try value.string()
      case "method": result.method = try value.string()
      case "parameters": result.parameters = try Self.parameters(&value)
      case "trials":
        result.trials = try Self.array(&value) { (trial) throws(FormatError) in
          var parameters: [Parameter] = []
          var accuracy = 0.0
          var index = 0
          try trial.array { (part) throws(FormatError) in
            if index == 0 { parameters = try Self.parameters(&part) } else { accuracy = try part.number() }
            index += 1
          }
          return Trial(parameters: parameters, accuracy: accuracy)
        }
      case "train_seconds": result.trainSeconds = value.null() ? nil : try value.number()
      case "predict_seconds": result.predictSeconds = try value.number()
      case "bytes": result.bytes = try value.integer()
      case "memory": result.memory = value.null() ? nil : try value.integer()
      case "amounts": result.errorByAmount = try Self.points(&value)
      case "passes": result.errorByPasses = try Self.points(&value)
      case "pictures":
        result.pictures = try Self.array(&value) { (picture) throws(FormatError) in
          let start = picture
          if let read = Self.picture(try picture.string()) { return read }
          throw start.error(expected: "a sign and hexadecimal levels")
        }
      case "answers":
        let start = value
        result.answers = try value.string().utf8.map { $0 &- UInt8(ascii: "0") }
        if result.answers.contains(where: { $0 > 9 }) { throw start.error(expected: "digits alone") }
      default: try value.skip()
      }
    }
    try cursor.finish()
    guard storedKey == key else { return nil }
    self = result
  }

  private static func text(_ parameters: [Parameter]) -> String {
    let pairs = parameters.map { "[\(JSONText.quoted($0.name)), \(JSONText.quoted($0.value))]" }
    return "[" + pairs.joined(separator: ", ") + "]"
  }

  private static func text(_ points: [Point]) -> String {
    "[" + points.map { "[\($0.count), \(JSONText.number($0.error))]" }.joined(separator: ", ") + "]"
  }

  /// A sign and two hexadecimal digits for each level.
  private static func text(_ picture: Picture) -> String {
    let digits = Array("0123456789abcdef".utf8)
    let levels = picture.levels.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    return "\"\(picture.isSigned ? "-" : "+")" + String(decoding: levels, as: UTF8.self) + "\""
  }

  private static func picture(_ text: String) -> Picture? {
    let digits = text.utf8.dropFirst().map { $0 >= 97 ? $0 &- 87 : $0 &- 48 }
    guard let sign = text.utf8.first, digits.count % 2 == 0, digits.allSatisfy({ $0 < 16 }) else {
      return nil
    }
    return Picture(
      isSigned: sign == UInt8(ascii: "-"),
      levels: stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] })
  }

  private static func array<Element>(
    _ cursor: inout JSONCursor, _ element: (inout JSONCursor) throws(FormatError) -> Element
  ) throws(FormatError) -> [Element] {
    var result: [Element] = []
    try cursor.array { (value) throws(FormatError) in result.append(try element(&value)) }
    return result
  }

  private static func parameters(_ cursor: inout JSONCursor) throws(FormatError) -> [Parameter] {
    try array(&cursor) { (pair) throws(FormatError) in
      try array(&pair) { (word) throws(FormatError) in try word.string() }
    }.filter { $0.count == 2 }.map { Parameter(name: $0[0], value: $0[1]) }
  }

  private static func points(_ cursor: inout JSONCursor) throws(FormatError) -> [Point] {
    try array(&cursor) { (pair) throws(FormatError) in
      try array(&pair) { (number) throws(FormatError) in try number.number() }
    }.compactMap { numbers in
      guard numbers.count == 2, let count = Int(exactly: numbers[0]) else { return nil }
      return Point(count: count, error: numbers[1])
    }
  }
}
