// Puts the dots of a line of text beside the stems that they belong to.

import Ink

/// Puts dots next to their stems: a symbol is made of neighbouring pieces, but the dot of an i often lies above the next
/// letter.
enum DotOrder {
  // Shares of the height of the line.
  /// A dot is smaller in both directions.
  private static let maxDot = 0.25
  /// A stem is narrower, and its height lies between these.
  private static let maxStemWidth = 0.4
  private static let stemHeights = 0.25...1.3
  /// The dot lies at most so far beside its stem, and at most so far below its top.
  private static let maxDistance = 0.6
  private static let maxOverlap = 0.05

  /// The pieces of a line, from left to right but for dots.
  ///
  /// - Parameters:
  ///   - line: the pieces from left to right.
  ///   - height: the height of the line.
  /// - Returns: the same pieces, each dot after the nearest stem below it that has no other one.
  static func ordered(_ line: [Piece], height: Double) -> [Piece] {
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
          other.y > box.bottom - maxOverlap * height, distance < maxDistance * height
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
    return line.indices.filter { stemOfDot[$0] == nil }.flatMap { index in
      [line[index]] + (dotOfStem[index].map { [line[$0]] } ?? [])
    }
  }
}
