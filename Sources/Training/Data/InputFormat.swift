// What a network reads: a picture of the symbol, or the path of the pen.

package import Augmentation
import Basics
package import NeuralNetwork
package import Preprocessing

/// What a network reads.
package enum InputFormat: Sendable, Equatable {
  /// A picture, drawn with a normalizer.
  case picture(InputNormalizer)
  /// The path of the pen.
  case trajectory

  /// The format of an architecture's input; nil where it is neither.
  package init?(_ shape: Shape, normalizer: InputNormalizer) {
    if shape.count == InputNormalizer.side * InputNormalizer.side {
      self = .picture(normalizer)
    } else if shape == Shape(height: 1, width: Trajectory.points, channels: Trajectory.channels) {
      self = .trajectory
    } else {
      return nil
    }
  }

  /// Whether the input is a picture.
  package var isPicture: Bool { self != .trajectory }

  /// The numbers in an input.
  package var size: Int { isPicture ? InputNormalizer.side * InputNormalizer.side : Trajectory.size }

  /// Ink that is smaller than this share of the height of capitals and digits is a dot.
  package static let dot = Float(DecodingCosts.dotShare)
  /// The same share for a drawing of unknown size, of its own longer side: a dot stays a dot.
  private static let ownDot: Float = 0.1

  /// Writes a drawing's input; zeros where there is no ink.
  ///
  /// - Parameters:
  ///   - drawing: The strokes.
  ///   - dot: Ink with a smaller longer side is a dot; nil where the size of other symbols is unknown.
  ///   - target: The memory for `size` numbers.
  package func write(_ drawing: PolylineDrawing, dot: Float?, into target: UnsafeMutablePointer<Float>) {
    let dot = dot ?? Self.ownDot * (drawing.bounds?.size.max() ?? 0)
    let numbers =
      switch self {
      case .picture(let normalizer):
        normalizer.input(
          of: drawing.strokes.map { $0.map { SIMD2(Double($0.x), Double($0.y)) } }, dot: Double(dot)
        ).map(InputNormalizer.numbers)
      case .trajectory: Trajectory.input(of: drawing.strokes, dot: dot)
      }
    target.update(repeating: 0, count: size)
    for (index, number) in (numbers ?? []).enumerated() { target[index] = number }
  }

  /// The range of pen widths, in pixels of an input in which a digit is 20 high: 2 % to 12 % of the digit's height
  /// with the strokes of MNIST in between.
  static let penWidths: ClosedRange<Float> = 0.8...3.6

  /// The same format with a pen of random width.
  func withRandomPen(_ random: inout SplitMix64) -> InputFormat {
    guard case .picture(var normalizer) = self else { return self }
    // The mean of two uniform numbers: widths near those of MNIST are the most frequent.
    let (low, high) = (Self.penWidths.lowerBound, Self.penWidths.upperBound)
    normalizer.pen = Double(low + (high - low) * (random.uniform() + random.uniform()) / 2)
    return .picture(normalizer)
  }
}
