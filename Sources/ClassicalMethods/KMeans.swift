// k-means: so many typical pictures are found without looking at the labels; each then gets the digit most of its pictures have.
//
// Lloyd's iteration: give every picture x to the nearest centre, argmin |x − c_j|², then move every centre to the mean
// of its pictures; Σ |x − c|² never grows. Begun with k-means++ (a picture becomes a centre with a probability
// proportional to its squared distance to the centres so far, the best of a few tries). A picture whose bounds prove
// that its centre is still the nearest is passed over (Hamerly 2010): u ≥ |x − c_own| grows by what its
// centre moved, l ≤ |x − c_other| shrinks by the largest move, and nothing can have changed while u ≤ l.

import Basics
import Kernels

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Typical pictures, labelled by majority.
package struct KMeans: Classifier {
  /// How many typical pictures.
  package let clusters: Int
  /// Iterations at most.
  package let iterations: Int
  /// What chooses the first centres.
  package let seed: UInt64
  /// The typical pictures, a row each.
  package private(set) var centers = Matrix(rows: 0, columns: 0)
  /// The digit of each.
  package private(set) var labels: [UInt8] = []
  /// Iterations that were made.
  package private(set) var iterationsMade = 0
  /// Σ |x − c|² after the last iteration.
  package private(set) var inertia = 0.0

  /// So many clusters, found within so many iterations.
  package init(clusters: Int, iterations: Int = 100, seed: UInt64 = 1) {
    precondition(clusters > 0)
    self.clusters = clusters
    self.iterations = iterations
    self.seed = seed
  }

  /// The typical pictures and their digits.
  package var bytes: Int { centers.values.count * 4 + labels.count }

  /// The typical pictures, those of a digit beside each other.
  package var learntPictures: Matrix? {
    centers.rows(at: labels.indices.sorted { (labels[$0], $0) < (labels[$1], $1) })
  }

  /// Finds the typical pictures, then labels them.
  package mutating func fit(_ samples: Samples, _ effort: ExecutionContext) throws(Stopped) {
    let start = try KMeansStart(samples.pictures, clusters: clusters, seed: seed, effort.part(0, 0.1))
    try fit(samples, from: start.centers, effort.part(0.1, 1))
  }

  /// The same from given first centres.
  package mutating func fit(_ samples: Samples, from start: Matrix, _ effort: ExecutionContext)
    throws(Stopped)
  {
    let lloyd = KMeansState(samples.pictures, centers: start, threads: effort.threads)
    iterationsMade = 0
    while iterationsMade < iterations {
      try lloyd.assign(effort)
      let moved = lloyd.moveCenters()
      iterationsMade += 1
      effort.report(Double(iterationsMade) / Double(iterations))
      if moved <= lloyd.tolerance { break }
    }
    try lloyd.assign(effort)
    centers = lloyd.centers
    inertia = lloyd.inertia()
    var votes = [Int](repeating: 0, count: start.rows * digitCount)
    for (index, label) in samples.labels.enumerated() {
      votes[Int(lloyd.owner[index]) * digitCount + Int(label)] += 1
    }
    labels = (0..<start.rows).map { cluster in
      let row = votes[(cluster * digitCount)..<((cluster + 1) * digitCount)]
      return UInt8((row.firstIndex(of: row.max() ?? 0) ?? row.startIndex) - row.startIndex)
    }
  }

  /// The digit of the nearest typical picture.
  package func predict(_ pictures: Matrix, _ effort: ExecutionContext) throws(Stopped) -> [UInt8] {
    let norms = squaredNorms(of: centers)
    let packed = RowProducts(centers, bias: { -norms[$0] / 2 })
    let scores = try packed.product(pictures, effort)
    var best: [Float] = [0, 0]
    return scores.withPointer { base in
      (0..<pictures.rows).map {
        labels[kernels.largestTwo(base + $0 * centers.rows, count: centers.rows, into: &best)]
      }
    }
  }
}

/// First centres by k-means++ among some of the pictures.
struct KMeansStart {
  let centers: Matrix

  /// Of so many pictures a centre, which tells the clusters as well as all of them in a tenth of the time.
  private static let picturesPerCenter = 24
  private static let leastPictures = 4000

  init(_ pictures: Matrix, clusters: Int, seed: UInt64, _ effort: ExecutionContext) throws(Stopped) {
    var random = SplitMix64(seed: seed)
    let wanted = min(pictures.rows, max(Self.leastPictures, clusters * Self.picturesPerCenter))
    let chosen = random.permutation(of: pictures.rows).prefix(wanted).map { Int($0) }
    let some = pictures.rows(at: chosen)
    let norms = squaredNorms(of: some)
    // As many tries for each centre as scikit-learn makes.
    let tries = 2 + Int(clamping: log(Double(clusters)))
    var nearest = [Float](repeating: .infinity, count: some.rows)
    var centers: [Int] = []
    while centers.count < min(clusters, some.rows) {
      let total = nearest.reduce(0) { $0 + Double($1.isFinite ? $1 : 0) }
      let candidates =
        centers.isEmpty || total == 0
        ? [random.index(below: some.rows)]
        : (0..<tries).map { _ in Self.pick(nearest, total * Double(random.uniform())) }
      let packed = RowProducts(some.rows(at: candidates), bias: { -norms[candidates[$0]] / 2 })
      let scores = try packed.product(some, effort.quiet)
      var best = (sum: Double.infinity, distances: nearest, candidate: candidates[0])
      for (column, candidate) in candidates.enumerated() {
        var distances = nearest
        var sum = 0.0
        for row in 0..<some.rows {
          let distance = max(0, norms[row] - 2 * scores.values[row * candidates.count + column])
          distances[row] = min(distances[row], distance)
          sum += Double(distances[row])
        }
        if sum < best.sum { best = (sum, distances, candidate) }
      }
      nearest = best.distances
      nearest[best.candidate] = 0
      centers.append(best.candidate)
      effort.report(Double(centers.count) / Double(clusters))
    }
    self.centers = some.rows(at: centers)
  }

  /// The picture at which the running sum of weights passes a mark.
  private static func pick(_ weights: [Float], _ mark: Double) -> Int {
    var sum = 0.0
    for (index, weight) in weights.enumerated() {
      sum += Double(weight)
      if sum > mark { return index }
    }
    return weights.count - 1
  }
}
