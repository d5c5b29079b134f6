// Jobs of sums of products, which take nearly all of a network's time.

/// What is done with a sum before it is written.
@frozen public enum Epilogue: Sendable {
  /// Nothing.
  case plain
  /// Negative sums are multiplied by the slope: ReLU with slope 0, or leaky ReLU.
  case rectify(slope: Float)
  /// The sum is multiplied by the slope where the mask, an output of ReLU or leaky ReLU, is not positive: its
  /// backward pass.
  case mask(slope: Float)
}

/// `output[r, c] = epilogue(bias[c] + Σ input[r, k] · weights[k, c])`, where a row's terms lie in equal runs.
///
/// A convolution's row is an output pixel, its runs the rows of its kernel's window; a dense layer's row is a
/// sample, with one run. 14 rows (6 on narrower machines) share a register tile, whatever their offsets.
@frozen public struct Products {
  /// The base of the rows' offsets.
  public var input: UnsafePointer<Float>
  /// The offset of each row's first scalar.
  public var inputOffsets: UnsafePointer<Int>
  /// The number of rows.
  public var rows: Int
  /// The number of runs in a row.
  public var runs: Int
  /// Terms in each run, one after another.
  public var runLength: Int
  /// From a run's first term to the next run's.
  public var runStride: Int
  /// Packed by block: `[columns / block][runs · runLength][block]`, padded with zero.
  public var weights: UnsafePointer<Float>
  /// One a column, padded to whole blocks with zero, or nil for none.
  public var bias: UnsafePointer<Float>?
  /// The number of columns without padding.
  public var columns: Int
  /// The blocks of columns to compute, where threads share them; nil for all.
  public var blocks: Range<Int>?
  /// The base of the output's offsets.
  public var output: UnsafeMutablePointer<Float>
  /// The offset of each row's first column in the output.
  public var outputOffsets: UnsafePointer<Int>
  /// What is done with a sum before it is written.
  public var epilogue: Epilogue = .plain
  /// The base of the mask's offsets, for `Epilogue.mask`.
  public var mask: UnsafePointer<Float>?
  /// The offset of each row's first column in the mask.
  public var maskOffsets: UnsafePointer<Int>?
  /// Whether there is only one row, which may be summed in another order; that is faster.
  ///
  /// It must be false where threads share the rows, because the result would depend on the number of threads.
  public var isSingleRow: Bool = false
  /// Memory for one tile: `Scratch.count` floats that no other thread uses.
  public var scratch: UnsafeMutablePointer<Float>

  /// Makes a job for all columns, with a plain epilogue.
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

/// `sums[k, c] += Σ over points of input[point, k] · gradient[point, c]`: the gradient of a layer's weights.
///
/// Points lie in rows of equal length: the pixels of an output's row, or the samples of a batch.
@frozen public struct OuterProducts {
  /// The base of the rows' and terms' offsets.
  public var input: UnsafePointer<Float>
  /// Each row's offset in the input.
  public var inputOffsets: UnsafePointer<Int>
  /// From a point's input to the next one's in its row.
  public var inputStep: Int
  /// Each term's offset from its point.
  public var termOffsets: UnsafePointer<Int>
  /// The terms to compute.
  public var terms: Range<Int>
  /// The number of all terms.
  public var termCount: Int
  /// The base of the gradients' offsets; blocks are read beyond the last column, but these values are not used.
  public var gradient: UnsafePointer<Float>
  /// Each row's first column in the gradient.
  public var gradientOffsets: UnsafePointer<Int>
  /// From a point's gradient to the next one's in its row.
  public var gradientStep: Int
  /// The number of rows.
  public var rows: Int
  /// The number of points in a row.
  public var rowLength: Int
  /// The number of columns without padding.
  public var columns: Int
  /// Packed by block: `[columns / block][termCount][block]`; zero stays in the columns that are padding.
  public var sums: UnsafeMutablePointer<Float>
  /// Memory for one tile: `Scratch.count` floats that no other thread uses.
  public var scratch: UnsafeMutablePointer<Float>

  /// Makes a job.
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

/// The memory that a job of products needs beside its operands.
@frozen public enum Scratch {
  /// Floats: the tallest tile, twice.
  public static let count = 1024
}
