// The controls of the window.

package import Recognition

/// A part of the window that can be pointed at, focused and pressed.
package enum Control: String, Sendable, Hashable, CaseIterable {
  case predict, clear, save, undo, redo, open, eraser, pen, live, help
  case digits, sums, text, copy, model, askAll, look

  /// The text on the control; nil where a pictogram or a value is shown.
  package var title: String? {
    switch self {
    case .predict: "Predict"
    case .clear: "Clear"
    case .save: "Save"
    case .open: "Open"
    case .live: "live"
    case .help: "?"
    case .askAll: "ask all"
    case .look: "look inside"
    case .digits: "Digits"
    case .sums: "Sums"
    case .text: "Text"
    case .undo, .redo, .eraser, .pen, .model, .copy: nil
    }
  }

  /// What the control does, with its keys.
  package var tooltip: String {
    switch self {
    case .predict: "Read the page (Enter)"
    case .clear: "Clear the page (Delete)"
    case .save: "Save as PGM (Ctrl+S), under a name (Ctrl+Shift+S)"
    case .undo: "Undo (Ctrl+Z)"
    case .redo: "Redo (Ctrl+Shift+Z)"
    case .open: "Open a picture or strokes (Ctrl+O)"
    case .eraser: "Erase (E, or the right button)"
    case .pen: "Width of the pen ([ and ], or the wheel)"
    case .live: "Read while drawing (L)"
    case .help: "All keys (F1)"
    case .digits: "Read digits (S for the next)"
    case .sums: "Read and check sums (S for the next)"
    case .text: "Read text (S for the next)"
    case .copy: "Copy the reading and the drawing (Ctrl+C)"
    case .model: "Choose the model (M)"
    case .askAll: "Ask all models (A)"
    case .look: "Look inside the model (V)"
    }
  }

  /// The mode that the control chooses; nil for other controls.
  package var mode: ReadingMode? {
    switch self {
    case .digits: .digits
    case .sums: .sums
    case .text: .text
    default: nil
    }
  }

  /// The command that a press gives; nil for the slider.
  var command: WindowCommand? {
    switch self {
    case .predict: .predict
    case .clear: .clear
    case .save: .save
    case .undo: .undo
    case .redo: .redo
    case .open: .open
    case .eraser: .toggleEraser
    case .pen: nil
    case .live: .toggleLive
    case .help: .toggleKeys
    case .digits: .setMode(.digits)
    case .sums: .setMode(.sums)
    case .text: .setMode(.text)
    case .copy: .copyPage
    case .model: .toggleModels
    case .askAll: .toggleAskAll(showsAnswers: true)
    case .look: .toggleInspection
    }
  }
}
