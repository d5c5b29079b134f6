// What a scan or photo has besides ink: specks, stains at its border, printed lines.

import Ink

/// Takes away what is dark but not written.
enum Blemishes {
  /// The ink without specks, without what reaches in from the border, without page-long thin lines.
  static func removed(from ink: Coverage) -> Coverage {
    var result = ink
    RuledLines.remove(from: &result)
    let components = Components(result, level: 64)
    guard let tallest = components.list.map({ max($0.box.width, $0.box.height) }).max() else {
      return Coverage(width: ink.width, height: ink.height)
    }
    let whole = ink.box
    let kept = components.list.indices.filter { i in
      let box = components.list[i].box
      let atBorder =
        box.columns.lowerBound <= 1 || box.rows.lowerBound <= 1
        || box.columns.upperBound >= whole.width - 1 || box.rows.upperBound >= whole.height - 1
      // Noise leaves specks of a few pixels; a pen leaves marks of some size.
      let size = max(box.width, box.height)
      let speck = max(4, min(tallest, max(whole.width, whole.height) / 2) / 16)
      return !atBorder && size >= speck && components.list[i].area >= Double(speck)
    }
    let chosen = Set(kept)
    var near = [Bool](repeating: false, count: result.levels.count)
    for y in 0..<ink.height {
      for x in 0..<ink.width {
        let label = Int(components.labels[y * ink.width + x])
        guard label > 0, chosen.contains(label - 1) else { continue }
        for v in max(0, y - 1)...min(ink.height - 1, y + 1) {
          for u in max(0, x - 1)...min(ink.width - 1, x + 1) { near[v * ink.width + u] = true }
        }
      }
    }
    for i in result.levels.indices where !near[i] { result.levels[i] = 0 }
    return result
  }
}

/// Printed lines that are as dark as the ink: thin, straight, and as long as half the page.
enum RuledLines {
  /// Takes them away, but leaves the ink that crosses them.
  static func remove(from ink: inout Coverage) {
    var transposed = Coverage(width: ink.height, height: ink.width)
    removeHorizontal(from: &ink)
    for y in 0..<ink.height { for x in 0..<ink.width { transposed[y, x] = ink[x, y] } }
    removeHorizontal(from: &transposed)
    for y in 0..<ink.height { for x in 0..<ink.width { ink[x, y] = transposed[y, x] } }
  }

  private static func removeHorizontal(from ink: inout Coverage) {
    let (width, height) = (ink.width, ink.height)
    if width < 40 || height < 40 { return }
    let points = ink.levels.indices.filter { ink.levels[$0] >= 96 }
    // Too much ink for lines on paper, or none: nothing to look for.
    if points.count < width / 2 || points.count > width * height / 3 { return }
    var found: [(slope: Double, offset: Int)] = []
    for step in -48...48 {
      let slope = Double(step) / 128
      let shift = Int(abs(slope) * Double(width)) + 1
      var votes = [Int32](repeating: 0, count: height + 2 * shift)
      for i in points {
        let x = i % width
        let y = Double(i / width) - slope * Double(x)
        votes[min(max(Int(y) + shift, 0), votes.count - 1)] += 1
      }
      for (i, count) in votes.enumerated() where Int(count) > width * 45 / 100 {
        found.append((slope, i - shift))
      }
    }
    if found.isEmpty { return }
    let thin = max(2, min(width, height) / 120)
    var erased: [Int] = []
    for line in found {
      for x in 0..<width {
        let y = Int((Double(line.offset) + 0.5 + line.slope * Double(x)).rounded(.down))
        guard y >= 0, y < height, ink[x, y] >= 32 else { continue }
        var top = y
        var bottom = y
        while top > 0, y - top <= 2 * thin, ink[x, top - 1] >= 32 { top -= 1 }
        while bottom < height - 1, bottom - y <= 2 * thin, ink[x, bottom + 1] >= 32 { bottom += 1 }
        if bottom - top + 1 <= 2 * thin { for v in top...bottom { erased.append(v * width + x) } }
      }
    }
    for i in erased { ink.levels[i] = 0 }
  }
}
