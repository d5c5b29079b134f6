// Winograd's convolution: what its kernels are asked for. A tile of outputs, 4×4 with a kernel of 3×3 or 2×2 with one
// of 5×5, reads 6×6 inputs; both are told by their values at 6×6 points, where a convolution is one product a point:
// 36 instead of 144 or 100. (Lavin and Gray 2016; the points are 0, ±1, ±2 and infinity.)

/// The points that a tile is told by.
@frozen public enum TilePoints {
  /// Along one side.
  public static let side = 6
  /// In all.
  public static let count = 36
}

/// Rows of tiles over pictures, and the tiles' values at the points: `values[point][tile][channel]`.
@frozen public struct Tiles {
  /// Where rows' offsets count from.
  public var picture: UnsafeMutablePointer<Float>
  /// The first value of each row's first tile.
  public var offsets: UnsafePointer<Int>
  /// How many rows of tiles.
  public var rows: Int
  /// Tiles in a row.
  public var across: Int
  /// Outputs along a tile's side, 4 or 2: from tile to tile.
  public var side: Int
  /// From line to line of a picture.
  public var lineStride: Int
  /// Values in a pixel, at least a vector's.
  public var channels: Int
  /// The tiles at the points.
  public var values: UnsafeMutablePointer<Float>
  /// From point to point.
  public var pointStride: Int
  /// From tile to tile.
  public var tileStride: Int

  /// Rows of tiles and their values.
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

/// What becomes of tiles' outputs on their way to the picture.
@frozen public struct TileEnd {
  /// The real lines of each row of tiles; what a tile has beyond is dropped.
  public var lines: UnsafePointer<Int>
  /// The real pixels of a line.
  public var pixels: Int
  /// One a channel, or nil for none.
  public var bias: UnsafePointer<Float>?
  /// What happens to a finished sum.
  public var finish: Epilogue = .plain
  /// What `Epilogue.gate` looks at.
  public var gate: UnsafePointer<Float>?
  /// Each row's first value in the gate.
  public var gateOffsets: UnsafePointer<Int>?
  /// From line to line of the gate.
  public var gateStride = 0

  /// An end that drops what is beyond the picture, and adds a bias.
  @inlinable public init(lines: UnsafePointer<Int>, pixels: Int, bias: UnsafePointer<Float>?) {
    self.lines = lines
    self.pixels = pixels
    self.bias = bias
  }
}

/// At each point one product of matrices: tiles × inputs with inputs × outputs, or its way back to weights.
@frozen public struct TileProducts {
  /// `[point][tile][input]`; rows are read up to a multiple of `TileProducts.lot`.
  public var inputs: UnsafePointer<Float>
  /// From point to point.
  public var inputPointStride: Int
  /// Values in a tile's row of inputs.
  public var inputCount: Int
  /// `[point][tile][output]`: written up to a multiple of `lot`, or on the way back read.
  public var outputs: UnsafeMutablePointer<Float>
  /// From point to point.
  public var outputPointStride: Int
  /// Values in a tile's row of outputs: whole blocks.
  public var outputCount: Int
  /// `[point][output / block][input][block]`: read, or on the way back written.
  public var weights: UnsafeMutablePointer<Float>
  /// How many tiles.
  public var tiles: Int
  /// Whether the way back adds to what the weights' place holds, instead of writing it anew.
  public var accumulates = false

  /// Rows are done by so many at least, and memory must have room for them.
  public static let lot = 4

  /// Products at every point.
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

/// Weights as the kernels of `Products` have them, and at the points.
@frozen public struct TileWeights {
  /// `[outputs / block][kernel · kernel][inputs][block]`.
  public var taps: UnsafeMutablePointer<Float>
  /// `[point][outputs / block][rowsOfInputs][block]`.
  public var points: UnsafeMutablePointer<Float>
  /// Taps along a side, 3 or 5.
  public var kernel: Int
  /// How many inputs.
  public var inputs: Int
  /// Rows that the points have room for, `inputs` or more.
  public var inputRows: Int
  /// How many outputs.
  public var outputs: Int
  /// The blocks of outputs to do.
  public var blocks: Range<Int>

  /// Both places of a layer's weights.
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
