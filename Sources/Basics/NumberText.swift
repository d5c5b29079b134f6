// Numbers as people read them: one form in the window, on the command line and in reports.

/// Numbers as people read them.
package enum NumberText {
  /// A number with a fixed count of digits after the decimal point.
  package static func fixed(_ number: Double, _ digits: Int) -> String {
    guard number.isFinite, abs(number) < 1e12 else { return "–" }
    var scale = 1
    for _ in 0..<digits { scale *= 10 }
    let units = Int(clamping: (abs(number) * Double(scale)).rounded())
    let sign = number < 0 && units > 0 ? "−" : ""
    if digits == 0 { return "\(sign)\(units)" }
    return "\(sign)\(units / scale)." + padded(String(units % scale), to: digits)
  }

  /// Digits with as many zeros before them as a width needs.
  package static func padded(_ digits: String, to width: Int) -> String {
    String(repeating: "0", count: max(0, width - digits.count)) + digits
  }

  /// A share in percent, for example "97.05".
  package static func percent(_ share: Double) -> String { fixed(share * 100, 2) }

  /// A duration with three significant digits.
  package static func seconds(_ seconds: Double) -> String {
    switch seconds {
    case ..<0.0995: fixed(seconds * 1000, seconds < 0.00995 ? 1 : 0) + " ms"
    case ..<9.95: fixed(seconds, 2) + " s"
    case ..<99.5: fixed(seconds, 1) + " s"
    case ..<600: fixed(seconds, 0) + " s"
    default: fixed(seconds / 60, 0) + " min"
    }
  }

  /// A size with three significant digits.
  package static func bytes(_ count: Int) -> String {
    switch count {
    case ..<1000: "\(count) B"
    case ..<100_000: fixed(Double(count) / 1e3, 1) + " kB"
    case ..<1_000_000: fixed(Double(count) / 1e3, 0) + " kB"
    case ..<100_000_000: fixed(Double(count) / 1e6, 1) + " MB"
    default: fixed(Double(count) / 1e6, 0) + " MB"
    }
  }

  /// An integer in groups of three digits.
  package static func count(_ number: Int) -> String {
    var groups: [String] = []
    var rest = String(number)
    while rest.count > 3 {
      groups.insert(String(rest.suffix(3)), at: 0)
      rest.removeLast(3)
    }
    return ([rest] + groups).joined(separator: ",")
  }

  /// A p-value.
  package static func probability(_ p: Double) -> String {
    p < 0.001 ? "< 0.001" : fixed(p, 3)
  }
}
