// The nearest class mean: each digit is its average picture, and a new picture gets the digit whose mean is nearest.
//
// m_c = mean of the samples of class c;  answer = argmin |x − m_c|² = argmax x·m_c − |m_c|²/2.

import Basics

/// The nearest of the ten digits' mean pictures.
package struct NearestMean: Classifier {
  /// The mean of each digit, a row each.
  package private(set) var means = Matrix(rows: digitCount, columns: 0)

  /// Makes an untrained classifier.
  package init() {}

  /// The size of ten means.
  package var bytes: Int { means.values.count * 4 }

  /// Computes the means.
  package mutating func fit(_ samples: Samples, _ context: ExecutionContext) throws(Stopped) {
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
    // A digit without samples is put so far away that it is never the nearest.
    for label in 0..<digitCount where counts[label] == 0 { means.values[label * width] = 1e9 }
    try context.check()
  }

  /// The digit with the nearest mean.
  package func predict(_ pictures: Matrix, _ context: ExecutionContext) throws(Stopped) -> [UInt8] {
    try PackedRows(byDistance: means).largest(pictures, context).map { UInt8($0) }
  }
}
