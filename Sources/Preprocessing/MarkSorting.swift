// Which marks of a scan or photo are writing: the others are specks, edges, print and faint marks.

import Basics
import Ink

/// Divides the marks of extracted ink into writing and what is set aside.
struct MarkSorting {
  /// The ink of the writing.
  private(set) var kept: Coverage
  /// What was set aside, without specks.
  private(set) var ignored: [IgnoredMark] = []
  /// For which reasons marks are set aside.
  private let reasons: Set<IgnoredMark.Reason>

  /// Divides the marks of ink.
  ///
  /// - Parameters:
  ///   - ink: the ink, without lines.
  ///   - contrast: the contrast of each pixel against the paper.
  ///   - lines: the lines that were removed.
  ///   - reasons: for which reasons marks are set aside.
  ///   - thresholds: the thresholds.
  init(
    _ ink: Coverage, contrast: [UInt8], without lines: PageLines, ignoring reasons: Set<IgnoredMark.Reason>,
    _ thresholds: PaperThresholds
  ) {
    self.reasons = reasons
    kept = Coverage(width: ink.width, height: ink.height)
    let components = Components(ink, level: Components.strong)
    let boxes = components.list.map(\.box)
    let contacts = zip(
      components.contacts(of: ink, ring: 0),
      components.contacts(of: ink, ring: 1)
    ).map { max($0, $1) }
    // Noise leaves specks of a few pixels, a pen larger marks.
    let inner = components.list.indices.filter { contacts[$0] == 0 && components.list[$0].area >= 4 }
    let rough = MarkSizes(
      (inner.isEmpty ? Array(boxes.indices) : inner).map { components.list[$0] }, on: ink.box)
    let speck = max(4, thresholds.speck * rough.usual)
    var marks = components.list.indices.filter {
      Double(max(boxes[$0].width, boxes[$0].height)) >= speck && components.list[$0].area >= speck
    }
    setAside(.edge, from: &marks, components) { Self.isFrame(contact: contacts[$0], of: ink) }
    // A mark that touches the border is a stain or the edge of a shadow, except in a close crop: there, most
    // high marks touch the border, and together they fill the picture.
    let inside = marks.filter { contacts[$0] == 0 }
    let highest = inside.map { boxes[$0].height }.max() ?? 0
    let cutOff = marks.filter { contacts[$0] > 0 && boxes[$0].height * 4 >= highest * 3 }
    let reach = cutOff.reduce(Rectangle.empty) { $0.union(boxes[$1]) }
    let isCrop =
      cutOff.count > inside.count && reach.width * 10 >= ink.width * 9 && reach.height * 10 >= ink.height * 9
    setAside(.edge, from: &marks, components) { contacts[$0] > 0 && !(isCrop && cutOff.contains($0)) }

    let first = MarkSizes(marks.map { components.list[$0] }, on: ink.box)
    let writing = marks.map { boxes[$0] }.filter {
      Double($0.height) >= thresholds.lowMark * first.usual && !first.isThin($0)
    }
    func isBesideWriting(_ box: Rectangle, distance: Double) -> Bool {
      writing.contains { other in
        let across = max(box.x - other.right, other.x - box.right, 0)
        let down = max(box.y - other.bottom, other.y - box.bottom, 0)
        return other != box && Double(max(across, down)) <= distance * first.usual
      }
    }
    let strengths = components.usual(contrast)
    let writingStrength =
      marks.filter { writing.contains(boxes[$0]) }.map { Double(strengths[$0]) }.max() ?? 0
    setAside(.line, from: &marks, components) {
      if first.isBar(boxes[$0], thresholds) { return true }
      guard lines.isRemainder(boxes[$0], height: first.usual, thresholds) else { return false }
      return Double(strengths[$0]) < thresholds.faintRemainder * writingStrength
        || !isBesideWriting(boxes[$0], distance: thresholds.barDistance)
    }
    setAside(.faint, from: &marks, components) {
      Double(strengths[$0]) < thresholds.faintShare * writingStrength
        && (first.isSmall(boxes[$0], thresholds) || first.isFlat(boxes[$0], thresholds))
    }
    /// Whether a high mark stands in the same row.
    func isInRow(_ box: Rectangle) -> Bool {
      writing.contains { other in
        let gap = max(box.x - other.right, other.x - box.right)
        return other != box && Double(gap) <= thresholds.rowGap * first.usual
          && 2 * box.rows.clamped(to: other.rows).count >= box.height
      }
    }
    /// Whether a thin mark near the border is a piece of a broken line: others stand above and below it.
    func isPieceOfBrokenLine(_ box: Rectangle) -> Bool {
      let columns = box.x - 2..<box.right + 2
      return first.isThin(box)
        && boxes.indices.count { i in
          components.list[i].area >= speck && boxes[i].columns.overlaps(columns)
            && boxes[i].width <= 2 * box.width + 2 && !boxes[i].rows.overlaps(box.rows)
        } >= thresholds.minPiecesOfLine
    }
    // A long row of small marks is print near the border too.
    let rows = Set(
      SmallPrint.marks(of: marks.map { boxes[$0] }, first, thresholds, longRows: false).map { marks[$0] })
    setAside(.print, from: &marks, components) { rows.contains($0) }
    /// The distance from the border along which a mark may be an edge: an upright one lies along the left or the right.
    func distanceFromBorder(_ box: Rectangle) -> Int {
      let across = min(box.x, ink.width - box.right)
      return first.isThin(box) && !first.isSmall(box, thresholds)
        ? across : min(across, box.y, ink.height - box.bottom)
    }
    if !isCrop {
      setAside(.edge, from: &marks, components) {
        (Double(max(boxes[$0].width, boxes[$0].height)) < thresholds.edgeMark * first.usual
          || first.isThin(boxes[$0]))
          && !isBesideWriting(boxes[$0], distance: thresholds.edgeDistance)
          && (first.isSmall(boxes[$0], thresholds) || !isInRow(boxes[$0]) || isPieceOfBrokenLine(boxes[$0]))
          && Double(distanceFromBorder(boxes[$0])) < thresholds.edgeZone * first.usual
      }
    }
    let sizes = MarkSizes(marks.map { components.list[$0] }, on: ink.box)
    let high = marks.map { boxes[$0] }.filter { Double($0.height) >= thresholds.lowMark * sizes.usual }
    setAside(.underline, from: &marks, components) {
      Self.isUnderline(boxes[$0], of: high, sizes, thresholds)
    }
    // Print that is cut off at the border shows what the marks beside it are.
    let cut = components.list.indices.filter { contacts[$0] > 0 }
    let low = marks + cut
    let print = Set(SmallPrint.marks(of: low.map { boxes[$0] }, sizes, thresholds).map { low[$0] })
    setAside(.print, from: &marks, components) { print.contains($0) }
    setAside(.faint, from: &marks, components) { Self.isStray(boxes[$0], from: high, sizes, thresholds) }
    setPunctuationAside(from: &marks, components, sizes, thresholds)
    kept = components.only(marks, of: ink, margin: 2)
  }

