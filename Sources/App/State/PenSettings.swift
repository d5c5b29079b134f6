// The pen: its width, the scale of its slider, and what the pointer's primary button does.

import Basics
import Ink

/// The pen's width, and what the pointer's primary button does.
package struct PenSettings: Sendable, Equatable {
  /// What the primary button does on the page.
  package enum Tool: Sendable, Equatable {
    /// It draws.
    case pen
    /// It erases.
    case eraser
    /// It marks the part of a picture that is read; then the pen follows.
    case frame
  }

  /// The pen's width in page units.
  package internal(set) var width = Stroke.usualWidth
  /// What the primary button does.
  package internal(set) var tool = Tool.pen
  /// Whether the primary button erases.
  package var isErasing: Bool { tool == .eraser }

  /// Whether the pressure of a pen changes the width.
  package internal(set) var usesPressure = false

  /// The eraser is twice as wide as the pen, so that one stroke of it removes a line.
  var eraserWidth: Double { max(width * 2, 24) }

  /// Pressures are told apart in this many steps, so that a stroke is seldom drawn anew in another width.
  private static let pressureSteps = 8.0

  /// The width under a pressure: half the pen's width at the lightest, one and a half of it at the strongest.
  func width(under pressure: Double?) -> Double {
    guard usesPressure, let pressure else { return width }
    let step = (min(1, max(0, pressure)) * Self.pressureSteps).rounded() / Self.pressureSteps
    return min(PenScale.range.upperBound, max(PenScale.range.lowerBound, width * (0.5 + step)))
  }

  /// Sets the width to the nearest usable one; returns whether it has changed.
  mutating func setWidth(_ width: Double) -> Bool {
    let usable = min(PenScale.range.upperBound, max(PenScale.range.lowerBound, width))
    defer { self.width = usable }
    return usable != self.width
  }
}

/// The scale of the pen's slider: equal distances are equal ratios of widths.
enum PenScale {
  /// The pen's widths in page units: from a hundredth to a ninth of the page.
  static let range = 10.0...112.0
  /// Number of steps from end to end.
  private static let steps = 20
  /// The ratio of two neighbouring steps: the 20th root of 11.2.
  private static let step = 1.128_394

  /// The position of a width on the slider, 0…1.
  static func position(of width: Double) -> Double {
    // The ratio's logarithm by whole steps, and linear between them, without the C library.
    var part = 0
    var reached = range.lowerBound
    while reached * step < width * 1.000_001, part < steps {
      reached *= step
      part += 1
    }
    return min(1, max(0, (Double(part) + (width / reached - 1) / (step - 1)) / Double(steps)))
  }

  /// The width at a position on the slider.
  static func width(at position: Double) -> Double {
    if position >= 1 { return range.upperBound }
    let offset = max(0, position) * Double(steps)
    let whole = min(steps - 1, Int(clamping: offset))
    var width = range.lowerBound
    for _ in 0..<whole { width *= step }
    return min(range.upperBound, width * (1 + (step - 1) * (offset - Double(whole))))
  }

  /// A width that is some steps larger or, below 0, smaller.
  static func width(_ width: Double, stepped count: Int) -> Double {
    self.width(at: position(of: width) + Double(count) / Double(steps))
  }
}
