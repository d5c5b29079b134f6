// Everything that can happen to the window: events of the X server, results of other threads, settings of a start.

package import Ink
package import Recognition
package import X11

/// Something that has happened; ``WindowState/handle(_:)`` changes the state accordingly.
package enum AppEvent: Sendable {
  // The pointer, at the position that the layout has found.

  /// The pointer has moved.
  case pointerMoved(PointerPosition)
  /// A button was pressed.
  case pointerPressed(PointerButton, PointerPosition)
  /// A button was released.
  case pointerReleased(PointerButton, PointerPosition)
  /// The pointer has entered the window.
  case pointerEntered(PointerPosition)
  /// The pointer has left the window.
  case pointerLeft
  /// The wheel was turned; positive steps are downwards.
  case scrolled(Int)

  // The keyboard and the controls.

  /// A key was pressed.
  case keyPressed(KeyPress)
  /// The window has received or lost the keyboard.
  case keyboardFocusChanged(Bool)
  /// A control was pressed.
  case controlPressed(Control)

  // The window.

  /// The window was made, for a screen of some dots per inch over 96.
  case windowOpened(WindowSize, scale: Double)
  /// The window's size has changed.
  case resized(WindowSize)
  /// The user closes the window.
  case closeRequested
  /// The connection to the X server is lost.
  case displayLost

  // Other programs.

  /// Another program has delivered text to paste.
  case textPasted(String)
  /// Another program has delivered the bytes of a picture file to paste.
  case picturePasted([UInt8])
  /// No program has anything to paste.
  case nothingPasted
  /// Files are held over the window, or no longer.
  case dropHovering(Bool)
  /// Files were dropped on the window.
  case dropped([String])
  /// The reading and the drawing were offered to other programs.
  case pageCopied

  // The start.

  /// The colours were set by an option, the settings or the desktop.
  case themeSet(Theme)
  /// The language of the desktop was found.
  case languageSet(Language)
  /// The inspection was opened or closed by an option.
  case inspectionSet(Bool)
  /// What is read was set by an option.
  case modeSet(ReadingMode)
  /// The settings of the last window were read; `isLive` is the option that overrides them.
  case settingsRecalled(Settings, isLive: Bool?)
  /// The models were found; `chosen` and `fallback` are names.
  case modelsFound([ModelEntry], chosen: String?, fallback: String?)
  /// The page was restored.
  case pageRestored(Page)
  /// The window is about to be shown; `file` is to be opened.
  case started(file: String?)

  // Timers.

  /// The pointer has rested on a control.
  case hoverRested
  /// The stroke that is being drawn may be read again.
  case readingDue

  // Results of other threads.

  /// A model has read the page.
  case answered(model: Int, ModelEntry.Answer)
  /// The picture of a model's reading was made.
  case inspected(model: Int, InspectionImage)
  /// A model cannot be used.
  case modelFailed(model: Int, reason: String)
  /// The page was saved; `wasNamed` tells whether the user has typed the name.
  case saved(path: String, wasNamed: Bool)
  /// The page could not be saved.
  case notSaved(String)
  /// The page was not saved, because a file of the name that the user has typed exists.
  case nameTaken(path: String)
  /// A picture was opened, or pasted where `path` is nil.
  case pictureOpened(GrayImage, path: String?)
  /// A drawing was opened.
  case drawingOpened([Stroke], path: String)
  /// A file or a pasted picture could not be opened.
  case notOpened(String)
  /// A name to save under was made, for the user to edit.
  case nameProposed(String)
  /// A folder to open a file from was found.
  case folderProposed(String)
  /// The first existing folder on the path of a proposed folder was found.
  case folderFound(String, proposed: String)
  /// The files that were opened before and still exist were found.
  case recentFilesFound([String])
  /// The entries of a folder were read.
  case folderListed(String, entries: [FileChoice.Entry], problem: String?)
  /// Something that the user must know has happened at the start.
  case noticed(Message)
  /// A lasting problem has begun, or ended where the message is nil.
  case lastingProblemChanged(Message?)
}
