// k nearest neighbours, exactly: the training pictures most similar to a new one vote on its digit.
//
// The distance is |x − t|² = |x|² − 2(x·t − |t|²/2), so the nearest are those with the largest x·t − |t|²/2: one
// matrix product over all pairs, and for each picture the k best of its row, selected while the row is in the cache.
// The digit that most of the k have wins; among equals, the one whose neighbour is nearest.

import Basics
import Kernels

/// The majority of the k nearest neighbours.
package struct NearestNeighbors: Classifier {
  /// The number of neighbours that vote.
  package let k: Int
  private var training: PackedRows?
  private var labels: [UInt8] = []

  /// Makes an untrained classifier with the given number of neighbours.
  package init(k: Int) {
    precondition(k > 0)
    self.k = k
  }

  /// The size of every training picture, in single precision.
  package var bytes: Int { (training.map { $0.count * $0.terms * 4 } ?? 0) + labels.count }

  /// Stores the samples.
  package mutating func fit(_ samples: Samples, _ context: ExecutionContext) throws(Stopped) {
    training = PackedRows(byDistance: samples.pictures, threads: context.threads)
    labels = samples.labels
    try context.check()
  }

  /// The digit that most of the neighbours have.
  package func predict(_ pictures: Matrix, _ context: ExecutionContext) throws(Stopped) -> [UInt8] {
    let neighbors = try neighbors(of: pictures, context)
    return stride(from: 0, to: neighbors.count, by: k).map { first in
      let voters = neighbors[first..<(first + k)].map { labels[Int($0)] }
      var votes = Votes()
      for label in voters { votes.add(label) }
      let most = votes.counts.max()
      return voters.first { votes.counts[Int($0)] == most } ?? 0
    }
  }

  /// Scores that fit into a second-level cache of 1 MiB together with their pictures.
  private static let scoresAtOnce = 1 << 17

  /// For each picture the rows of its k nearest samples, nearest first; fewer samples than k are repeated.
  package func neighbors(of pictures: Matrix, _ context: ExecutionContext) throws(Stopped) -> [Int32] {
    guard let training, training.count > 0, pictures.rows > 0 else { return [] }
    precondition(pictures.columns == training.terms)
    let nearest = LargestScores(count: pictures.rows, k: k)
    let rowsAtOnce = PackedRows.rowsAtOnce(terms: training.terms)
    // As many columns as keep the scores of these rows in the cache.
    let width = max(1, Self.scoresAtOnce / rowsAtOnce / PackedRows.blockWidth) * PackedRows.blockWidth
    try context.runJobs(rows: pictures.rows, atOnce: rowsAtOnce) { rows in
      let offsets = rows.map { $0 * pictures.columns }
      let scores = AlignedBuffer<Float>(count: rows.count * width)
      pictures.withPointer { base in
        for columns in (0..<training.count).chunks(of: width) {
          training.multiply(base, offsets: offsets, columns: columns, into: scores.pointer, width: width)
          for (index, row) in rows.enumerated() {
            nearest.update(row, with: scores.pointer + index * width, columns)
          }
        }
      }
    }
    return nearest.columns
  }
}

/// The k largest scores of each row so far, with their columns; each row is updated by one thread.
private final class LargestScores {
  private let k: Int
  private let scores: AlignedBuffer<Float>
  private let indices: AlignedBuffer<Int32>

  init(count: Int, k: Int) {
    self.k = k
    scores = AlignedBuffer(count: count * k, repeating: -.infinity)
    indices = AlignedBuffer(count: count * k)
  }

  /// The columns of each row's k largest scores, the largest first.
  var columns: [Int32] { indices.array }

  /// Compares a row's scores in some columns with its largest; the kernel skips many smaller ones at a time.
  func update(_ row: Int, with newScores: UnsafePointer<Float>, _ columns: Range<Int>) {
    let (best, bestColumns) = (scores.pointer + row * k, indices.pointer + row * k)
    var index = kernels.firstAbove(best[k - 1], newScores, from: 0, count: columns.count)
    while index < columns.count {
      var rank = k - 1
      while rank > 0, best[rank - 1] < newScores[index] {
        best[rank] = best[rank - 1]
        bestColumns[rank] = bestColumns[rank - 1]
        rank -= 1
      }
      best[rank] = newScores[index]
      bestColumns[rank] = Int32(columns.lowerBound + index)
      index = kernels.firstAbove(best[k - 1], newScores, from: index + 1, count: columns.count)
    }
  }
}
