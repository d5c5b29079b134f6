/// An event of the window, from the X server or another thread.
package enum Event: Sendable, Equatable {
  /// The pointer moved; these events are never dropped or merged.
  case moved(PointerState)
  /// A button was pressed.
  case pressed(PointerButton, PointerState)
  /// A button was released.
  case released(PointerButton, PointerState)
  /// The wheel turned by steps: x to the right, y downwards.
  case scrolled(x: Int, y: Int, PointerState)
  /// The pointer entered the window.
  case entered(PointerState)
  /// The pointer left the window.
  case left(PointerState)
  /// A key was pressed or repeats, or an input method has finished a text.
  case key(KeyPress)
  /// A key was released.
  case keyReleased(Key, Modifiers)
  /// The window got or lost the keyboard.
  case focused(Bool)
  /// The window's size in pixels changed; everything must be drawn again.
  case resized(width: Int, height: Int)
  /// The server has shown all frames; the next one can be presented.
  case presented
  /// The user asked to close the window.
  case closed
  /// The contents that ``Window/requestContents(of:types:)`` asked for.
  case received(Contents)
  /// The selection has no owner or no such contents, or the owner did not answer in time.
  case receivedNothing(Selection)
  /// Another program owns the selection now.
  case lostSelection(Selection)
  /// Files are dragged over the window.
  case dropHovering(x: Int, y: Int)
  /// The dragged files left the window, or the drop failed.
  case dropLeft
  /// Files were dropped on the window.
  case dropped(paths: [String], x: Int, y: Int)
  /// Another thread called ``Waker/wake()``.
  case woken
  /// The connection to the server is lost; this is the last event.
  case lost
}

/// Milliseconds of the X server's clock, which starts anew every 49.7 days.
package typealias ServerTime = UInt32

/// The pointer's position, the buttons and modifier keys held down, and the time.
package struct PointerState: Sendable, Equatable {
  /// Pixels from the window's left edge.
  package var x: Int
  /// Pixels from the window's top edge.
  package var y: Int
  /// The keys held down.
  package var modifiers: Modifiers
  /// The buttons that were held down just before this event.
  package var buttons: PointerButtons
  /// The end of the device.
  package var tool: PointerTool
  /// The pressure of a pen, 0…1; nil for devices that report none.
  package var pressure: Double?
  /// The time of the event.
  package var time: ServerTime

  /// Makes a state.
  package init(
    x: Int, y: Int, modifiers: Modifiers = [], buttons: PointerButtons = [], tool: PointerTool = .tip,
    pressure: Double? = nil, time: ServerTime = 0
  ) {
    self.x = x
    self.y = y
    self.modifiers = modifiers
    self.buttons = buttons
    self.tool = tool
    self.pressure = pressure
    self.time = time
  }
}

/// The end of a pointing device.
package enum PointerTool: Sendable, Equatable {
  /// A mouse, a finger or a stylus's tip.
  case tip
  /// A stylus's other end.
  case eraser
}

/// A button of the pointer; wheels are not among them.
package enum PointerButton: Sendable, Hashable {
  /// The left button of a right-handed mouse, or the stylus's tip.
  case primary
  /// The middle button, or the pressed wheel.
  case middle
  /// The right button of a right-handed mouse.
  case secondary
  /// Another button, by its X number.
  case other(Int)
}

/// A set of buttons held down.
package struct PointerButtons: OptionSet, Sendable, Hashable {
  /// One bit for each button.
  package let rawValue: UInt8
  /// Makes a set from its bits.
  package init(rawValue: UInt8) { self.rawValue = rawValue }
  /// The primary button.
  package static let primary = PointerButtons(rawValue: 1)
  /// The middle button.
  package static let middle = PointerButtons(rawValue: 2)
  /// The secondary button.
  package static let secondary = PointerButtons(rawValue: 4)
}

/// A set of modifier keys held down; lock keys are not among them.
package struct Modifiers: OptionSet, Sendable, Hashable {
  /// One bit for each key.
  package let rawValue: UInt8
  /// Makes a set from its bits.
  package init(rawValue: UInt8) { self.rawValue = rawValue }
  /// Shift.
  package static let shift = Modifiers(rawValue: 1)
  /// Control.
  package static let control = Modifiers(rawValue: 2)
  /// Alt.
  package static let alt = Modifiers(rawValue: 4)
  /// The Super key.
  package static let command = Modifiers(rawValue: 8)
}
