// The layout of a window with its measured text, which finds what is under the pointer.

import Basics
package import Graphics
package import Ink
import Recognition
package import X11

/// The rectangles of a window in a state, and the positions of the text that can be pointed at.
package struct WindowLayout: Sendable {
  /// The parts of a state that the layout depends on.
  private struct Content: Equatable {
    let size: WindowSize
    let scale: Double
    let proportion: Double
    let isLooking: Bool
    let reading: Reading?
    let overlay: Overlay?
    let message: Message?
    let modelCount: Int
    let mode: ReadingMode
    let isMirrored: Bool
    let doubted: Set<Int>
    /// Whether the reading is one of the page as it is, so that its symbols can be pointed at.
    let isCurrent: Bool

    static func of(_ state: WindowState) -> Content {
      Content(
        size: state.size, scale: state.scale, proportion: state.page.width / state.page.height,
        isLooking: state.inspection.isShown, reading: state.reading, overlay: state.overlay,
        message: state.message, modelCount: state.models.entries.count, mode: state.mode,
        isMirrored: state.isMirrored, doubted: state.doubtedSymbols, isCurrent: state.currentReading != nil)
    }
  }

  /// The rectangles.
  package private(set) var areas: Layout
  /// The answer's text; nil where there is none.
  package private(set) var answer: AnswerLayout?
  /// The text before the name to save under.
  package private(set) var nameLabel = ""
  /// The text field of the overlay; nil where it has none.
  package private(set) var field: FieldLayout?
  /// The rows of the overlay that opens files; nil where it is not shown.
  package private(set) var fileRows: FileRows?
  /// The rows of what a symbol may be; nil where they are not shown.
  package private(set) var choiceRows: ListRows?
  /// The rows of the models.
  package private(set) var modelRows: ListRows
  private var content: Content

  /// Lays out the window of a state; the renderer measures the text.
  package init(of state: WindowState, measuring renderer: TextRenderer) {
    areas = Layout(of: state)
    content = .of(state)
    modelRows = ListRows(areas, modelCount: content.modelCount)
    if let reading = content.reading, !reading.symbols.isEmpty, !areas.answer.isEmpty,
      state.exercises.isEmpty
    {
      answer = AnswerLayout(reading, layout: areas, measuring: renderer)
    }
    switch content.overlay {
    case .saveAs(let text):
      nameLabel = Self.nameLabel(
        content.message, state.language, layout: areas, measuring: renderer)
      let area = areas.status
      let width = Int(clamping: renderer.width(of: nameLabel, size: areas.textSize)) + areas.gap
      field = FieldLayout(
        text, in: area.column(x: area.x + width, width: area.width - width), layout: areas,
        measuring: renderer)
    case .open(let choice):
      let rows = FileRows(areas, showing: choice.chosen, of: choice.matching.count)
      fileRows = rows
      field = FieldLayout(choice.field, in: rows.field, layout: areas, measuring: renderer)
    case .choices(let choice):
      choiceRows = ListRows(areas, choice, pageUnit: state.page.width / Double(areas.page.width))
    case .keys, .models, nil: break
    }
  }

  /// Lays the window out again, where the state differs in a part that the layout depends on.
  package mutating func update(to state: WindowState, measuring renderer: TextRenderer) {
    if Content.of(state) != content { self = WindowLayout(of: state, measuring: renderer) }
  }

  /// The text before the name field: why a name was refused, or what the name is for.
  private static func nameLabel(
    _ message: Message?, _ language: Language, layout: Layout, measuring renderer: TextRenderer
  ) -> String {
    let width = Double(layout.status.width) * 0.55
    guard let message, message.kind == .failure else {
      let endings = PageFile.savedEndings.joined(separator: ", ")
      let label = language.text("Save as")
      let long = "\(label) \(endings)"
      return renderer.width(of: long, size: layout.textSize) <= width ? long : label
    }
    return renderer.shortened(message.text, to: width, size: layout.textSize)
  }

  // MARK: The pointer

  /// How far from its ink a symbol can be pointed at, in pixels.
  private static let inkTolerance = 3.0

  /// The position of the pointer in a window of this layout.
  package func position(of pointer: PointerState, on page: Page) -> PointerPosition {
    let (x, y) = (Double(pointer.x), Double(pointer.y))
    var position = PointerPosition()
    let unit = page.width / Double(areas.page.width)
    // The centre of the pixel that the pointer is on.
    position.point = Point(
      x: (x + 0.5 - Double(areas.page.x)) * unit, y: (y + 0.5 - Double(areas.page.y)) * unit)
    position.control = Control.allCases.first { areas[$0].contains(x: x, y: y) }
    position.isOnPage = areas.page.contains(x: x, y: y)
    let track = areas.sliderTrack
    position.sliderPosition = Double(pointer.x - track.x) / Double(max(1, track.width))
    position.isPrimaryHeld = pointer.buttons.contains(.primary)
    position.isEraser = pointer.tool == .eraser
    position.pressure = pointer.pressure
    position.time = pointer.time
    switch content.overlay {
    case .keys: position.isOnOverlay = areas.desk.contains(x: x, y: y)
    case .models:
      position.isOnOverlay = modelRows.area.contains(x: x, y: y)
      position.row = modelRows.index(atX: x, y: y)
    case .choices:
      position.isOnOverlay = choiceRows?.area.contains(x: x, y: y) == true
      position.row = choiceRows?.index(atX: x, y: y)
    case .open:
      position.isOnOverlay = areas.desk.contains(x: x, y: y)
      position.row = fileRows?.file(atX: x, y: y)
      position.button = fileRows?.button(atX: x, y: y)
      if field?.area.contains(x: x, y: y) == true { position.caret = field?.caret(atX: pointer.x) }
    case .saveAs:
      position.isOnOverlay = areas.status.contains(x: x, y: y)
      position.caret = field?.caret(atX: pointer.x)
    case nil: break
    }
    if areas.answer.contains(x: x, y: y) { position.symbol = answer?.symbol(atX: x, y: y) }
    if position.isOnPage, content.isCurrent, let reading = content.reading {
      let hits = SymbolHits(reading: reading, doubted: content.doubted, tolerance: Self.inkTolerance * unit)
      position.pageSymbol = hits.symbol(at: position.point, on: page)
    }
    return position
  }
}
