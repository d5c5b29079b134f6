// How wide the pen may be, and where on its slider a width stands.

import Basics
import Graphics
import Ink

/// The pen's widths, in page units.
enum PenWidth {
  /// From a hair to a brush: a hundredth to a ninth of the page.
  static let range = 10.0...112.0

  /// The part of the slider's way: equal ways are equal ratios.
  static func position(of width: Double) -> Double {
    // The ratio's logarithm by base 2, without the C library: steps of a twelfth.
    var part = 0
    var reached = range.lowerBound
    while reached * step < width * 1.000_001, part < steps {
      reached *= step
      part += 1
    }
    return min(1, max(0, (Double(part) + (width / reached - 1) / (step - 1)) / Double(steps)))
  }

  /// The width at a part of the slider's way.
  static func width(at position: Double) -> Double {
    if position >= 1 { return range.upperBound }
    let place = max(0, position) * Double(steps)
    let whole = min(steps - 1, Int(clamping: place))
    var width = range.lowerBound
    for _ in 0..<whole { width *= step }
    return min(range.upperBound, width * (1 + (step - 1) * (place - Double(whole))))
  }

  /// A width some steps wider or, below 0, thinner.
  static func width(_ width: Double, stepped count: Int) -> Double {
    self.width(at: position(of: width) + Double(count) / Double(steps))
  }

  /// Where the slider's knob runs in its control.
  static func track(in area: Rectangle) -> Rectangle {
    area.inset(x: area.height / 3, y: 0)
  }

  /// Twenty steps from end to end: 20th root of 11.2.
  private static let steps = 20
  private static let step = 1.128_394
}
