// Lloyd's iteration of k-means, with Hamerly's bounds.
//
// A picture whose bounds prove that its centre is still the nearest is skipped (Hamerly 2010): u ≥ |x − own centre|
// grows by the distance that its centre moves, l ≤ |x − any other centre| falls by the largest move of another centre;
// while u ≤ l no distance is computed.

import Basics
import Kernels

/// The state of a k-means run: each picture's cluster, its bounds, and the sums of each cluster.
final class LloydIteration {
  private(set) var centers: Matrix
  /// The iteration has converged when the sum of the centres' squared moves is not above this: scikit-learn's rule.
  let tolerance: Double
  private let pictures: Matrix
  private let norms: [Float]
  /// Each picture's cluster; −1 before the first assignment.
  private let clusters: AlignedBuffer<Int32>
  /// At least |x − own centre|, and at most |x − any other centre|.
  private let upper: AlignedBuffer<Float>
  private let lower: AlignedBuffer<Float>
  private let sums: AlignedBuffer<Double>
  private var counts: [Int]

  /// The bounds are widened by this factor because of the rounding of single precision.
  private static let slack: Float = 1e-5
  /// Pictures of one job.
  private static let picturesAtOnce = 4096

  init(_ pictures: Matrix, centers: Matrix) {
    self.pictures = pictures
    self.centers = centers
    norms = pictures.squaredNorms
    clusters = AlignedBuffer(count: pictures.rows, repeating: -1)
    upper = AlignedBuffer(count: pictures.rows, repeating: .infinity)
    lower = AlignedBuffer(count: pictures.rows)
    sums = AlignedBuffer(count: centers.rows * centers.columns)
    counts = [Int](repeating: 0, count: centers.rows)
    tolerance = 1e-4 * Self.meanVariance(pictures)
  }

  private static func meanVariance(_ pictures: Matrix) -> Double {
    let width = pictures.columns
    var sums = [Double](repeating: 0, count: width)
    var squares = [Double](repeating: 0, count: width)
    for row in 0..<pictures.rows {
      for (column, value) in pictures.row(row).enumerated() {
        sums[column] += Double(value)
        squares[column] += Double(value * value)
      }
    }
    let n = Double(max(1, pictures.rows))
    return zip(sums, squares).reduce(0) { $0 + $1.1 / n - ($1.0 / n) * ($1.0 / n) } / Double(max(1, width))
  }

  /// The cluster of a picture after an assignment.
  func cluster(of row: Int) -> Int { Int(clusters.pointer[row]) }

  /// Assigns every picture to its nearest centre.
  func assign(_ context: ExecutionContext) throws(Stopped) {
    let centerNorms = centers.squaredNorms
    let packed = PackedRows(centers, threads: context.threads, bias: { -centerNorms[$0] / 2 })
    let before = clusters.array
    try context.runJobs(rows: pictures.rows, atOnce: Self.picturesAtOnce) { rows in
      assign(rows, packed, centerNorms)
    }
    for row in 0..<pictures.rows where cluster(of: row) != before[row] {
      if before[row] >= 0 { add(row, to: Int(before[row]), times: -1) }
      add(row, to: cluster(of: row), times: 1)
    }
  }

  private func assign(_ rows: Range<Int>, _ packed: PackedRows, _ centerNorms: [Float]) {
    let (width, k) = (pictures.columns, centers.rows)
    let (clusters, upper, lower) = (clusters.pointer, upper.pointer, lower.pointer)
    let rowsAtOnce = PackedRows.rowsAtOnce(terms: width)
    let scores = AlignedBuffer<Float>(count: rowsAtOnce * k)
    let best = AlignedBuffer<Float>(count: 2)
    pictures.withPointer { base in
      centers.withPointer { centerBase in
        // Rows whose bounds prove nothing.
        var open: [Int] = []
        open.reserveCapacity(rowsAtOnce)
        func assignOpenRows() {
          packed.multiply(base, offsets: open.map { $0 * width }, into: scores.pointer, width: k)
          for (index, row) in open.enumerated() {
            clusters[row] = Int32(
              kernels.largestTwo(scores.pointer + index * k, count: k, into: best.pointer))
            upper[row] = max(0, norms[row] - 2 * best.pointer[0]).squareRoot()
            lower[row] = max(0, norms[row] - 2 * best.pointer[1]).squareRoot()
          }
          open.removeAll(keepingCapacity: true)
        }
        for row in rows {
          if upper[row] * (1 + Self.slack) <= lower[row] { continue }
          if clusters[row] >= 0 {
            let own = Int(clusters[row])
            let product = kernels.dot(base + row * width, centerBase + own * width, count: width)
            upper[row] = max(0, norms[row] - 2 * product + centerNorms[own]).squareRoot()
            if upper[row] * (1 + Self.slack) <= lower[row] { continue }
          }
          open.append(row)
          if open.count == rowsAtOnce { assignOpenRows() }
        }
        assignOpenRows()
      }
    }
  }

  private func add(_ row: Int, to center: Int, times sign: Double) {
    let width = pictures.columns
    counts[center] += sign > 0 ? 1 : -1
    let target = sums.pointer + center * width
    pictures.withPointer { base in
      for column in 0..<width { target[column] += sign * Double(base[row * width + column]) }
    }
  }

  /// Moves every centre to the mean of its pictures, and returns the sum of the squares of the moves.
  func moveCenters() -> Double {
    let width = centers.columns
    var moves = [Float](repeating: 0, count: centers.rows)
    var total = 0.0
    for center in 0..<centers.rows {
      if counts[center] == 0 { restart(center) }
      var square = 0.0
      for column in (center * width)..<((center + 1) * width) {
        let mean = sums.pointer[column] / Double(max(1, counts[center]))
        let move = mean - Double(centers.values[column])
        square += move * move
        centers.values[column] = Float(mean)
      }
      total += square
      moves[center] = Float(square.squareRoot()) * (1 + Self.slack)
    }
    // The largest move of another centre than a picture's own.
    let largest = moves.indices.max { moves[$0] < moves[$1] } ?? 0
    let second = moves.indices.filter { $0 != largest }.map { moves[$0] }.max() ?? 0
    for row in 0..<pictures.rows {
      let own = cluster(of: row)
      upper.pointer[row] += moves[own]
      lower.pointer[row] = max(0, lower.pointer[row] - (own == largest ? second : moves[largest]))
    }
    return total
  }

  /// Restarts an empty cluster at the picture that is farthest from its own centre.
  private func restart(_ center: Int) {
    let upper = upper.pointer
    let candidates = (0..<pictures.rows).filter { counts[cluster(of: $0)] > 1 }
    guard let farthest = candidates.max(by: { upper[$0] < upper[$1] }) else { return }
    add(farthest, to: cluster(of: farthest), times: -1)
    add(farthest, to: center, times: 1)
    clusters.pointer[farthest] = Int32(center)
    upper[farthest] = .infinity
    lower.pointer[farthest] = 0
  }

  /// Σ |x − own centre|².
  func inertia() -> Double {
    let width = pictures.columns
    return pictures.withPointer { base in
      centers.withPointer { centers in
        (0..<pictures.rows).reduce(0) { sum, row in
          let own = centers + cluster(of: row) * width
          let product = kernels.dot(base + row * width, own, count: width)
          return sum + Double(max(0, norms[row] - 2 * product + kernels.dot(own, own, count: width)))
        }
      }
    }
  }
}
