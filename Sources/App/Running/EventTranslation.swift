// From the events of the X server to those of the window.

package import X11

extension AppEvent {
  /// Translates an event of the X server; nil for events that do not change the state.
  package init?(_ event: Event, in state: WindowState, layout: WindowLayout) {
    func position(_ pointer: PointerState) -> PointerPosition { layout.position(of: pointer, on: state.page) }
    switch event {
    case .moved(let pointer): self = .pointerMoved(position(pointer))
    case .pressed(let button, let pointer): self = .pointerPressed(button, position(pointer))
    case .released(let button, let pointer): self = .pointerReleased(button, position(pointer))
    case .entered(let pointer): self = .pointerEntered(position(pointer))
    case .left: self = .pointerLeft
    case .scrolled(_, let y, _): self = .scrolled(y)
    case .key(let press): self = .keyPressed(press)
    case .focused(let isFocused): self = .keyboardFocusChanged(isFocused)
    case .resized(let width, let height): self = .resized(WindowSize(width: width, height: height))
    case .closed: self = .closeRequested
    case .received(let contents):
      self = contents.text.map { .textPasted($0) } ?? .picturePasted(contents.bytes)
    case .receivedNothing: self = .nothingPasted
    case .dropHovering: self = .dropHovering(true)
    case .dropLeft: self = .dropHovering(false)
    case .dropped(let paths, _, _): self = .dropped(paths)
    case .lost: self = .displayLost
    case .keyReleased, .presented, .lostSelection, .woken: return nil
    }
  }
}
