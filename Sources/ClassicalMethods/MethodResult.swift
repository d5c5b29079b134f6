// What the comparison found out about one method: kept as a file as soon as it is known.

package import Basics
package import Evaluation

/// A method's answers to the test pictures, what they cost, and how it came to them.
package struct MethodResult: Sendable, Equatable {
  /// A figure at a number of pictures, passes, or whatever is counted.
  package struct Point: Sendable, Equatable {
    /// Of how many.
    package let count: Int
    /// The share of test pictures read wrong.
    package let error: Double

    /// Makes a point.
    package init(count: Int, error: Double) {
      self.count = count
      self.error = error
    }
  }

  /// What was tried on validation pictures.
  package struct Trial: Sendable, Equatable {
    /// The settings, as text.
    package let parameters: [Parameter]
    /// The share of validation pictures read right.
    package let accuracy: Double

    /// Makes a trial.
    package init(parameters: [Parameter], accuracy: Double) {
      self.parameters = parameters
      self.accuracy = accuracy
    }
  }

  /// A setting.
  package struct Parameter: Sendable, Equatable {
    /// What it is called.
    package let name: String
    /// Its value, a number or a text.
    package let value: String
    /// Whether the value is a number.
    package var isNumber: Bool { Double(value) != nil }

    /// Makes a setting.
    package init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  /// A picture of what was learnt, in 256 levels.
  package struct Picture: Sendable, Equatable {
    /// Whether level 128 stands for 0, with negative numbers below; else level 0 does.
    package let isSigned: Bool
    /// The levels, 28 rows of 28 from the top.
    package let levels: [UInt8]

    /// Makes a picture of levels.
    package init(isSigned: Bool, levels: [UInt8]) {
      self.isSigned = isSigned
      self.levels = levels
    }

    /// Every row of a matrix; where a number is negative, each row by its own largest.
    package static func all(_ matrix: Matrix) -> [Picture] {
      let isSigned = matrix.values.contains { $0 < 0 }
      return (0..<matrix.rows).map { index in
        let row = matrix.row(index)
        let largest = row.reduce(Float.leastNormalMagnitude) { max($0, abs($1)) }
        return Picture(
          isSigned: isSigned,
          levels: row.map { UInt8(clamping: isSigned ? 128 + 127 * $0 / largest : min(255, 255 * $0)) })
      }
    }
  }

  /// What the figures call the method.
  package var method: String
  /// The chosen settings.
  package var parameters: [Parameter]
  /// What was tried to choose them.
  package var trials: [Trial] = []
  /// The digit read on each test picture.
  package var answers: [UInt8]
  /// Seconds that training with the chosen settings took; nil where nobody knows.
  package var trainSeconds: Double?
  /// Seconds that all test pictures took.
  package var predictSeconds: Double
  /// Bytes of what it must remember to predict.
  package var bytes: Int
  /// The most memory that the process held meanwhile, data and all; nil where the system does not tell.
  package var memory: Int?
  /// The error after training with fewer pictures.
  package var amounts: [Point] = []
  /// The error after so many passes over the training pictures.
  package var passes: [Point] = []
  /// What was learnt, where that can be looked at.
  package var pictures: [Picture] = []

  /// Makes a finding.
  package init(
    method: String, parameters: [Parameter], answers: [UInt8], trainSeconds: Double?, predictSeconds: Double,
    bytes: Int
  ) {
    self.method = method
    self.parameters = parameters
    self.answers = answers
    self.trainSeconds = trainSeconds
    self.predictSeconds = predictSeconds
    self.bytes = bytes
  }

  /// The answers held against the labels.
  package func measures(_ labels: [UInt8]) -> Measures {
    var measures = Measures(classes: digitCount)
    var sure = [Double](repeating: 0, count: digitCount)
    for (answer, label) in zip(answers, labels) {
      sure[Int(answer)] = 1
      measures.add(label: Int(label), probabilities: sure)
      sure[Int(answer)] = 0
    }
    return measures
  }

  /// McNemar's test against another finding on the same pictures.
  package func compared(with other: MethodResult, _ labels: [UInt8]) -> McNemar {
    McNemar(
      first: zip(answers, labels).map { $0 == $1 }, second: zip(other.answers, labels).map { $0 == $1 })
  }
}

extension MethodResult {
  /// The finding as JSON, with a mark of the study that it belongs to.
  package func json(study: String) -> String {
    func list(_ parameters: [Parameter]) -> String {
      "["
        + parameters.map { "[\(JSONText.quoted($0.name)), \(JSONText.quoted($0.value))]" }
        .joined(separator: ", ") + "]"
    }
    func list(_ points: [Point]) -> String {
      "[" + points.map { "[\($0.count), \(JSONText.number($0.error))]" }.joined(separator: ", ") + "]"
    }
    let trials = trials.map { "[\(list($0.parameters)), \(JSONText.number($0.accuracy))]" }
    let digits = String(decoding: answers.map { $0 + UInt8(ascii: "0") }, as: UTF8.self)
    return """
      {"study": \(JSONText.quoted(study)), "method": \(JSONText.quoted(method)),
      "parameters": \(list(parameters)), "trials": [\(trials.joined(separator: ", "))],
      "train_seconds": \(trainSeconds.map(JSONText.number) ?? "null"), "predict_seconds": \(JSONText.number(predictSeconds)),
      "bytes": \(bytes), "memory": \(memory.map { "\($0)" } ?? "null"),
      "amounts": \(list(amounts)), "passes": \(list(passes)),
      "answers": "\(digits)",
      "pictures": [\(pictures.map(Self.text).joined(separator: ",\n"))]}

      """
  }

  /// Reads such a text; nil where it belongs to another study.
  package init?(json: [UInt8], study: String) throws(FormatError) {
    var found = MethodResult(
      method: "", parameters: [], answers: [], trainSeconds: nil, predictSeconds: 0, bytes: 0)
    var mark = ""
    var cursor = JSONCursor(json, format: "finding")
    try cursor.object { (name, value) throws(FormatError) in
      switch name {
      case "study": mark = try value.string()
      case "method": found.method = try value.string()
      case "parameters": found.parameters = try Self.parameters(&value)
      case "trials":
        try value.array { (trial) throws(FormatError) in
          var parameters: [Parameter] = []
          var accuracy = 0.0
          var place = 0
          try trial.array { (part) throws(FormatError) in
            if place == 0 { parameters = try Self.parameters(&part) } else { accuracy = try part.number() }
            place += 1
          }
          found.trials.append(Trial(parameters: parameters, accuracy: accuracy))
        }
      case "train_seconds": found.trainSeconds = value.null() ? nil : try value.number()
      case "predict_seconds": found.predictSeconds = try value.number()
      case "bytes": found.bytes = try value.integer()
      case "memory": found.memory = value.null() ? nil : try value.integer()
      case "amounts": found.amounts = try Self.points(&value)
      case "passes": found.passes = try Self.points(&value)
      case "pictures":
        try value.array { (picture) throws(FormatError) in
          let before = picture
          guard let read = Self.picture(try picture.string()) else {
            throw before.error(expected: "a sign and hexadecimal levels")
          }
          found.pictures.append(read)
        }
      case "answers":
        let before = value
        found.answers = try value.string().utf8.map { $0 &- UInt8(ascii: "0") }
        if found.answers.contains(where: { $0 > 9 }) { throw before.error(expected: "digits alone") }
      default: try value.skip()
      }
    }
    try cursor.finish()
    guard mark == study else { return nil }
    self = found
  }

  /// A sign and two hexadecimal digits a level.
  private static func text(_ picture: Picture) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var bytes: [UInt8] = [UInt8(ascii: picture.isSigned ? "-" : "+")]
    for level in picture.levels {
      bytes.append(digits[Int(level >> 4)])
      bytes.append(digits[Int(level & 15)])
    }
    return "\"" + String(decoding: bytes, as: UTF8.self) + "\""
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

  private static func parameters(_ cursor: inout JSONCursor) throws(FormatError) -> [Parameter] {
    var result: [Parameter] = []
    try cursor.array { (pair) throws(FormatError) in
      var words: [String] = []
      try pair.array { (word) throws(FormatError) in words.append(try word.string()) }
      if words.count == 2 { result.append(Parameter(name: words[0], value: words[1])) }
    }
    return result
  }

  private static func points(_ cursor: inout JSONCursor) throws(FormatError) -> [Point] {
    var result: [Point] = []
    try cursor.array { (pair) throws(FormatError) in
      var numbers: [Double] = []
      try pair.array { (number) throws(FormatError) in numbers.append(try number.number()) }
      if numbers.count == 2, let count = Int(exactly: numbers[0]) {
        result.append(Point(count: count, error: numbers[1]))
      }
    }
    return result
  }
}
