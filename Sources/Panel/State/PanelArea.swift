package import App
package import Basics

/// Where the parts of the panel are, in pixels.
package struct PanelArea: Sendable, Equatable {
  /// The whole panel.
  package let window: Rectangle
  /// The area to write in.
  package let writing: Rectangle
  /// The row with the text that was read, or a message.
  package let row: Rectangle
  /// The buttons.
  package let buttons: [PanelControl: Rectangle]
  package let gap: Int
  package let textSize: Double
  package let smallSize: Double
  package let radius: Double
  package let hairline: Int

  /// The smallest size at a scale.
  package static func smallest(scale: Double) -> WindowSize {
    WindowSize(width: Int(clamping: 320 * scale), height: Int(clamping: 120 * scale))
  }

  /// The size of a new panel on a screen that is so wide.
  package static func usual(screenWidth: Int, scale: Double) -> WindowSize {
    let width = min(Double(screenWidth), max(320 * scale, min(1000 * scale, Double(screenWidth) * 0.7)))
    return WindowSize(width: Int(clamping: width), height: Int(clamping: 220 * scale))
  }

  /// Lays the panel out.
  package init(size: WindowSize, scale: Double) {
    func pixels(_ length: Double) -> Int { max(1, Int(clamping: (length * scale).rounded())) }
    let (width, height) = (size.width, size.height)
    window = Rectangle(x: 0, y: 0, width: width, height: height)
    let gap = pixels(8)
    self.gap = gap
    textSize = (17 * scale).rounded()
    smallSize = (13 * scale).rounded()
    radius = 6 * scale
    hairline = pixels(1)

    // Buttons as wide as a finger needs, but never more than a third of the panel.
    let buttonWidth = max(1, min(pixels(64), (width / 3 - gap * 2) / 2))
    let block = 2 * buttonWidth + gap
    let left = gap
    let right = width - gap - block
    let inner = max(1, height - 2 * gap)
    let rowHeight = max(1, min(pixels(34), inner / 3))
    row = Rectangle(x: left, y: gap, width: max(1, right - gap - left), height: rowHeight)
    let top = gap + rowHeight + gap / 2
    writing = Rectangle(x: left, y: top, width: row.width, height: max(1, height - gap - top))

    var buttons: [PanelControl: Rectangle] = [:]
    let buttonHeight = max(1, (inner - 2 * gap) / 3)
    func place(_ control: PanelControl, column: Int, row: Int, columns: Int = 1) {
      buttons[control] = Rectangle(
        x: right + column * (buttonWidth + gap), y: gap + row * (buttonHeight + gap),
        width: columns * buttonWidth + (columns - 1) * gap, height: buttonHeight)
    }
    place(.undo, column: 0, row: 0)
    place(.backspace, column: 1, row: 0)
    place(.command, column: 0, row: 1)
    place(.enter, column: 1, row: 1)
    place(.space, column: 0, row: 2, columns: 2)
    self.buttons = buttons
  }
}
