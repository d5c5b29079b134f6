public import Basics

/// A drawing as pixels that follow it: it draws afresh only what has changed since it was shown last.
///
/// The pixels are those that the pen gives for the whole drawing, to the bit.
public struct IncrementalRaster: Sendable {
  /// A stroke as it is shown.
  private struct Line: Sendable {
    var stroke: Stroke
    /// Its samples in pixels, equal neighbours once.
    var points: [StrokeSpline.Place] = []
    var links: [StrokeOutline] = []

    var box: Rectangle { links.reduce(into: Rectangle.empty) { $0 = $0.union($1.box) } }
  }

  /// The pen that draws.
  public let pen: StrokeRasterizer
  /// The pixels.
  public private(set) var coverage: Coverage
  private var lines: [Line] = []

  /// Makes an empty sheet of so many pixels.
  public init(pen: StrokeRasterizer, width: Int, height: Int) {
    self.pen = pen
    coverage = Coverage(width: width, height: height)
  }

  /// Shows strokes in place of those shown before, and gives the pixels that may have changed.
  @discardableResult
  public mutating func show(_ strokes: [Stroke]) -> Rectangle {
    var same = 0
    while same < min(lines.count, strokes.count), lines[same].stroke == strokes[same] { same += 1 }
    var sameAtEnd = 0
    while sameAtEnd < min(lines.count, strokes.count) - same,
      lines[lines.count - 1 - sameAtEnd].stroke == strokes[strokes.count - 1 - sameAtEnd]
    {
      sameAtEnd += 1
    }
    let old = same..<lines.count - sameAtEnd
    let new = same..<strokes.count - sameAtEnd
    if old.isEmpty, new.isEmpty { return .empty }

    var changed = Rectangle.empty
    if old.count == 1, new.count == 1, let box = extend(same, to: strokes[same]) {
      changed = box
    } else {
      for line in lines[old] { changed = changed.union(line.box) }
      lines.replaceSubrange(old, with: strokes[new].map(makeLine))
      for line in lines[new] { changed = changed.union(line.box) }
    }
    changed = changed.intersection(coverage.box)
    draw(changed)
    return changed
  }

  private func makeLine(_ stroke: Stroke) -> Line {
    var line = Line(stroke: stroke)
    line.points = pen.points(of: stroke.samples)
    line.links = StrokeOutline.links(through: line.points, radius: pen.radius(of: stroke))
    return line
  }

  /// Lengthens a line, and gives the pixels of the marks that are no longer the same; nil where the
  /// stroke is not the old one with more samples.
  private mutating func extend(_ index: Int, to stroke: Stroke) -> Rectangle? {
    let before = lines[index].stroke
    guard stroke.width == before.width, stroke.samples.count >= before.samples.count,
      stroke.samples.prefix(before.samples.count) == before.samples[...]
    else { return nil }
    let first = StrokeOutline.firstLinkChanged(byAddingTo: lines[index].points.count)
    for point in pen.points(of: stroke.samples[before.samples.count...])
    where point != lines[index].points.last {
      lines[index].points.append(point)
    }
    lines[index].stroke = stroke
    let old = lines[index].links[first...]
    let new = StrokeOutline.links(through: lines[index].points, radius: pen.radius(of: stroke), from: first)
    var changed = Rectangle.empty
    for i in 0..<max(old.count, new.count) {
      let oldMarks = i < old.count ? old[old.startIndex + i].marks : []
      let newMarks = i < new.count ? new[i].marks : []
      for j in 0..<max(oldMarks.count, newMarks.count) {
        let a = j < oldMarks.count ? oldMarks[j] : nil
        let b = j < newMarks.count ? newMarks[j] : nil
        if a == b { continue }
        changed = changed.union(a?.box ?? .empty).union(b?.box ?? .empty)
      }
    }
    lines[index].links.replaceSubrange(first..., with: new)
    return changed
  }

  private mutating func draw(_ box: Rectangle) {
    if box.isEmpty { return }
    var traces: [StrokeOutline] = []
    for line in lines {
      for link in line.links where link.box.overlaps(box) { traces.append(link) }
    }
    Raster.draw(traces, within: box, on: &coverage)
  }
}
