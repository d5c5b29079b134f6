// Sums of products, the work that nearly all of a network's time goes to: what a level of kernels is asked for.

/// What happens to a finished sum before it is written.
@frozen public enum Epilogue: Sendable {
  /// Written as it is.
  case plain
  /// Negative sums are multiplied by the slope: ReLU with slope 0, or leaky ReLU.
  case rectify(slope: Float)
  /// Multiplied by the slope where the gate, an output of ReLU or leaky ReLU, is not positive: the way back.
  case gate(slope: Float)
}

/// `output[r, c] = finish(bias[c] + Σ input[r, k] · weights[k, c])`, where a row's terms lie in equal runs.
///
/// A convolution's row is an output pixel, its runs the rows of its kernel's window; a dense layer's row is a
/// sample, with one run. Wherever rows lie, 14 of them (6 on narrower machines) share a register tile.
@frozen public struct Products {
  /// Where rows' offsets count from.
  public var input: UnsafePointer<Float>
  /// Each row's first scalar.
  public var inputOffsets: UnsafePointer<Int>
  /// How many rows.
  public var rows: Int
  /// How many runs a row's terms lie in.
  public var runs: Int
  /// Terms in each run, one after another.
  public var runLength: Int
  /// From a run's first term to the next run's.
  public var runStride: Int
  /// Packed by block: `[columns / block][runs · runLength][block]`, padded with zero.
  public var weights: UnsafePointer<Float>
  /// One a column, padded to whole blocks with zero, or nil for none.
  public var bias: UnsafePointer<Float>?
  /// How many columns are real.
  public var columns: Int
  /// The blocks to do, all of them unless threads share the columns.
  public var blocks: Range<Int>?
  /// Where output offsets count from.
  public var output: UnsafeMutablePointer<Float>
  /// Each row's first column in the output.
  public var outputOffsets: UnsafePointer<Int>
  /// Whether sums are added to what the output holds.
  public var accumulates: Bool = false
  /// What happens to a finished sum.
  public var finish: Epilogue = .plain
  /// What `Epilogue.gate` looks at.
  public var gate: UnsafePointer<Float>?
  /// Each row's first column in the gate.
  public var gateOffsets: UnsafePointer<Int>?
  /// Whether there is but one row and it may be summed in another order, which is faster.
  ///
  /// Not where rows are shared by threads, for then the result would depend on their number.
  public var isSingleRow: Bool = false
  /// Room for one tile, `Scratch.count` floats that no other thread uses.
  public var scratch: UnsafeMutablePointer<Float>

  /// A job for every column, plain.
  @inlinable public init(
    input: UnsafePointer<Float>, inputOffsets: UnsafePointer<Int>, rows: Int,
    runs: Int, runLength: Int, runStride: Int,
    weights: UnsafePointer<Float>, bias: UnsafePointer<Float>?, columns: Int,
    output: UnsafeMutablePointer<Float>, outputOffsets: UnsafePointer<Int>,
    scratch: UnsafeMutablePointer<Float>
  ) {
    self.input = input
    self.inputOffsets = inputOffsets
    self.rows = rows
    self.runs = runs
    self.runLength = runLength
    self.runStride = runStride
    self.weights = weights
    self.bias = bias
    self.columns = columns
    self.output = output
    self.outputOffsets = outputOffsets
    self.scratch = scratch
  }
}

/// `sums[k, c] += Σ over points of input[point, k] · gradient[point, c]`: how a layer's weights should change.
///
/// Points lie in rows of equal length: the pixels of an output's row, or the samples of a batch.
@frozen public struct OuterProducts {
  /// Where rows' and terms' offsets count from.
  public var input: UnsafePointer<Float>
  /// Each row's offset in the input.
  public var inputOffsets: UnsafePointer<Int>
  /// From a point's input to the next one's in its row.
  public var inputStep: Int
  /// Each term's offset from its point.
  public var termOffsets: UnsafePointer<Int>
  /// The terms to do.
  public var terms: Range<Int>
  /// How many terms there are in all.
  public var termCount: Int
  /// Where rows' gradients count from; a block may be read beyond the last column, but counts nowhere.
  public var gradient: UnsafePointer<Float>
  /// Each row's first column in the gradient.
  public var gradientOffsets: UnsafePointer<Int>
  /// From a point's gradient to the next one's in its row.
  public var gradientStep: Int
  /// How many rows.
  public var rows: Int
  /// How many points in a row.
  public var rowLength: Int
  /// How many columns are real.
  public var columns: Int
  /// Packed by block: `[columns / block][termCount][block]`; zero stays in the columns that are padding.
  public var sums: UnsafeMutablePointer<Float>
  /// Room for one tile, `Scratch.count` floats that no other thread uses.
  public var scratch: UnsafeMutablePointer<Float>

  /// A job over these rows, terms and columns.
  @inlinable public init(
    input: UnsafePointer<Float>, inputOffsets: UnsafePointer<Int>, inputStep: Int,
    termOffsets: UnsafePointer<Int>, terms: Range<Int>, termCount: Int,
    gradient: UnsafePointer<Float>, gradientOffsets: UnsafePointer<Int>, gradientStep: Int,
    rows: Int, rowLength: Int, columns: Int,
    sums: UnsafeMutablePointer<Float>, scratch: UnsafeMutablePointer<Float>
  ) {
    self.input = input
    self.inputOffsets = inputOffsets
    self.inputStep = inputStep
    self.termOffsets = termOffsets
    self.terms = terms
    self.termCount = termCount
    self.gradient = gradient
    self.gradientOffsets = gradientOffsets
    self.gradientStep = gradientStep
    self.rows = rows
    self.rowLength = rowLength
    self.columns = columns
    self.sums = sums
    self.scratch = scratch
  }
}

/// The room that a job of products wants beside its operands.
@frozen public enum Scratch {
  /// Floats: the tallest tile, twice.
  public static let count = 1024
}
