// The keyboard: first what lies over the page, then the focused control, then the page.

import Ink
import X11

extension WindowState {
  mutating func take(_ press: KeyPress) -> [Effect] {
    if gesture == .drawing || pressed != nil { return [] }
    if press.modifiers.contains(.control), let effects = takeShortcut(press) { return effects }
    switch overlay {
    case .saveAs(let field): return take(press, nameField: field)
    case .open(let choice): return take(press, choice: choice)
    case .models(let row): return take(press, modelRow: row)
    case .keys:
      overlay = nil
      return press.key == .escape || press.key == .function(1) ? [] : take(press)
    case nil: break
    }
    if let control = focused, let effects = take(press, focused: control) { return effects }
    return takeForPage(press)
  }

  /// Shortcuts that work wherever the keyboard is; nil where a field or nobody wants the key.
  private mutating func takeShortcut(_ press: KeyPress) -> [Effect]? {
    let isShifted = press.modifiers.contains(.shift)
    let isInField: Bool
    switch overlay {
    case .saveAs, .open: isInField = true
    case .keys, .models, nil: isInField = false
    }
    switch press.key {
    case .character("q"): return [.quit]
    case .character("s"): return isInField ? [] : [isShifted ? .proposeName : .save]
    case .character("o"): return isInField ? [] : [.chooseFile]
    case .character("z") where !isInField: return isShifted ? redo() : undo()
    case .character("y") where !isInField: return redo()
    case .character("c") where !isInField, .insert where !isInField: return [.copyPage]
    case .character("v") where !isInField: return [.pastePicture]
    default: return nil
    }
  }

  private mutating func take(_ press: KeyPress, focused control: Control) -> [Effect]? {
    switch press.key {
    case .enter, .character(" "):
      return press.isRepeat ? [] : self.press(control)
    case .left where control == .pen, .down where control == .pen: return stepPen(-1)
    case .right where control == .pen, .up where control == .pen: return stepPen(1)
    default: return nil
    }
  }

  private mutating func takeForPage(_ press: KeyPress) -> [Effect] {
    if press.key == .tab {
      moveFocus(backwards: press.modifiers.contains(.shift))
      return []
    }
    guard press.modifiers.isDisjoint(with: [.control, .alt, .command]) else { return [] }
    switch press.key {
    case .enter: return predict()
    case .escape, .delete: return clear()
    case .function(1), .character("?"):
      overlay = .keys
      return []
    case .character("["): return stepPen(-1)
    case .character("]"): return stepPen(1)
    case .character("e"):
      isErasing.toggle()
      return []
    case .character("l"): return toggleLive()
    case .character("t"): return toggleTheme()
    case .character("a"): return toggleAskAll()
    case .character("v"): return toggleLook()
    case .character("m"):
      if !models.isEmpty { overlay = .models(row: chosenModel) }
      return []
    default: return []
    }
  }

  /// Moves the keyboard to the next control that can be pressed; between the last and the first is the page.
  private mutating func moveFocus(backwards: Bool) {
    let order = Control.allCases
    // A control that cannot be pressed any more still tells where the walk has come to.
    let place = focused.flatMap(order.firstIndex)
    let rest =
      backwards ? Array(order[..<(place ?? order.count)].reversed()) : Array(order[((place ?? -1) + 1)...])
    focused = rest.first(where: isEnabled)
  }

  private mutating func take(_ press: KeyPress, modelRow row: Int) -> [Effect] {
    switch press.key {
    case .up: overlay = .models(row: max(0, row - 1))
    case .down: overlay = .models(row: min(models.count - 1, row + 1))
    case .enter, .character(" "):
      overlay = nil
      return choose(row)
    case .character("a"): return toggleAskAll()
    case .escape, .character("m"), .tab: overlay = nil
    default: break
    }
    return []
  }

  private mutating func take(_ press: KeyPress, nameField: TextField) -> [Effect] {
    switch press.key {
    case .escape:
      overlay = nil
      return []
    case .enter: return nameField.text.isEmpty ? [] : [.saveAs(nameField.text)]
    default:
      var field = nameField
      let effects = field.take(press)
      overlay = .saveAs(field)
      return effects
    }
  }

  private mutating func take(_ press: KeyPress, choice: FileChoice) -> [Effect] {
    var choice = choice
    switch press.key {
    case .escape:
      overlay = nil
      return []
    case .enter: return accept(choice)
    case .up: choice.move(by: -1)
    case .down: choice.move(by: 1)
    case .pageUp: choice.move(by: -10)
    case .pageDown: choice.move(by: 10)
    case .tab: choice.complete()
    default:
      let effects = choice.field.take(press)
      choice.edited()
      overlay = .open(choice)
      return effects + listing(choice)
    }
    overlay = .open(choice)
    return listing(choice)
  }

  /// Asks for a folder's files when what is typed has come to another folder.
  private func listing(_ choice: FileChoice) -> [Effect] {
    choice.typedFolder == choice.folder ? [] : [.list(folder: choice.typedFolder)]
  }

  /// Puts text that another program has handed over into the field being edited.
  mutating func paste(_ text: String) -> [Effect] {
    switch overlay {
    case .saveAs(var field):
      field.insert(text)
      overlay = .saveAs(field)
      return []
    case .open(var choice):
      choice.field.insert(text)
      choice.edited()
      overlay = .open(choice)
      return listing(choice)
    case .keys, .models, nil: return []
    }
  }
}

extension TextField {
  /// Takes a key as every text field does.
  mutating func take(_ press: KeyPress) -> [Effect] {
    let selects = press.modifiers.contains(.shift)
    let byWord = press.modifiers.contains(.control)
    switch press.key {
    case .left: move(byWord ? .wordLeft : .left, selecting: selects)
    case .right: move(byWord ? .wordRight : .right, selecting: selects)
    case .home: move(.start, selecting: selects)
    case .end: move(.end, selecting: selects)
    case .backspace: delete(byWord ? .wordLeft : .left)
    case .delete: delete(byWord ? .wordRight : .right)
    case .character("a") where byWord: selectAll()
    case .character("u") where byWord: replace(with: "")
    case .character("v") where byWord, .insert where selects: return [.paste(primary: false)]
    case .character("c") where byWord: return selected.isEmpty ? [] : [.copy(selected)]
    case .character("x") where byWord:
      let cut = selected
      if cut.isEmpty { return [] }
      insert("")
      return [.copy(cut)]
    default:
      if !byWord, !press.text.isEmpty { insert(press.text) }
    }
    return []
  }
}
