import Basics
import CLibrary
internal import CX11

/// Moves the pointer, and presses buttons and keys, as a user would.
///
/// It has a connection of its own, on the thread that made it. The events go through the server by XTEST, whose
/// library is loaded at run time. Where the library or the server's extension is missing, they are sent to the
/// window.
package final class SyntheticInput {
  /// The connection that the input uses.
  package let display: Display
  /// The ``Window/identifier`` of the window.
  package let window: UInt
  private let library: XTestLibrary?
  /// The pointer's position in the window.
  private var position = (x: 0, y: 0)
  /// The buttons that are held down, as the events' masks.
  private var state: UInt32 = 0

  /// Makes input for the window with an ``Window/identifier``, on the display of that name.
  package init(on window: UInt, display name: String) throws(DisplayError) {
    display = try Display(named: name)
    self.window = window
    library = try? XTestLibrary(on: display.connection)
  }

  /// Whether the events go through the server, and are not only sent to the window.
  package var usesServer: Bool { library != nil }

  /// Moves the pointer to a position in the window.
  package func move(toX x: Int, y: Int) { move(through: [(x, y)]) }

  /// Moves the pointer through many positions in the window.
  package func move(through positions: [(x: Int, y: Int)]) {
    // One request for the window's position serves all motions.
    let (left, top) =
      library == nil || display.isLost ? (0, 0) : display.position(ofX: 0, y: 0, of: window, in: display.root)
    for (x, y) in positions {
      position = (x, y)
      if let library {
        _ = library.motion(display.connection, -1, Int32(left + x), Int32(top + y), 0)
      } else {
        send(MotionNotify, PointerMotionMask)
      }
    }
    display.flush()
  }

  /// Presses a button.
  package func press(_ button: PointerButton = .primary) { set(button.number, isDown: true) }

  /// Releases a button.
  package func release(_ button: PointerButton = .primary) { set(button.number, isDown: false) }

  /// Moves to a position and clicks.
  package func click(atX x: Int, y: Int, _ button: PointerButton = .primary) {
    move(toX: x, y: y)
    press(button)
    release(button)
  }

  /// Waits until the server has handled all requests, and has passed on the buttons.
  ///
  /// A window manager may hold back a press, and all that follows, until it has decided what to do with it. The server
  /// then gives a release the place of the last motion that it holds back: a click would end somewhere else.
  package func settle() {
    guard !display.isLost else { return }
    XSync(display.connection, 0)
    let limit = ContinuousClock.now + .seconds(2)
    while library != nil, !display.isLost, buttons() != state, ContinuousClock.now < limit { usleep(500) }
  }

  /// The masks of the buttons that the server says are held down.
  private func buttons() -> UInt32 {
    var (root, child) = (CX11.Window(None), CX11.Window(None))
    var (rootX, rootY, x, y): (Int32, Int32, Int32, Int32) = (0, 0, 0, 0)
    var mask: UInt32 = 0
    XQueryPointer(display.connection, window, &root, &child, &rootX, &rootY, &x, &y, &mask)
    return mask & UInt32(Button1Mask | Button2Mask | Button3Mask | Button4Mask | Button5Mask)
  }

  private func set(_ button: UInt32, isDown: Bool) {
    if let library {
      _ = library.button(display.connection, button, isDown ? 1 : 0, 0)
      display.flush()
    } else {
      send(
        isDown ? ButtonPress : ButtonRelease, isDown ? ButtonPressMask : ButtonReleaseMask, detail: button)
    }
    // The masks of the first five buttons follow each other.
    let mask = button <= 5 ? UInt32(Button1Mask) << (button - 1) : 0
    state = isDown ? state | mask : state & ~mask
  }

  /// Sends a key, button or motion event; the records of all three have the same fields in the same order.
  private func send(_ type: Int32, _ mask: Int, detail: UInt32 = 0) {
    guard !display.isLost else { return }
    var event = XEvent()
    event.xkey.type = type
    event.xkey.window = window
    event.xkey.root = display.root
    event.xkey.time = now
    event.xkey.x = Int32(position.x)
    event.xkey.y = Int32(position.y)
    event.xkey.state = state
    event.xkey.keycode = detail
    event.xkey.same_screen = 1
    XSendEvent(display.connection, window, 0, mask, &event)
    display.flush()
  }

  private var now: Time {
    let (seconds, attoseconds) = (ContinuousClock.now - Self.start).components
    return Time(UInt32(truncatingIfNeeded: seconds * 1000 + attoseconds / 1_000_000_000_000_000))
  }

  /// The start of the clock of sent events.
  private static let start = ContinuousClock.now
}

extension PointerButton {
  /// The button with a number in X.
  init(number: UInt32) {
    self = [.primary, .middle, .secondary].first { $0.number == number } ?? .other(Int(number))
  }

  /// The button's number in X.
  var number: UInt32 {
    switch self {
    case .primary: 1
    case .middle: 2
    case .secondary: 3
    case .other(let number): UInt32(clamping: number)
    }
  }
}
