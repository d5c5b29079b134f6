// k nearest neighbours, exactly: the pictures that are most like a new one vote on what it is.
//
// Distance is |x − t|² = |x|² − 2(x·t − |t|²/2), so the nearest are those with the largest x·t − |t|²/2: one
// matrix product over all pairs, and for each picture the k best of its row, kept while the row is in the cache.
// The digit that most of the k have wins; among equals, the one whose neighbour is nearest.

import Basics
import Kernels

/// The k nearest neighbours vote.
package struct NearestNeighbors: Classifier {
  /// How many vote.
  package let k: Int
  private var packed: RowProducts?
  private var labels: [UInt8] = []

  /// So many neighbours vote.
  package init(k: Int) {
    precondition(k > 0)
    self.k = k
  }

  /// Every training picture, as single precision.
  package var bytes: Int { (packed.map { $0.count * $0.terms * 4 } ?? 0) + labels.count }

  /// Remembers the samples.
  package mutating func fit(_ samples: Samples, _ effort: ExecutionContext) throws(Stopped) {
    let norms = squaredNorms(of: samples.pictures)
    packed = RowProducts(samples.pictures, threads: effort.threads) { -norms[$0] / 2 }
    labels = samples.labels
    try effort.check()
  }

  /// The digit that most of the neighbours have.
  package func predict(_ pictures: Matrix, _ effort: ExecutionContext) throws(Stopped) -> [UInt8] {
    let neighbors = try neighbors(of: pictures, effort)
    return vote(neighbors, of: k)
  }

  /// Scores that lie in a second-level cache of 1 MiB beside the pictures they are of.
  private static let scoresAtOnce = 1 << 17

  /// For each picture the rows of its k nearest samples, nearest first; fewer samples than k are repeated.
  package func neighbors(of pictures: Matrix, _ effort: ExecutionContext) throws(Stopped) -> [Int32] {
    guard let packed, packed.count > 0, pictures.rows > 0 else { return [] }
    precondition(pictures.columns == packed.terms)
    let k = k
    let found = NeighborRows(count: pictures.rows, k: k)
    let atOnce = RowProducts.rowsAtOnce(terms: packed.terms)
    // So many columns that the scores of the rows at once lie in the cache beside them.
    let width = max(1, Self.scoresAtOnce / atOnce / RowProducts.blockWidth) * RowProducts.blockWidth
    try effort.share((pictures.rows + atOnce - 1) / atOnce) { job, _ in
      let first = job * atOnce
      let rows = min(atOnce, pictures.rows - first)
      let offsets = (0..<rows).map { (first + $0) * pictures.columns }
      let outOffsets = (0..<rows).map { $0 * width }
      let scratch = AlignedBuffer<Float>(count: Scratch.count)
      let scores = UnsafeMutablePointer<Float>.allocate(capacity: rows * width)
      defer { scores.deallocate() }
      pictures.withPointer { base in
        for column in stride(from: 0, to: packed.count, by: width) {
          let columns = column..<min(column + width, packed.count)
          packed.multiply(
            base, offsets: offsets, count: rows, columns: columns, into: scores, outOffsets: outOffsets,
            scratch: scratch)
          for row in 0..<rows {
            found.offer(scores + row * width, columns, to: first + row)
          }
        }
      }
    }
    return found.rows
  }

  /// What the first `voters` of each picture's neighbours elect.
  package func vote(_ neighbors: [Int32], of voters: Int) -> [UInt8] {
    stride(from: 0, to: neighbors.count, by: k).map { first in
      var votes = [Int](repeating: 0, count: digitCount)
      for neighbor in neighbors[first..<(first + voters)] { votes[Int(labels[Int(neighbor)])] += 1 }
      let most = votes.max() ?? 0
      let winner = neighbors[first..<(first + voters)].first { votes[Int(labels[Int($0)])] == most }
      return winner.map { labels[Int($0)] } ?? 0
    }
  }
}

/// The best k columns of each row so far; rows belong to one thread each.
private final class NeighborRows: @unchecked Sendable {
  private let k: Int
  private let count: Int
  private let scores: UnsafeMutablePointer<Float>
  private let indices: UnsafeMutablePointer<Int32>

  init(count: Int, k: Int) {
    self.k = k
    self.count = count
    scores = .allocate(capacity: count * k)
    indices = .allocate(capacity: count * k)
    scores.initialize(repeating: -.infinity, count: count * k)
    indices.initialize(repeating: 0, count: count * k)
  }

  deinit {
    scores.deallocate()
    indices.deallocate()
  }

  var rows: [Int32] { Array(UnsafeBufferPointer(start: indices, count: count * k)) }

  /// Most columns are far, and passed over many at a time.
  func offer(_ row: UnsafePointer<Float>, _ columns: Range<Int>, to target: Int) {
    let best = scores + target * k
    var place = kernels.firstAbove(best[k - 1], row, from: 0, count: columns.count)
    while place < columns.count {
      insert(row[place], Int32(columns.lowerBound + place), target)
      place = kernels.firstAbove(best[k - 1], row, from: place + 1, count: columns.count)
    }
  }

  private func insert(_ score: Float, _ column: Int32, _ target: Int) {
    let (best, rows) = (scores + target * k, indices + target * k)
    var place = k - 1
    while place > 0, best[place - 1] < score {
      best[place] = best[place - 1]
      rows[place] = rows[place - 1]
      place -= 1
    }
    best[place] = score
    rows[place] = column
  }
}
