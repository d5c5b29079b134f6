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
