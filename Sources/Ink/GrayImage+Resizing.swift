// Resizing of pictures.

import Basics

extension GrayImage {
  /// The picture at another size.
  ///
  /// A reduced pixel is the mean of the old pixels that it covers; an enlarged one is interpolated linearly.
  ///
  /// - Parameters:
  ///   - newWidth: pixels in a row.
  ///   - newHeight: number of rows.
  /// - Returns: the resized picture.
  public func resized(width newWidth: Int, height newHeight: Int) -> GrayImage {
    if (newWidth, newHeight) == (width, height) { return self }
    guard width > 0, height > 0, newWidth > 0, newHeight > 0 else {
      return GrayImage(width: max(newWidth, 0), height: max(newHeight, 0))
    }
    let columns = Self.taps(from: width, to: newWidth)
    let rows = Self.taps(from: height, to: newHeight)
    var narrow = [Float](repeating: 0, count: newWidth * height)
    for y in 0..<height {
      for x in 0..<newWidth {
        var sum: Float = 0
        for (i, weight) in columns[x].weights.enumerated() {
          sum += weight * Float(pixels[y * width + columns[x].first + i])
        }
        narrow[y * newWidth + x] = sum
      }
    }
    var result = GrayImage(width: newWidth, height: newHeight)
    for y in 0..<newHeight {
      for x in 0..<newWidth {
        var sum: Float = 0
        for (i, weight) in rows[y].weights.enumerated() {
          sum += weight * narrow[(rows[y].first + i) * newWidth + x]
        }
        result.pixels[y * newWidth + x] = UInt8(clamping: min(max(sum.rounded(), 0), 255))
      }
    }
    return result
  }

  /// Neighbouring old pixels with weights that add up to 1.
  private struct Taps {
    var first: Int
    var weights: [Float]
  }

  /// The old pixels of which each new pixel is the weighted mean, on one axis.
  private static func taps(from old: Int, to new: Int) -> [Taps] {
    let step = Double(old) / Double(new)
    return (0..<new).map { i in
      if step > 1 {
        let low = Double(i) * step
        let high = min(low + step, Double(old))
        let first = min(Int(clamping: low), old - 1)
        let last = min(Int(clamping: high.rounded(.up)), old)
        let shares = (first..<max(last, first + 1)).map {
          max(0, min(Double($0 + 1), high) - max(Double($0), low))
        }
        let sum = shares.reduce(0, +)
        return Taps(first: first, weights: sum > 0 ? shares.map { Float($0 / sum) } : [1])
      }
      let centre = min(max((Double(i) + 0.5) * step - 0.5, 0), Double(old - 1))
      let first = min(Int(clamping: centre), old - 1)
      let share = Float(centre - Double(first))
      return Taps(first: first, weights: first + 1 < old ? [1 - share, share] : [1])
    }
  }
}
