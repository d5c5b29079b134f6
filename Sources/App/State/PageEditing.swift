// The page, the frame on its picture, and the stroke, the erasing or the frame that is under way.

import Formats
package import Ink

/// The page with its history, its revision, its frame, and the gesture of the pointer on it.
package struct PageEditing: Sendable {
  /// The gesture between a button's press and its release.
  package enum Gesture: Sendable, Equatable {
    /// No gesture.
    case none
    /// The pointer draws the last stroke.
    case drawing
    /// The pointer was pressed on a symbol and has hardly moved: it selects the symbol, or begins a stroke.
    case pressing(symbol: Int, samples: [PressSample])
    /// The pointer erases; the path is in page units.
    case erasing(path: [Point], hasErased: Bool)
    /// The pointer marks a frame, of which both points are corners, in page units.
    case framing(from: Point, to: Point)
  }

  /// A position of the pointer before it is known whether it draws.
  package struct PressSample: Sendable, Equatable {
    let point: Point
    let time: UInt32
  }

  /// The picture and the strokes, with their history.
  package private(set) var page = Page()
  /// The part of the picture that is read, in page units; nil for the whole page.
  package private(set) var frame: Box?
  /// Counts the changes of the page and of its frame, so that an answer can be matched to what was read.
  package private(set) var revision = 0
  /// The gesture under way.
  package private(set) var gesture = Gesture.none
  /// The server's time of the page's first sample.
  private var timeOrigin: UInt32?

  /// Replaces the page.
  mutating func restore(_ page: Page) {
    self.page = page
    startNewPage()
  }

  // MARK: Drawing

  mutating func beginStroke(at point: Point, time: UInt32, width: Double) {
    timeOrigin = timeOrigin ?? time
    gesture = .drawing
    page.add(Stroke([sample(point, time)], width: width))
    revision += 1
  }

  /// Appends a sample, unless the pointer reports the same position again; returns whether the page has changed.
  ///
  /// A stroke becomes as wide as the widest of its samples.
  mutating func continueStroke(to point: Point, time: UInt32, width: Double) -> Bool {
    if let last = page.drawing.strokes.last, last.width < width { page.widenLastStroke(to: width) }
    let next = sample(point, time)
    if page.drawing.strokes.last?.samples.last?.point == next.point { return false }
    page.extend(with: next)
    revision += 1
    return true
  }

  mutating func endStroke() -> JournalEntry? {
    gesture = .none
    return page.drawing.strokes.last.map { .stroke($0) }
  }

  private func sample(_ point: Point, _ time: UInt32) -> Stroke.Sample {
    let milliseconds = time &- (timeOrigin ?? time)
    return Stroke.Sample(point, time: Double(milliseconds) / 1000)
  }

  // MARK: Pressing a symbol

  /// A pointer that moves further than this, in page units, draws.
  private static let pressTolerance = 7.0

  mutating func beginPress(on symbol: Int, at point: Point, time: UInt32) {
    gesture = .pressing(symbol: symbol, samples: [PressSample(point: point, time: time)])
  }

  /// Begins a stroke with all samples since the press where the pointer has moved far enough; returns whether it has.
  mutating func drawFromPress(to point: Point, time: UInt32, width: Double) -> Bool {
    guard case .pressing(let symbol, var samples) = gesture, let first = samples.first else { return false }
    samples.append(PressSample(point: point, time: time))
    let (dx, dy) = (point.x - first.point.x, point.y - first.point.y)
    guard dx * dx + dy * dy > Self.pressTolerance * Self.pressTolerance else {
      gesture = .pressing(symbol: symbol, samples: samples)
      return false
    }
    beginStroke(at: first.point, time: first.time, width: width)
    for sample in samples.dropFirst() {
      _ = continueStroke(to: sample.point, time: sample.time, width: width)
    }
    return true
  }

  mutating func endPress() {
    if case .pressing = gesture { gesture = .none }
  }

  // MARK: Erasing

  mutating func beginErasing(at point: Point) { gesture = .erasing(path: [point], hasErased: false) }

  /// Erases on the way to a point; returns whether the page has changed.
  mutating func continueErasing(to point: Point, width: Double) -> Bool {
    guard case .erasing(var path, let hadErased) = gesture, let last = path.last else { return false }
    let hasErased = page.erase(along: [last, point], width: width, continuing: hadErased)
    path.append(point)
    gesture = .erasing(path: path, hasErased: hadErased || hasErased)
    if hasErased { revision += 1 }
    return hasErased
  }

  /// Ends the erasing; nil where nothing was erased.
  mutating func endErasing(width: Double) -> JournalEntry? {
    guard case .erasing(let path, let hasErased) = gesture else { return nil }
    gesture = .none
    return hasErased ? .erase(path: path, width: width) : nil
  }

  // MARK: The frame

  /// A drag over less than this in one direction, in page units, is a click and marks no frame.
  private static let leastFrameSide = 12.0

  /// The frame that is shown: the one under way, or else the one whose inside is read.
  var shownFrame: Box? {
    guard case .framing(let start, let end) = gesture else { return frame }
    func clamped(_ point: Point) -> Point {
      Point(x: min(max(0, point.x), page.width), y: min(max(0, point.y), page.height))
    }
    let box = Box(around: [clamped(start), clamped(end)])
    return box.flatMap { min($0.width, $0.height) < Self.leastFrameSide ? nil : $0 }
  }

  mutating func beginFrame(at point: Point) { gesture = .framing(from: point, to: point) }

  mutating func continueFrame(to point: Point) {
    if case .framing(let start, _) = gesture { gesture = .framing(from: start, to: point) }
  }

  /// Ends the marking of a frame; returns whether the frame has changed, which a click removes.
  mutating func endFrame() -> Bool {
    let marked = shownFrame
    cancelFrame()
    return setFrame(marked)
  }

  /// Ends the marking of a frame, and keeps the former frame.
  mutating func cancelFrame() {
    if case .framing = gesture { gesture = .none }
  }

  /// Removes the frame; returns whether there was one.
  mutating func removeFrame() -> Bool { setFrame(nil) }

  private mutating func setFrame(_ frame: Box?) -> Bool {
    guard frame != self.frame else { return false }
    self.frame = frame
    revision += 1
    return true
  }

  // MARK: Steps

  mutating func label(_ label: InkLabel) -> JournalEntry {
    page.add(label)
    revision += 1
    return .label(label)
  }

  mutating func undo() -> JournalEntry? {
    let picture = page.picture
    guard page.undo() else { return nil }
    finishStep(after: picture)
    return .undo
  }

  mutating func redo() -> JournalEntry? {
    let picture = page.picture
    guard page.redo() else { return nil }
    finishStep(after: picture)
    return .redo
  }

  /// Counts a step; the frame belongs to the picture on which it was marked.
  private mutating func finishStep(after picture: GrayImage?) {
    revision += 1
    if page.picture != picture { dropFrame() }
  }

  private mutating func dropFrame() {
    frame = nil
    cancelFrame()
  }

  mutating func clear() -> JournalEntry? {
    guard !page.isEmpty else { return nil }
    page.clear()
    startNewPage()
    return .clear
  }

  mutating func open(_ picture: GrayImage) -> JournalEntry {
    page.open(picture)
    startNewPage()
    return .picture(picture)
  }

  /// Opens a drawing, fitted to the page.
  mutating func open(_ strokes: [Stroke]) -> JournalEntry {
    page.open(Drawing(strokes))
    startNewPage()
    return .drawing(strokes)
  }

  private mutating func startNewPage() {
    timeOrigin = nil
    revision += 1
    dropFrame()
  }
}
