import Basics
internal import CX11

/// What the pointer looks like over the window.
package enum PointerShape: Sendable, Hashable {
  /// The desktop's usual arrow.
  case arrow
  /// A hand, over what can be pressed.
  case hand
  /// A caret, over text that can be edited.
  case text
  /// A ring as wide as the pen, in pixels.
  case ring(diameter: Int)
}

/// The shapes' cursors on the server, made when first needed.
final class Cursors {
  /// Rings of many widths come by as the wheel turns; only the latest are kept.
  private static let capacity = 8
  /// Servers may draw larger ones, but graphics hardware often shows only 64 pixels.
  private static let largestRing = 63

  private let display: Display
  private var made: [(shape: PointerShape, cursor: Cursor)] = []

  init(_ display: Display) { self.display = display }

  func free() {
    for (_, cursor) in made { XFreeCursor(display.connection, cursor) }
    made = []
  }

  func cursor(for shape: PointerShape) -> Cursor {
    if let known = made.first(where: { $0.shape == shape }) { return known.cursor }
    let connection = display.connection
    let cursor =
      switch shape {
      case .arrow: XCreateFontCursor(connection, UInt32(XC_left_ptr))
      case .hand: XCreateFontCursor(connection, UInt32(XC_hand2))
      case .text: XCreateFontCursor(connection, UInt32(XC_xterm))
      case .ring(let diameter): ring(diameter)
      }
    made.append((shape, cursor))
    // A cursor in use by a window stays alive on the server after it is freed here.
    if made.count > Self.capacity { XFreeCursor(connection, made.removeFirst().cursor) }
    return cursor
  }

  /// A dark ring between two light ones, visible on paper and on ink; a dot in the middle where there is room.
  private func ring(_ diameter: Int) -> Cursor {
    let radius = Double(min(max(diameter, 3), Self.largestRing - 4)) / 2
    let center = Int(clamping: radius) + 2
    let side = 2 * center + 1
    let rowBytes = (side + 7) / 8
    var dark = [UInt8](repeating: 0, count: rowBytes * side)
    var mask = dark
    for y in 0..<side {
      for x in 0..<side {
        let (dx, dy) = (Double(x - center), Double(y - center))
        let distance = (dx * dx + dy * dy).squareRoot()
        let fromRing = abs(distance - radius)
        let isDot = radius >= 6 && distance < 0.6
        if fromRing <= 0.6 || isDot { dark[y * rowBytes + x / 8] |= 1 << UInt8(x % 8) }
        if fromRing <= 1.5 || (radius >= 6 && distance < 1.5) {
          mask[y * rowBytes + x / 8] |= 1 << UInt8(x % 8)
        }
      }
    }
    let source = bitmap(dark, side: side)
    let shape = bitmap(mask, side: side)
    defer {
      XFreePixmap(display.connection, source)
      XFreePixmap(display.connection, shape)
    }
    var black = XColor()
    var white = XColor()
    white.red = 0xFFFF
    white.green = 0xFFFF
    white.blue = 0xFFFF
    return XCreatePixmapCursor(
      display.connection, source, shape, &black, &white, UInt32(center), UInt32(center))
  }

  private func bitmap(_ bits: [UInt8], side: Int) -> Pixmap {
    bits.withUnsafeBytes { bytes in
      XCreateBitmapFromData(
        display.connection, display.root, bytes.assumingMemoryBound(to: CChar.self).baseAddress,
        UInt32(side), UInt32(side))
    }
  }
}

extension Window {
  /// What the pointer looks like over the window.
  package var pointerShape: PointerShape {
    get { shape }
    set {
      guard newValue != shape || !hasCursor, !display.isLost else { return }
      shape = newValue
      hasCursor = true
      XDefineCursor(display.connection, identifier, cursors.cursor(for: newValue))
      XFlush(display.connection)
    }
  }
}
