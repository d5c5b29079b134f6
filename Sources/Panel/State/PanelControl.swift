/// A button of the panel, or a text that can be tapped.
package enum PanelControl: Sendable, Hashable {
  /// The text that was read; a tap types it.
  case preview
  /// Another text that the ink may be, or an answer to a question.
  case choice(Int)
  case undo
  case backspace
  case command
  case enter
  case space

  /// The buttons with a place of their own.
  package static let buttons: [PanelControl] = [.undo, .backspace, .command, .enter, .space]
}
