// The functions of a set of kernels. Each instruction set is a target built from the same sources; `Kernels` chooses
// one when the program starts.

public import KernelArguments

/// The kernels for one instruction set.
///
/// Nothing is checked: pointers must lead to the memory that the jobs describe.
public protocol KernelSet: Sendable {
  /// The instruction set's name: v4, v3 or baseline.
  static var name: String { get }
  /// Columns in a block of packed weights.
  static var blockWidth: Int { get }
  /// Rows that share a register tile.
  static var tileHeight: Int { get }

  /// Sums of products for rows and columns.
  static func products(_ job: Products)
  /// Sums of outer products over rows.
  static func outerProducts(_ job: OuterProducts)

  /// Inputs of Winograd's tiles at their points; `scratch` holds six lines of a row's pixels of one vector.
  static func tilesOfInputs(_ job: Tiles, scratch: UnsafeMutablePointer<Float>)
  /// Gradients of the tiles' outputs at the points.
  static func tilesOfGradients(_ job: Tiles)
  /// Outputs of the tiles from the products at the points; `scratch` has memory for a tile.
  static func outputsOfTiles(_ job: Tiles, _ end: TileOutput, scratch: UnsafeMutablePointer<Float>)
  /// `outputs = inputs · weights` at every point.
  static func productsOfTiles(_ job: TileProducts)
  /// `weights = inputsᵀ · outputs` at every point.
  static func weightsOfTiles(_ job: TileProducts)
  /// Weights at the points; `scratch` has memory for a tile.
  static func tapsToPoints(_ job: TileWeights, scratch: UnsafeMutablePointer<Float>)
  /// Adds gradients at the points to those of the taps.
  static func pointsToTaps(_ job: TileWeights, scratch: UnsafeMutablePointer<Float>)

  /// Runs `rounds` of independent multiply-adds in registers and gives the number of operations.
  static func multiplyAdds(rounds: Int, start: Float, into result: UnsafeMutablePointer<Float>) -> Int

  /// Applies an activation to lines of values, in place.
  static func apply(
    _ kind: ActivationKind, _ values: UnsafeMutablePointer<Float>, stride: Int, lines: Int, length: Int)
  /// Multiplies gradients by the activation's slope where its output was `values`.
  static func applySlope(
    _ kind: ActivationKind, _ values: UnsafePointer<Float>, stride: Int,
    gradients: UnsafeMutablePointer<Float>, gradientStride: Int, lines: Int, length: Int)

  /// The largest value of each window.
  static func largest(_ job: Windows)
  /// The mean of each window.
  static func mean(_ job: Windows)
  /// Adds each window's gradient to the first pixel that holds the largest of `values`.
  static func largestBackward(_ job: Windows, values: UnsafePointer<Float>, stride: Int)
  /// Adds an equal share of each window's gradient to its pixels.
  static func meanBackward(_ job: Windows)

  /// `sums[c] += Σ x`, `products[c] += Σ x·y`, over a picture's pixels.
  static func sumChannels(
    _ x: UnsafePointer<Float>, stride: Int, times y: UnsafePointer<Float>?, timesStride: Int, extent: Extent,
    sums: UnsafeMutablePointer<Float>, products: UnsafeMutablePointer<Float>?)
  /// `result = rectify(x · scale[c] + shift[c])`; slope 1 leaves all values as they are.
  static func scaleChannels(
    _ x: UnsafePointer<Float>, stride: Int, scale: UnsafePointer<Float>, shift: UnsafePointer<Float>,
    slope: Float, into result: UnsafeMutablePointer<Float>, resultStride: Int, extent: Extent)
  /// `result = g · a[c] + x · b[c] + d[c]`
  static func mixChannels(
    _ g: UnsafePointer<Float>, gradientStride: Int, _ x: UnsafePointer<Float>, stride: Int,
    a: UnsafePointer<Float>, b: UnsafePointer<Float>, d: UnsafePointer<Float>,
    into result: UnsafeMutablePointer<Float>, resultStride: Int, extent: Extent)

  /// The first index from `from` on whose value is above a threshold, or `count` where there is none.
  static func firstAbove(_ threshold: Float, _ x: UnsafePointer<Float>, from: Int, count: Int) -> Int
  /// The index of the largest value, the first of equal ones; the largest and the second largest value are written.
  static func largestTwo(_ x: UnsafePointer<Float>, count: Int, into result: UnsafeMutablePointer<Float>)
    -> Int
  /// `Σ x·y`
  static func dot(_ x: UnsafePointer<Float>, _ y: UnsafePointer<Float>, count: Int) -> Float
  /// `products = exp(−width · (norm + norms − 2 · products))`, the exponent never above 0.
  static func rbfKernel(
    _ products: UnsafeMutablePointer<Float>, norm: Float, norms: UnsafePointer<Float>, width: Float,
    count: Int)
  /// `Σ x·y` in double precision
  static func dot(_ x: UnsafePointer<Double>, _ y: UnsafePointer<Double>, count: Int) -> Double
  /// `y += s · x` in double precision
  static func addMultiple(
    _ x: UnsafePointer<Double>, times s: Double, to y: UnsafeMutablePointer<Double>, count: Int)

  /// `y += x`
  static func addList(_ x: UnsafePointer<Float>, to y: UnsafeMutablePointer<Float>, count: Int)
  /// Drops some values and scales the others; the same for the same key and index.
  static func dropout(
    _ x: UnsafePointer<Float>, into result: UnsafeMutablePointer<Float>, count: Int, firstIndex: Int,
    key: UInt32, threshold: UInt32, scale: Float)
  /// Packs weights by block of inputs instead of outputs, for the backward pass.
  static func transposeWeights(
    _ weights: UnsafePointer<Float>, taps: Int, inputs: Int, outputs: Int,
    chosen: UnsafePointer<Int>, chosenCount: Int, blocks: Range<Int>, into result: UnsafeMutablePointer<Float>
  )
}
