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
