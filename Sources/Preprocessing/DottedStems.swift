// Joins the dots of a line of text with the stems that they belong to.

import Ink

/// Joins dots with their stems.
///
/// A symbol is made of neighbouring pieces, but the dot of an i often lies above the next letter. No other character than
/// i, j and ; has a dot above a narrow stem.
enum DottedStems {
  // Shares of the height of the line.
  /// A dot is smaller in both directions.
  private static let maxDot = 0.25
  /// A stem is narrower, and its height lies between these.
  private static let maxStemWidth = 0.4
  private static let stemHeights = 0.25...1.3
  /// The dot lies at most so far beside its stem, and at most so far below its top.
  private static let maxDistance = 0.6
  private static let maxOverlap = 0.05

  /// The pieces of a line, each dot joined with the nearest stem below it that has no other one.
  ///
  /// - Parameters:
  ///   - line: the pieces from left to right.
  ///   - height: the height of the line.
  /// - Returns: the pieces from left to right.
  static func joined(_ line: [Piece], height: Double) -> [Piece] {
    func isDot(_ box: Box) -> Bool { max(box.width, box.height) < maxDot * height }
    let dots = line.indices.filter { isDot(line[$0].box) }
    if dots.isEmpty { return line }
    var pairs: [(distance: Double, dot: Int, stem: Int)] = []
    for dot in dots {
      let box = line[dot].box
      for stem in line.indices where !isDot(line[stem].box) {
        let other = line[stem].box
        let distance = abs(box.x + box.width / 2 - other.x - other.width / 2)
        guard other.width < maxStemWidth * height, stemHeights.contains(other.height / height),
          other.y > box.bottom - maxOverlap * height, distance < maxDistance * height,
          line[stem].canJoin(line[dot])
        else { continue }
        pairs.append((distance, dot, stem))
      }
    }
    var stemOfDot: [Int: Int] = [:]
    var dotOfStem: [Int: Int] = [:]
    for pair in pairs.sorted(by: { $0 < $1 }) where stemOfDot[pair.dot] == nil && dotOfStem[pair.stem] == nil
    {
      stemOfDot[pair.dot] = pair.stem
      dotOfStem[pair.stem] = pair.dot
    }
    return line.indices.filter { stemOfDot[$0] == nil }.map { index in
      dotOfStem[index].map { line[index].joined(with: line[$0]) } ?? line[index]
    }
  }
}
