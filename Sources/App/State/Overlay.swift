// The overlays: what covers a part of the window and receives the keys before the page.

import Ink
import Recognition
import X11

/// An overlay with its state.
package enum Overlay: Sendable, Equatable {
  /// The keys and their meanings.
  case keys
  /// The models and their answers; `row` is the one that the arrows have reached.
  case models(row: Int)
  /// The choice of a file to open.
  case open(FileChoice)
  /// What a symbol may be.
  case choices(SymbolChoice)
  /// The name to save under, being edited.
  case saveAs(TextField)

  /// What the window does after the overlay has handled a key or a press.
  enum Response {
    case perform([Effect])
    case command(WindowCommand)
    case close
    case closeAndChoose(model: Int)
    case closeAndLabel(InkLabel)
    /// The overlay closes, and the window handles the key or the press as well.
    case closeAndContinue
  }

  /// Makes the overlay that edits a name; the name without its folder and its ending is selected.
  static func saveAs(path: String) -> Overlay {
    let characters = Array(path)
    let start = (characters.lastIndex(of: "/") ?? -1) + 1
    let end = characters.lastIndex(of: ".") ?? characters.count
    return .saveAs(TextField(path, selecting: start..<max(start, end)))
  }

  /// The text field that receives the keys.
  package private(set) var field: TextField? {
    get {
      switch self {
      case .saveAs(let field): field
      case .open(let choice): choice.field
      case .keys, .models, .choices: nil
      }
    }
    set {
      guard let newValue else { return }
      if fileChoice == nil { self = .saveAs(newValue) } else { fileChoice?.field = newValue }
    }
  }

  /// The choice of a file to open, where it is shown.
  var fileChoice: FileChoice? {
    get { if case .open(let choice) = self { choice } else { nil } }
    set { if let newValue { self = .open(newValue) } }
  }

  /// The request for the entries of the folder that is typed, where they are not here yet.
  private var listing: [Effect] { fileChoice?.listing ?? [] }

  // MARK: Keys

  mutating func handle(_ press: KeyPress, modelCount: Int, mode: ReadingMode) -> Response {
    switch self {
    case .keys: return press.key == .escape || press.key == .function(1) ? .close : .closeAndContinue
    case .models(let row): return handle(press, row: row, count: modelCount)
    case .choices(var choice):
      let response = choice.handle(press, mode)
      self = .choices(choice)
      return response
    case .saveAs(let name):
      switch press.key {
      case .escape: return .close
      case .enter: return .perform(name.text.isEmpty ? [] : [.saveAs(name.text)])
      default: return .perform(field?.handle(press) ?? [])
      }
    case .open:
      switch press.key {
      case .escape: return .close
      case .enter: return .perform(accept())
      default:
        let effects = fileChoice?.handle(press) ?? []
        return .perform(effects + listing)
      }
    }
  }

  private mutating func handle(_ press: KeyPress, row: Int, count: Int) -> Response {
    switch press.key {
    case .up: self = .models(row: max(0, row - 1))
    case .down: self = .models(row: min(count - 1, row + 1))
    case .enter, .character(" "): return .closeAndChoose(model: row)
    case .character("a"): return .command(.toggleAskAll(showsAnswers: false))
    case .escape, .character("m"), .tab: return .close
    default: break
    }
    return .perform([])
  }

  /// Opens what was chosen: a folder is listed, a file is opened.
  private mutating func accept() -> [Effect] {
    guard let path = fileChoice?.path else { return [] }
    guard path.hasSuffix("/") else { return [.open(path)] }
    fileChoice?.enter(path)
    return listing
  }

  /// Inserts pasted text into the text field.
  mutating func insert(_ text: String) -> [Effect] {
    field?.insert(text)
    return listing
  }

  // MARK: The pointer

  mutating func press(at pointer: PointerPosition) -> Response {
    switch self {
    case .keys: return .close
    case .models:
      guard pointer.isOnOverlay else {
        // The button of the models only closes them; any other control is pressed as well.
        return pointer.control == .model ? .close : .closeAndContinue
      }
      if let row = pointer.row { return .closeAndChoose(model: row) }
    case .choices(let choice):
      guard pointer.isOnOverlay else { return .closeAndContinue }
      if let row = pointer.row { return .closeAndLabel(choice.label(row)) }
    case .saveAs, .open:
      guard pointer.isOnOverlay else { return .closeAndContinue }
      if let caret = pointer.caret { field?.placeCaret(at: caret) }
      if case .saveAs = self { break }
      if pointer.button == .cancel { return .close }
      if let row = pointer.row { fileChoice?.choose(row) } else if pointer.button != .open { break }
      return .perform(accept())
    }
    return .perform([])
  }

  /// Extends the selection of the text field, or moves the row of the models, as the pointer moves.
  mutating func pointerMoved(to pointer: PointerPosition, isSelecting: Bool) {
    if isSelecting, field != nil, let caret = pointer.caret {
      field?.placeCaret(at: caret, selecting: true)
    } else if case .models = self, let row = pointer.row {
      self = .models(row: row)
    } else if case .choices(var choice) = self, let row = pointer.row {
      choice.move(to: row)
      self = .choices(choice)
    } else {
      fileChoice?.hover(pointer.row, pointer.button)
    }
  }
}