  /// Sets dots and commas behind numbers aside, and nothing else.
  init(punctuationOf ink: Coverage, _ thresholds: PaperThresholds = .standard) {
    reasons = [.punctuation]
    kept = ink
    let components = Components(ink, level: Components.strong)
    var marks = Array(components.list.indices)
    setPunctuationAside(from: &marks, components, MarkSizes(components.list, on: ink.box), thresholds)
    if ignored.isEmpty { return }
    let margin = 2
    for i in Set(components.list.indices).subtracting(marks) {
      let box = components.list[i].box
      for y in max(0, box.y - margin)..<min(ink.height, box.bottom + margin) {
        for x in max(0, box.x - margin)..<min(ink.width, box.right + margin)
        where [0, Int32(i + 1)].contains(components.labels[y * ink.width + x]) {
          kept[x, y] = 0
        }
      }
    }
  }

  /// Sets dots and commas behind high marks aside.
  private mutating func setPunctuationAside(
    from marks: inout [Int], _ components: Components, _ sizes: MarkSizes, _ thresholds: PaperThresholds
  ) {
    let boxes = components.list.map(\.box)
    let high = marks.filter { Double(boxes[$0].height) >= thresholds.lowMark * sizes.usual }
    setAside(.punctuation, from: &marks, components) { mark in
      Self.isPunctuation(boxes[mark], sizes, thresholds) { rows in
        high.filter { other in
          let gap = boxes[mark].x - boxes[other].right
          return other != mark && boxes[other].x < boxes[mark].x && Double(gap) <= 2 * sizes.usual
        }.compactMap { other in
          components.lastColumn(of: other, in: rows).map { (boxes[other], $0) }
        }
      }
    }
  }

