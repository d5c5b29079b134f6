// Makes events of Xlib's events, and answers the protocol messages that the application need not know.

import Basics
internal import CX11

extension Window {
  /// Handles one X event, and appends the events for the application.
  func handle(_ event: inout XEvent, into events: inout [Event]) {
    switch event.type {
    case MotionNotify:
      let motion = event.xmotion
      lastTime = motion.time
      if rejectsHand(at: motion.time) { break }
      events.append(.moved(pointer(x: motion.x, y: motion.y, state: motion.state, time: motion.time)))
    case ButtonPress, ButtonRelease: handleButton(event.xbutton, into: &events)
    case EnterNotify, LeaveNotify:
      let crossing = event.xcrossing
      lastTime = crossing.time
      let state = pointer(x: crossing.x, y: crossing.y, state: crossing.state, time: crossing.time)
      events.append(event.type == EnterNotify ? .entered(state) : .left(state))
    case CX11.KeyPress:
      lastTime = event.xkey.time
      if let press = keyboard.press(&event.xkey) { events.append(.key(press)) }
    case KeyRelease:
      lastTime = event.xkey.time
      let (key, modifiers) = keyboard.release(&event.xkey)
      events.append(.keyReleased(key, modifiers))
    case FocusIn, FocusOut: handleFocus(event.xfocus, into: &events)
    case Expose: handleExposure(event.xexpose)
    case ConfigureNotify: handleSize(event.xconfigure, into: &events)
    // The server alone destroys windows and takes selections away; other programs can only claim it.
    case DestroyNotify where event.xany.send_event != 0, SelectionClear where event.xany.send_event != 0:
      break
    case DestroyNotify: if event.xdestroywindow.window == identifier { events.append(.closed) }
    case ClientMessage: handleMessage(&event, into: &events)
    case SelectionRequest: offers.answer(event.xselectionrequest)
    case SelectionClear:
      if let lost = offers.handle(event.xselectionclear) { events.append(.lostSelection(lost)) }
    case SelectionNotify: handleSelection(event.xselection, into: &events)
    case PropertyNotify: handleProperty(event.xproperty, into: &events)
    case GenericEvent: stylus?.handle(&event.xcookie)
    case completionType: handleCompletion(into: &events)
    default: break
    }
  }

  private func handleButton(_ button: XButtonEvent, into events: inout [Event]) {
    lastTime = button.time
    let state = pointer(x: button.x, y: button.y, state: button.state, time: button.time)
    let isPress = button.type == ButtonPress
    // A release may end what a pen has begun.
    if isPress, rejectsHand(at: button.time) { return }
    // The wheel is buttons 4 to 7 with one press a step; their releases mean nothing.
    let steps = [4: (0, -1), 5: (0, 1), 6: (-1, 0), 7: (1, 0)]
    if let (x, y) = steps[Int(button.button)] {
      if isPress { events.append(.scrolled(x: x, y: y, state)) }
      return
    }
    let which = PointerButton(number: button.button)
    events.append(isPress ? .pressed(which, state) : .released(which, state))
  }

  private func handleFocus(_ focus: XFocusChangeEvent, into events: inout [Event]) {
    // The keyboard stays where it is when a window manager grabs it to move the window, and when the pointer enters
    // while another window has it.
    guard focus.mode != NotifyGrab, focus.mode != NotifyUngrab, focus.detail != NotifyPointer else { return }
    let hasFocus = focus.type == FocusIn
    keyboard.setFocus(hasFocus)
    events.append(.focused(hasFocus))
  }

  /// The most lost parts that are collected before they are shown again.
  private static let mostExposed = 64

  private func handleExposure(_ expose: XExposeEvent) {
    let part = Rectangle(
      x: Int(expose.x), y: Int(expose.y), width: Int(expose.width), height: Int(expose.height))
    let visible = part.intersection(presented)
    if !visible.isEmpty { exposed.append(visible) }
    // A program can send such events without end.
    if expose.count == 0 || exposed.count >= Self.mostExposed, !exposed.isEmpty {
      put(exposed)
      exposed = []
    }
  }

