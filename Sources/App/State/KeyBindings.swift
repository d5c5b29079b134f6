// The commands of the keys.

import X11

extension KeyPress {
  /// The command of a shortcut with Ctrl, which does not depend on the focus; nil for keys that others handle.
  func shortcut(isInField: Bool) -> WindowCommand? {
    guard modifiers.contains(.control) else { return nil }
    let isShifted = modifiers.contains(.shift)
    switch key {
    case .character("q"): return .quit
    case .character("s"): return isInField ? .ignore : isShifted ? .saveAs : .save
    case .character("o"): return isInField ? .ignore : .open
    case .character("z") where !isInField: return isShifted ? .redo : .undo
    case .character("y") where !isInField: return .redo
    case .character("c") where !isInField, .insert where !isInField: return .copyPage
    case .character("v") where !isInField: return .pastePicture
    default: return nil
    }
  }

  /// The command of a key while the page has the focus.
  var pageCommand: WindowCommand? {
    if key == .tab { return .moveFocus(backwards: modifiers.contains(.shift)) }
    guard modifiers.isDisjoint(with: [.control, .alt, .command]) else { return nil }
    switch key {
    case .enter: return .predict
    case .escape, .delete: return .clear
    case .function(1), .character("?"): return .toggleKeys
    case .character("["): return .stepPen(-1)
    case .character("]"): return .stepPen(1)
    case .character("e"): return .toggleEraser
    case .character("l"): return .toggleLive
    case .character("t"): return .toggleTheme
    case .character("a"): return .toggleAskAll(showsAnswers: false)
    case .character("v"): return .toggleInspection
    case .character("m"): return .toggleModels
    default: return nil
    }
  }

  /// The command of an arrow key while the pen's slider has the focus.
  var sliderCommand: WindowCommand? {
    switch key {
    case .left, .down: .stepPen(-1)
    case .right, .up: .stepPen(1)
    default: nil
    }
  }

  /// Whether the key presses a focused control or the chosen row.
  var isActivation: Bool { key == .enter || key == .character(" ") }
}
