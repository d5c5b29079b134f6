// How ink becomes what a network sees: 28 by 28 levels, as MNIST's makers would have made them.

import Basics
public import Ink

/// The rule that fits ink into a network's input, with the settings that belong to the model.
///
/// MNIST's own rule, from its reconstruction (Yadav and Bottou, "Cold Case: the Lost MNIST Digits", 2019):
/// the tight box of the ink is grown symmetrically to a square and brought to 20 by 20 pixels, which are
/// put into 28 by 28 so that the barycentre of the ink lies in the middle pixel.
public struct InputNormalizer: Sendable, Hashable {
  /// Width of the pen that draws strokes, in pixels of the input, where a digit is 20 high.
  public var pen: Double
  /// Whether slanted ink is sheared upright first.
  public var deskew: Bool

  /// Pixels on each side of the input.
  public static let side = 28
  /// Pixels on each side of the box that the ink is fitted into.
  public static let inner = 20
  /// The smallest box, in pixels of a picture: less is not enlarged to fill the whole.
  static let smallestBox = 10.0

  /// Makes a rule; the usual pen is about as wide as MNIST's.
  public init(pen: Double = 2.2, deskew: Bool = false) {
    self.pen = min(max(pen, 0.3), 16)
    self.deskew = deskew
  }

  /// The usual rule.
  public static let usual = InputNormalizer()

  /// Levels of 28 by 28 pixels, 255 ink and 0 paper, as numbers from 0 to 1.
  public static func numbers(_ input: Coverage) -> [Float] { input.levels.map { Float($0) / 255 } }

  /// Puts 20 by 20 levels into 28 by 28, the barycentre of their ink into the middle pixel.
  static func paste(_ inner: Coverage) -> Coverage {
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
    // With edge coordinates the barycentre b goes to (14, 15]: the offset is the floor of 15 - b.
    func offset(_ doubled: Int) -> Int {
      let room = 2 * sum * (side / 2 + 1) - doubled
      let floor = room >= 0 ? room / (2 * sum) : -1
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

  /// Reads settings from words; what is not said is as usual, and nil means that a word is not known.
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
