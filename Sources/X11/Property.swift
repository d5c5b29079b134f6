// Window properties: the typed values through which X clients give each other data.

import Basics
internal import CX11

/// A property's value as it was read.
struct Property {
  /// More than this no well-meaning program hands over; it bounds what a broken one can make us hold.
  static let largestValue = 64 << 20

  let type: Atom
  let format: Int32
  let bytes: [UInt8]
  /// The items of a 32-bit format, otherwise none.
  let words: [UInt]

  /// Reads a property, and deletes it if that is asked; nil where it is missing or too large.
  static func read(
    _ display: Display, _ window: CX11.Window, _ name: Atom, type wanted: Int = AnyPropertyType,
    deleting: Bool = false
  ) -> Property? {
    var type = Atom(None)
    var format: Int32 = 0
    var count: UInt = 0
    var rest: UInt = 0
    var data: UnsafeMutablePointer<UInt8>?
    let status = XGetWindowProperty(
      display.connection, window, name, 0, largestValue / 4, deleting ? 1 : 0, Atom(bitPattern: wanted),
      &type,
      &format, &count, &rest, &data)
    defer { if let data { XFree(data) } }
    guard status == Success, type != Atom(None), let data else { return nil }
    guard rest == 0 else {
      if deleting { XDeleteProperty(display.connection, window, name) }
      return nil
    }
    switch format {
    case 32:
      // Xlib hands 32-bit items over as longs.
      let items = UnsafeRawPointer(data).assumingMemoryBound(to: UInt.self)
      let words = UnsafeBufferPointer(start: items, count: Int(count)).map { $0 & 0xFFFF_FFFF }
      return Property(type: type, format: format, bytes: [], words: words)
    default:
      let size = Int(count) * Int(max(8, format)) / 8
      let bytes = Array(UnsafeBufferPointer(start: data, count: size))
      return Property(type: type, format: format, bytes: bytes, words: [])
    }
  }

  static func write(_ display: Display, _ window: CX11.Window, _ name: Atom, type: Atom, words: [UInt]) {
    words.withUnsafeBytes { bytes in
      _ = XChangeProperty(
        display.connection, window, name, type, 32, PropModeReplace,
        bytes.assumingMemoryBound(to: UInt8.self).baseAddress, Int32(words.count))
    }
  }

  static func write(_ display: Display, _ window: CX11.Window, _ name: Atom, type: Atom, bytes: [UInt8]) {
    XChangeProperty(
      display.connection, window, name, type, 8, PropModeReplace, bytes, Int32(bytes.count))
  }

  /// How many bytes fit into one request with room to spare; larger values go in pieces.
  static func largestPiece(_ display: Display) -> Int {
    // XMaxRequestSize counts words of four bytes, and 65535 of them are common.
    min(Int(XMaxRequestSize(display.connection)) * 4 - 256, 128 << 10)
  }
}
