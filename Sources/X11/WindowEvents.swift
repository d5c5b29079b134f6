// Turns what Xlib reports into events, and answers by itself what the application need not know of.

import Basics
internal import CX11

extension Window {
  /// Works on one X event; what the application should know is appended.
  func take(_ event: inout XEvent, into events: inout [Event]) {
    switch event.type {
    case MotionNotify:
      let motion = event.xmotion
      lastTime = motion.time
      events.append(.moved(pointer(x: motion.x, y: motion.y, state: motion.state, time: motion.time)))
    case ButtonPress, ButtonRelease:
      takeButton(event.xbutton, into: &events)
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
    case FocusIn, FocusOut:
      takeFocus(event.xfocus, into: &events)
    case Expose:
      takeExposure(event.xexpose)
    case ConfigureNotify:
      takeSize(event.xconfigure, into: &events)
    case DestroyNotify:
      if event.xdestroywindow.window == identifier { events.append(.closed) }
    case ClientMessage:
      takeMessage(&event, into: &events)
    case SelectionRequest:
      offers.answer(event.xselectionrequest)
    case SelectionClear:
      if let lost = offers.clear(event.xselectionclear) { events.append(.lostSelection(lost)) }
    case SelectionNotify:
      takeSelection(event.xselection, into: &events)
    case PropertyNotify:
      takeProperty(event.xproperty, into: &events)
    case GenericEvent:
      stylus?.take(&event.xcookie)
    case completionType:
      takeCompletion(into: &events)
    default:
      break
    }
  }

  private func takeButton(_ button: XButtonEvent, into events: inout [Event]) {
    lastTime = button.time
    let state = pointer(x: button.x, y: button.y, state: button.state, time: button.time)
    let isPress = button.type == ButtonPress
    // The wheel is buttons 4 to 7, one press a step; their releases say nothing.
    let steps = [4: (0, -1), 5: (0, 1), 6: (-1, 0), 7: (1, 0)]
    if let (x, y) = steps[Int(button.button)] {
      if isPress { events.append(.scrolled(x: x, y: y, state)) }
      return
    }
    let which: PointerButton =
      switch button.button {
      case 1: .primary
      case 2: .middle
      case 3: .secondary
      default: .other(Int(button.button))
      }
    events.append(isPress ? .pressed(which, state) : .released(which, state))
  }

  private func takeFocus(_ focus: XFocusChangeEvent, into events: inout [Event]) {
    // A grab by the window manager (as it moves the window) does not change who has the keyboard, nor does the
    // pointer's place while another window has it.
    guard focus.mode != NotifyGrab, focus.mode != NotifyUngrab, focus.detail != NotifyPointer else { return }
    let hasFocus = focus.type == FocusIn
    keyboard.setFocus(hasFocus)
    events.append(.focused(hasFocus))
  }

  private func takeExposure(_ expose: XExposeEvent) {
    let part = Rectangle(
      x: Int(expose.x), y: Int(expose.y), width: Int(expose.width), height: Int(expose.height))
    let visible = part.intersection(painted)
    if !visible.isEmpty { exposed.append(visible) }
    if expose.count == 0, !exposed.isEmpty {
      put(exposed)
      exposed = []
    }
  }

  private func takeSize(_ configure: XConfigureEvent, into events: inout [Event]) {
    let (newWidth, newHeight) = (Int(configure.width), Int(configure.height))
    guard configure.window == identifier, (newWidth, newHeight) != (width, height) else { return }
    width = newWidth
    height = newHeight
    // Only the last of a row of sizes needs painting.
    if case .resized = events.last { events.removeLast() }
    events.append(.resized(width: newWidth, height: newHeight))
  }

  private func takeMessage(_ event: inout XEvent, into events: inout [Event]) {
    let message = event.xclient
    guard message.format == 32 else { return }
    let atoms = display.atoms
    if message.message_type == atoms[.wmProtocols] {
      let what = Atom(bitPattern: message.data.l.0)
      if what == atoms[.wmDelete] {
        events.append(.closed)
      } else if what == atoms[.ping], message.window == identifier {
        // The answer is the same message, sent to the root window.
        event.xclient.window = display.root
        XSendEvent(
          display.connection, display.root, 0, SubstructureRedirectMask | SubstructureNotifyMask, &event)
      }
    } else {
      drops.take(message, into: &events)
    }
  }

  private func takeSelection(_ selection: XSelectionEvent, into events: inout [Event]) {
    if selection.selection == display.atoms[.clipboardKeeper] {
      isClipboardKept = true
    } else if selection.selection == display.atoms[.dropSelection] {
      drops.take(selection, into: &events)
    } else {
      report(paste.take(selection), into: &events)
    }
  }

  private func takeProperty(_ property: XPropertyEvent, into events: inout [Event]) {
    if property.window == identifier {
      lastTime = property.time
      if property.atom == display.atoms[.frame] {
        takeCompletion(into: &events)
      } else if property.state == PropertyNewValue {
        report(paste.take(property), into: &events)
        drops.take(property, into: &events)
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

  private func takeCompletion(into events: inout [Event]) {
    framesUnderway = max(0, framesUnderway - 1)
    guard framesUnderway == 0 else { return }
    hasPresented = true
    events.append(.presented)
  }

  private func pointer(x: Int32, y: Int32, state: UInt32, time: Time) -> PointerState {
    var buttons: PointerButtons = []
    if state & UInt32(Button1Mask) != 0 { buttons.insert(.primary) }
    if state & UInt32(Button2Mask) != 0 { buttons.insert(.middle) }
    if state & UInt32(Button3Mask) != 0 { buttons.insert(.secondary) }
    return PointerState(
      x: Int(x), y: Int(y), modifiers: Modifiers(state: state), buttons: buttons,
      tool: stylus?.tool ?? .tip, time: ServerTime(truncatingIfNeeded: time))
  }
}

extension Modifiers {
  /// The modifiers in an X event's state; Mod1 is Alt and Mod4 the command key on every layout in use.
  init(state: UInt32) {
    self = []
    if state & UInt32(ShiftMask) != 0 { insert(.shift) }
    if state & UInt32(ControlMask) != 0 { insert(.control) }
    if state & UInt32(Mod1Mask) != 0 { insert(.alt) }
    if state & UInt32(Mod4Mask) != 0 { insert(.command) }
  }
}
