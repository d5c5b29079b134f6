// The meaning of the levels in a set of images: which level is paper, and how much ink each other one is.

import Basics
import Datasets
import Preprocessing

/// How much ink each level of a set's images stands for.
///
/// Sets of digits come in black and white as 0 and 1, with 16 greys, dark on light, on grey paper. All images of a
/// set share one scale, so that an image that is full of ink is understood from the others.
struct InkScale {
  private let ink: [UInt8]

  /// Finds the scale of a set: paper is the most frequent level at the borders, ink the level farthest from it.
  init(of images: ImageSet) {
    let (width, height) = (images.width, images.height)
    var counts = [Int](repeating: 0, count: 256)
    var (lowest, highest): (UInt8, UInt8) = (255, 0)
    for image in 0..<images.count {
      for (pixel, level) in images.levels(of: image).enumerated() {
        (lowest, highest) = (min(lowest, level), max(highest, level))
        let (x, y) = (pixel % width, pixel / width)
        if x == 0 || y == 0 || x == width - 1 || y == height - 1 { counts[Int(level)] += 1 }
      }
    }
    let paper = counts.indices.max { counts[$0] < counts[$1] } ?? 0
    let isDark = paper - Int(lowest) > Int(highest) - paper
    ink = InkExtraction.inkOfLevels(paper: paper, strongest: Int(isDark ? lowest : highest))
  }

  /// Levels as ink: 0 paper, 255 the strongest ink of the set.
  func ink(of levels: some Sequence<UInt8>) -> [UInt8] { levels.map { ink[Int($0)] } }
}
