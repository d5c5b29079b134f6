// Numbers in rows, which all classical methods work on.

import Kernels

/// A matrix of single precision, row after row.
package struct Matrix: Sendable, Equatable {
  /// The number of rows.
  package let rows: Int
  /// The number of columns.
  package let columns: Int
  /// The numbers, row after row.
  package var values: [Float]

  /// Makes a matrix of numbers given row after row.
  package init(rows: Int, columns: Int, values: [Float]) {
    precondition(values.count == rows * columns, "a matrix needs rows × columns numbers")
    self.rows = rows
    self.columns = columns
    self.values = values
  }

  /// Makes a matrix of zeros.
  package init(rows: Int, columns: Int) {
    self.init(rows: rows, columns: columns, values: [Float](repeating: 0, count: rows * columns))
  }

  /// One row.
  package func row(_ index: Int) -> ArraySlice<Float> {
    values[(index * columns)..<((index + 1) * columns)]
  }

  /// Some of the rows, in the given order.
  package func rows(at indices: some Collection<Int>) -> Matrix {
    var chosen: [Float] = []
    chosen.reserveCapacity(indices.count * columns)
    for index in indices { chosen += row(index) }
    return Matrix(rows: indices.count, columns: columns, values: chosen)
  }

  /// Calls `body` with the address of the numbers; that of an empty matrix must not be read.
  func withPointer<R>(_ body: (UnsafePointer<Float>) -> R) -> R {
    values.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else {
        var nothing: Float = 0
        return withUnsafePointer(to: &nothing, body)
      }
      return body(base)
    }
  }

  /// |row|² of every row.
  var squaredNorms: [Float] {
    withPointer { base in
      (0..<rows).map { kernels.dot(base + $0 * columns, base + $0 * columns, count: columns) }
    }
  }

  /// The column of each row's largest number, the first of equals.
  var largestColumns: [Int] {
    var largestTwo: [Float] = [0, 0]
    return withPointer { base in
      (0..<rows).map { kernels.largestTwo(base + $0 * columns, count: columns, into: &largestTwo) }
    }
  }
}