  private func handleSize(_ configure: XConfigureEvent, into events: inout [Event]) {
    // A program, usually the window manager, sends such an event to tell the window's position. The server itself reports
    // every change of the size.
    guard configure.window == identifier, configure.send_event == 0 else { return }
    let (newWidth, newHeight) = Self.drawnSize(width: Int(configure.width), height: Int(configure.height))
    guard (newWidth, newHeight) != (width, height) else { return }
    width = newWidth
    height = newHeight
    // Only the last of several sizes needs painting.
    if case .resized = events.last { events.removeLast() }
    events.append(.resized(width: newWidth, height: newHeight))
  }

  private func handleMessage(_ event: inout XEvent, into events: inout [Event]) {
    let message = event.xclient
    guard message.format == 32 else { return }
    let atoms = display.atoms
    if message.message_type == atoms[.wmProtocols] {
      let protocolName = Atom(bitPattern: message.data.l.0)
      if protocolName == atoms[.wmDelete] {
        events.append(.closed)
      } else if protocolName == atoms[.ping], message.window == identifier {
        // The answer is the same message, sent to the root window.
        event.xclient.window = display.root
        XSendEvent(
          display.connection, display.root, 0, SubstructureRedirectMask | SubstructureNotifyMask, &event)
      }
    } else {
      dropTarget.handle(message, into: &events)
    }
  }

  private func handleSelection(_ selection: XSelectionEvent, into events: inout [Event]) {
    if selection.selection == display.atoms[.clipboardManager] {
      isClipboardSaved = true
    } else if selection.selection == display.atoms[.dropSelection] {
      dropTarget.handle(selection, into: &events)
    } else {
      report(pasteReader.handle(selection), into: &events)
    }
  }

  private func handleProperty(_ property: XPropertyEvent, into events: inout [Event]) {
    if property.window == identifier {
      lastTime = property.time
      if property.atom == display.atoms[.frame] {
        handleCompletion(into: &events)
      } else if property.state == PropertyNewValue {
        report(pasteReader.handle(property), into: &events)
        dropTarget.handle(property, into: &events)
      }
    }
    if property.state == PropertyDelete { offers.continueTransfer(property) }
  }

  func report(_ outcome: SelectionReader.Outcome?, into events: inout [Event]) {
    switch outcome {
    case nil: break
    case .failed(let selection): events.append(.receivedNothing(selection))
    case .finished(let contents): events.append(.received(contents))
    }
  }

  private func handleCompletion(into events: inout [Event]) {
    pendingFrames = max(0, pendingFrames - 1)
    guard pendingFrames == 0 else { return }
    hasPresented = true
    events.append(.presented)
  }

  private func pointer(x: Int32, y: Int32, state: UInt32, time: Time) -> PointerState {
    // The masks of the buttons follow each other.
    let buttons = PointerButtons(rawValue: UInt8(state / UInt32(Button1Mask) & 7))
    return PointerState(
      x: Int(x), y: Int(y), modifiers: Modifiers(state: state), buttons: buttons,
      tool: stylus?.tool ?? .tip, pressure: stylus?.pressure(at: ServerTime(truncatingIfNeeded: time)),
      time: ServerTime(truncatingIfNeeded: time))
  }

  /// Whether the pointer is moved or pressed by the hand that holds a pen.
  private func rejectsHand(at time: Time) -> Bool {
    stylus?.rejects(at: ServerTime(truncatingIfNeeded: time)) == true
  }
}

extension Modifiers {
  /// The masks of X; Mod1 is Alt and Mod4 the command key on every layout in use.
  private static let masks: [(modifier: Modifiers, mask: UInt32)] = [
    (.shift, UInt32(ShiftMask)), (.control, UInt32(ControlMask)), (.alt, UInt32(Mod1Mask)),
    (.command, UInt32(Mod4Mask)),
  ]

  /// The modifiers in an X event's state.
  init(state: UInt32) {
    self.init(Self.masks.filter { state & $0.mask != 0 }.map(\.modifier))
  }

  /// The modifiers as a mask of X.
  var mask: UInt32 { Self.masks.filter { contains($0.modifier) }.reduce(0) { $0 | $1.mask } }
}
