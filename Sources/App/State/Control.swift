// The controls of the window.

/// A part of the window that can be pointed at, focused and pressed.
package enum Control: String, Sendable, Hashable, CaseIterable {
  case predict, clear, save, undo, redo, open, eraser, pen, live, help, model, askAll, look

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
    case .undo, .redo, .eraser, .pen, .model: nil
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
    case .model: .toggleModels
    case .askAll: .toggleAskAll(showsAnswers: true)
    case .look: .toggleInspection
    }
  }
}