  /// Whether a flat mark lies below high ones.
  private static func isUnderline(
    _ box: Rectangle, of high: [Rectangle], _ sizes: MarkSizes, _ thresholds: PaperThresholds
  ) -> Bool {
    guard sizes.isFlat(box, thresholds) else { return false }
    let above = high.filter { other in
      other.columns.overlaps(box.columns) && 2 * other.bottom <= 2 * box.bottom + box.height
        && Double(box.y - other.bottom) <= sizes.usual && 4 * other.y + 3 * other.height < 4 * box.y
    }
    let shared = above.reduce(0) { $0 + $1.columns.clamped(to: box.columns).count }
    return shared * 3 >= box.width
  }

  /// Whether a small or flat mark has no high one beside it.
  private static func isStray(
    _ box: Rectangle, from high: [Rectangle], _ sizes: MarkSizes, _ thresholds: PaperThresholds
  ) -> Bool {
    guard sizes.isSmall(box, thresholds) || sizes.isFlat(box, thresholds) else { return false }
    return !high.contains { other in
      let across = max(box.x - other.right, other.x - box.right, 0)
      let down = max(box.y - other.bottom, other.y - box.bottom, 0)
      return Double(across) <= thresholds.maxDistance * sizes.usual
        && Double(down) <= thresholds.maxDistance / 2 * sizes.usual
    }
  }

  /// Whether a small mark lies low behind a high one.
  ///
  /// Beside a slanted stroke, a dot may stand below its upper end: the ink in the dot's rows counts.
  private static func isPunctuation(
    _ box: Rectangle, _ sizes: MarkSizes, _ thresholds: PaperThresholds,
    high: (Range<Int>) -> [(box: Rectangle, lastColumn: Int)]
  ) -> Bool {
    guard Double(max(box.width, box.height)) <= thresholds.punctuation * sizes.usual else { return false }
    let reach = Int(clamping: 0.3 * sizes.usual)
    return high(box.y - reach..<box.bottom + reach).contains { other in
      let gap = Double(box.x - other.lastColumn)
      return gap >= 0 && gap <= thresholds.punctuationDistance * sizes.usual
        && 3 * box.y + 3 * box.height / 2 >= 3 * other.box.y + 2 * other.box.height
        && Double(box.y) <= Double(other.box.bottom) + 0.4 * sizes.usual
    }
  }

  /// Sets some of the marks aside.
  private mutating func setAside(
    _ reason: IgnoredMark.Reason, from marks: inout [Int], _ components: Components,
    where isOther: (Int) -> Bool
  ) {
    guard reasons.contains(reason) else { return }
    ignored += marks.filter(isOther).map { IgnoredMark(box: Box(components.list[$0].box), reason: reason) }
    marks.removeAll(where: isOther)
  }

  /// Whether a mark with a number of pixels at the border lies along two sides of the page or more.
  ///
  /// A table's edge and a scanner's lid do, a digit of a close crop only if it is alone.
  fileprivate static func isFrame(contact: Int, of ink: Coverage) -> Bool {
    contact * 5 >= 2 * 2 * (ink.width + ink.height)
  }
}

/// The usual height of a page's marks, and what is small or flat against it.
struct MarkSizes {
  /// The height that a fifth of the ink reaches, without long thin marks if there are others.
  ///
  /// Small print beside writing often has more ink than the writing.
  let usual: Double

  /// A mark this many times longer than wide is a stroke or a line.
  private static let thinAspect = 4

  /// Finds the usual height of the marks of a page with some columns and rows.
  init(_ marks: [Components.Component], on page: Rectangle) {
    let boxes = marks.filter { $0.box.width <= Self.thinAspect * $0.box.height }
    let inner = boxes.filter { !Self.isMargin($0.box, of: page) }
    let upright = inner.isEmpty ? boxes : inner
    let compact = upright.filter { $0.box.height <= Self.thinAspect * $0.box.width }
    // Dots alone are no reason to take the strokes beside them for lines.
    let isClear = 3 * (compact.map(\.box.height).max() ?? 0) >= upright.map(\.box.height).max() ?? 0
    let counted = isClear ? compact : upright
    let all = counted.reduce(0) { $0 + $1.area }
    var sum = 0.0
    usual = Double(
      counted.sorted { $0.box.height > $1.box.height }.first { mark in
        sum += mark.area
        return sum * 5 >= all
      }?.box.height ?? 0)
  }

  /// Whether a long thin mark lies near the left or the right border.
  private static func isMargin(_ box: Rectangle, of page: Rectangle) -> Bool {
    let distance = min(box.x - page.x, page.right - box.right)
    return box.height > thinAspect * box.width && box.height * 10 >= 3 * max(page.width, page.height)
      && distance * 7 <= page.width
  }

