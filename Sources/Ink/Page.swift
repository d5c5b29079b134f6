// Pages: a picture, a drawing and their common history.

import Basics

/// A picture, if one was opened, and the drawing on it.
///
/// Both have one history.
///
/// Its coordinates are page units: 1024 on the longer side, whatever the size on a screen.
public struct Page: Sendable {
  /// All but the history.
  private struct Content: Sendable, Equatable {
    var drawing: Drawing
    var width: Double
    var height: Double
    var labels: [InkLabel] = []
    var picture: GrayImage?
  }

  /// A change of the page.
  private enum Step: Sendable {
    /// A change of the drawing alone, which is in the drawing's own history.
    case drawing
    /// Everything before the change. It is indirect because it is rare and large.
    indirect case all(Content)
    /// The labels before the change.
    case labels([InkLabel])
  }

  /// The length of every page's longer side.
  public static let longerSide = 1024.0

  /// The lengths that a page's sides can have.
  ///
  /// The least one is that of a picture with one row of 65,536 pixels.
  public static let sides = longerSide / 65_536...longerSide

  /// The opened picture, as wide as the page, or nil.
  public var picture: GrayImage? { content.picture }
  /// The strokes on it.
  public var drawing: Drawing { content.drawing }
  /// The page's width in page units.
  public var width: Double { content.width }
  /// The page's height in page units.
  public var height: Double { content.height }
  /// What a person says about parts of the ink.
  public var labels: [InkLabel] { content.labels }
  private var content: Content
  private var undoing: [Step] = []
  private var redoing: [Step] = []

  /// Creates a page from the proportion of its sides.
  ///
  /// A side that would be shorter than `sides` allows has the shortest length.
  ///
  /// - Parameters:
  ///   - width: the width in any unit.
  ///   - height: the height in the same unit.
  ///   - drawing: the strokes.
  public init(proportion width: Double = 1, to height: Double = 1, drawing: Drawing = Drawing()) {
    let (width, height) = Self.sides(width, height)
    content = Content(drawing: drawing, width: width, height: height)
  }

  /// Creates a page of a picture.
  ///
  /// - Parameter picture: the picture.
  public init(picture: GrayImage) {
    self.init(proportion: Double(picture.width), to: Double(picture.height))
    content.picture = picture
  }

  /// Whether it has neither a picture nor strokes.
  public var isEmpty: Bool { picture == nil && drawing.isEmpty }
  /// Whether there is a step to undo.
  public var canUndo: Bool { !undoing.isEmpty }
  /// Whether there is an undone step to do again.
  public var canRedo: Bool { !redoing.isEmpty }
  /// The whole page.
  public var bounds: Box { Box(x: 0, y: 0, width: width, height: height) }

  /// The page without its history.
  ///
  /// A copy with the history would make the next step on the original copy the whole history.
  public var withoutHistory: Page {
    var page = self
    page.undoing = []
    page.redoing = []
    page.content.drawing = Drawing(drawing.strokes)
    return page
  }

  /// The size of a rendering in pixels.
  ///
  /// - Parameter pixels: pixels on the longer side.
  /// - Returns: the size, at least 1 by 1.
  public func pixelSize(longerSide pixels: Int) -> (width: Int, height: Int) {
    let scale = Double(pixels) / Self.longerSide
    return (
      max(1, Int(clamping: (width * scale).rounded())), max(1, Int(clamping: (height * scale).rounded()))
    )
  }

  /// Adds a stroke, as one step.
  ///
  /// - Parameter stroke: the stroke.
  public mutating func add(_ stroke: Stroke) {
    content.drawing.add(stroke)
    record(.drawing)
  }

  /// Lengthens the last stroke while the pen is down.
  ///
  /// - Parameter sample: the next sample.
  public mutating func extend(with sample: Stroke.Sample) {
    if drawing.isEmpty { return add(Stroke([sample])) }
    content.drawing.extend(with: sample)
    redoing.removeAll()
  }

