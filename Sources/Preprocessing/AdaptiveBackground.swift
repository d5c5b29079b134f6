// Ink extraction from scans and photos of paper that is unevenly lit, textured, ruled or stained.

import Basics
import Ink

/// Estimates the brightness of the paper at each pixel, and finds the ink that is darker.
///
/// The picture is divided into cells that are small compared with a digit. The paper's level in a cell is the
/// 80th percentile of its levels. A morphological closing, wider than any pen and narrower than any shadow,
/// replaces the level of cells that are full of ink by that of the cells around them.
struct AdaptiveBackground {
  private let width: Int
  private let height: Int
  /// Dark ink on light paper, smoothed.
  private var levels: [Float]
  private let cell: Int
  private let columns: Int
  private let rows: Int

  /// A picture with a longer side is reduced first, to fewer pixels where no dots are read.
  private static let (largestSide, largestSideWithDots) = (1200, 1700)
  /// The cells on the shorter side.
  private static let cellsAcross = 56
  /// The radius of the closing in cells: the widest pen is an eighth of a digit's height.
  private static let reach = 4

  /// Reduces and smooths a picture.
  ///
  /// - Parameters:
  ///   - picture: the picture.
  ///   - keepsDots: whether dots of the writing are of use.
  init(_ picture: GrayImage, keepsDots: Bool = false) {
    var picture = picture
    let longer = max(picture.width, picture.height)
    let largest = keepsDots ? Self.largestSideWithDots : Self.largestSide
    if longer > largest {
      picture = picture.resized(
        width: max(1, picture.width * largest / longer), height: max(1, picture.height * largest / longer))
    }
    width = picture.width
    height = picture.height
    levels = Self.smoothed(picture)
    cell = max(3, min(width, height) / Self.cellsAcross)
    columns = (width + cell - 1) / cell
    rows = (height + cell - 1) / cell
    if hasLightInk() { for i in levels.indices { levels[i] = 255 - levels[i] } }
  }

  /// The ink: 255 where the contrast is that of the strong ink of this picture.
  ///
  /// Lines and blemishes are part of it.
  func ink() -> Coverage {
    var result = Coverage(width: width, height: height)
    let contrast = contrast()
    var histogram = [Int](repeating: 0, count: 256)
    for value in contrast { histogram[Int(value)] += 1 }
    // The contrast of the darkest thousandth of the page, at least 40 pixels, is that of the ink.
    let strongest = Self.level(of: histogram, above: max(40, contrast.count / 1000))
    let spread = Self.spread(of: histogram)
    guard strongest >= 24, Double(strongest) > 5 * spread else { return result }
    let seed = UInt8(clamping: max(Double(strongest) * 0.5, min(4 * spread, Double(strongest) * 0.75)))
    let full = Self.median(of: histogram, above: Int(seed))
    let low = Double(seed) * 0.6
    let high = max(Double(full) * 0.95, low + 1)
    let near = dilated(contrast.map { $0 >= seed })
    for i in contrast.indices where near[i] {
      let share = (Double(contrast[i]) - low) / (high - low)
      result.levels[i] = UInt8(clamping: min(max(share, 0), 1) * 255)
    }
    return result
  }

  /// For each pixel the share of the paper's brightness that is missing, 255 for all of it.
  func contrast() -> [UInt8] {
    let paper = paper()
    var result = [UInt8](repeating: 0, count: width * height)
    for y in 0..<height {
      let v = min(max((Float(y) + 0.5) / Float(cell) - 0.5, 0), Float(rows - 1))
      let top = min(Int(clamping: v), max(rows - 2, 0))
      let below = min(top + 1, rows - 1)
      let downwards = v - Float(top)
      for x in 0..<width {
        let u = min(max((Float(x) + 0.5) / Float(cell) - 0.5, 0), Float(columns - 1))
        let left = min(Int(clamping: u), max(columns - 2, 0))
        let right = min(left + 1, columns - 1)
        let sideways = u - Float(left)
        let a = paper[top * columns + left] * (1 - sideways) + paper[top * columns + right] * sideways
        let b = paper[below * columns + left] * (1 - sideways) + paper[below * columns + right] * sideways
        let light = max(a * (1 - downwards) + b * downwards, 1)
        let missing = (light - levels[y * width + x]) / light * 255
        result[y * width + x] = UInt8(clamping: min(max(missing, 0), 255))
      }
    }
    return result
  }

  /// The paper's level in each cell.
  private func paper() -> [Float] {
    var cells = cellLevels(fraction: 0.8)
    cells = filtered(cells) { max($0, $1) }
    cells = filtered(cells) { min($0, $1) }
    return averaged(cells, radius: 1)
  }

