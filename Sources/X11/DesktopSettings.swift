// The desktop's settings by the XSETTINGS protocol, which GNOME, Xfce, MATE and others use.

import Basics
internal import CX11

/// The settings that an XSETTINGS manager publishes: names with texts and whole numbers.
package struct DesktopSettings: Sendable, Equatable {
  /// The texts by their names, such as `Net/ThemeName`.
  package private(set) var texts: [String: String] = [:]
  /// The whole numbers by their names, such as `Gtk/CursorThemeSize`.
  package private(set) var integers: [String: Int] = [:]

  /// Reads the bytes of the property `_XSETTINGS_SETTINGS`; what is damaged is left out.
  package init(bytes: [UInt8]) {
    var reader = SettingsReader(bytes)
    guard let count = reader.start() else { return }
    for _ in 0..<min(count, bytes.count) {
      guard let type = reader.number(1), reader.number(1) != nil, let length = reader.number(2),
        let name = reader.text(length), reader.number(4) != nil
      else { return }
      switch type {
      case 0:
        guard let number = reader.number(4) else { return }
        integers[name] = number
      case 1:
        guard let size = reader.number(4), let text = reader.text(size) else { return }
        texts[name] = text
      case 2:
        // Red, green, blue and opacity have two bytes each.
        guard reader.number(4) != nil, reader.number(4) != nil else { return }
      default: return
      }
    }
  }

  /// Whether the desktop's colours are dark: its theme says so in its name; nil where no theme is named.
  package var prefersDark: Bool? {
    if integers["Gtk/ApplicationPreferDarkTheme"] == 1 { return true }
    return texts["Net/ThemeName"].map { $0.lowercased().contains("dark") }
  }
}

/// Reads numbers and texts in the order of bytes that the property names first.
private struct SettingsReader {
  private let bytes: [UInt8]
  private var position = 0
  private var isBigEndian = false

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The number of settings; nil where the bytes are none.
  mutating func start() -> Int? {
    guard let order = bytes.first, order <= 1 else { return nil }
    isBigEndian = order == 1
    // The order, three unused bytes, and a serial number.
    position = 8
    return number(4)
  }

  /// A number of some bytes; nil where the bytes end before.
  mutating func number(_ size: Int) -> Int? {
    guard position + size <= bytes.count else { return nil }
    let part = bytes[position..<position + size]
    position += size
    return (isBigEndian ? Array(part) : part.reversed()).reduce(0) { $0 << 8 | Int($1) }
  }

  /// A text, which is filled up to a multiple of four bytes.
  mutating func text(_ length: Int) -> String? {
    let end = position + (length + 3) & ~3
    guard length <= bytes.count, end <= bytes.count else { return nil }
    defer { position = end }
    return String(decoding: bytes[position..<position + length], as: UTF8.self)
  }
}

extension Display {
  /// The settings of the desktop's XSETTINGS manager; empty where there is none.
  package var desktopSettings: DesktopSettings {
    let owner = XGetSelectionOwner(connection, atoms.atom(named: "_XSETTINGS_S\(screen)"))
    guard owner != CX11.Window(None),
      let property = Property.read(self, owner, atoms.atom(named: "_XSETTINGS_SETTINGS"))
    else { return DesktopSettings(bytes: []) }
    return DesktopSettings(bytes: property.bytes)
  }
}
