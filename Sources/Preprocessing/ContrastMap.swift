// The contrast of each pixel of a scan or photo against the paper around it.

import Basics
import Ink

/// How much of the paper's brightness is missing at each pixel.
package struct ContrastMap: Sendable {
  package let width: Int
  package let height: Int
  /// The contrast of each pixel; 255 where all brightness is missing.
  package var values: [UInt8]
  /// The paper's noise: the median of the contrast, at least 1.
  let noise: Double
  /// The size of a pixel, in pixels of the picture.
  package let unit: Double

  /// Estimates the paper's brightness and compares each pixel with it.
  ///
  /// A small picture is enlarged, and a large one reduced.
  init(of picture: GrayImage, _ thresholds: PaperThresholds) {
    let longer = max(picture.width, picture.height, 1)
    var scaled = picture
    let factor = min(thresholds.maxEnlargement, thresholds.enlargedSide / longer)
    if longer > thresholds.largestSide {
      scaled = picture.resized(
        width: max(1, picture.width * thresholds.largestSide / longer),
        height: max(1, picture.height * thresholds.largestSide / longer))
    } else if factor > 1 {
      scaled = picture.resized(width: picture.width * factor, height: picture.height * factor)
    }
    width = scaled.width
    height = scaled.height
    unit = Double(picture.width) / Double(max(width, 1))
    values = AdaptiveBackground(scaled).contrast()
    var histogram = [Int](repeating: 0, count: 256)
    for value in values { histogram[Int(value)] += 1 }
    noise = max(Double(Self.level(of: histogram, share: 0.5)), 1)
  }

  /// The level below which a share of the pixels lie.
  static func level(of histogram: [Int], share: Double) -> Int {
    let wanted = Double(histogram.reduce(0, +)) * share
    var sum = 0
    for (level, count) in histogram.enumerated() {
      sum += count
      if Double(sum) >= wanted { return level }
    }
    return histogram.count - 1
  }

  /// The strongest contrast within a radius of each pixel.
  func peaks(radius: Int) -> [UInt8] {
    Self.greatest(
      Self.greatest(values, count: height, length: width, stride: width, step: 1, radius: radius),
      count: width, length: height, stride: 1, step: width, radius: radius)
  }

  /// The greatest value within a radius along rows or columns.
  private static func greatest(
    _ values: [UInt8], count: Int, length: Int, stride: Int, step: Int, radius: Int
  ) -> [UInt8] {
    var result = values
    // Blocks as long as the window: the greatest value of a window is that of a block's end and the next one's
    // beginning (van Herk, 1992).
    let window = 2 * radius + 1
    let padded = length + 2 * radius
    var forwards = [UInt8](repeating: 0, count: padded)
    var backwards = forwards
    for line in 0..<count {
      let start = line * stride
      func value(_ i: Int) -> UInt8 {
        i >= radius && i < length + radius ? values[start + (i - radius) * step] : 0
      }
      for i in 0..<padded { forwards[i] = i % window == 0 ? value(i) : max(forwards[i - 1], value(i)) }
      for i in (0..<padded).reversed() {
        backwards[i] =
          i == padded - 1 || (i + 1) % window == 0 ? value(i) : max(backwards[i + 1], value(i))
      }
      for i in 0..<length { result[start + i * step] = max(backwards[i], forwards[i + window - 1]) }
    }
    return result
  }
}
