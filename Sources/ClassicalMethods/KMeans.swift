// k-means: typical pictures are found without looking at the labels; each then gets the digit that most of its pictures have.
//
// Lloyd's iteration assigns every picture x to the nearest centre, argmin |x − c_j|², then moves every centre to the
// mean of its pictures; Σ |x − c|² never grows. k-means++ chooses the first centres.

import Basics

/// Typical pictures, labelled by majority.
package struct KMeans: Classifier {
  /// The number of typical pictures.
  package let clusters: Int
  /// The largest number of iterations.
  package let iterations: Int
  /// The seed of the first centres' choice.
  package let seed: UInt64
  /// The typical pictures, a row each.
  package private(set) var centers = Matrix(rows: 0, columns: 0)
  /// The digit of each.
  package private(set) var labels: [UInt8] = []
  /// Σ |x − c|² after the last iteration.
  package private(set) var inertia = 0.0

  /// Makes an untrained classifier.
  package init(clusters: Int, iterations: Int = 100, seed: UInt64 = 1) {
    precondition(clusters > 0)
    self.clusters = clusters
    self.iterations = iterations
    self.seed = seed
  }

  /// The size of the typical pictures and their digits.
  package var bytes: Int { centers.values.count * 4 + labels.count }

  /// The typical pictures, in the order of their digits.
  package var learntPictures: Matrix? {
    centers.rows(at: labels.indices.sorted { (labels[$0], $0) < (labels[$1], $1) })
  }

  /// Finds the typical pictures, then labels them.
  package mutating func fit(_ samples: Samples, _ context: ExecutionContext) throws(Stopped) {
    let start = try KMeansPlusPlus.centers(
      samples.pictures, clusters: clusters, seed: seed, context.part(0, 0.1))
    try fit(samples, from: start, context.part(0.1, 1))
  }

  /// Does the same from given first centres.
  package mutating func fit(_ samples: Samples, from start: Matrix, _ context: ExecutionContext)
    throws(Stopped)
  {
    let lloyd = LloydIteration(samples.pictures, centers: start)
    for iteration in 0..<iterations {
      try lloyd.assign(context.quiet)
      let moved = lloyd.moveCenters()
      context.report(Double(iteration + 1) / Double(iterations))
      if moved <= lloyd.tolerance { break }
    }
    try lloyd.assign(context.quiet)
    centers = lloyd.centers
    inertia = lloyd.inertia()
    var votes = [Votes](repeating: Votes(), count: start.rows)
    for (index, label) in samples.labels.enumerated() { votes[lloyd.cluster(of: index)].add(label) }
    labels = votes.map(\.winner)
  }

  /// The digit of the nearest typical picture.
  package func predict(_ pictures: Matrix, _ context: ExecutionContext) throws(Stopped) -> [UInt8] {
    try PackedRows(byDistance: centers).largest(pictures, context).map { labels[$0] }
  }
}
