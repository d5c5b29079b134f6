// Thickening of thin lines on large pictures, which would become a faint grey in the input.

import Basics
import Ink

extension Coverage {
  /// Lines thinner than `thin`, in pixels of the input, are thickened to `thick`.
  ///
  /// Lines thinner than either are rare on paper and in training data.
  private static let (thin, thick) = (0.9, 1.6)
  /// Lines are thickened at this many pixels per pixel of the input.
  private static let resolution = 4
  /// Ink of fewer pixels on its longer side has no thin lines: a line is about a pixel wide.
  private static let minSide = 40

  /// The ink, with thin lines thickened.
  var thickened: Coverage {
    let side = max(width, height)
    guard side >= Self.minSide else { return self }
    let lineWidth = lineWidth * Double(InputNormalizer.inner) / Double(side)
    guard lineWidth < Self.thin else { return self }
    let radius = (Self.thick - lineWidth) / 2 * Double(Self.resolution)
    let reach = Int(clamping: radius.rounded(.up))
    var disc: [(x: Int, y: Int)] = []
    for y in -reach...reach {
      for x in -reach...reach where Double(x * x + y * y) <= radius * radius { disc.append((x, y)) }
    }
    let fine = InputNormalizer.averaged(self, to: InputNormalizer.inner * Self.resolution)
    var result = Coverage(width: fine.width + 2 * reach, height: fine.height + 2 * reach)
    for y in 0..<fine.height {
      for x in 0..<fine.width where fine[x, y] > 0 {
        for offset in disc {
          let (u, v) = (x + reach + offset.x, y + reach + offset.y)
          result[u, v] = max(result[u, v], fine[x, y])
        }
      }
    }
    guard let tight = InputNormalizer.tightBox(of: result, within: result.box) else { return self }
    return result.cropped(to: tight)
  }

  /// The mean width of the lines in pixels: twice the area divided by the length of the edges.
  ///
  /// That length is π/4 of the number of edges in all rows and columns (Cauchy and Crofton), estimated from
  /// some of them.
  private var lineWidth: Double {
    let step = max(1, max(width, height) / 64)
    var (area, edges) = (0, 0)
    for y in stride(from: 0, to: height, by: step) {
      var wasInk = false
      for x in 0..<width {
        let level = self[x, y]
        area += Int(level)
        if (level >= 128) != wasInk { edges += 1 }
        wasInk = level >= 128
      }
      if wasInk { edges += 1 }
    }
    for x in stride(from: 0, to: width, by: step) {
      var wasInk = false
      for y in 0..<height {
        let isInk = self[x, y] >= 128
        if isInk != wasInk { edges += 1 }
        wasInk = isInk
      }
      if wasInk { edges += 1 }
    }
    return edges == 0 ? .infinity : 2 * Double(area) / 255 / (Double.pi / 4 * Double(edges))
  }

  /// The ink within a box.
  func cropped(to box: Rectangle) -> Coverage {
    var result = Coverage(width: box.width, height: box.height)
    for y in 0..<box.height {
      let start = (box.rows.lowerBound + y) * width + box.columns.lowerBound
      result.levels.replaceSubrange(
        y * box.width..<(y + 1) * box.width, with: levels[start..<start + box.width])
    }
    return result
  }
}
