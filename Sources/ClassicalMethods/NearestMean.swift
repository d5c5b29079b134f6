// The nearest class mean: each digit is its average picture, and a new one is whichever is nearest.
//
// m_c = mean of the samples of class c;  answer = argmin |x − m_c|² = argmax x·m_c − |m_c|²/2.

import Basics

/// Each digit is its mean.
package struct NearestMean: Classifier {
  /// The mean of each digit, a row each.
  package private(set) var means = Matrix(rows: digitCount, columns: 0)

  /// Nothing learnt yet.
  package init() {}

  /// Ten means.
  package var bytes: Int { means.values.count * 4 }

  /// Takes the means.
  package mutating func fit(_ samples: Samples, _ effort: ExecutionContext) throws(Stopped) {
    let width = samples.pictures.columns
    var sums = [Double](repeating: 0, count: digitCount * width)
    var counts = [Double](repeating: 0, count: digitCount)
    for (index, label) in samples.labels.enumerated() {
      counts[Int(label)] += 1
      let start = Int(label) * width
      for (column, value) in samples.pictures.row(index).enumerated() {
        sums[start + column] += Double(value)
      }
    }
    means = Matrix(rows: digitCount, columns: width)
    for index in sums.indices { means.values[index] = Float(sums[index] / max(1, counts[index / width])) }
    // A digit that no sample has is nobody's nearest.
    for label in 0..<digitCount where counts[label] == 0 { means.values[label * width] = 1e9 }
    try effort.check()
  }

  /// The digit with the nearest mean.
  package func predict(_ pictures: Matrix, _ effort: ExecutionContext) throws(Stopped) -> [UInt8] {
    let norms = squaredNorms(of: means)
    let scores = try RowProducts(means, bias: { -norms[$0] / 2 }).product(pictures, effort)
    return largestColumn(of: scores)
  }
}

/// The column of each row's largest number, the first of equals.
func largestColumn(of scores: Matrix) -> [UInt8] {
  scores.withPointer { base in
    (0..<scores.rows).map { index in
      let row = base + index * scores.columns
      var best = 0
      for column in 1..<scores.columns where row[column] > row[best] { best = column }
      return UInt8(best)
    }
  }
}