  /// A percentile of the levels in each cell.
  private func cellLevels(fraction: Double) -> [Float] {
    var result = [Float](repeating: 0, count: columns * rows)
    var values: [Float] = []
    for row in 0..<rows {
      for column in 0..<columns {
        values.removeAll(keepingCapacity: true)
        for y in row * cell..<min((row + 1) * cell, height) {
          for x in column * cell..<min((column + 1) * cell, width) { values.append(levels[y * width + x]) }
        }
        values.sort()
        result[row * columns + column] = values[Int(clamping: Double(values.count - 1) * fraction)]
      }
    }
    return result
  }

  /// Whether the pixels that differ most from their surroundings are lighter: the ink is light on dark paper.
  private func hasLightInk() -> Bool {
    let middle = averaged(averaged(averaged(cellLevels(fraction: 0.5), radius: 6), radius: 1), radius: 1)
    var skew: Float = 0
    for y in 0..<height {
      for x in 0..<width {
        let difference = levels[y * width + x] - middle[(y / cell) * columns + x / cell]
        skew += difference * difference * difference / 65_536
      }
    }
    return skew > 0
  }

  /// For each cell the least or the greatest level within the closing's radius, as `choose` says.
  private func filtered(_ cells: [Float], _ choose: (Float, Float) -> Float) -> [Float] {
    var across = cells
    for row in 0..<rows {
      for column in 0..<columns {
        var value = cells[row * columns + column]
        for i in max(0, column - Self.reach)...min(columns - 1, column + Self.reach) {
          value = choose(value, cells[row * columns + i])
        }
        across[row * columns + column] = value
      }
    }
    var result = across
    for row in 0..<rows {
      for column in 0..<columns {
        var value = across[row * columns + column]
        for i in max(0, row - Self.reach)...min(rows - 1, row + Self.reach) {
          value = choose(value, across[i * columns + column])
        }
        result[row * columns + column] = value
      }
    }
    return result
  }

  /// For each cell the mean of the cells around it.
  private func averaged(_ cells: [Float], radius: Int) -> [Float] {
    var result = cells
    for row in 0..<rows {
      for column in 0..<columns {
        var sum: Float = 0
        var count: Float = 0
        for y in max(0, row - radius)...min(rows - 1, row + radius) {
          for x in max(0, column - radius)...min(columns - 1, column + radius) {
            sum += cells[y * columns + x]
            count += 1
          }
        }
        result[row * columns + column] = sum / count
      }
    }
    return result
  }

  /// The pixels at most two from set ones: they include the grey edge of ink, but not a ruled line below it.
  private func dilated(_ set: [Bool]) -> [Bool] {
    var across = set
    for y in 0..<height {
      for x in 0..<width where set[y * width + x] {
        for i in max(0, x - 2)...min(width - 1, x + 2) { across[y * width + i] = true }
      }
    }
    var result = across
    for y in 0..<height {
      for x in 0..<width where across[y * width + x] {
        for i in max(0, y - 2)...min(height - 1, y + 2) { result[i * width + x] = true }
      }
    }
    return result
  }

  /// The picture filtered with 1 2 1 in both directions, which halves the noise and keeps a pen's line.
  private static func smoothed(_ picture: GrayImage) -> [Float] {
    let (width, height) = (picture.width, picture.height)
    var across = [Float](repeating: 0, count: width * height)
    for y in 0..<height {
      for x in 0..<width {
        let left = Float(picture[max(x - 1, 0), y])
        let right = Float(picture[min(x + 1, width - 1), y])
        across[y * width + x] = (left + 2 * Float(picture[x, y]) + right) / 4
      }
    }
    var result = across
    for y in 0..<height {
      let above = max(y - 1, 0) * width
      let below = min(y + 1, height - 1) * width
      for x in 0..<width {
        result[y * width + x] = (across[above + x] + 2 * across[y * width + x] + across[below + x]) / 4
      }
    }
    return result
  }

  /// The highest level that at least `count` pixels reach.
  private static func level(of histogram: [Int], above count: Int) -> Int {
    var sum = 0
    for level in histogram.indices.reversed() {
      sum += histogram[level]
      if sum >= count { return level }
    }
    return 0
  }

  /// The spread of the paper's levels: the median of the contrast, at least 1.
  private static func spread(of histogram: [Int]) -> Double {
    let half = histogram.reduce(0, +) / 2
    var sum = 0
    for level in histogram.indices {
      sum += histogram[level]
      if sum >= half { return max(Double(level), 1) }
    }
    return 255
  }

  /// The median of the levels from one on.
  private static func median(of histogram: [Int], above level: Int) -> Int {
    let total = histogram[level...].reduce(0, +)
    var sum = 0
    for level in level..<256 {
      sum += histogram[level]
      if sum * 2 >= total { return level }
    }
    return 255
  }
}
