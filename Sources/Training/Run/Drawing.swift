// Draws varied trails into a network's input by the very rule that the window's ink goes through.

import Augmentation
import Basics
import Ink
import Preprocessing

extension InputNormalizer {
  /// The range of pens, in pixels of an input where a digit is 20 high: 2 % to 12 % of the digit's height, and what
  /// scans of MNIST look like in between.
  static let pens: ClosedRange<Float> = 0.8...3.6

  /// Draws a trail with this rule; nothing but paper where there is no ink.
  func draw(_ trail: Trail, into target: UnsafeMutablePointer<Float>) {
    let places = trail.strokes.map { $0.map { StrokeSpline.Position(Double($0.x), Double($0.y)) } }
    // A trail's unit is its own size: ink smaller than a tenth of it is a dot, and stays one.
    guard let input = input(of: places, dot: 0.1) else {
      target.update(repeating: 0, count: Batch.inputSize)
      return
    }
    for k in 0..<Batch.inputSize { target[k] = Float(input.levels[k]) * (1 / 255) }
  }

  /// Draws a trail with a pen of random width.
  func drawVaried(_ trail: Trail, chance: inout Chance, into target: UnsafeMutablePointer<Float>) {
    var fitting = self
    // The mean of two: pens near MNIST's are the most common.
    let low = Self.pens.lowerBound
    let high = Self.pens.upperBound
    fitting.pen = Double(low + (high - low) * (chance.unit() + chance.unit()) / 2)
    fitting.draw(trail, into: target)
  }
}
