// Numbers in rows: what every classical method works on.

package import Datasets
import Kernels

/// A matrix of single precision, row after row.
package struct Matrix: Sendable, Equatable {
  /// The number of rows.
  package let rows: Int
  /// The number of columns.
  package let columns: Int
  /// The numbers, row after row.
  package var values: [Float]

  /// Takes numbers that lie row after row.
  package init(rows: Int, columns: Int, values: [Float]) {
    precondition(values.count == rows * columns, "a matrix needs rows × columns numbers")
    self.rows = rows
    self.columns = columns
    self.values = values
  }

  /// A matrix of zeros.
  package init(rows: Int, columns: Int) {
    self.init(rows: rows, columns: columns, values: [Float](repeating: 0, count: rows * columns))
  }

  /// One row.
  package func row(_ index: Int) -> ArraySlice<Float> {
    values[(index * columns)..<((index + 1) * columns)]
  }

  /// Some of the rows, in the order given.
  package func rows(at indices: some Collection<Int>) -> Matrix {
    var chosen: [Float] = []
    chosen.reserveCapacity(indices.count * columns)
    for index in indices { chosen += row(index) }
    return Matrix(rows: indices.count, columns: columns, values: chosen)
  }

  /// Lends the numbers; an empty matrix lends a place that must not be read.
  func withPointer<R>(_ body: (UnsafePointer<Float>) -> R) -> R {
    values.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else {
        var nothing: Float = 0
        return withUnsafePointer(to: &nothing, body)
      }
      return body(base)
    }
  }
}

/// |row|² of every row.
func squaredNorms(of matrix: Matrix) -> [Float] {
  matrix.withPointer { base in
    (0..<matrix.rows).map {
      kernels.dot(base + $0 * matrix.columns, base + $0 * matrix.columns, count: matrix.columns)
    }
  }
}

/// Pictures as rows of a matrix, 0 paper and 1 ink, each with its digit.
package struct Samples: Sendable {
  /// One picture a row.
  package let pictures: Matrix
  /// The digit of each row, 0…9.
  package let labels: [UInt8]

  /// Takes pictures and their digits.
  package init(pictures: Matrix, labels: [UInt8]) {
    precondition(pictures.rows == labels.count, "every picture needs a label")
    self.pictures = pictures
    self.labels = labels
  }

  /// The number of samples.
  package var count: Int { labels.count }

  /// Some of the samples, in the order given.
  package func at(_ indices: some Collection<Int>) -> Samples {
    Samples(pictures: pictures.rows(at: indices), labels: indices.map { labels[$0] })
  }
}

/// How many digits there are.
let digitCount = 10

extension Samples {
  /// A set of pictures with digits.
  package init(_ images: ImageSet) {
    self.init(
      pictures: Matrix(
        rows: images.count, columns: images.width * images.height,
        values: images.pixels.map { Float($0) / 255 }),
      labels: images.labels)
  }
}
