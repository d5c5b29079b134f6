// The distance between two texts, for suggestions and for measuring how much of a text was read.

extension String {
  /// How many characters must be added, removed, replaced or swapped with their neighbour to get the other text
  /// (optimal string alignment).
  package func editDistance(to other: String) -> Int {
    let (a, b) = (Array(self), Array(other))
    var beforeLast: [Int] = []
    var last = Array(0...b.count)
    for i in a.indices {
      var row = [i + 1]
      for j in b.indices {
        var best = Swift.min(row[j] + 1, last[j + 1] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { best = Swift.min(best, beforeLast[j - 1] + 1) }
        row.append(best)
      }
      beforeLast = last
      last = row
    }
    return last[b.count]
  }
}
