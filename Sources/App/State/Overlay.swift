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
      if case .open(var choice) = self {
        choice.field = newValue
        self = .open(choice)
      } else {
        self = .saveAs(newValue)
      }
    }
  }

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
    case .open(var choice):
      switch press.key {
      case .escape: return .close
      case .enter: return .perform(accept(choice))
      default:
        let effects = choice.handle(press)
        self = .open(choice)
        return .perform(effects + choice.listing)
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
  private mutating func accept(_ choice: FileChoice) -> [Effect] {
    let path = choice.path
    var choice = choice
    let isFolder = path.hasSuffix("/")
    if isFolder { choice.enter(path) }
    self = .open(choice)
    return isFolder ? choice.listing : [.open(path)]
  }

  /// Inserts pasted text into the text field.
  mutating func insert(_ text: String) -> [Effect] {
    field?.insert(text)
    if case .open(let choice) = self { return choice.listing }
    return []
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
      if case .open(var choice) = self {
        if pointer.button == .cancel { return .close }
        if let row = pointer.row { choice.choose(row) } else if pointer.button != .open { break }
        return .perform(accept(choice))
      }
    }
    return .perform([])
  }

  /// Extends the selection of the text field, or moves the row of the models, as the pointer moves.
  mutating func pointerMoved(to pointer: PointerPosition, isSelecting: Bool) {
    if isSelecting, field != nil, let caret = pointer.caret {
      field?.placeCaret(at: caret, selecting: true)
    } else if case .models = self, let row = pointer.row {
      self = .models(row: row)
    } else if case .open(var choice) = self {
      choice.hover(pointer.row, pointer.button)
      self = .open(choice)
    } else if case .choices(var choice) = self, let row = pointer.row {
      choice.move(to: row)
      self = .choices(choice)
    }
  }

  /// Moves the choice of a file as the wheel turns; returns whether the overlay uses the wheel.
  mutating func scroll(by steps: Int) -> Bool {
    guard case .open(var choice) = self else { return false }
    choice.move(by: steps)
    self = .open(choice)
    return true
  }

  /// Shows the files that were opened before and still exist.
  mutating func show(recent paths: [String]) {
    guard case .open(var choice) = self else { return }
    choice.show(recent: paths)
    self = .open(choice)
  }

  /// Shows the entries of a folder, where they are of the folder that is typed.
  mutating func show(_ entries: [FileChoice.Entry], of folder: String, problem: String?) {
    guard case .open(var choice) = self, choice.typedFolder == folder else { return }
    choice.show(entries, of: folder, problem: problem)
    self = .open(choice)
  }
}
