/// Something in the window that can be pointed at, focused and pressed.
package enum Control: String, Sendable, Hashable, CaseIterable {
  case predict
  case clear
  case save
  case undo
  case redo
  case open
  case eraser
  case pen
  case live
  case help
  case model
  case askAll
  case look

  /// The words on it, or nil where a drawing stands for them.
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
}
