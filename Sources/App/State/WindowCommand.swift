// The commands of the window, which controls and keys give.

import Recognition

/// A command.
enum WindowCommand: Equatable {
  case predict, clear, save, saveAs, open, undo, redo, copyPage, pastePicture, toggleEraser, togglePressure
  /// Starts to mark the part of a picture that is read, or marks none.
  case toggleFrame
  case toggleLive, toggleTheme, toggleKeys, toggleModels
  /// The answers of all models are compared in the overlay of the models where `showsAnswers` is true.
  case toggleAskAll(showsAnswers: Bool)
  case toggleInspection
  /// Ends the marking of a frame, or else removes the frame, or else closes the inspection.
  case close
  case toggleFullScreen
  case toggleMirror
  case copyLaTeX, copyMathML
  case setMode(ReadingMode)
  case nextMode
  /// Selects a symbol that is some places further.
  case moveSelection(Int)
  /// Shows what the selected symbol may be.
  case offerChoices
  case stepPen(Int)
  case moveFocus(backwards: Bool)
  case quit
  /// The key is used and does nothing.
  case ignore
}
