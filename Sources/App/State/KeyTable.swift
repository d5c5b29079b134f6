/// The keys and what they do, as the help shows them.
package enum KeyTable {
  /// A line of the help.
  package struct Row: Sendable, Equatable {
    /// The keys.
    package let keys: String
    /// What they do.
    package let meaning: String
  }

  /// All lines of the help.
  package static let rows: [Row] = [
    Row(keys: "Enter", meaning: "predict"),
    Row(keys: "Escape, Delete", meaning: "clear the page"),
    Row(keys: "Ctrl+S", meaning: "save at once"),
    Row(keys: "Ctrl+Shift+S", meaning: "save under a name"),
    Row(keys: "Ctrl+O", meaning: "open a picture"),
    Row(keys: "Ctrl+Z", meaning: "undo"),
    Row(keys: "Ctrl+Shift+Z, Ctrl+Y", meaning: "redo"),
    Row(keys: "Ctrl+C", meaning: "copy reading and drawing"),
    Row(keys: "Ctrl+V", meaning: "paste a picture"),
    Row(keys: "[  ]  wheel", meaning: "thinner, wider pen"),
    Row(keys: "E, right button", meaning: "eraser"),
    Row(keys: "L", meaning: "live reading"),
    Row(keys: "M", meaning: "the models"),
    Row(keys: "A", meaning: "ask all models"),
    Row(keys: "V", meaning: "look inside the model"),
    Row(keys: "T", meaning: "light or dark"),
    Row(keys: "Tab, Space", meaning: "walk the controls, press"),
    Row(keys: "F1, ?", meaning: "these keys"),
    Row(keys: "Ctrl+Q", meaning: "quit; nothing is lost"),
  ]
}
