// Draws polylines into a network's input by the same rule as the ink of the window.

import Augmentation
import Basics
import Ink
import Preprocessing

extension InputNormalizer {
  /// The range of pen widths, in pixels of an input in which a digit is 20 high: 2 % to 12 % of the digit's height
  /// with the strokes of MNIST in between.
  static let penWidths: ClosedRange<Float> = 0.8...3.6

  /// Draws a drawing with this rule; nothing but paper where there is no ink.
  func draw(_ drawing: PolylineDrawing, into target: UnsafeMutablePointer<Float>) {
    let points = drawing.strokes.map { $0.map { StrokeSpline.Position(Double($0.x), Double($0.y)) } }
    // The unit is the drawing's longer side: a drawing smaller than a tenth of it is a dot, and stays one.
    guard let input = input(of: points, dot: 0.1) else {
      target.update(repeating: 0, count: Batch.inputSize)
      return
    }
    for k in 0..<Batch.inputSize { target[k] = Float(input.levels[k]) * (1 / 255) }
  }

  /// Draws a drawing with a pen of random width.
  func draw(
    _ drawing: PolylineDrawing, withRandomPen random: inout SplitMix64,
    into target: UnsafeMutablePointer<Float>
  ) {
    var normalizer = self
    // The mean of two uniform numbers: widths near those of MNIST are the most frequent.
    let low = Self.penWidths.lowerBound
    let high = Self.penWidths.upperBound
    normalizer.pen = Double(low + (high - low) * (random.uniform() + random.uniform()) / 2)
    normalizer.draw(drawing, into: target)
  }
}
