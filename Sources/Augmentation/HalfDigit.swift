// Digits of which half is gone, where what is left is none: the upper half of a 5, the left half of a 0.

package import Basics

/// Erases half of a digit.
package enum HalfDigit {
  /// Which half stays.
  private enum Side: CaseIterable {
    case upper
    case lower
    case left
    case right
  }

  /// Halves that are no digit by themselves, and how much of the digit stays: from the share to a tenth more.
  ///
  /// Others are: the lower half of a 9 and the upper one of a 6 are ones, half an 8 a circle or a 3. Where less
  /// stays than half, half would still pass for a digit: that of a 2 or 3 for a seven, that of a 4 for the whole.
  private static let halves: [Int: [(side: Side, share: Float)]] = [
    0: [(.upper, 0.4), (.lower, 0.4), (.left, 0.4), (.right, 0.4)],
    2: [(.upper, 0.35), (.lower, 0.4), (.left, 0.35)], 3: [(.upper, 0.35), (.lower, 0.4), (.left, 0.4)],
    4: [(.upper, 0.4), (.left, 0.35)], 5: [(.upper, 0.4), (.lower, 0.4), (.left, 0.35)],
    6: [(.right, 0.4)], 9: [(.left, 0.35)],
  ]
  /// Narrower than this against its height, a half is a one, or a bracket that many hands write as one.
  private static let narrowest: Float = 0.3

  /// What is left of a digit when half of it is erased; a scribble for those of which no half is foreign.
  package static func of(_ specimen: Specimen, random: inout SplitMix64) -> Trail {
    guard let sides = halves[specimen.label], let (low, high) = specimen.trail.bounds else {
      return SyntheticNonDigits.scribble.draw(random: &random)
    }
    let (side, least) = sides[random.index(below: sides.count)]
    let share = random.uniform(least, least + 0.1)
    let middle = low + (high - low) * (side == .upper || side == .left ? share : 1 - share)
    func stays(_ place: SIMD2<Float>) -> Bool {
      switch side {
      case .upper: place.y <= middle.y
      case .lower: place.y >= middle.y
      case .left: place.x <= middle.x
      case .right: place.x >= middle.x
      }
    }
    var strokes: [[SIMD2<Float>]] = []
    for stroke in specimen.trail.strokes {
      var piece: [SIMD2<Float>] = []
      for place in stroke {
        if stays(place) {
          piece.append(place)
        } else if !piece.isEmpty {
          strokes.append(piece)
          piece = []
        }
      }
      if !piece.isEmpty { strokes.append(piece) }
    }
    let half = Trail(strokes)
    guard let (left, right) = half.bounds, right.x - left.x >= narrowest * (right.y - left.y) else {
      return SyntheticNonDigits.scribble.draw(random: &random)
    }
    return half
  }
}
