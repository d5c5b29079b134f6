// Window properties: the typed values through which X programs exchange data.

import Basics
internal import CX11

/// A property's value as it was read.
struct Property {
  /// The largest value that is read: a bound on the memory that another program can make this one use.
  static let largestValue = 64 << 20

  let type: Atom
  let format: Int32
  let bytes: [UInt8]
  /// The items of a property of format 32; empty for other formats.
  let words: [UInt]

  /// Reads a property of at most some bytes, and then deletes it if `deleting`.
  ///
  /// - Returns: The value, or nil where it is missing or too large.
  static func read(
    _ display: Display, _ window: CX11.Window, _ name: Atom, deleting: Bool = false,
    atMost limit: Int = largestValue
  ) -> Property? {
    var type = Atom(None)
    var format: Int32 = 0
    var count: UInt = 0
    var rest: UInt = 0
    var data: UnsafeMutablePointer<UInt8>?
    let status = XGetWindowProperty(
      display.connection, window, name, 0, limit / 4, deleting ? 1 : 0,
      Atom(bitPattern: AnyPropertyType),
      &type, &format, &count, &rest, &data)
    defer { if let data { XFree(data) } }
    guard status == Success, type != Atom(None), let data else { return nil }
    guard rest == 0 else {
      if deleting { XDeleteProperty(display.connection, window, name) }
      return nil
    }
    if format == 32 {
      // Xlib gives 32-bit items as longs.
      let items = UnsafeRawPointer(data).assumingMemoryBound(to: UInt.self)
      let words = UnsafeBufferPointer(start: items, count: Int(count)).map { $0 & 0xFFFF_FFFF }
      return Property(type: type, format: format, bytes: [], words: words)
    }
    let size = Int(count) * Int(max(8, format)) / 8
    let bytes = Array(UnsafeBufferPointer(start: data, count: size))
    return Property(type: type, format: format, bytes: bytes, words: [])
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

  /// The most bytes that are sent in one request; larger values go in pieces.
  static func largestPiece(_ display: Display) -> Int {
    // XMaxRequestSize counts words of four bytes, and 65535 of them are common.
    min(Int(XMaxRequestSize(display.connection)) * 4 - 256, 128 << 10)
  }
}
