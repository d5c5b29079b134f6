import Basics

/// The desktop's settings in the RESOURCE_MANAGER property: lines of `name: value`.
package struct Resources: Sendable, Equatable {
  private let values: [String: String]

  /// Reads the property's text; other lines are skipped.
  package init(text: String) {
    var values: [String: String] = [:]
    for line in text.split(whereSeparator: \.isNewline) where !line.hasPrefix("!") && !line.hasPrefix("#") {
      guard let colon = line.firstIndex(of: ":") else { continue }
      let name = Self.trimmed(line[..<colon])
      if !name.isEmpty { values[name] = Self.trimmed(line[line.index(after: colon)...]) }
    }
    self.values = values
  }

  /// The value with exactly this name.
  package subscript(_ name: String) -> String? { values[name] }

  /// The resolution for which text is scaled, or nil where it is not set.
  package var dotsPerInch: Double? {
    guard let text = values["Xft.dpi"], let dpi = Double(text), (24...960).contains(dpi) else { return nil }
    return dpi
  }

  /// Whether the desktop's colours are dark, or nil where they are not set.
  ///
  /// `inkling.theme` decides, or else the brightness of the background of all programs.
  package var prefersDark: Bool? {
    for name in ["inkling.theme", "Inkling.theme", "inkling*theme", "Inkling*theme", "*theme", "*.theme"] {
      switch values[name]?.lowercased() {
      case "dark": return true
      case "light": return false
      default: continue
      }
    }
    for name in ["*background", "*.background", "*Background", "*.Background"] {
      if let text = values[name], let brightness = Self.brightness(ofColor: text) { return brightness < 0.5 }
    }
    return nil
  }

  /// The brightness from 0 to 1 of `#rgb`, `#rrggbb`, `rgb:r/g/b`, `black` or `white`.
  private static func brightness(ofColor text: String) -> Double? {
    let text = text.lowercased()
    if text == "black" { return 0 }
    if text == "white" { return 1 }
    var parts: [Substring] = []
    if text.hasPrefix("#"), text.count > 3, (text.count - 1) % 3 == 0 {
      let digits = text.dropFirst()
      let length = digits.count / 3
      parts = (0..<3).map { digits.dropFirst($0 * length).prefix(length) }
    } else if text.hasPrefix("rgb:") {
      parts = text.dropFirst(4).split(separator: "/")
    }
    let levels = parts.compactMap { part -> Double? in
      guard (1...4).contains(part.count), let level = Int(part, radix: 16) else { return nil }
      return Double(level) / Double((1 << (4 * part.count)) - 1)
    }
    guard levels.count == 3 else { return nil }
    return 0.2126 * levels[0] + 0.7152 * levels[1] + 0.0722 * levels[2]
  }

  private static func trimmed(_ text: Substring) -> String {
    var text = text.drop { $0 == " " || $0 == "\t" }
    while let last = text.last, last == " " || last == "\t" { text.removeLast() }
    return String(text)
  }
}
