// What the pointer and the keyboard are at.

/// The controls under the pointer, held down, and focused; and whether the window has the keyboard.
package struct FocusState: Sendable, Equatable {
  /// The control under the pointer.
  package private(set) var hovered: Control?
  /// Whether the pointer is over the page.
  package private(set) var isOverPage = false
  /// The control that is held down.
  package private(set) var pressed: Control?
  /// The control that the keyboard presses.
  package private(set) var focused: Control?
  /// Whether the window has the keyboard.
  package internal(set) var isWindowActive = true
  /// Whether files are held over the window.
  package internal(set) var isDropHovering = false

  /// Whether the pointer has rested on the control under it, whose tooltip is shown.
  package private(set) var showsTooltip = false

  /// Whether the pointer moves the knob of the pen's slider.
  var isSliding: Bool { pressed == .pen }

  mutating func hover(_ pointer: PointerPosition) {
    let control = pointer.isOnOverlay ? nil : pointer.control
    if control != hovered { showsTooltip = false }
    hovered = control
    isOverPage = pointer.isOnPage && !pointer.isOnOverlay
  }

  mutating func pointerLeft() {
    hovered = nil
    showsTooltip = false
  }

  mutating func rest() { showsTooltip = hovered != nil && pressed == nil }

  mutating func hideTooltip() { showsTooltip = false }

  mutating func press(_ control: Control) {
    pressed = control
    hovered = control
    showsTooltip = false
  }

  mutating func release() { pressed = nil }

  mutating func focusPage() { focused = nil }

  /// Focuses the next or the previous enabled control; the page is between the last and the first one.
  mutating func move(backwards: Bool, isEnabled: (Control) -> Bool) {
    let order = Control.allCases
    // A focused control that was disabled meanwhile still gives the position.
    let index = focused.flatMap(order.firstIndex)
    let rest =
      backwards ? Array(order[..<(index ?? order.count)].reversed()) : Array(order[((index ?? -1) + 1)...])
    focused = rest.first(where: isEnabled)
  }
}
