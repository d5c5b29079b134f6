// Where each character is written on its line, which tells apart characters of one shape.

import Ink

/// The usual height of each character and how far it reaches below the baseline, in units of the height of capitals.
///
/// It tells c from C, and a comma from an apostrophe.
struct CharacterPlaces: Sendable {
  /// Characters whose heights vary together from writer to writer.
  enum Group: Int, CaseIterable {
    case small
    case capitals
    case tall
    case descending
    case other

    /// The standard deviation, over writers, of the binary logarithm of the group's height.
    ///
    /// Measured on 113, 168, 102 and 62 writers of unipen-chars. Capitals are the unit of the heights.
    var deviation: Double {
      switch self {
      case .small: 0.28
      case .capitals: 0.05
      case .tall: 0.23
      case .descending: 0.34
      case .other: 0
      }
    }
  }

  /// The height of a character: the mean and the standard deviation of its binary logarithm within a writer.
  private struct Height {
    var mean: Double
    var deviation: Double
    var group: Group
  }

  /// How far a character reaches below the baseline; negative above it.
  struct Bottom {
    var mean: Double
    var deviation: Double
    /// What of the character's own height is added to the mean.
    fileprivate var ofHeight = 0.0
  }

  /// The place of ink on its line.
  struct Place: Sendable, Equatable {
    /// The binary logarithm of the height.
    var height: Double
    /// How far the ink reaches below the baseline.
    var bottom: Double

    /// Lower ink is a dot or a bar: only the pen's width tells how low.
    private static let minHeight = 0.06

    /// The place of a box.
    ///
    /// - Parameters:
    ///   - box: the box of the ink.
    ///   - baseline: the baseline below the box.
    ///   - unit: the height of capitals.
    init(_ box: Box, baseline: Double, unit: Double) {
      height = binaryLogarithm(max(box.height / unit, Self.minHeight))
      bottom = (box.bottom - baseline) / unit
    }
  }

  /// How much larger than usual the groups are on a page: the writer's own proportions.
  struct Shifts: Sendable {
    /// The mean for each group.
    fileprivate(set) var means = [Double](repeating: 0, count: Group.allCases.count)
    /// The variance for each group.
    fileprivate(set) var variances = Group.allCases.map { $0.deviation * $0.deviation }
  }

  /// A character that was read, at its place.
  struct Reading {
    var label: Int
    var place: Place
  }

  private let heights: [Height?]
  private let bottoms: [Bottom]
  /// Whether a label's look-alike differs by size alone.
  private let isAmbiguous: [Bool]

  init(_ classes: Classes) {
    heights = classes.labels.map { Self.usualHeights[$0] }
    bottoms = classes.labels.map { Self.usualBottoms[$0] ?? Bottom(mean: 0, deviation: 0.1) }
    isAmbiguous = classes.labels.map { Lookalikes.differsFromOtherCaseBySizeAlone($0) }
  }

  // MARK: - Costs

  /// Ink at a greater distance, in standard deviations, costs no more: it may still be the character.
  private static let maxDistance = 4.0
  /// Costs are relative to those of ink with these deviations at its usual place.
  private static let (usualHeightDeviation, usualBottomDeviation) = (0.3, 0.1)

  /// What each label costs at a place, as a negative logarithm of a likelihood.
  func costs(_ place: Place, _ shifts: Shifts) -> [Double] {
    heights.indices.map { index in
      var cost = 0.0
      var ownHeight = place.height
      if let height = heights[index] {
        let group = height.group.rawValue
        let deviation = (height.deviation * height.deviation + shifts.variances[group]).squareRoot()
        cost = Self.cost(
          place.height - height.mean - shifts.means[group], deviation, usual: Self.usualHeightDeviation)
        // Ink that is far too high does not reach accordingly far below the baseline.
        ownHeight = min(max(ownHeight, height.mean - 1), height.mean + 1)
      }
      let bottom = bottoms[index]
      let mean = bottom.mean + bottom.ofHeight * binaryPower(ownHeight)
      return cost + Self.cost(place.bottom - mean, bottom.deviation, usual: Self.usualBottomDeviation)
    }
  }

  private static func cost(_ difference: Double, _ deviation: Double, usual: Double) -> Double {
    let distance = min(abs(difference) / deviation, maxDistance)
    return distance * distance / 2 + logarithm(deviation / usual)
  }

  // MARK: - The writer and the line

  /// What the height of a character counts whose look-alike differs by size alone: it may have been read for that.
  private static let ambiguousWeight = 0.25

  /// The proportions of the writer of some characters.
  func shifts(of readings: [Reading]) -> Shifts {
    var shifts = Shifts()
    var sums = [Double](repeating: 0, count: Group.allCases.count)
    var precisions = Group.allCases.map { 1 / max($0.deviation * $0.deviation, 1e-9) }
    for reading in readings {
      guard let height = heights[reading.label], height.group != .other else { continue }
      let difference = reading.place.height - height.mean
      guard abs(difference) < 1 else { continue }
      let weight =
        (isAmbiguous[reading.label] ? Self.ambiguousWeight : 1) / (height.deviation * height.deviation)
      sums[height.group.rawValue] += weight * difference
      precisions[height.group.rawValue] += weight
    }
    for group in Group.allCases where group != .other {
      shifts.means[group.rawValue] = sums[group.rawValue] / precisions[group.rawValue]
      shifts.variances[group.rawValue] = 1 / precisions[group.rawValue]
    }
    return shifts
  }

