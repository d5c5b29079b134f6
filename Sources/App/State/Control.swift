// The controls of the window.

package import Recognition

/// A part of the window that can be pointed at, focused and pressed.
package enum Control: String, Sendable, Hashable, CaseIterable {
  case predict, clear, save, undo, redo, open, frame, eraser, pen, live, help
  case digits, sums, text, copy, model, askAll, look

  /// The text on the control; nil where a pictogram or a value is shown.
  package var title: String? { properties.title }

  /// What the control does, with its keys.
  package var tooltip: String { properties.tooltip }

  /// The command that a press gives; nil for the slider.
  var command: WindowCommand? { properties.command }

  /// The mode that the control chooses; nil for other controls.
  package var mode: ReadingMode? {
    if case .setMode(let mode) = command { mode } else { nil }
  }

  private var properties: (title: String?, tooltip: String, command: WindowCommand?) {
    switch self {
    case .predict: ("Predict", "Read the page (Enter)", .predict)
    case .clear: ("Clear", "Clear the page (Delete)", .clear)
    case .save: ("Save", "Save as PGM (Ctrl+S), under a name (Ctrl+Shift+S)", .save)
    case .undo: (nil, "Undo (Ctrl+Z)", .undo)
    case .redo: (nil, "Redo (Ctrl+Shift+Z)", .redo)
    case .open: ("Open", "Open a picture or strokes (Ctrl+O)", .open)
    case .frame: (nil, "Read only a frame of the picture (F)", .toggleFrame)
    case .eraser: (nil, "Erase (E, or the right button)", .toggleEraser)
    case .pen: (nil, "Width of the pen ([ and ], or the wheel)", nil)
    case .live: ("live", "Read while drawing (L)", .toggleLive)
    case .help: ("?", "All keys (F1)", .toggleKeys)
    case .digits: ("Digits", "Read digits (S for the next)", .setMode(.digits))
    case .sums: ("Sums", "Read and check sums (S for the next)", .setMode(.sums))
    case .text: ("Text", "Read text (S for the next)", .setMode(.text))
    case .copy: (nil, "Copy the reading and the drawing (Ctrl+C)", .copyPage)
    case .model: (nil, "Choose the model (M)", .toggleModels)
    case .askAll: ("ask all", "Ask all models (A)", .toggleAskAll(showsAnswers: true))
    case .look: ("look inside", "Look inside the model (V)", .toggleInspection)
    }
  }
}
