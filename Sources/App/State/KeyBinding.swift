// The keys of the window: one table for what they do and for the help.

import X11

/// A line of the help, with the keys that it describes and their commands.
package struct KeyBinding: Sendable {
  /// The keys as the help shows them.
  package let keys: String
  /// What they do.
  package let meaning: String

  /// A key with its modifiers and its command.
  struct Chord: Sendable {
    let key: Key
    /// Whether Ctrl is held; such keys do not depend on the focus.
    let hasControl: Bool
    /// Whether Shift is held; nil where that makes no difference.
    let hasShift: Bool?
    let command: WindowCommand
    /// The command while a text field has the focus; nil where the field handles the key.
    let commandInField: WindowCommand?

    /// A key without modifiers.
    static func plain(_ key: Key, _ command: WindowCommand) -> Chord {
      Chord(key: key, hasControl: false, hasShift: nil, command: command, commandInField: nil)
    }

    /// A letter with Ctrl.
    static func control(
      _ key: Key, shift: Bool? = nil, _ command: WindowCommand, inField: WindowCommand? = nil
    ) -> Chord {
      Chord(key: key, hasControl: true, hasShift: shift, command: command, commandInField: inField)
    }

    func matches(_ press: KeyPress) -> Bool {
      key == press.key && hasControl == press.modifiers.contains(.control)
        && (hasShift ?? press.modifiers.contains(.shift)) == press.modifiers.contains(.shift)
        && (hasControl || press.modifiers.isDisjoint(with: [.alt, .command]))
    }
  }

  let chords: [Chord]

  init(_ keys: String, _ meaning: String, _ chords: Chord...) {
    self.keys = keys
    self.meaning = meaning
    self.chords = chords
  }

  /// All keys, in the order of the help.
  ///
  /// A new key is one more line here.
  package static let all: [KeyBinding] = [
    KeyBinding("Enter", "predict", .plain(.enter, .predict)),
    KeyBinding("Delete", "clear the page", .plain(.delete, .clear)),
    KeyBinding("Escape", "close what is open", .plain(.escape, .close)),
    KeyBinding(
      "Ctrl+S", "save at once", .control(.character("s"), shift: false, .save, inField: .ignore)),
    KeyBinding(
      "Ctrl+Shift+S", "save under a name",
      .control(.character("s"), shift: true, .saveAs, inField: .ignore)),
    KeyBinding("Ctrl+O", "open a picture", .control(.character("o"), .open, inField: .ignore)),
    KeyBinding("Ctrl+Z", "undo", .control(.character("z"), shift: false, .undo)),
    KeyBinding(
      "Ctrl+Shift+Z, Ctrl+Y", "redo", .control(.character("z"), shift: true, .redo),
      .control(.character("y"), .redo)),
    KeyBinding(
      "Ctrl+C", "copy reading and drawing", .control(.character("c"), shift: false, .copyPage),
      .control(.insert, .copyPage)),
    KeyBinding(
      "Ctrl+Shift+C, M", "copy as LaTeX, MathML", .control(.character("c"), shift: true, .copyLaTeX),
      .control(.character("m"), shift: true, .copyMathML)),
    KeyBinding("Ctrl+V", "paste a picture", .control(.character("v"), .pastePicture)),
    KeyBinding(
      "[  ]  wheel", "thinner, wider pen", .plain(.character("["), .stepPen(-1)),
      .plain(.character("]"), .stepPen(1))),
    KeyBinding("E, right button", "eraser", .plain(.character("e"), .toggleEraser)),
    KeyBinding("F", "read only a frame of a picture", .plain(.character("f"), .toggleFrame)),
    KeyBinding("P", "pressure changes the width", .plain(.character("p"), .togglePressure)),
    KeyBinding("S", "read digits, sums, text", .plain(.character("s"), .nextMode)),
    KeyBinding(
      "← →, Space", "choose a symbol, correct it", .plain(.left, .moveSelection(-1)),
      .plain(.right, .moveSelection(1)), .plain(.character(" "), .offerChoices)),
    KeyBinding("L", "live reading", .plain(.character("l"), .toggleLive)),
    KeyBinding("M", "the models", .plain(.character("m"), .toggleModels)),
    KeyBinding("A", "ask all models", .plain(.character("a"), .toggleAskAll(showsAnswers: true))),
    KeyBinding("V", "look inside the model", .plain(.character("v"), .toggleInspection)),
    KeyBinding("H", "for the right or left hand", .plain(.character("h"), .toggleMirror)),
    KeyBinding("F11", "the whole screen", .plain(.function(11), .toggleFullScreen)),
    KeyBinding("T", "light or dark", .plain(.character("t"), .toggleTheme)),
    KeyBinding("Tab, Space", "walk the controls, press"),
    KeyBinding(
      "F1, ?", "these keys", .plain(.function(1), .toggleKeys), .plain(.character("?"), .toggleKeys)),
    KeyBinding("Ctrl+Q", "quit; nothing is lost", .control(.character("q"), .quit, inField: .quit)),
  ]
}

extension KeyPress {
  /// The command of a shortcut with Ctrl, which does not depend on the focus; nil for keys that others handle.
  func shortcut(isInField: Bool) -> WindowCommand? {
    guard modifiers.contains(.control), let chord = chord else { return nil }
    return isInField ? chord.commandInField : chord.command
  }

  /// The command of a key while the page has the focus.
  var pageCommand: WindowCommand? {
    if key == .tab { return .moveFocus(backwards: modifiers.contains(.shift)) }
    return modifiers.contains(.control) ? nil : chord?.command
  }

  private var chord: KeyBinding.Chord? { KeyBinding.all.lazy.flatMap(\.chords).first { $0.matches(self) } }

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
