// The result of the comparison for one method.

import Basics
package import Evaluation

/// A method's answers to the test pictures, its costs, and its curves.
package struct MethodResult: Sendable, Equatable {
  /// An error at a number of training pictures or passes.
  package struct Point: Sendable, Equatable {
    /// The number of training pictures or passes.
    package let count: Int
    /// The share of misread test pictures.
    package let error: Double

    /// Makes a point.
    package init(count: Int, error: Double) {
      self.count = count
      self.error = error
    }
  }

  /// Settings that were tried on validation pictures.
  package struct Trial: Sendable, Equatable {
    /// The settings.
    package let parameters: [Parameter]
    /// The share of validation pictures read correctly.
    package let accuracy: Double

    /// Makes a trial.
    package init(parameters: [Parameter], accuracy: Double) {
      self.parameters = parameters
      self.accuracy = accuracy
    }
  }

  /// A setting as text.
  package struct Parameter: Sendable, Equatable {
    /// The setting's name.
    package let name: String
    /// The setting's value, a number or a text.
    package let value: String

    /// Makes a setting.
    package init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  /// A picture of learnt parameters, in 256 levels.
  package struct Picture: Sendable, Equatable {
    /// Whether level 128 is 0, with negative numbers below; otherwise level 0 is 0.
    package let isSigned: Bool
    /// The levels in rows from the top, as many columns as rows.
    package let levels: [UInt8]

    /// A picture of every row of a matrix; where any number is negative, each row is scaled by its largest magnitude.
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

  /// The method's short name.
  package var method: String
  /// The chosen settings.
  package var parameters: [Parameter]
  /// The trials that led to them.
  package var trials: [Trial] = []
  /// The digit read on each test picture.
  package var answers: [UInt8]
  /// The seconds of training with the chosen settings; nil if unknown.
  package var trainSeconds: Double?
  /// The seconds of reading all test pictures.
  package var predictSeconds: Double
  /// The size of what prediction needs.
  package var bytes: Int
  /// The process's peak memory in bytes, with the data; nil if the system does not report it.
  package var memory: Int?
  /// The error after training with fewer pictures.
  package var errorByAmount: [Point] = []
  /// The error after a number of passes over the training pictures.
  package var errorByPasses: [Point] = []
  /// Pictures of what was learnt, where it can be shown.
  package var pictures: [Picture] = []

  /// Makes a result without trials, curves and pictures.
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

  /// The figures of the answers, given the labels.
  package func measures(_ labels: [UInt8]) -> Measures {
    var measures = Measures(classes: digitCount)
    var oneHot = [Double](repeating: 0, count: digitCount)
    for (answer, label) in zip(answers, labels) {
      oneHot[Int(answer)] = 1
      measures.add(label: Int(label), probabilities: oneHot)
      oneHot[Int(answer)] = 0
    }
    return measures
  }

  /// McNemar's test against another result on the same pictures.
  package func compared(with other: MethodResult, _ labels: [UInt8]) -> McNemar {
    McNemar(
      first: zip(answers, labels).map { $0 == $1 }, second: zip(other.answers, labels).map { $0 == $1 })
  }
}
