// What the controls do, by whichever way they are pressed.

import Ink

extension WindowState {
  /// Presses a control.
  package mutating func press(_ control: Control) -> [Effect] {
    guard isEnabled(control) else { return control == .predict ? predict() : [] }
    switch control {
    case .predict: return predict()
    case .clear: return clear()
    case .save: return [.save]
    case .undo: return undo()
    case .redo: return redo()
    case .open: return [.chooseFile]
    case .eraser:
      isErasing.toggle()
      return []
    case .pen: return []
    case .live: return toggleLive()
    case .help:
      overlay = overlay == .keys ? nil : .keys
      return []
    case .model:
      if case .models = overlay { overlay = nil } else { overlay = .models(row: chosenModel) }
      return []
    case .askAll:
      let effects = toggleAskAll()
      // There the answers stand side by side.
      if asksAll { overlay = .models(row: chosenModel) }
      return effects
    case .look: return toggleLook()
    }
  }

  mutating func toggleLive() -> [Effect] {
    isLive.toggle()
    return [.remember] + (isLive && !page.isEmpty ? predict() : [])
  }

  mutating func toggleTheme() -> [Effect] {
    theme = theme.other
    return [.remember] + lookAgain()
  }

  mutating func setPen(_ width: Double) -> [Effect] {
    let width = min(PenWidth.range.upperBound, max(PenWidth.range.lowerBound, width))
    if width == penWidth { return [] }
    penWidth = width
    return [.remember]
  }

  mutating func stepPen(_ count: Int) -> [Effect] { setPen(PenWidth.width(penWidth, stepped: count)) }

  /// Starts editing the name to save under; the name without folder and ending is selected.
  package mutating func beginSaveAs(_ path: String) {
    let characters = Array(path)
    let start = (characters.lastIndex(of: "/") ?? -1) + 1
    let end = characters.lastIndex(of: ".") ?? characters.count
    overlay = .saveAs(TextField(path, selecting: start..<max(start, end)))
    message = nil
  }

  /// Starts choosing a file.
  package mutating func beginOpen(in folder: String) -> [Effect] {
    let choice = FileChoice(folder: folder)
    overlay = .open(choice)
    return [.list(folder: choice.folder)]
  }

  /// Takes what a folder holds.
  package mutating func show(_ entries: [FileChoice.Entry], of folder: String, problem: String?) {
    guard case .open(var choice) = overlay, choice.typedFolder == folder else { return }
    choice.show(entries, of: folder, problem: problem)
    overlay = .open(choice)
  }

  /// Says something in the line at the bottom.
  package mutating func say(_ message: Message?) { self.message = message }

  /// Says in the line at the bottom what lasts, until `nil` says that it is over.
  package mutating func keepSaying(_ notice: Message?) { standingNotice = notice }

  /// A file was written where a person has said.
  package mutating func saved(at path: String, wasNamed: Bool) {
    if wasNamed, case .saveAs = overlay { overlay = nil }
    message = .information("Saved as", path: path)
  }
}
