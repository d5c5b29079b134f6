// How large everything in the picture of a reading is: in a file as it pleases, beside a page as it fits.

import Basics
import NeuralNetwork

/// The sizes of the parts of an explanation's picture.
struct ExplanationLayout {
  /// A layer's maps or units in rows.
  struct Grid {
    /// A tile's side.
    let tile: Int
    /// Tiles in a row.
    let across: Int
    /// From one tile to the next.
    let step: Int
    /// All rows.
    let height: Int
  }

  /// The picture's width.
  let width: Int
  /// Free space around everything.
  let margin: Int
  /// Free space between columns.
  let gap: Int
  /// The size of words.
  let textSize: Double
  /// The line of a title.
  let titleHeight: Int
  /// Free space below a layer.
  let layerGap: Int
  /// Whether the layers have titles.
  let hasTitles: Bool
  /// Whether all that is known of the answer is said.
  let hasDetails: Bool
  /// The side of the input.
  let side: Int
  private let hasPools: Bool
  /// The width that tiles share.
  private let room: Int
  private let spacing: Int

  /// The sizes in a file.
  init(width: Int) {
    (self.width, margin, gap, textSize) = (width, 24, 24, 13)
    (titleHeight, layerGap, spacing) = (26, 8, 2)
    (hasTitles, hasDetails, hasPools) = (true, true, true)
    room = width - 2 * margin
    side = min(224, (width - 4 * margin) / 3 / 28 * 28)
  }

  /// The sizes beside a page: the first that fit a height, of smaller and smaller ones that show less and less.
  init(_ explanation: Explanation, width: Int, height: Int, textSize: Double) {
    // Rather no pools than maps that are too small to see.
    let parts = [1, 0.95, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4]
    let choices = [(true, true, 3), (true, false, 4), (false, false, 8)].flatMap { titles, pools, count in
      parts.prefix(count).map { (titles, pools, $0) }
    }
    let sizes = choices.lazy.map { titles, pools, part in
      Self(width, part, textSize, hasTitles: titles, hasPools: pools)
    }
    self =
      sizes.first { $0.heightOf(explanation) <= height }
      ?? Self(width, 0.4, textSize, hasTitles: false, hasPools: false)
  }

  private init(_ width: Int, _ part: Double, _ textSize: Double, hasTitles: Bool, hasPools: Bool) {
    (self.width, self.textSize, self.hasTitles, self.hasPools) = (width, textSize, hasTitles, hasPools)
    margin = 0
    gap = Int(clamping: textSize * 1.3)
    titleHeight = Int(clamping: textSize * 1.8)
    layerGap = Int(clamping: textSize * 0.5)
    spacing = max(1, Int(clamping: textSize / 12))
    room = Int(clamping: Double(width) * part)
    let most = Int(clamping: Double(width - 2 * gap) / 3 * part)
    side = max(most / 28 * 28, min(28, most))
    // Where the ten bars leave room for it.
    hasDetails = Double(side) > textSize * 12
  }

  /// Whether the layers have a heading of their own: in a file.
  var hasHeading: Bool { margin > 0 }
  /// Whether there is room for titles above the pictures at the head.
  var hasHeadTitles: Bool { Double(side) > textSize * 8 }
  /// Where the pictures at the head begin, below their titles.
  var top: Int { margin + Int(clamping: textSize * 1.7) }
  /// Everything above the layers.
  var headHeight: Int { top + side + layerGap * 7 / 4 }

  /// Whether a layer is shown: where there is little room, a pool looks too much like the layer before it.
  func shows(_ layer: Explanation.LayerView) -> Bool {
    hasPools || layer.shape.height * layer.shape.width == 1 || !layer.isPool
  }

  /// The tiles of a layer.
  func grid(of layer: Explanation.LayerView) -> Grid {
    let isFlat = layer.shape.height * layer.shape.width == 1
    let count = isFlat ? layer.values.count : layer.shape.channels
    let wanted = isFlat ? max(1, min(count, 64)) : count <= 16 ? 16 : count <= 64 ? 32 : 64
    let least = hasHeading ? 6 : 2
    let most = isFlat ? Int(clamping: textSize * 2.2) : room
    let tile = max(least, min(most, room / wanted - spacing))
    let fitting = isFlat ? max(1, room / (tile + spacing)) : wanted
    let rows = max(1, (count + fitting - 1) / fitting)
    // A dense layer's rows are of equal length.
    let across = isFlat ? (count + rows - 1) / rows : wanted
    return Grid(tile: tile, across: across, step: tile + spacing, height: rows * (tile + spacing))
  }

  private func heightOf(_ explanation: Explanation) -> Int {
    explanation.layers.filter(shows).reduce(headHeight) { sum, layer in
      sum + (hasTitles ? titleHeight : 0) + grid(of: layer).height + layerGap
    }
  }
}
