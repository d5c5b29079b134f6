// Chooses the samples that are held out for validation: whole writers where they are known.

import Basics
package import Formats

/// The choice of the validation data.
///
/// It depends on the data alone, not on a recipe's seed: all runs of all recipes have the same validation data.
package enum ValidationSplit {
  /// The seed of all splits.
  private static let seed: UInt64 = 0x1234

  /// The indices of about `count` samples, never more, of whole writers; `writers` has an entry for each sample.
  package static func byWriter(_ writers: [Writer], count: Int) -> [Int] {
    var sizes: [Writer: Int] = [:]
    for writer in writers { sizes[writer, default: 0] += 1 }
    var rest = count
    var chosen: Set<Writer> = []
    for writer in shuffled(sizes.keys.sorted()) {
      let size = sizes[writer] ?? 0
      guard size <= rest else { continue }
      chosen.insert(writer)
      rest -= size
    }
    return writers.indices.filter { chosen.contains(writers[$0]) }
  }

  /// The indices of `count` of `total` samples, for data without writers.
  package static func plain(_ total: Int, count: Int) -> [Int] {
    shuffled(Array(0..<total)).prefix(count).sorted()
  }

  /// The held-out writers of a set of strokes; never all of them.
  package static func heldOut(_ writers: some Sequence<Writer>, count: Int) -> Set<Writer> {
    let all = Set(writers).sorted()
    return Set(shuffled(all).prefix(min(count, max(0, all.count - 1))))
  }

  private static func shuffled<Value>(_ values: [Value]) -> [Value] {
    var random = SplitMix64(seed: seed)
    return random.permutation(of: values.count).map { values[Int($0)] }
  }
}
