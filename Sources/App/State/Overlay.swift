/// What lies over the page, or takes the keys before it.
package enum Overlay: Sendable, Equatable {
  /// The keys and what they do.
  case keys
  /// The models and their answers; the row that the arrows have reached.
  case models(row: Int)
  /// Choosing a file to open.
  case open(FileChoice)
  /// Editing the name to save under.
  case saveAs(TextField)
}
