// From the symbols of a page to its exercises.

/// The exercises of a page, found from labels and boxes alone.
public struct PageLayout: Sendable, Hashable {
  /// The exercises in reading order: lines from top to bottom, each from left to right.
  public let items: [ExerciseItem]
  /// The indices of symbols that belong to no exercise: letters, words, numbering, unusable boxes.
  public let setAside: [Int]

  /// More symbols that all stand near each other are no exercises, and are set aside.
  static let largestBlock = 2048

  /// Finds the exercises of a page.
  ///
  /// - Parameter symbols: the symbols in any order; a symbol is named by its index.
  public init(_ symbols: [LabelledBox]) {
    let nodes = symbols.indices.compactMap { LayoutNode(symbols[$0], index: $0) }
    let size = nodes.writingSize
    let page = BaselineSlope(of: nodes, size: size, prior: 0)
    var drafts: [ItemDraft] = []
    for block in LayoutBlocks.blocks(of: nodes, size: size) where block.count <= Self.largestBlock {
      drafts += ItemDraft.drafts(block.map { nodes[$0] }, prior: page.slope)
    }
    drafts = ItemMerging.merged(drafts)
    let usable = ItemMerging.withStrays(drafts)
    items = ItemMerging.inReadingOrder(usable, slope: page.slope).map(\.item)
    let used = Set(items.flatMap(\.symbols))
    setAside = symbols.indices.filter { !used.contains($0) }
  }
}
