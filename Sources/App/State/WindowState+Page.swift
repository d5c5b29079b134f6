// What a session does to its page, and whether that asks for a reading.

import Basics
import Graphics
package import Ink

extension WindowState {
  /// Takes a page as it was left, before anything is shown.
  package mutating func restore(_ page: Page) {
    self.page = page
    noteChange()
  }

  /// Where a place of the window is on the page.
  func pagePoint(x: Double, y: Double) -> Point {
    let area = layout.page
    let unit = page.width / Double(area.width)
    return Point(x: (x - Double(area.x)) * unit, y: (y - Double(area.y)) * unit)
  }

  mutating func beginStroke(x: Int, y: Int, time: UInt32) -> [Effect] {
    let origin = timeOrigin ?? time
    timeOrigin = origin
    message = nil
    gesture = .drawing
    page.add(Stroke([sample(x: x, y: y, time: time)], width: penWidth))
    noteChange()
    return liveReading()
  }

  mutating func continueStroke(x: Int, y: Int, time: UInt32) {
    let next = sample(x: x, y: y, time: time)
    // A pointer that reports the same place again tells nothing new.
    if page.drawing.strokes.last?.samples.last?.point == next.point { return }
    page.extend(with: next)
    noteChange()
  }

  mutating func endStroke() -> [Effect] {
    gesture = .none
    guard let stroke = page.drawing.strokes.last else { return [] }
    return [.journal(.stroke(stroke))] + liveReading()
  }

  mutating func beginErasing(x: Int, y: Int) -> [Effect] {
    message = nil
    gesture = .erasing(path: [pagePoint(x: Double(x) + 0.5, y: Double(y) + 0.5)], hasErased: false)
    return continueErasing(x: x, y: y)
  }

  mutating func continueErasing(x: Int, y: Int) -> [Effect] {
    guard case .erasing(var path, let hadErased) = gesture, let last = path.last else { return [] }
    let point = pagePoint(x: Double(x) + 0.5, y: Double(y) + 0.5)
    let hasErased = page.erase(along: [last, point], width: eraserWidth, continuing: hadErased)
    path.append(point)
    gesture = .erasing(path: path, hasErased: hadErased || hasErased)
    if hasErased {
      noteChange()
      return liveReading()
    }
    return []
  }

  mutating func endErasing() -> [Effect] {
    guard case .erasing(let path, let hasErased) = gesture else { return [] }
    gesture = .none
    return hasErased ? [.journal(.erase(path: path, width: eraserWidth))] + liveReading() : []
  }

  /// The eraser is twice as wide as the pen, so that one way takes a line away.
  var eraserWidth: Double { max(penWidth * 2, 24) }

  mutating func undo() -> [Effect] {
    guard page.undo() else { return [] }
    noteChange()
    return [.journal(.undo)] + liveReading()
  }

  mutating func redo() -> [Effect] {
    guard page.redo() else { return [] }
    noteChange()
    return [.journal(.redo)] + liveReading()
  }

  mutating func clear() -> [Effect] {
    guard !page.isEmpty else { return [] }
    page.clear()
    timeOrigin = nil
    message = nil
    noteChange()
    return [.journal(.clear)] + liveReading()
  }

  /// Shows a picture that was opened, or pasted where it comes from no file.
  package mutating func open(_ picture: GrayImage, from path: String?) -> [Effect] {
    page.open(picture)
    return opened(path, .picture(picture))
  }

  /// Shows a drawing that was opened, fitted to the page.
  package mutating func open(_ strokes: [Stroke], from path: String) -> [Effect] {
    page.open(Drawing(strokes))
    return opened(path, .drawing(strokes))
  }

  private mutating func opened(_ path: String?, _ entry: JournalEntry) -> [Effect] {
    overlay = nil
    timeOrigin = nil
    noteChange()
    message = .information(path == nil ? "Pasted a picture." : "Opened", path: path)
    if let path, let slash = path.lastIndex(of: "/") { lastFolder = String(path[...slash]) }
    return [.journal(entry), .remember] + predict()
  }

  /// Asks for a reading of the page as it is.
  mutating func predict() -> [Effect] {
    guard !models.isEmpty else {
      message = .failure(Self.noModels)
      return []
    }
    isAsked = true
    return page.isEmpty ? [.read(models: [chosenModel])] : [.read(models: asked)]
  }

  static let noModels =
    "No model was found; put NAME.safetensors into ~/.local/share/inkling/models, or start with --model FILE."

  /// The models to be asked at a reading.
  var asked: [Int] { asksAll ? Array(models.indices) : [chosenModel] }

  /// Asks for a reading if readings follow the pen.
  private mutating func liveReading() -> [Effect] {
    if page.isEmpty { return [] }
    guard isLive, !models.isEmpty else { return [] }
    isAsked = true
    readRevision = revision
    return [.read(models: asked)]
  }

  private mutating func noteChange() {
    revision += 1
    selectedSymbol = nil
    if layout.proportion != page.width / page.height { arrange() }
    // An answer to an earlier page is shown only while a newer one is on its way.
    if page.isEmpty || !isLive {
      isAsked = false
      inside = nil
      for index in models.indices { models[index].answer = nil }
    }
  }

  private func sample(x: Int, y: Int, time: UInt32) -> Stroke.Sample {
    let milliseconds = time &- (timeOrigin ?? time)
    // The middle of the pixel that the pointer is on.
    return Stroke.Sample(pagePoint(x: Double(x) + 0.5, y: Double(y) + 0.5), time: Double(milliseconds) / 1000)
  }
}
