// The sizes of all parts of an explanation's picture: fixed in a file, fitted to the available area beside a page.

import Basics
import NeuralNetwork
import Preprocessing

/// The sizes of the parts of an explanation's picture, in pixels.
struct ExplanationLayout {
  /// A layer's maps or units in rows of square tiles.
  struct Grid {
    /// A tile's side.
    let tile: Int
    /// The number of tiles in a row.
    let columns: Int
    /// The distance from one tile to the next.
    let step: Int
    /// The height of all rows.
    let height: Int
  }

  /// The detail that a layout shows.
  private struct Detail {
    let hasTitles: Bool
    let hasPools: Bool
    /// The sizes to try, as shares of the full size.
    let scales: ArraySlice<Double>
  }

  /// The picture's width.
  let width: Int
  /// The space around the picture's content.
  let margin: Int
  /// The space between columns.
  let gap: Int
  /// The size of text.
  let textSize: Double
  /// The height of a title's line.
  let titleHeight: Int
  /// The space below a layer.
  let layerGap: Int
  /// Whether each layer has a title.
  let hasTitles: Bool
  /// Whether the confidence and the model's name are shown.
  let hasDetails: Bool
  /// The side of the input's picture.
  let side: Int
  private let hasPools: Bool
  /// The width that a row of tiles may take.
  private let contentWidth: Int
  private let spacing: Int

  /// The sizes in a file.
  init(width: Int) {
    (self.width, margin, gap, textSize) = (width, 24, 24, 13)
    (titleHeight, layerGap, spacing) = (26, 8, 2)
    (hasTitles, hasDetails, hasPools) = (true, true, true)
    contentWidth = width - 2 * margin
    side = min(224, (width - 4 * margin) / 3 / InputNormalizer.side * InputNormalizer.side)
  }

  /// The largest sizes, with as much detail as possible, that fit an area beside a page.
  init(_ explanation: Explanation, width: Int, height: Int, textSize: Double) {
    let scales = [1, 0.95, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4]
    // Pools are left out before the maps become too small to recognize.
    let details = [
      Detail(hasTitles: true, hasPools: true, scales: scales.prefix(3)),
      Detail(hasTitles: true, hasPools: false, scales: scales.prefix(3)),
      Detail(hasTitles: false, hasPools: false, scales: scales.prefix(8)),
    ]
    let layouts = details.lazy.flatMap { detail in
      detail.scales.lazy.map { scale in Self(width, scale, textSize, detail) }
    }
    self =
      layouts.first { $0.totalHeight(of: explanation) <= height }
      ?? Self(width, 0.4, textSize, details[2])
  }

  private init(_ width: Int, _ scale: Double, _ textSize: Double, _ detail: Detail) {
    (self.width, self.textSize) = (width, textSize)
    (hasTitles, hasPools) = (detail.hasTitles, detail.hasPools)
    margin = 0
    gap = Int(clamping: textSize * 1.3)
    titleHeight = Int(clamping: textSize * 1.8)
    layerGap = Int(clamping: textSize * (detail.hasTitles ? 0.5 : 0.3))
    spacing = max(1, Int(clamping: textSize / 12))
    contentWidth = Int(clamping: Double(width) * scale)
    // The first pictures stay legible where the maps become small.
    let largest = Int(clamping: Double(width - 2 * gap) / 3 * max(0.8, scale))
    side = max(largest / InputNormalizer.side * InputNormalizer.side, min(InputNormalizer.side, largest))
    // Below the details the ten bars need this much height.
    hasDetails = Double(side) > textSize * 12
  }

  /// Whether a heading may precede the layers: in a file.
  var hasHeading: Bool { margin > 0 }
  /// Whether all layers but the last have one title, and the last has its own.
  var hasGroups: Bool { !hasTitles }
  /// The height of the line that says what the colours mean.
  var legendHeight: Int { titleHeight }
  /// The top of the first pictures, below their titles.
  var top: Int { margin + Int(clamping: textSize * 1.7) }
  /// The height of everything above the layers.
  var headHeight: Int { top + side + layerGap + legendHeight }

  /// Whether a layer is shown: a small layout leaves out pools, which resemble the layer before them.
  func shows(_ layer: Explanation.LayerOutput) -> Bool {
    hasPools || layer.isFlat || !layer.isPool
  }

  /// The tiles of a layer.
  func grid(of layer: Explanation.LayerOutput) -> Grid {
    let isFlat = layer.isFlat
    let count = isFlat ? layer.values.count : layer.shape.channels
    let wanted = isFlat ? max(1, min(count, 64)) : count <= 16 ? 16 : count <= 64 ? 32 : 64
    let least = hasHeading ? 6 : 2
    let most = isFlat ? Int(clamping: textSize * 2.2) : contentWidth
    let tile = max(least, min(most, contentWidth / wanted - spacing))
    let fitting = isFlat ? max(1, contentWidth / (tile + spacing)) : wanted
    let rows = max(1, (count + fitting - 1) / fitting)
    // A dense layer's rows have equal lengths.
    let columns = isFlat ? (count + rows - 1) / rows : wanted
    return Grid(tile: tile, columns: columns, step: tile + spacing, height: rows * (tile + spacing))
  }

  private func totalHeight(of explanation: Explanation) -> Int {
    let groups = hasGroups ? 2 * titleHeight : 0
    return explanation.layers.filter(shows).reduce(headHeight + groups) { sum, layer in
      sum + (hasTitles ? titleHeight : 0) + grid(of: layer).height + layerGap
    }
  }
}

extension Explanation.LayerOutput {
  /// Whether each channel is a single value, as in a dense layer.
  var isFlat: Bool { shape.height * shape.width == 1 }
}
