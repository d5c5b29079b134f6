/// The strokes on the page, with a history that has no end.
///
/// The history keeps what each step changed and nothing else: adding a stroke remembers that one was
/// added, clearing and erasing keep the strokes of before, which share their samples with those of now.
/// Two drawings are equal when their strokes are, whatever way they came to be.
public struct Drawing: Sendable {
  /// What turns the drawing of one moment into that of another.
  private enum Step: Sendable {
    /// Drop the last stroke.
    case drop
    /// Put this stroke on top.
    case add(Stroke)
    /// Have these strokes and no others.
    case replace([Stroke])
  }

  /// The strokes, in the order they were drawn.
  public private(set) var strokes: [Stroke]
  private var undoing: [Step] = []
  private var redoing: [Step] = []

  /// Makes a drawing of strokes that are there from the start: they cannot be undone.
  public init(_ strokes: [Stroke] = []) {
    self.strokes = strokes
  }

  /// Whether there is no stroke.
  public var isEmpty: Bool { strokes.isEmpty }
  /// Whether there is a step to undo.
  public var canUndo: Bool { !undoing.isEmpty }
  /// Whether there is an undone step to do again.
  public var canRedo: Bool { !redoing.isEmpty }

  /// The smallest box that holds all ink, half the pen's width included; nil when there is none.
  public var bounds: Box? {
    strokes.lazy.compactMap { stroke in stroke.bounds?.grown(by: stroke.width / 2) }
      .reduce(nil) { $0?.union($1) ?? $1 }
  }

  /// Adds a stroke, as one step.
  public mutating func add(_ stroke: Stroke) {
    strokes.append(stroke)
    note(.drop)
  }

  /// Lengthens the last stroke, while the pen is down: it belongs to the step that added the stroke.
  public mutating func extend(with sample: Stroke.Sample) {
    guard let last = strokes.indices.last else { return add(Stroke([sample])) }
    strokes[last].samples.append(sample)
    redoing.removeAll()
  }

  /// Takes all strokes away, as one step; without a stroke nothing happens.
  public mutating func clear() {
    if !strokes.isEmpty { replace(with: []) }
  }

  /// Has other strokes in place of all there are, as one step.
  ///
  /// When `continuing`, the change joins the step before it: one drag of the eraser is one step.
  public mutating func replace(with others: [Stroke], continuing: Bool = false) {
    if !continuing { note(.replace(strokes)) }
    strokes = others
    redoing.removeAll()
  }

  /// Takes the last step back; false when there is none.
  @discardableResult
  public mutating func undo() -> Bool {
    guard let step = undoing.popLast() else { return false }
    redoing.append(take(step))
    return true
  }

  /// Does the step again that was undone last; false when there is none.
  @discardableResult
  public mutating func redo() -> Bool {
    guard let step = redoing.popLast() else { return false }
    undoing.append(take(step))
    return true
  }

  /// Takes a step and gives the one that takes it back.
  private mutating func take(_ step: Step) -> Step {
    switch step {
    case .drop:
      return strokes.popLast().map(Step.add) ?? .replace([])
    case .add(let stroke):
      strokes.append(stroke)
      return .drop
    case .replace(let others):
      let before = strokes
      strokes = others
      return .replace(before)
    }
  }

  private mutating func note(_ step: Step) {
    undoing.append(step)
    redoing.removeAll()
  }
}

extension Drawing: Equatable {
  /// Whether both have the same strokes.
  public static func == (a: Drawing, b: Drawing) -> Bool { a.strokes == b.strokes }
}
