// Incremental drawing of strokes.

public import Basics

/// The pixels of a drawing that changes: only the changed part is drawn again.
///
/// The pixels are exactly those that the rasterizer gives for the whole drawing.
public struct IncrementalRaster: Sendable {
  /// A stroke with its shapes.
  private struct RasterizedStroke: Sendable {
    var stroke: Stroke
    /// The samples in pixels; equal neighbours count as one.
    var points: [StrokeSpline.Position] = []
    var segments: [StrokeOutline] = []

    var box: Rectangle { segments.reduce(into: Rectangle.empty) { $0 = $0.union($1.box) } }
  }

  /// Draws the strokes.
  public let rasterizer: StrokeRasterizer
  /// The pixels.
  public private(set) var coverage: Coverage
  private var rasterized: [RasterizedStroke] = []

  /// Creates pixels without ink.
  ///
  /// - Parameters:
  ///   - rasterizer: draws the strokes.
  ///   - width: pixels in a row.
  ///   - height: number of rows.
  public init(rasterizer: StrokeRasterizer, width: Int, height: Int) {
    self.rasterizer = rasterizer
    coverage = Coverage(width: width, height: height)
  }

  /// Replaces the strokes.
  ///
  /// - Parameter strokes: the new strokes.
  /// - Returns: the pixels that may have changed.
  @discardableResult
  public mutating func update(_ strokes: [Stroke]) -> Rectangle {
    var same = 0
    while same < min(rasterized.count, strokes.count), rasterized[same].stroke == strokes[same] { same += 1 }
    var sameAtEnd = 0
    while sameAtEnd < min(rasterized.count, strokes.count) - same,
      rasterized[rasterized.count - 1 - sameAtEnd].stroke == strokes[strokes.count - 1 - sameAtEnd]
    {
      sameAtEnd += 1
    }
    let old = same..<rasterized.count - sameAtEnd
    let new = same..<strokes.count - sameAtEnd
    if old.isEmpty, new.isEmpty { return .empty }

    var changed = Rectangle.empty
    if old.count == 1, new.count == 1, let box = extend(same, to: strokes[same]) {
      changed = box
    } else {
      for stroke in rasterized[old] { changed = changed.union(stroke.box) }
      rasterized.replaceSubrange(old, with: strokes[new].map(rasterize))
      for stroke in rasterized[new] { changed = changed.union(stroke.box) }
    }
    changed = changed.intersection(coverage.box)
    draw(changed)
    return changed
  }

  private func rasterize(_ stroke: Stroke) -> RasterizedStroke {
    let points = rasterizer.points(of: stroke.samples)
    return RasterizedStroke(
      stroke: stroke, points: points,
      segments: StrokeOutline.segments(through: points, radius: rasterizer.radius(of: stroke)))
  }

  /// Lengthens a stroke.
  ///
  /// - Returns: the pixels of the changed shapes; nil if the new stroke is not the old one with more samples.
  private mutating func extend(_ index: Int, to stroke: Stroke) -> Rectangle? {
    let before = rasterized[index].stroke
    guard stroke.width == before.width, stroke.samples.count >= before.samples.count,
      stroke.samples.prefix(before.samples.count) == before.samples[...]
    else { return nil }
    let first = StrokeOutline.firstSegmentChanged(byAddingTo: rasterized[index].points.count)
    for point in rasterizer.points(of: stroke.samples[before.samples.count...])
    where point != rasterized[index].points.last {
      rasterized[index].points.append(point)
    }
    rasterized[index].stroke = stroke
    let old = rasterized[index].segments[first...]
    let new = StrokeOutline.segments(
      through: rasterized[index].points, radius: rasterizer.radius(of: stroke), from: first)
    var changed = Rectangle.empty
    for i in 0..<max(old.count, new.count) {
      let oldShapes = i < old.count ? old[old.startIndex + i].shapes : []
      let newShapes = i < new.count ? new[i].shapes : []
      for j in 0..<max(oldShapes.count, newShapes.count) {
        let a = j < oldShapes.count ? oldShapes[j] : nil
        let b = j < newShapes.count ? newShapes[j] : nil
        if a == b { continue }
        changed = changed.union(a?.box ?? .empty).union(b?.box ?? .empty)
      }
    }
    rasterized[index].segments.replaceSubrange(first..., with: new)
    return changed
  }

  private mutating func draw(_ box: Rectangle) {
    if box.isEmpty { return }
    let outlines = rasterized.flatMap { $0.segments.filter { $0.box.overlaps(box) } }
    Raster.draw(outlines, within: box, on: &coverage)
  }
}
