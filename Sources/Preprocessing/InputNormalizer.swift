// Normalisation of ink to a network's input: 28 by 28 levels, as in MNIST.

import Basics
public import Ink

/// Normalises ink to a network's input, with the settings of a model.
///
/// It follows MNIST's rule from its reconstruction (Yadav and Bottou, "Cold Case: the Lost MNIST Digits",
/// 2019): the tight box of the ink is extended symmetrically to a square and scaled to 20 by 20 pixels, which
/// are placed in 28 by 28 so that the barycenter of the ink is in the middle pixel.
public struct InputNormalizer: Sendable, Hashable {
  /// The width with which strokes are drawn, in pixels of the input, where a digit is 20 high.
  public var pen: Double
  /// Whether slanted ink is sheared upright.
  public var deskew: Bool

  /// Pixels on each side of the input.
  public static let side = 28
  /// Pixels on each side of the box of the ink.
  public static let inner = 20
  /// Ink of a picture with a smaller box, in pixels, is not enlarged to fill the input.
  static let smallestBox = 10.0

  /// Creates a normalizer.
  ///
  /// - Parameters:
  ///   - pen: the width of strokes in pixels of the input, limited to 0.3 to 16. The usual one is about
  ///     MNIST's.
  ///   - deskew: whether slanted ink is sheared upright.
  public init(pen: Double = 2.2, deskew: Bool = false) {
    self.pen = min(max(pen, 0.3), 16)
    self.deskew = deskew
  }

  /// The usual settings.
  public static let usual = InputNormalizer()

  /// Converts levels to a network's numbers.
  ///
  /// - Parameter input: levels from 0, paper, to 255, ink.
  /// - Returns: numbers from 0 to 1.
  public static func numbers(_ input: Coverage) -> [Float] { input.levels.map { Float($0) / 255 } }

  /// Places 20 by 20 levels in 28 by 28 with the barycenter of their ink in the middle pixel.
  static func centered(_ inner: Coverage) -> Coverage {
    var sum = 0
    var sumX = 0
    var sumY = 0
    for y in 0..<inner.height {
      for x in 0..<inner.width {
        let level = Int(inner[x, y])
        sum += level
        sumX += level * (2 * x + 1)
        sumY += level * (2 * y + 1)
      }
    }
    var result = Coverage(width: side, height: side)
    if sum == 0 { return result }
    // In edge coordinates the barycenter b moves to (14, 15]: the offset is the floor of 15 - b.
    func offset(_ doubled: Int) -> Int {
      let distance = 2 * sum * (side / 2 + 1) - doubled
      let floor = distance >= 0 ? distance / (2 * sum) : -1
      return min(max(floor, 0), side - Self.inner)
    }
    let left = offset(sumX)
    let top = offset(sumY)
    for y in 0..<inner.height {
      for x in 0..<inner.width { result[left + x, top + y] = inner[x, y] }
    }
    return result
  }
}

extension InputNormalizer: CustomStringConvertible {
  /// The settings as words, for a model's metadata: "pen 2.2", or "pen 2.2 deskew".
  public var description: String { "pen \(pen)" + (deskew ? " deskew" : "") }

  /// Creates a normalizer from the words of a model's metadata; nil for an unknown word.
  ///
  /// - Parameter text: the settings that differ from the usual ones.
  public init?(_ text: String) {
    self.init()
    var words = text.split(whereSeparator: { $0 == " " || $0 == "," || $0 == "=" })[...]
    while let word = words.popFirst() {
      switch word {
      case "deskew": deskew = true
      case "pen":
        guard let next = words.popFirst(), let width = Double(next), (0.3...16).contains(width) else {
          return nil
        }
        pen = width
      default: return nil
      }
    }
  }
}
