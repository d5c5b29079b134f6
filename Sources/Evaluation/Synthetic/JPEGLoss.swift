// What saving as JPEG does to a picture: the steps of the format that lose detail, without the file.

import Basics
import CLibrary
package import Ink

/// Rounds a picture's frequencies as JPEG does.
///
/// The builds without libjpeg make the same pictures.
package struct JPEGLoss {
  /// The side of a block.
  private static let side = 8
  /// The steps of the frequencies of brightness at quality 50, as in Annex K of the standard, row after row.
  private static let steps: [Double] = [
    16, 11, 10, 16, 24, 40, 51, 61,
    12, 12, 14, 19, 26, 58, 60, 55,
    14, 13, 16, 24, 40, 57, 69, 56,
    14, 17, 22, 29, 51, 87, 80, 62,
    18, 22, 37, 56, 68, 109, 103, 77,
    24, 35, 55, 64, 81, 104, 113, 92,
    49, 64, 78, 87, 103, 121, 120, 101,
    72, 92, 95, 98, 112, 100, 103, 99,
  ]
  /// The basis of the cosine transform: a row for each frequency.
  private static let cosines: [Double] = (0..<side).flatMap { frequency in
    (0..<side).map { position in
      let scale = (frequency == 0 ? 1.0 : 2.0) / Double(side)
      return scale.squareRoot() * cos(Double(2 * position + 1) * Double(frequency) * .pi / Double(2 * side))
    }
  }

  /// The steps at the chosen quality.
  private let steps: [Double]

  /// Creates the loss of a quality from 1 to 100, as libjpeg counts it.
  package init(quality: Double) {
    let scale = quality < 50 ? 50 / quality : 2 - quality / 50
    steps = Self.steps.map { min(max(($0 * scale).rounded(), 1), 255) }
  }

  /// The picture after it was saved and opened.
  package func applied(to picture: GrayImage) -> GrayImage {
    var result = picture
    for top in stride(from: 0, to: picture.height, by: Self.side) {
      for left in stride(from: 0, to: picture.width, by: Self.side) {
        let levels = rounded(block(of: picture, left, top))
        for y in top..<min(top + Self.side, picture.height) {
          for x in left..<min(left + Self.side, picture.width) {
            let level = levels[(y - top) * Self.side + x - left] + 128
            result[x, y] = UInt8(clamping: Int(clamping: level.rounded()))
          }
        }
      }
    }
    return result
  }

  /// The levels of a block around 0; beyond the picture those of its edge.
  private func block(of picture: GrayImage, _ left: Int, _ top: Int) -> [Double] {
    (0..<Self.side * Self.side).map { index in
      let x = min(left + index % Self.side, picture.width - 1)
      let y = min(top + index / Self.side, picture.height - 1)
      return Double(picture[x, y]) - 128
    }
  }

  /// A block whose frequencies are whole numbers of steps.
  private func rounded(_ block: [Double]) -> [Double] {
    let frequencies = Self.product(Self.product(Self.cosines, block), Self.transposed(Self.cosines))
    let coarse = zip(frequencies, steps).map { ($0 / $1).rounded() * $1 }
    return Self.product(Self.product(Self.transposed(Self.cosines), coarse), Self.cosines)
  }

  private static func transposed(_ matrix: [Double]) -> [Double] {
    (0..<side * side).map { matrix[$0 % side * side + $0 / side] }
  }

  private static func product(_ a: [Double], _ b: [Double]) -> [Double] {
    var result = [Double](repeating: 0, count: side * side)
    for row in 0..<side {
      for term in 0..<side {
        let factor = a[row * side + term]
        for column in 0..<side { result[row * side + column] += factor * b[term * side + column] }
      }
    }
    return result
  }
}