  /// The height of capitals that suits some characters best, as a multiple of the unit of their places.
  func scale(of readings: [Reading]) -> Double {
    var sums = [Double](repeating: 0, count: Group.allCases.count)
    var weights = sums
    for reading in readings {
      guard let height = heights[reading.label], height.group != .other else { continue }
      let weight = 1 / (height.deviation * height.deviation)
      sums[height.group.rawValue] += weight * (reading.place.height - height.mean)
      weights[height.group.rawValue] += weight
    }
    var (sum, weight) = (0.0, 0.0)
    for group in Group.allCases where weights[group.rawValue] > 0 {
      let own = 1 / (group.deviation * group.deviation + 1 / weights[group.rawValue])
      sum += own * sums[group.rawValue] / weights[group.rawValue]
      weight += own
    }
    return weight > 0 ? binaryPower(sum / weight) : 1
  }

  /// Where the bottom of a character is expected, below the baseline.
  func bottom(of reading: Reading) -> Bottom {
    var bottom = bottoms[reading.label]
    bottom.mean += bottom.ofHeight * binaryPower(reading.place.height)
    return bottom
  }

  // MARK: - Usual places

  /// Of each character the median of the binary logarithm of its height, and the deviation within a writer.
  ///
  /// Measured on unipen-chars, whose capitals are 200 units high, without the writers that are kept for validation.
  private static let heightTable = """
    ! 0.44 0.37  " -1.32 0.54  # -0.01 0.46  $ 0.53 0.47  % 0.23 0.35  & 0.20 0.45  ' -1.56 0.68
    ( 0.26 0.38  ) 0.21 0.75  * -0.25 0.40  + -0.47 0.43  , -1.08 0.63  - -3.84 0.65  . -3.56 0.87
    / 0.26 0.59  0 -0.26 0.35  1 -0.09 0.31  2 -0.19 0.26  3 -0.04 0.21  4 0.06 0.24  5 -0.04 0.21
    6 -0.03 0.21  7 -0.03 0.24  8 -0.01 0.20  9 0.06 0.20  : -0.62 0.40  ; 0.12 0.45  < -0.28 0.45
    = -1.38 0.44  > -0.23 0.45  ? 0.24 0.40  @ 0.18 0.41  A 0.04 0.20  B 0.06 0.21  C -0.18 0.26
    D 0.00 0.19  E -0.06 0.20  F 0.06 0.25  G 0.00 0.25  H 0.04 0.20  I -0.13 0.25  J 0.08 0.28
    K 0.00 0.20  L -0.09 0.20  M -0.02 0.22  N -0.04 0.23  O -0.24 0.26  P 0.08 0.22  Q 0.00 0.33
    R 0.06 0.19  S -0.07 0.25  T -0.06 0.25  U -0.14 0.24  V -0.04 0.22  W -0.12 0.27  X -0.04 0.21
    Y 0.18 0.29  Z -0.16 0.23  [ 0.08 0.44  \\ -0.28 0.42  ] 0.20 0.51  ^ -1.16 0.56  _ -3.56 0.94
    ` -1.81 0.65  a -0.92 0.31  b 0.00 0.26  c -0.89 0.28  d 0.08 0.25  e -0.81 0.25  f 0.40 0.42
    g 0.23 0.28  h 0.10 0.23  i -0.21 0.42  j 0.72 0.33  k 0.08 0.26  l 0.09 0.23  m -0.79 0.30
    n -0.84 0.32  o -0.92 0.30  p 0.20 0.25  q 0.24 0.26  r -0.77 0.31  s -0.63 0.28  t -0.07 0.26
    u -0.88 0.31  v -0.71 0.32  w -0.79 0.29  x -0.50 0.31  y 0.28 0.27  z -0.57 0.48  { 0.45 0.33
    | 0.18 0.36  } 0.52 0.30  ~ -1.76 0.56
    """

  private static let usualHeights: [String: Height] = {
    let words = heightTable.split { $0 == " " || $0 == "\n" }
    var result: [String: Height] = [:]
    for index in stride(from: 0, to: words.count - 2, by: 3) {
      guard let mean = Double(words[index + 1]), let deviation = Double(words[index + 2]) else { continue }
      let label = String(words[index])
      result[label] = Height(mean: mean, deviation: deviation, group: group(of: label))
    }
    return result
  }()

  private static func group(of label: String) -> Group {
    if "acemnorsuvwxz".contains(label) { return .small }
    if "bdfhiklt".contains(label) { return .tall }
    if "gjpqy".contains(label) { return .descending }
    return "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789".contains(label) ? .capitals : .other
  }

  /// Where characters end that do not stand on the baseline: set by how they are taught, since collections of single
  /// characters do not keep it.
  private static let usualBottoms: [String: Bottom] = {
    var result: [String: Bottom] = [:]
    func set(_ labels: String, _ mean: Double, _ deviation: Double, ofHeight: Double = 0) {
      for label in labels {
        result[String(label)] = Bottom(mean: mean, deviation: deviation, ofHeight: ofHeight)
      }
    }
    set("gjpqy", 0, 0.15, ofHeight: 0.4)
    set("f", 0.05, 0.2)
    set("zQJ", 0.03, 0.15)
    set(",;", 0.15, 0.12)
    set("'\"`", -0.65, 0.15)
    set("^", -0.55, 0.2)
    set("-~", -0.4, 0.15)
    set("=", -0.25, 0.15)
    set("+<>", -0.1, 0.15)
    set("*", -0.35, 0.25)
    set("_", 0.08, 0.12)
    set("()[]{}|", 0.12, 0.18)
    set("/\\$@", 0.08, 0.15)
    return result
  }()
}

/// The logarithm to the base 2.
private func binaryLogarithm(_ x: Double) -> Double { logarithm(x) / logarithm(2) }

/// The power of 2.
private func binaryPower(_ x: Double) -> Double { exponential(x * logarithm(2)) }
