import Basics
internal import CX11

/// The pointer's shape over the window.
package enum PointerShape: Sendable, Hashable {
  /// The desktop's arrow.
  case arrow
  /// A hand, over controls.
  case hand
  /// A caret, over text fields.
  case text
  /// Two crossed lines, where an area is marked.
  case cross
  /// A ring, as wide as the pen.
  case ring(diameter: Int)
}

/// The cursors of the shapes on the server, made at their first use.
final class Cursors {
  /// The number of cursors kept: turning the wheel uses rings of many widths.
  private static let capacity = 8
  /// Graphics hardware often shows only cursors of up to 64 pixels.
  private static let largestSide = 63

  private let display: Display
  private var cached: [(shape: PointerShape, cursor: Cursor)] = []

  init(_ display: Display) { self.display = display }

  func free() {
    for (_, cursor) in cached { XFreeCursor(display.connection, cursor) }
    cached = []
  }

  func cursor(for shape: PointerShape) -> Cursor {
    if let known = cached.first(where: { $0.shape == shape }) { return known.cursor }
    let connection = display.connection
    let cursor =
      switch shape {
      case .arrow: XCreateFontCursor(connection, UInt32(XC_left_ptr))
      case .hand: XCreateFontCursor(connection, UInt32(XC_hand2))
      case .text: XCreateFontCursor(connection, UInt32(XC_xterm))
      case .cross: XCreateFontCursor(connection, UInt32(XC_crosshair))
      case .ring(let diameter): makeRing(diameter)
      }
    cached.append((shape, cursor))
    // A cursor in use by a window stays alive on the server after it is freed here.
    if cached.count > Self.capacity { XFreeCursor(connection, cached.removeFirst().cursor) }
    return cursor
  }

  /// A dark ring between two light ones, visible on paper and on ink, with a dot in the middle of a large ring.
  private func makeRing(_ diameter: Int) -> Cursor {
    let radius = Double(min(max(diameter, 3), Self.largestSide - 4)) / 2
    let center = Int(clamping: radius) + 2
    let side = 2 * center + 1
    let rowBytes = (side + 7) / 8
    var dark = [UInt8](repeating: 0, count: rowBytes * side)
    var mask = dark
    for y in 0..<side {
      for x in 0..<side {
        let (dx, dy) = (Double(x - center), Double(y - center))
        let distance = (dx * dx + dy * dy).squareRoot()
        let ringDistance = abs(distance - radius)
        let isDot = radius >= 6 && distance < 0.6
        if ringDistance <= 0.6 || isDot { dark[y * rowBytes + x / 8] |= 1 << UInt8(x % 8) }
        if ringDistance <= 1.5 || (radius >= 6 && distance < 1.5) {
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
    var white = XColor(pixel: 0, red: 0xFFFF, green: 0xFFFF, blue: 0xFFFF, flags: 0, pad: 0)
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
  /// The pointer's shape over the window.
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
