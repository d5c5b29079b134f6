/// What the X server or another thread has told the window.
package enum Event: Sendable, Equatable {
  /// The pointer is somewhere else; no such event is ever left out or merged.
  case moved(PointerState)
  /// A button went down.
  case pressed(PointerButton, PointerState)
  /// A button came up.
  case released(PointerButton, PointerState)
  /// The wheel turned by steps: x to the right, y downwards.
  case scrolled(x: Int, y: Int, PointerState)
  /// The pointer came into the window.
  case entered(PointerState)
  /// The pointer left the window.
  case left(PointerState)
  /// A key went down, or repeats, or an input method has finished a text.
  case key(KeyPress)
  /// A key came up.
  case keyReleased(Key, Modifiers)
  /// The window has the keyboard now, or has no more.
  case focused(Bool)
  /// The window's size in pixels is another one; draw everything anew.
  case resized(width: Int, height: Int)
  /// The server has shown the last frame; it is the time for the next, if there is one to show.
  case presented
  /// The person asked the window manager to close the window.
  case closed
  /// What was asked for with ``Window/requestContents(of:types:time:)`` is here.
  case received(Contents)
  /// Nobody offers what was asked for, or the owner did not answer in time.
  case receivedNothing(Selection)
  /// Another program owns the selection now.
  case lostSelection(Selection)
  /// Something that can be dropped is held over the window.
  case dropHovering(x: Int, y: Int)
  /// What was held over the window went away.
  case dropLeft
  /// Files were dropped on the window: their paths.
  case dropped(paths: [String], x: Int, y: Int)
  /// Another thread called ``Waker/wake()``.
  case woken
  /// The server is gone: nothing can be shown any more, and this is the last event.
  case lost
}

/// Milliseconds of the X server's clock, which starts anew every 49.7 days.
package typealias ServerTime = UInt32

/// Where the pointer is, what is held down with it, and when.
package struct PointerState: Sendable, Equatable {
  /// Pixels from the window's left edge.
  package var x: Int
  /// Pixels from the window's top edge.
  package var y: Int
  /// The keys held down.
  package var modifiers: Modifiers
  /// The buttons that were held down just before this event.
  package var buttons: PointerButtons
  /// Which end of which device it is.
  package var tool: PointerTool
  /// When it happened.
  package var time: ServerTime

  /// Makes a state; what is not told is none.
  package init(
    x: Int, y: Int, modifiers: Modifiers = [], buttons: PointerButtons = [], tool: PointerTool = .tip,
    time: ServerTime = 0
  ) {
    self.x = x
    self.y = y
    self.modifiers = modifiers
    self.buttons = buttons
    self.tool = tool
    self.time = time
  }
}

/// The end of a device that touches the page.
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
  /// Any further button by its X number.
  case other(Int)
}

/// A set of buttons held down.
package struct PointerButtons: OptionSet, Sendable, Hashable {
  /// One bit a button.
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

/// A set of modifier keys held down; locks are not among them.
package struct Modifiers: OptionSet, Sendable, Hashable {
  /// One bit a key.
  package let rawValue: UInt8
  /// Makes a set from its bits.
  package init(rawValue: UInt8) { self.rawValue = rawValue }
  /// Shift.
  package static let shift = Modifiers(rawValue: 1)
  /// Control.
  package static let control = Modifiers(rawValue: 2)
  /// Alt.
  package static let alt = Modifiers(rawValue: 4)
  /// The key with a window or a diamond on it.
  package static let command = Modifiers(rawValue: 8)
}
