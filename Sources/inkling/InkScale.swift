// What the levels of other people's images mean: which is paper, and how far from it the ink lies.

import Basics
import Datasets
import Preprocessing

/// How much ink each level of a set's images stands for.
///
/// Sets of digits come in black and white as 0 and 1, with 16 greys, dark on light, on grey paper. All images of a
/// set are of one kind, so that an image full of ink is understood by the others.
struct InkScale {
  private let ink: [UInt8]

  /// Finds the scale of a set: paper is the commonest level at the borders, ink what lies farthest from it.
  init(of images: ImageSet) {
    let (width, height) = (images.width, images.height)
    var counts = [Int](repeating: 0, count: 256)
    var (lowest, highest): (UInt8, UInt8) = (255, 0)
    for index in 0..<images.count {
      let levels = images.levels(of: index)
      for (place, level) in levels.enumerated() {
        (lowest, highest) = (min(lowest, level), max(highest, level))
        let (x, y) = (place % width, place / width)
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
