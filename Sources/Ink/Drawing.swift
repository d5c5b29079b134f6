// Drawings with their history of steps.

/// The strokes on the page, with an unlimited history.
///
/// The history stores only what each step changed. Clearing and erasing keep the earlier strokes, which share
/// the memory of their samples with the current ones. Drawings with equal strokes are equal, whatever their
/// histories.
public struct Drawing: Sendable {
  /// A change of the drawing.
  private enum Step: Sendable {
    /// Remove the last stroke.
    case removeLast
    /// Add this stroke.
    case add(Stroke)
    /// Replace all strokes by these.
    case replace([Stroke])
  }

  /// The strokes, in the order they were drawn.
  public private(set) var strokes: [Stroke]
  private var undoing: [Step] = []
  private var redoing: [Step] = []

  /// Creates a drawing.
  ///
  /// - Parameter strokes: strokes that cannot be undone.
  public init(_ strokes: [Stroke] = []) {
    self.strokes = strokes
  }

  /// Whether it has no strokes.
  public var isEmpty: Bool { strokes.isEmpty }
  /// Whether there is a step to undo.
  public var canUndo: Bool { !undoing.isEmpty }
  /// Whether there is an undone step to do again.
  public var canRedo: Bool { !redoing.isEmpty }

  /// The smallest box around all ink, with the strokes' widths; nil without ink.
  public var bounds: Box? {
    strokes.lazy.compactMap { stroke in stroke.bounds?.grown(by: stroke.width / 2) }
      .reduce(nil) { $0?.union($1) ?? $1 }
  }

  /// Adds a stroke, as one step.
  ///
  /// - Parameter stroke: the stroke.
  public mutating func add(_ stroke: Stroke) {
    strokes.append(stroke)
    record(.removeLast)
  }

  /// Lengthens the last stroke while the pen is down, as a part of the step that added the stroke.
  ///
  /// - Parameter sample: the next sample.
  public mutating func extend(with sample: Stroke.Sample) {
    guard let last = strokes.indices.last else { return add(Stroke([sample])) }
    strokes[last].samples.append(sample)
    redoing.removeAll()
  }

  /// Makes the last stroke wider.
  ///
  /// - Parameter width: the width; a smaller one than that of the stroke changes nothing.
  public mutating func widenLastStroke(to width: Double) {
    guard let last = strokes.indices.last, strokes[last].width < width else { return }
    strokes[last].width = width
    redoing.removeAll()
  }

  /// Removes all strokes, as one step.
  ///
  /// Without strokes it does nothing.
  public mutating func clear() {
    if !strokes.isEmpty { replace(with: []) }
  }

  /// Replaces all strokes.
  ///
  /// - Parameters:
  ///   - others: the new strokes.
  ///   - continuing: whether the change belongs to the last step, as in one drag of the eraser; otherwise it
  ///     is a step.
  public mutating func replace(with others: [Stroke], continuing: Bool = false) {
    if !continuing { record(.replace(strokes)) }
    strokes = others
    redoing.removeAll()
  }

  /// Undoes the last step.
  ///
  /// - Returns: whether there was one.
  @discardableResult
  public mutating func undo() -> Bool {
    guard let step = undoing.popLast() else { return false }
    redoing.append(apply(step))
    return true
  }

  /// Redoes the step that was undone last.
  ///
  /// - Returns: whether there was one.
  @discardableResult
  public mutating func redo() -> Bool {
    guard let step = redoing.popLast() else { return false }
    undoing.append(apply(step))
    return true
  }

  /// Applies a step and returns its inverse.
  private mutating func apply(_ step: Step) -> Step {
    switch step {
    case .removeLast:
      return strokes.popLast().map(Step.add) ?? .replace([])
    case .add(let stroke):
      strokes.append(stroke)
      return .removeLast
    case .replace(let others):
      let before = strokes
      strokes = others
      return .replace(before)
    }
  }

  private mutating func record(_ step: Step) {
    undoing.append(step)
    redoing.removeAll()
  }
}

extension Drawing: Equatable {
  /// Whether both have the same strokes.
  ///
  /// - Parameters:
  ///   - a: a drawing.
  ///   - b: another drawing.
  /// - Returns: whether the strokes are equal.
  public static func == (a: Drawing, b: Drawing) -> Bool { a.strokes == b.strokes }
}
