import Basics

/// An opened picture or none, and the drawing over it: undo, save, journal and reading treat it as one.
///
/// Its coordinates are page units: 1024 on the longer side, whatever the size on a screen.
public struct Page: Sendable {
  /// What a step of the page's history changes.
  private enum Step: Sendable {
    /// The drawing alone; its own history knows how.
    case drawing
    /// The picture, the page's sides and the drawing; rare, and large, and so kept elsewhere.
    indirect case all(picture: GrayImage?, width: Double, height: Double, drawing: Drawing)
  }

  /// The length of every page's longer side.
  public static let longerSide = 1024.0

  /// The lengths that a page's sides can have: a picture of one row of 65,536 pixels still has its proportion.
  public static let sides = longerSide / 65_536...longerSide

  /// The picture that was opened, as wide as the page, or nil.
  public private(set) var picture: GrayImage?
  /// The strokes over it.
  public private(set) var drawing: Drawing
  /// The page's width in page units.
  public private(set) var width: Double
  /// The page's height in page units.
  public private(set) var height: Double
  private var undoing: [Step] = []
  private var redoing: [Step] = []

  /// Makes a page whose sides have the proportion of these two, square unless told otherwise.
  ///
  /// A side that would become shorter than `sides` allows has the shortest length.
  public init(proportion width: Double = 1, to height: Double = 1, drawing: Drawing = Drawing()) {
    (self.width, self.height) = Self.sides(width, height)
    self.drawing = drawing
  }

  /// Makes a page of a picture.
  public init(picture: GrayImage) {
    self.init(proportion: Double(picture.width), to: Double(picture.height))
    self.picture = picture
  }

  /// Whether there is neither a picture nor a stroke.
  public var isEmpty: Bool { picture == nil && drawing.isEmpty }
  /// Whether there is a step to undo.
  public var canUndo: Bool { !undoing.isEmpty }
  /// Whether there is an undone step to do again.
  public var canRedo: Bool { !redoing.isEmpty }
  /// The whole page.
  public var bounds: Box { Box(x: 0, y: 0, width: width, height: height) }

  /// The page as it is, without the way there, for those who only look at it.
  ///
  /// Who keeps the history beside its owner makes the owner's next step copy all of it.
  public var withoutHistory: Page {
    var page = self
    page.undoing = []
    page.redoing = []
    page.drawing = Drawing(drawing.strokes)
    return page
  }

  /// The size in pixels of a rendering whose longer side has so many.
  public func pixelSize(longerSide pixels: Int) -> (width: Int, height: Int) {
    let scale = Double(pixels) / Self.longerSide
    return (
      max(1, Int(clamping: (width * scale).rounded())), max(1, Int(clamping: (height * scale).rounded()))
    )
  }

  /// Adds a stroke, as one step.
  public mutating func add(_ stroke: Stroke) {
    drawing.add(stroke)
    note(.drawing)
  }

  /// Lengthens the last stroke, while the pen is down.
  public mutating func extend(with sample: Stroke.Sample) {
    if drawing.isEmpty { return add(Stroke([sample])) }
    drawing.extend(with: sample)
    redoing.removeAll()
  }

  /// Erases the ink that a path touches; see `Drawing.erase`.
  @discardableResult
  public mutating func erase(along path: [Point], width: Double, continuing: Bool = false) -> Bool {
    guard drawing.erase(along: path, width: width, continuing: continuing) else { return false }
    if continuing { redoing.removeAll() } else { note(.drawing) }
    return true
  }

  /// Adds a step that changes nothing: it stands for one that is lost, so that undoing it leaves the others alone.
  public mutating func addEmptyStep() {
    drawing.replace(with: drawing.strokes)
    note(.drawing)
  }

  /// Takes picture and strokes away, as one step; on an empty page nothing happens.
  public mutating func clear() {
    if isEmpty { return }
    if picture == nil {
      drawing.clear()
      note(.drawing)
    } else {
      noteAll()
      picture = nil
      drawing = Drawing()
    }
  }

  /// Shows a picture in place of all that is there, as one step: the page takes its proportion.
  public mutating func open(_ picture: GrayImage) {
    noteAll()
    self.picture = picture
    (width, height) = Self.sides(Double(picture.width), Double(picture.height))
    drawing = Drawing()
  }

  /// Has a drawing in place of all that is there, as one step.
  public mutating func open(_ drawing: Drawing) {
    noteAll()
    picture = nil
    self.drawing = drawing
  }

  /// Takes the last step back; false when there is none.
  @discardableResult
  public mutating func undo() -> Bool {
    guard let step = undoing.popLast() else { return false }
    if case .drawing = step { drawing.undo() }
    redoing.append(swap(step))
    return true
  }

  /// Does the step again that was undone last; false when there is none.
  @discardableResult
  public mutating func redo() -> Bool {
    guard let step = redoing.popLast() else { return false }
    if case .drawing = step { drawing.redo() }
    undoing.append(swap(step))
    return true
  }

  /// Brings a step's page back, and gives the step that undoes that.
  private mutating func swap(_ step: Step) -> Step {
    guard case .all(let picture, let width, let height, let drawing) = step else { return step }
    let now = Step.all(picture: self.picture, width: self.width, height: self.height, drawing: self.drawing)
    (self.picture, self.width, self.height, self.drawing) = (picture, width, height, drawing)
    return now
  }

  private mutating func note(_ step: Step) {
    undoing.append(step)
    redoing.removeAll()
  }

  private mutating func noteAll() {
    note(.all(picture: picture, width: width, height: height, drawing: drawing))
  }

  private static func sides(_ width: Double, _ height: Double) -> (Double, Double) {
    let longer = max(width, height)
    guard longer > 0, width.isFinite, height.isFinite else { return (longerSide, longerSide) }
    func side(_ length: Double) -> Double { max(length / longer * longerSide, sides.lowerBound) }
    return (side(width), side(height))
  }
}

extension Page: Equatable {
  /// Whether both have the same picture, sides and strokes.
  public static func == (a: Page, b: Page) -> Bool {
    a.drawing == b.drawing && a.width == b.width && a.height == b.height && a.picture == b.picture
  }
}
