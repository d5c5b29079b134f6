// Halves of digits that are no digit themselves, such as the upper half of a 5 or the left half of a 0.

package import Basics

/// Halves of digits, as training examples of the class "no digit".
package enum HalfDigit {
  private enum Side { case upper, lower, left, right }

  /// The halves that are no digit, by the digit that they are cut from: at each side from `leastShare` of its extent to
  /// a tenth more is kept.
  ///
  /// The missing ones can be read as digits: the lower half of a 9 and the upper half of a 6 are a 1, a half of an
  /// 8 is a circle or a 3. Where less than a half is kept, a half can be read as a digit: that of a 2 or a 3 as a
  /// 7, that of a 4 as a 4.
  private static let keptParts: [Int: [(side: Side, leastShare: Float)]] = [
    0: [(.upper, 0.4), (.lower, 0.4), (.left, 0.4), (.right, 0.4)],
    2: [(.upper, 0.35), (.lower, 0.4), (.left, 0.35)],
    3: [(.upper, 0.35), (.lower, 0.4), (.left, 0.4)],
    4: [(.upper, 0.4), (.left, 0.35)],
    5: [(.upper, 0.4), (.lower, 0.4), (.left, 0.35)],
    6: [(.right, 0.4)],
    9: [(.left, 0.35)],
  ]

  /// The least ratio of width to height: a narrower half is a 1, or a bracket that many writers use as a 1.
  private static let leastAspectRatio: Float = 0.3

  /// Erases about a half of a digit; returns a scribble where the rest could be read as a digit.
  package static func half(of digit: LabelledPolylines, random: inout SplitMix64) -> PolylineDrawing {
    guard let parts = keptParts[digit.label], let bounds = digit.drawing.bounds else {
      return SyntheticNonDigit.scribble.draw(random: &random)
    }
    let part = parts[random.index(below: parts.count)]
    let share = random.uniform(part.leastShare, part.leastShare + 0.1)
    let edge =
      bounds.low + bounds.size * (part.side == .upper || part.side == .left ? share : 1 - share)
    func isKept(_ point: SIMD2<Float>) -> Bool {
      switch part.side {
      case .upper: point.y <= edge.y
      case .lower: point.y >= edge.y
      case .left: point.x <= edge.x
      case .right: point.x >= edge.x
      }
    }
    // A stroke that leaves the kept part and comes back becomes two strokes.
    let half = PolylineDrawing(
      digit.drawing.strokes.flatMap { stroke in stroke.split { !isKept($0) }.map(Array.init) })
    guard let size = half.bounds?.size, size.x >= leastAspectRatio * size.y else {
      return SyntheticNonDigit.scribble.draw(random: &random)
    }
    return half
  }
}
