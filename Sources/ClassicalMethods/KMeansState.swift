// The state of a k-means run: who belongs to whom, how near, and what each picture's bounds are.

import Basics
import Kernels

/// Lloyd's iteration with Hamerly's bounds.
final class KMeansState: @unchecked Sendable {
  private(set) var centers: Matrix
  private(set) var owner: [Int32]
  /// Centres have come to rest when they moved by no more, all squares together: scikit-learn's rule.
  let tolerance: Double
  private let pictures: Matrix
  private let norms: [Float]
  private let threads: Int
  /// At least |x − own centre|, and at most |x − any other centre|.
  private var upper: [Float]
  private var lower: [Float]
  private var sums: [Double]
  private var counts: [Int]

  /// Bounds are taken this much wider than they are, for the rounding of single precision.
  private static let slack: Float = 1e-5

  init(_ pictures: Matrix, centers: Matrix, threads: Int) {
    self.pictures = pictures
    self.centers = centers
    self.threads = threads
    norms = squaredNorms(of: pictures)
    owner = [Int32](repeating: -1, count: pictures.rows)
    upper = [Float](repeating: .infinity, count: pictures.rows)
    lower = [Float](repeating: 0, count: pictures.rows)
    sums = [Double](repeating: 0, count: centers.rows * centers.columns)
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

  /// Gives every picture to its nearest centre.
  func assign(_ effort: ExecutionContext) throws(Stopped) {
    let centerNorms = squaredNorms(of: centers)
    let packed = RowProducts(centers, threads: threads, bias: { -centerNorms[$0] / 2 })
    let atOnce = RowProducts.rowsAtOnce(terms: pictures.columns)
    let span = 4096
    let jobs = (pictures.rows + span - 1) / span
    let before = owner
    owner.withUnsafeMutableBufferPointer { owner in
      upper.withUnsafeMutableBufferPointer { upper in
        lower.withUnsafeMutableBufferPointer { lower in
          guard let o = owner.baseAddress, let u = upper.baseAddress, let l = lower.baseAddress else {
            return
          }
          nonisolated(unsafe) let (owner, upper, lower) = (o, u, l)
          // A stop shows in the check below.
          try? ExecutionContext(threads: effort.threads, isStopped: effort.isStopped).share(jobs) {
            [self] job, _ in
            let rows = (job * span)..<min(pictures.rows, (job + 1) * span)
            assign(rows, packed, centerNorms, atOnce, owner, upper, lower)
          }
        }
      }
    }
    try effort.check()
    for row in owner.indices where owner[row] != before[row] {
      if before[row] >= 0 { add(row, to: Int(before[row]), times: -1) }
      add(row, to: Int(owner[row]), times: 1)
    }
  }

  private func assign(
    _ rows: Range<Int>, _ packed: RowProducts, _ centerNorms: [Float], _ atOnce: Int,
    _ owner: UnsafeMutablePointer<Int32>, _ upper: UnsafeMutablePointer<Float>,
    _ lower: UnsafeMutablePointer<Float>
  ) {
    let (width, k) = (pictures.columns, centers.rows)
    let scratch = AlignedBuffer<Float>(count: Scratch.count)
    let scores = AlignedBuffer<Float>(count: atOnce * k)
    let best = AlignedBuffer<Float>(count: 2)
    let outOffsets = (0..<atOnce).map { $0 * k }
    pictures.withPointer { base in
      centers.withPointer { centerBase in
        var open: [Int] = []
        open.reserveCapacity(atOnce)
        func settle() {
          let offsets = open.map { $0 * width }
          packed.multiply(
            base, offsets: offsets, count: open.count, into: scores.pointer, outOffsets: outOffsets,
            scratch: scratch)
          for (place, row) in open.enumerated() {
            owner[row] = Int32(kernels.largestTwo(scores.pointer + place * k, count: k, into: best.pointer))
            upper[row] = max(0, norms[row] - 2 * best.pointer[0]).squareRoot()
            lower[row] = max(0, norms[row] - 2 * best.pointer[1]).squareRoot()
          }
          open.removeAll(keepingCapacity: true)
        }
        for row in rows {
          if upper[row] * (1 + Self.slack) <= lower[row] { continue }
          if owner[row] >= 0 {
            let own = Int(owner[row])
            let product = kernels.dot(base + row * width, centerBase + own * width, count: width)
            upper[row] = max(0, norms[row] - 2 * product + centerNorms[own]).squareRoot()
            if upper[row] * (1 + Self.slack) <= lower[row] { continue }
          }
          open.append(row)
          if open.count == atOnce { settle() }
        }
        settle()
      }
    }
  }

  private func add(_ row: Int, to center: Int, times sign: Double) {
    let width = pictures.columns
    counts[center] += sign > 0 ? 1 : -1
    pictures.withPointer { base in
      sums.withUnsafeMutableBufferPointer { sums in
        let start = center * width
        for column in 0..<width { sums[start + column] += sign * Double(base[row * width + column]) }
      }
    }
  }

  /// Moves every centre to the mean of its pictures, and tells the sum of the squares of the moves.
  func moveCenters() -> Double {
    let width = centers.columns
    var moves = [Float](repeating: 0, count: centers.rows)
    var total = 0.0
    for center in 0..<centers.rows {
      if counts[center] == 0 { restart(center) }
      var square = 0.0
      for column in (center * width)..<((center + 1) * width) {
        let mean = sums[column] / Double(max(1, counts[center]))
        let move = mean - Double(centers.values[column])
        square += move * move
        centers.values[column] = Float(mean)
      }
      total += square
      moves[center] = Float(square.squareRoot()) * (1 + Self.slack)
    }
    // The largest move of another centre than one's own.
    let largest = moves.indices.max { moves[$0] < moves[$1] } ?? 0
    let second = moves.indices.filter { $0 != largest }.map { moves[$0] }.max() ?? 0
    for row in upper.indices {
      let own = Int(owner[row])
      upper[row] += moves[own]
      lower[row] = max(0, lower[row] - (own == largest ? second : moves[largest]))
    }
    return total
  }

  /// An empty cluster begins again at the picture that is farthest from its own centre.
  private func restart(_ center: Int) {
    guard let far = upper.indices.filter({ counts[Int(owner[$0])] > 1 }).max(by: { upper[$0] < upper[$1] })
    else { return }
    add(far, to: Int(owner[far]), times: -1)
    add(far, to: center, times: 1)
    owner[far] = Int32(center)
    upper[far] = .infinity
    lower[far] = 0
  }

  func inertia() -> Double {
    let width = pictures.columns
    return pictures.withPointer { base in
      centers.withPointer { centers in
        owner.indices.reduce(0) { sum, row in
          let own = centers + Int(owner[row]) * width
          let product = kernels.dot(base + row * width, own, count: width)
          return sum + Double(max(0, norms[row] - 2 * product + kernels.dot(own, own, count: width)))
        }
      }
    }
  }
}
