// The skew of a page that was photographed or scanned at an angle, and its removal before lines are found.

import Basics
package import Ink

/// How far the lines of a page are rotated.
///
/// What a sign is often depends on what stands beside, above or below it, which boxes show only where lines are level.
/// The skew is found by projection profiles: across level lines, rows of much ink alternate with rows of none (Postl,
/// "Detection of linear oblique structures and skew scan in digitized documents", 1986).
package struct PageSkew: Sendable, Equatable {
  /// No correction.
  package static let none = PageSkew(slope: 0, width: 0, height: 0)

  private let skew: BaselineSkew
  /// The sides of the ink before its rotation.
  private let width, height: Int

  /// The slopes that are tried, first every fourth one: up to 20 degrees, in steps of about a quarter of a degree.
  private static let slopes = (-80...80).map { Double($0) / 220 }
  private static let coarse = 4
  /// A smaller slope is not corrected.
  private static let minSlope = 0.02
  /// Fewer marks of a digit's height show no line.
  private static let minMarks = 5
  /// How much more uneven the rows must be than those of the page as it is.
  private static let minGain = 1.05
  /// The pixels of a row of the profile, as a share of the height of the writing.
  private static let rowShare = 0.125

  private init(slope: Double, width: Int, height: Int) {
    (skew, self.width, self.height) = (BaselineSkew(slope: slope), width, height)
  }

  /// How far lines go down for each pixel to the right.
  package var slope: Double { skew.slope }

  /// Finds the skew for which the rows of the writing are most uneven.
  package init(of ink: Coverage) {
    (width, height) = (ink.width, ink.height)
    let profile = Profile(of: ink)
    guard let profile else {
      skew = BaselineSkew(slope: 0)
      return
    }
    func best(_ choices: some Sequence<Int>) -> (index: Int, score: Int) {
      choices.map { (index: $0, score: profile.unevenness(slope: Self.slopes[$0])) }
        .max { ($0.score, -abs(Self.slopes[$0.index])) < ($1.score, -abs(Self.slopes[$1.index])) } ?? (0, 0)
    }
    let coarse = best(stride(from: 0, to: Self.slopes.count, by: Self.coarse))
    let near = coarse.index - Self.coarse + 1..<coarse.index + Self.coarse
    let fine = best(near.clamped(to: Self.slopes.indices))
    let slope = Self.slopes[fine.index]
    let isClear = Double(fine.score) >= Self.minGain * Double(profile.unevenness(slope: 0))
    skew = BaselineSkew(slope: isClear && abs(slope) >= Self.minSlope ? slope : 0)
  }

  /// The ink with level lines.
  package func levelled(_ ink: Coverage) -> Coverage { skew.levelled(ink) }

  /// The box in the ink before it was levelled, around a box in levelled ink.
  package func original(_ box: Box) -> Box { skew.original(box, sides: (width, height)) }

  /// The pixels of marks of a digit's height, of which rows are counted.
  private struct Profile {
    private var places: [SIMD2<Int32>] = []
    private let row: Double
    private let reach: Double

    /// Collects the pixels; nil where too few marks show lines.
    init?(of ink: Coverage) {
      let components = Components(ink, level: 128)
      let heights = components.list.map(\.box.height).filter { $0 >= 8 }.sorted()
      guard heights.count >= PageSkew.minMarks else { return nil }
      let usual = heights[heights.count * 2 / 3]
      let isWriting = components.list.map { $0.box.height * 2 >= usual && $0.box.height <= 2 * usual }
      guard isWriting.count(where: { $0 }) >= PageSkew.minMarks else { return nil }
      row = max(1, PageSkew.rowShare * Double(usual))
      reach = Double(ink.width) * PageSkew.slopes.reduce(0, max) + Double(ink.height)
      for y in stride(from: 0, to: ink.height, by: 2) {
        for x in stride(from: 0, to: ink.width, by: 2) {
          let label = Int(components.labels[y * ink.width + x])
          if label > 0, isWriting[label - 1] { places.append(SIMD2(Int32(x), Int32(y))) }
        }
      }
    }

    /// The sum of the squared counts of rows.
    func unevenness(slope: Double) -> Int {
      var rows = [Int](repeating: 0, count: Int(clamping: 2 * reach / row) + 2)
      for place in places {
        rows[Int(clamping: (Double(place.y) - slope * Double(place.x) + reach) / row)] += 1
      }
      return rows.reduce(0) { $0 + $1 * $1 }
    }
  }
}
