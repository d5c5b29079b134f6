// The lines of a fine pen on a large picture: they would fade to a faint grey in the input, so they are thickened.

import Basics
import Ink

extension Coverage {
  /// Lines thinner than this, in pixels of the input, are made as thick as the other: thinner ones than either are
  /// rare on paper, and hardly any network has learnt from them.
  private static let (thin, thick) = (0.9, 1.6)
  /// Pixels to a pixel of the input, where lines are thickened.
  private static let fineness = 4
  /// Ink of fewer pixels has no thin lines: they are about a pixel wide.
  private static let leastSide = 40

  /// The ink with its lines thickened if they are thin, or itself.
  var thickened: Coverage {
    let side = max(width, height)
    guard side >= Self.leastSide else { return self }
    let lineWidth = lineWidth * Double(InputNormalizer.inner) / Double(side)
    guard lineWidth < Self.thin else { return self }
    let radius = (Self.thick - lineWidth) / 2 * Double(Self.fineness)
    let reach = Int(clamping: radius.rounded(.up))
    var disc: [(x: Int, y: Int)] = []
    for y in -reach...reach {
      for x in -reach...reach where Double(x * x + y * y) <= radius * radius { disc.append((x, y)) }
    }
    let fine = InputNormalizer.averaged(self, to: InputNormalizer.inner * Self.fineness)
    var result = Coverage(width: fine.width + 2 * reach, height: fine.height + 2 * reach)
    for y in 0..<fine.height {
      for x in 0..<fine.width where fine[x, y] > 0 {
        for place in disc {
          let (u, v) = (x + reach + place.x, y + reach + place.y)
          result[u, v] = max(result[u, v], fine[x, y])
        }
      }
    }
    guard let tight = InputNormalizer.tightBox(of: result, within: result.box) else { return self }
    return result.cropped(to: tight)
  }

  /// How wide the lines are on average, in pixels: twice their area by the length of their edges, which is π/4 of
  /// how often rows and columns meet one (Cauchy and Crofton), as some of these tell.
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

  /// The part of it within a box.
  func cropped(to box: Rectangle) -> Coverage {
    var result = Coverage(width: box.width, height: box.height)
    for y in 0..<box.height {
      let start = (box.y + y) * width + box.x
      result.levels.replaceSubrange(
        y * box.width..<(y + 1) * box.width, with: levels[start..<start + box.width])
    }
    return result
  }
}
