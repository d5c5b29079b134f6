// Digits of which half is gone, where what is left is none: the upper half of a 5, the left half of a 0.

/// Erases half of a digit.
public enum HalfDigit {
  /// Which half stays.
  private enum Side: CaseIterable {
    case upper
    case lower
    case left
    case right
  }

  /// Halves that are no digit by themselves.
  ///
  /// Others are: the lower half of a 9 is a one, half an 8 a circle or a 3.
  private static let halves: [Int: [Side]] = [
    0: [.upper, .lower, .left, .right], 2: [.upper, .lower, .left], 3: [.upper, .lower, .left],
    4: [.upper, .left], 5: [.upper, .lower, .left], 6: [.upper, .right], 9: [.left],
  ]

  /// What is left of a digit when half of it is erased; a scribble for those of which no half is foreign.
  public static func of(_ specimen: Specimen, chance: inout Chance) -> Trail {
    guard let sides = halves[specimen.label], let (low, high) = specimen.trail.bounds else {
      return Foreign.scribble.draw(chance: &chance)
    }
    let side = sides[chance.index(below: sides.count)]
    let share = chance.between(0.4, 0.5)
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
    return strokes.isEmpty ? Foreign.scribble.draw(chance: &chance) : Trail(strokes)
  }
}