  /// Makes the last stroke wider while the pen is down.
  ///
  /// - Parameter width: the width; a smaller one than that of the stroke changes nothing.
  public mutating func widenLastStroke(to width: Double) {
    content.drawing.widenLastStroke(to: width)
    redoing.removeAll()
  }

  /// Erases the ink that a round eraser touches on its path.
  ///
  /// - Parameters:
  ///   - path: the eraser's positions.
  ///   - width: the eraser's diameter.
  ///   - continuing: whether the change belongs to the last step, as in one drag.
  /// - Returns: whether any ink was touched.
  @discardableResult
  public mutating func erase(along path: [Point], width: Double, continuing: Bool = false) -> Bool {
    guard content.drawing.erase(along: path, width: width, continuing: continuing) else { return false }
    if continuing { redoing.removeAll() } else { record(.drawing) }
    return true
  }

  /// Says what a part of the ink is, as one step.
  ///
  /// It replaces the label of the same box.
  ///
  /// - Parameter label: the label.
  public mutating func add(_ label: InkLabel) {
    record(.labels(labels))
    content.labels.removeAll { $0.isAbout(label.box) }
    content.labels.append(label)
  }

  /// Adds a step that changes nothing in place of one that is lost, so that the other steps are undone in
  /// turn.
  public mutating func addEmptyStep() {
    content.drawing.replace(with: drawing.strokes)
    record(.drawing)
  }

  /// Removes the picture and all strokes, as one step.
  ///
  /// On an empty page it does nothing.
  public mutating func clear() {
    if isEmpty { return }
    if picture == nil, labels.isEmpty {
      content.drawing.clear()
      record(.drawing)
    } else {
      replace(with: Content(drawing: Drawing(), width: width, height: height))
    }
  }

  /// Replaces the page by a picture and takes its proportion, as one step.
  ///
  /// - Parameter picture: the picture.
  public mutating func open(_ picture: GrayImage) {
    replace(with: Page(picture: picture).content)
  }

  /// Replaces picture and strokes by a drawing, as one step.
  ///
  /// - Parameter drawing: the drawing.
  public mutating func open(_ drawing: Drawing) {
    replace(with: Content(drawing: drawing, width: width, height: height))
  }

  /// Undoes the last step.
  ///
  /// - Returns: whether there was one.
  @discardableResult
  public mutating func undo() -> Bool {
    guard let step = undoing.popLast() else { return false }
    if case .drawing = step { content.drawing.undo() }
    redoing.append(exchange(step))
    return true
  }

  /// Redoes the step that was undone last.
  ///
  /// - Returns: whether there was one.
  @discardableResult
  public mutating func redo() -> Bool {
    guard let step = redoing.popLast() else { return false }
    if case .drawing = step { content.drawing.redo() }
    undoing.append(exchange(step))
    return true
  }

  /// Exchanges the page's values for those of a step, and returns the inverse step.
  private mutating func exchange(_ step: Step) -> Step {
    switch step {
    case .drawing: return step
    case .labels(let labels):
      defer { content.labels = labels }
      return .labels(content.labels)
    case .all(let content):
      defer { self.content = content }
      return .all(self.content)
    }
  }

  private mutating func record(_ step: Step) {
    undoing.append(step)
    redoing.removeAll()
  }

  private mutating func replace(with content: Content) {
    record(.all(self.content))
    self.content = content
  }

  private static func sides(_ width: Double, _ height: Double) -> (Double, Double) {
    let longer = max(width, height)
    guard longer > 0, width.isFinite, height.isFinite else { return (longerSide, longerSide) }
    func side(_ length: Double) -> Double { max(length / longer * longerSide, sides.lowerBound) }
    return (side(width), side(height))
  }
}

extension Page: Equatable {
  /// Whether both have the same picture, sides, strokes and labels.
  ///
  /// - Parameters:
  ///   - a: a page.
  ///   - b: another page.
  /// - Returns: whether they are equal.
  public static func == (a: Page, b: Page) -> Bool { a.content == b.content }
}
