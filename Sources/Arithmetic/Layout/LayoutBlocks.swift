// Blocks: symbols that stand near each other.

import Ink

/// Groups symbols that stand so near each other that they may belong together.
enum LayoutBlocks {
  /// The gaps within a block, in sizes of the writing.
  private static let horizontalGap = 3.0
  private static let verticalGap = 1.3
  /// No symbol is compared with more than so many of those that follow it from left to right.
  private static let comparisons = 4096

  /// The blocks, each with the indices of its symbols in ascending order.
  static func blocks(of nodes: [LayoutNode], size: Double) -> [[Int]] {
    let order = nodes.indices.sorted { (nodes[$0].box.x, $0) < (nodes[$1].box.x, $1) }
    var sets = DisjointSets(count: nodes.count)
    for (position, left) in order.enumerated() {
      let a = nodes[left].box
      for right in order[(position + 1)...].prefix(comparisons) {
        let b = nodes[right].box
        if b.x - a.right > horizontalGap * size { break }
        if b.y - a.bottom <= verticalGap * size, a.y - b.bottom <= verticalGap * size {
          sets.join(left, right)
        }
      }
    }
    let groups = Dictionary(grouping: nodes.indices) { sets.root(of: $0) }
    return groups.keys.sorted().compactMap { groups[$0] }
  }
}
