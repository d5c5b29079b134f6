// Exercises while the layout is made.

import Ink

/// An exercise in the making, with its place on the page.
struct ItemDraft {
  var tokens: [LayoutToken]
  var symbols: [Int]
  /// The box on the page, not in the frame of the layout.
  var box: Box
  /// The height of the line at the left and at the right end of the box.
  var leftAxis: Double
  var rightAxis: Double
  var size: Double

  /// The exercises of a block.
  ///
  /// One whose own slant differs from that of the block is laid out once more by itself.
  static func drafts(_ nodes: [LayoutNode], prior: Double) -> [ItemDraft] {
    let size = nodes.writingSize
    let slope = BaselineSlope(of: nodes, size: size, prior: prior)
    let bySymbol = Dictionary(uniqueKeysWithValues: nodes.map { ($0.symbols[0], $0) })
    return rows(nodes, slope, size: size).flatMap { row -> [ItemDraft] in
      let members = row.flatMap(\.symbols).sorted().compactMap { bySymbol[$0] }
      let ownSize = members.writingSize
      let own = BaselineSlope(of: members, size: ownSize, prior: slope.slope)
      // 3°: less does not change how anything is read.
      guard abs(own.slope - slope.slope) > 0.05 else { return [ItemDraft(row, slope, size: size, members)] }
      return rows(members, own, size: ownSize).map { ownRow in
        ItemDraft(ownRow, own, size: ownSize, ownRow.flatMap(\.symbols).sorted().compactMap { bySymbol[$0] })
      }
    }
  }

  /// The exercises of some symbols in the frame of a slope, each as its parts from left to right.
  private static func rows(_ nodes: [LayoutNode], _ slope: BaselineSlope, size: Double) -> [[LayoutNode]] {
    let signs = CompoundSigns.joining(nodes.map(slope.levelled), size: size)
    return RowLayout.rows(BarLayout(signs, size: size).result, size: size).flatMap {
      RowLayout.exercises($0, size: size)
    }
  }

  private init(_ row: [LayoutNode], _ slope: BaselineSlope, size: Double, _ members: [LayoutNode]) {
    let layout = ItemLayout(row, size: size)
    let removed = Set(layout.setAside)
    let kept = members.filter { !removed.contains($0.symbols[0]) }
    tokens = layout.tokens
    symbols = kept.map { $0.symbols[0] }
    self.size = size
    box = LayoutNode(.unknown, of: kept, axis: 0, tokens: []).box
    // The height of the line where it begins, turned back to the page; then along the slope.
    let first = layout.nodes.first ?? row[0]
    let length = (1 + slope.slope * slope.slope).squareRoot()
    let start = (first.box.x * slope.slope + first.axis) / length
    leftAxis = start
    rightAxis = start + slope.slope * box.width
  }

  /// Whether it holds a number.
  var isExercise: Bool { tokens.contains { $0.sign.isDigit } }

  var beginsWithRelation: Bool { tokens.first.map { Relation.isWritten($0.sign) } ?? false }
  var endsWithRelation: Bool { tokens.last.map { Relation.isWritten($0.sign) } ?? false }
  var hasRelation: Bool { tokens.contains { Relation.isWritten($0.sign) } }

  /// Adds symbols within the exercise that could not be placed: with them it cannot be read.
  mutating func addStrays(_ other: ItemDraft) {
    tokens.append(LayoutToken("?", other.symbols))
    symbols = (symbols + other.symbols).sorted()
  }

  /// Appends another draft.
  mutating func append(_ other: ItemDraft) {
    tokens += endsWithRelation && other.beginsWithRelation ? other.tokens.dropFirst() : other.tokens[...]
    symbols = (symbols + other.symbols).sorted()
    box = box.union(other.box)
  }

  /// The exercise.
  var item: ExerciseItem {
    let (question, answer) = parts
    return ExerciseItem(
      tokens: tokens.map(\.token), question: question, answer: answer, box: box, symbols: symbols)
  }

  /// The question, and the answer that was written.
  private var parts: (question: [Token], answer: [Token]) {
    let plain = tokens.map(\.token)
    if let start = tokens.firstIndex(where: \.isFilledIn) {
      let end = tokens[start...].firstIndex { !$0.isFilledIn } ?? tokens.count
      return (plain[..<start] + [Token("_")] + plain[end...], Array(plain[start..<end]))
    }
    guard !plain.contains(where: { $0.sign == "_" }),
      let index = plain.firstIndex(where: { Relation.isWritten($0.sign) })
    else { return (plain, []) }
    if plain[index].sign == "=" { return (Array(plain[...index]), Array(plain[(index + 1)...])) }
    // In a comparison the sign is the answer.
    return (plain[..<index] + [Token("_")] + plain[(index + 1)...], [plain[index]])
  }
}

extension Relation {
  /// Whether a sign is a relation that is written.
  static func isWritten(_ sign: Character) -> Bool { sign != "_" && Relation(rawValue: sign) != nil }
}
