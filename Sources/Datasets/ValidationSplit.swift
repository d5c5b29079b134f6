// Which samples are kept out of training to watch it: whole writers where they are known, always the same ones.

import Basics

/// The choice of what is kept out.
///
/// It depends on the data alone, never on a recipe's seed, so that every run of every recipe is watched with
/// the same samples.
package enum ValidationSplit {
  /// The seed of all splits.
  private static let seed: UInt64 = 0x1234

  /// The places of about `count` samples (never more) that come from whole writers.
  package static func byWriter(_ writers: [Int], count: Int) -> [Int] {
    var sizes: [Int: Int] = [:]
    for writer in writers { sizes[writer, default: 0] += 1 }
    var rest = count
    var chosen: Set<Int> = []
    for writer in shuffled(sizes.keys.sorted()) {
      let size = sizes[writer] ?? 0
      guard size <= rest else { continue }
      chosen.insert(writer)
      rest -= size
    }
    return writers.indices.filter { chosen.contains(writers[$0]) }
  }

  /// The places of `count` of `total` samples, where nobody knows the writers.
  package static func plain(_ total: Int, count: Int) -> [Int] {
    shuffled(Array(0..<total)).prefix(count).sorted()
  }

  /// The writers kept out of a set of strokes; never all of them.
  package static func heldOut(_ writers: some Sequence<Int>, count: Int) -> Set<Int> {
    let all = Set(writers).sorted()
    return Set(shuffled(all).prefix(min(count, max(0, all.count - 1))))
  }

  private static func shuffled(_ values: [Int]) -> [Int] {
    var chance = Chance(seed: seed)
    return chance.order(of: values.count).map { values[Int($0)] }
  }
}
