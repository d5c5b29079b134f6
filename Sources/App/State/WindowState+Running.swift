// What the running window asks of a session beyond events and commands.

import Basics
import Graphics
import Ink
package import Recognition
package import X11

extension WindowState {
  /// Takes over what was remembered; a wish goes first.
  package mutating func recall(_ settings: Settings, isLive wish: Bool?) {
    penWidth = settings.penWidth ?? penWidth
    isLive = wish ?? settings.isLive ?? isLive
    lastFolder = settings.folder
  }

  /// What is to be done once the window is there: a restored page is read.
  package mutating func begin() -> [Effect] {
    page.isEmpty || models.isEmpty || !isLive ? [] : predict()
  }

  /// Ends what the pointer does, as if the button had been released.
  package mutating func endGesture() -> [Effect] {
    switch gesture {
    case .drawing: return endStroke()
    case .erasing: return endErasing()
    case .sliding, .none: return []
    }
  }

  /// Whether the pen is down and has gone on since it was read last.
  var hasMovedPen: Bool { gesture == .drawing && readRevision != revision }

  /// Asks for a reading of the stroke under way.
  mutating func readUnderPen() -> [Effect] {
    guard !models.isEmpty else { return [] }
    isAsked = true
    readRevision = revision
    return [.read(models: asked)]
  }

  /// The reading, if it is one of the page as it is now.
  package var currentReading: Reading? { model?.answer?.revision == revision ? reading : nil }

  /// What the pointer looks like where it is.
  package var pointerShape: PointerShape {
    if hovered == .pen || overlay == .keys { return .arrow }
    if let hovered { return isEnabled(hovered) ? .hand : .arrow }
    switch overlay {
    case .saveAs, nil: break
    case .keys, .models, .open: return .arrow
    }
    guard isOverPage else { return .arrow }
    let width = isErasing || isErasingNow ? eraserWidth : penWidth
    return .ring(diameter: max(3, Int(clamping: (width * Double(layout.page.width) / page.width).rounded())))
  }

  private var isErasingNow: Bool {
    if case .erasing = gesture { return true }
    return false
  }
}
