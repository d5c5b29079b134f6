// A linear function of the pixels for each digit, which least squares and softmax regression learn.

import Basics

/// Weights and a constant for each digit; the digit with the largest value is the answer.
struct LinearClassifier: Sendable {
  /// A row of weights for each digit.
  let weights: Matrix
  /// A constant for each digit.
  let constants: [Float]

  /// Before training.
  static let untrained = LinearClassifier(weights: Matrix(rows: digitCount, columns: 0), constants: [])

  /// The size of the weights and constants.
  var bytes: Int { (weights.values.count + constants.count) * 4 }

  func predict(_ pictures: Matrix, _ context: ExecutionContext) throws(Stopped) -> [UInt8] {
    try PackedRows(weights, bias: { constants[$0] }).largest(pictures, context).map { UInt8($0) }
  }
}
