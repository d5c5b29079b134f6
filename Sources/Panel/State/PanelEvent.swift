package import App
package import Gestures
package import Ink
package import X11

/// An event of the panel.
package enum PanelEvent: Sendable {
  /// The window has a size in pixels; the scale is dots per inch over 96.
  case opened(WindowSize, scale: Double)
  case resized(WindowSize)
  case themeSet(Theme)
  /// Which gestures of the pen edit the text.
  case gesturesSet(Set<PenGesture>)
  /// A gesture is to be taught by drawings.
  case teachingBegan(String)
  /// The pen touched the writing area; the time is the server's, in milliseconds.
  case penDown(Point, time: UInt32)
  case penMoved(Point, time: UInt32)
  case penUp
  /// The pointer is over a control, or over none.
  case hovered(PanelControl?)
  case pressed(PanelControl)
  case released(PanelControl?)
  /// The window that had the keyboard focus when the first stroke began.
  case targetFound(Typist.Target?)
  /// The model has read the ink of a revision.
  case read(PanelReading, revision: Int)
  case readingFailed(String)
  /// The chosen time has passed since the last stroke.
  case pauseElapsed
  /// Keys were pressed in a window; `others` counts what others have pressed so far.
  case typed(keys: Int, Typist.Target, others: Int)
  /// A text could not be typed.
  case notTyped(String, text: String)
  /// A text was copied, because this server does not let programs type.
  case copied(String)
  /// What was typed last was taken back, or a sentence says why not.
  case takenBack(String?)
  /// What was typed cannot be taken back any more.
  case takingBackExpired
  /// The table of commands was read; the programs in `approved` may be started.
  case commandsLoaded(CommandTable, approved: Set<PenCommand.Action>)
  /// The table of commands could not be read; the last one holds.
  case commandsNotLoaded(String)
  case noticed(String)
  case closeRequested
}

/// Something that the panel wants done outside.
package enum PanelEffect: Sendable, Equatable {
  case findTarget
  case read(Page, revision: Int, isCommand: Bool)
  /// Type a text, into the window that has the focus where no target is given.
  case type(String, into: Typist.Target?)
  case press([KeyChord], in: Typist.Target?)
  /// Press Backspace as often as keys were pressed, if no other key was pressed since.
  case takeBack(Int, in: Typist.Target, others: Int)
  case loadCommands
  case approve(PenCommand.Action)
  case start([String])
  case teach(String, [[Stroke]])
  case quit
}

extension PanelEvent {
  /// The events of drawing a stroke.
  package static func events(drawing stroke: Stroke) -> [PanelEvent] {
    guard let first = stroke.samples.first else { return [] }
    return [.penDown(first.point, time: 0)] + stroke.samples.dropFirst().map { .penMoved($0.point, time: 0) }
      + [.penUp]
  }
}
