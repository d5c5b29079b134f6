// k-means++ chooses the first centres of k-means.
//
// A picture becomes a centre with a probability proportional to its squared distance to the centres so far; of a few
// candidates the one that lowers the sum of the distances most is chosen.

import Basics
import CLibrary

/// First centres by k-means++ among some of the pictures.
enum KMeansPlusPlus {
  /// So many pictures for each centre separate the clusters as well as all pictures do, in a tenth of the time.
  private static let picturesPerCenter = 24
  private static let leastPictures = 4000

  static func centers(
    _ pictures: Matrix, clusters: Int, seed: UInt64, _ context: ExecutionContext
  ) throws(Stopped) -> Matrix {
    var random = SplitMix64(seed: seed)
    let sampleCount = min(pictures.rows, max(leastPictures, clusters * picturesPerCenter))
    let sample = pictures.rows(at: random.permutation(of: pictures.rows).prefix(sampleCount).map { Int($0) })
    let norms = sample.squaredNorms
    // scikit-learn's number of candidates.
    let candidateCount = 2 + Int(clamping: log(Double(clusters)))
    var nearest = [Float](repeating: .infinity, count: sample.rows)
    var centers: [Int] = []
    while centers.count < min(clusters, sample.rows) {
      let total = nearest.reduce(0) { $0 + Double($1.isFinite ? $1 : 0) }
      let candidates =
        centers.isEmpty || total == 0
        ? [random.index(below: sample.rows)]
        : (0..<candidateCount).map { _ in index(in: nearest, atSum: total * Double(random.uniform())) }
      let packed = PackedRows(byDistance: sample.rows(at: candidates))
      let scores = try packed.product(sample, context.quiet)
      var best = (sum: Double.infinity, distances: nearest, candidate: candidates[0])
      for (column, candidate) in candidates.enumerated() {
        var distances = nearest
        var sum = 0.0
        for row in 0..<sample.rows {
          let distance = max(0, norms[row] - 2 * scores.values[row * candidates.count + column])
          distances[row] = min(distances[row], distance)
          sum += Double(distances[row])
        }
        if sum < best.sum { best = (sum, distances, candidate) }
      }
      nearest = best.distances
      nearest[best.candidate] = 0
      centers.append(best.candidate)
      context.report(Double(centers.count) / Double(clusters))
    }
    return sample.rows(at: centers)
  }

  /// The index at which the running sum of the weights exceeds a number.
  private static func index(in weights: [Float], atSum target: Double) -> Int {
    var sum = 0.0
    for (index, weight) in weights.enumerated() {
      sum += Double(weight)
      if sum > target { return index }
    }
    return weights.count - 1
  }
}
