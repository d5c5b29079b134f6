// Jobs of Winograd's convolution. A tile of outputs, 4×4 with a kernel of 3×3 or 2×2 with one of 5×5, reads 6×6
// inputs. Inputs and weights are transformed to values at 6×6 points, where a convolution is one product for each
// point: 36 instead of 144 or 100. (Lavin and Gray 2016; the points are 0, ±1, ±2 and infinity.)

/// The points to whose values a tile is transformed.
@frozen public enum TilePoints {
  /// Their number along one side.
  public static let side = 6
  /// Their number.
  public static let count = 36
}

/// Rows of tiles over pictures, and the tiles' values at the points: `values[point][tile][channel]`.
@frozen public struct Tiles {
  /// The base of the rows' offsets.
  public var picture: UnsafeMutablePointer<Float>
  /// The offset of each row's first tile.
  public var offsets: UnsafePointer<Int>
  /// The number of rows of tiles.
  public var rows: Int
  /// Tiles in a row.
  public var across: Int
  /// Outputs along a tile's side, 4 or 2: the distance of the tiles.
  public var side: Int
  /// From line to line of a picture.
  public var lineStride: Int
  /// Values in a pixel, at least as many as a vector has.
  public var channels: Int
  /// The tiles' values at the points.
  public var values: UnsafeMutablePointer<Float>
  /// From point to point.
  public var pointStride: Int
  /// From tile to tile.
  public var tileStride: Int

  /// Makes a job.
  @inlinable public init(
    picture: UnsafeMutablePointer<Float>, offsets: UnsafePointer<Int>, rows: Int, across: Int, side: Int,
    lineStride: Int, channels: Int, values: UnsafeMutablePointer<Float>, pointStride: Int, tileStride: Int
  ) {
    self.picture = picture
    self.offsets = offsets
    self.rows = rows
    self.across = across
    self.side = side
    self.lineStride = lineStride
    self.channels = channels
    self.values = values
    self.pointStride = pointStride
    self.tileStride = tileStride
  }
}

/// What is done with the outputs of tiles before they are written to the picture.
@frozen public struct TileOutput {
  /// The lines of each row of tiles that are in the picture; the others are not written.
  public var lines: UnsafePointer<Int>
  /// The pixels of a line that are in the picture.
  public var pixels: Int
  /// One a channel, or nil for none.
  public var bias: UnsafePointer<Float>?
  /// What is done with a sum before it is written.
  public var epilogue: Epilogue = .plain
  /// The base of the mask's offsets, for `Epilogue.mask`.
  public var mask: UnsafePointer<Float>?
  /// The offset of each row's first value in the mask.
  public var maskOffsets: UnsafePointer<Int>?
  /// From line to line of the mask.
  public var maskStride = 0

  /// Makes a description with a plain epilogue.
  @inlinable public init(lines: UnsafePointer<Int>, pixels: Int, bias: UnsafePointer<Float>?) {
    self.lines = lines
    self.pixels = pixels
    self.bias = bias
  }
}

/// At each point one product of matrices: tiles × inputs with inputs × outputs, or in the backward pass the gradient
/// of the weights.
@frozen public struct TileProducts {
  /// `[point][tile][input]`; rows are read up to a multiple of `TileProducts.lot`.
  public var inputs: UnsafePointer<Float>
  /// From point to point.
  public var inputPointStride: Int
  /// Values in a tile's row of inputs.
  public var inputCount: Int
  /// `[point][tile][output]`: written up to a multiple of `lot`, or in the backward pass read.
  public var outputs: UnsafeMutablePointer<Float>
  /// From point to point.
  public var outputPointStride: Int
  /// Values in a tile's row of outputs: whole blocks.
  public var outputCount: Int
  /// `[point][output / block][input][block]`: read, or in the backward pass written.
  public var weights: UnsafeMutablePointer<Float>
  /// The number of tiles.
  public var tiles: Int
  /// Whether the backward pass adds to the weights' memory instead of overwriting it.
  public var accumulates = false

  /// Rows are computed in multiples of this; the memory must be large enough for them.
  public static let lot = 4

  /// Makes a job.
  @inlinable public init(
    inputs: UnsafePointer<Float>, inputPointStride: Int, inputCount: Int,
    outputs: UnsafeMutablePointer<Float>, outputPointStride: Int, outputCount: Int,
    weights: UnsafeMutablePointer<Float>, tiles: Int
  ) {
    self.inputs = inputs
    self.inputPointStride = inputPointStride
    self.inputCount = inputCount
    self.outputs = outputs
    self.outputPointStride = outputPointStride
    self.outputCount = outputCount
    self.weights = weights
    self.tiles = tiles
  }
}

/// Weights in the layout of `Products`, and at the points.
@frozen public struct TileWeights {
  /// `[outputs / block][kernel · kernel][inputs][block]`.
  public var taps: UnsafeMutablePointer<Float>
  /// `[point][outputs / block][inputRows][block]`.
  public var points: UnsafeMutablePointer<Float>
  /// Taps along a side, 3 or 5.
  public var kernel: Int
  /// The number of inputs.
  public var inputs: Int
  /// Rows of inputs at the points, padding included: `inputs` or more.
  public var inputRows: Int
  /// The number of outputs.
  public var outputs: Int
  /// The blocks of outputs to compute.
  public var blocks: Range<Int>

  /// Makes a job.
  @inlinable public init(
    taps: UnsafeMutablePointer<Float>, points: UnsafeMutablePointer<Float>, kernel: Int, inputs: Int,
    inputRows: Int, outputs: Int, blocks: Range<Int>
  ) {
    self.taps = taps
    self.points = points
    self.kernel = kernel
    self.inputs = inputs
    self.inputRows = inputRows
    self.outputs = outputs
    self.blocks = blocks
  }
}