  /// Whether a mark is straight, thin and longer than writing is high.
  func isBar(_ box: Rectangle, _ thresholds: PaperThresholds) -> Bool {
    let (longer, shorter) = (max(box.width, box.height), max(1, min(box.width, box.height)))
    return Double(longer) >= thresholds.barLength * usual
      && Double(longer) >= thresholds.barAspect * Double(shorter)
  }

  func isThin(_ box: Rectangle) -> Bool { box.height >= 3 * box.width }

  func isSmall(_ box: Rectangle, _ thresholds: PaperThresholds) -> Bool {
    Double(max(box.width, box.height)) < thresholds.lowMark * usual
  }

  func isFlat(_ box: Rectangle, _ thresholds: PaperThresholds) -> Bool {
    Double(box.width) >= thresholds.flatAspect * Double(box.height)
      && Double(box.height) <= thresholds.maxFlatHeight * usual
  }
}

/// Finds small print: rows of marks that are much lower than the writing.
enum SmallPrint {
  /// The indices of the boxes that are small print.
  ///
  /// - Parameters:
  ///   - boxes: the boxes of marks.
  ///   - sizes: the usual height of the marks.
  ///   - thresholds: the thresholds.
  ///   - longRows: whether a long row of few marks is print too.
  /// - Returns: the indices.
  static func marks(
    of boxes: [Rectangle], _ sizes: MarkSizes, _ thresholds: PaperThresholds, longRows: Bool = true
  ) -> [Int] {
    let small = boxes.indices.filter { i in
      let height = Double(boxes[i].height)
      let isWord = Double(boxes[i].width) >= thresholds.printedWordAspect * height
      return height < (isWord ? thresholds.printedWordHeight : thresholds.printHeight) * sizes.usual
    }
    var rows: [[Int]] = []
    for i in small.sorted(by: { boxes[$0].x < boxes[$1].x }) {
      let box = boxes[i]
      let row = rows.firstIndex { row in
        row.contains { j in
          let other = boxes[j]
          let gap = max(box.x - other.right, other.x - box.right)
          let distance = abs(box.y + box.bottom - other.y - other.bottom)
          return Double(gap) <= 0.6 * sizes.usual && Double(distance) <= 0.7 * sizes.usual
        }
      }
      if let row { rows[row].append(i) } else { rows.append([i]) }
    }
    return rows.filter { row in
      let length = row.reduce(Rectangle.empty) { $0.union(boxes[$1]) }.width
      return row.count >= thresholds.printCount
        || longRows && row.count > 1 && Double(length) >= thresholds.printLength * sizes.usual
    }.flatMap { $0 }
  }
}

extension Components {
  /// The last column of a component in some rows; nil without ink there.
  fileprivate func lastColumn(of index: Int, in rows: Range<Int>) -> Int? {
    let box = list[index].box
    let width = ink.width
    return rows.clamped(to: box.rows).compactMap { y in
      box.columns.last { labels[y * width + $0] == Int32(index + 1) }
    }.max()
  }

  /// The contrast of each component: that of most of its pixels without the edge.
  fileprivate func usual(_ contrast: [UInt8]) -> [UInt8] {
    var histograms = [[Int]](repeating: [Int](repeating: 0, count: 256), count: list.count)
    for i in labels.indices where labels[i] > 0 { histograms[Int(labels[i]) - 1][Int(contrast[i])] += 1 }
    return histograms.map { UInt8(clamping: ContrastMap.level(of: $0, share: 0.6)) }
  }

  /// The ink of some components and of a margin around them, without pixels that are beside two of them.
  fileprivate func only(_ indices: [Int], of ink: Coverage, margin: Int) -> Coverage {
    let isWanted = isLabelWanted(indices)
    var result = Coverage(width: ink.width, height: ink.height)
    var owners = [Int32](repeating: 0, count: labels.count)
    for y in 0..<ink.height {
      for x in 0..<ink.width where isWanted[Int(labels[y * ink.width + x])] {
        let own = labels[y * ink.width + x]
        for v in max(0, y - margin)...min(ink.height - 1, y + margin) {
          for u in max(0, x - margin)...min(ink.width - 1, x + margin) {
            let i = v * ink.width + u
            if labels[i] == own {
              result.levels[i] = ink.levels[i]
            } else if labels[i] == 0 {
              result.levels[i] = owners[i] == 0 || owners[i] == own ? ink.levels[i] : 0
              owners[i] = owners[i] == 0 || owners[i] == own ? own : -1
            }
          }
        }
      }
    }
    return result
  }
}
