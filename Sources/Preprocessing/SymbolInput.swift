// What the networks read of one symbol.

public import Ink

/// What the networks read of one symbol: its picture, and for drawn ink the path of the pen.
public struct SymbolInput: Sendable, Equatable {
  /// The picture, `InputNormalizer.side` levels a side.
  public var picture: Coverage
  /// The numbers of `Trajectory`; nil for ink without strokes.
  public var trajectory: [Float]?
  /// The longer side of the ink as a share of the height of capitals and digits; nil where that is unknown.
  public var relativeSize: Double?

  /// Creates an input.
  ///
  /// - Parameters:
  ///   - picture: the picture.
  ///   - trajectory: the numbers of `Trajectory`; nil for ink without strokes.
  ///   - relativeSize: the longer side as a share of the height of capitals and digits; nil where that is unknown.
  public init(picture: Coverage, trajectory: [Float]? = nil, relativeSize: Double? = nil) {
    self.picture = picture
    self.trajectory = trajectory
    self.relativeSize = relativeSize
  }

  /// Creates the input of strokes; nil without samples.
  ///
  /// - Parameters:
  ///   - strokes: the strokes of one symbol.
  ///   - normalizer: how ink becomes a picture.
  ///   - height: the height of the capitals and digits around the symbol, in page units; nil where it is unknown. Ink
  ///     that is much smaller is a dot and is not enlarged.
  public init?(_ strokes: [Stroke], normalizer: InputNormalizer, height: Double? = nil) {
    let pen = strokes.map(\.width).max() ?? 0
    let dot = max(pen, (height ?? 0) * DecodingCosts.dotShare)
    guard let box = Drawing(strokes).bounds,
      let picture = normalizer.input(of: strokes.map { $0.samples.map(\.point) }, dot: dot)
    else { return nil }
    let path = strokes.map { stroke in
      stroke.samples.map { SIMD2(Float($0.point.x - box.x), Float($0.point.y - box.y)) }
    }
    self.init(
      picture: picture, trajectory: Trajectory.input(of: path, dot: Float(dot)),
      relativeSize: height.map { max(box.width, box.height) / max($0, 1e-9) })
  }

  /// The input of a symbol without ink.
  package static let blank = SymbolInput(
    picture: Coverage(width: InputNormalizer.side, height: InputNormalizer.side))
}
