// The gradient of weights: for each term and column, products summed over rows (pixels or samples).

public import KernelArguments

// Rows that are summed before the next tile of terms. Their inputs and gradients stay in the second-level cache, and
// loading and storing the tile's sums takes less than 5 % of the time.
@inline(__always) private var rowsAtOnce: Int { 256 }

extension InstructionSet {
  /// Sums of outer products over rows.
  public static func outerProducts(_ job: OuterProducts) {
    var from = 0
    let step = rowsAtOnce &- job.rowLength > 0 ? rowsAtOnce / job.rowLength : 1
    while from < job.rows {
      let end = from &+ step < job.rows ? from &+ step : job.rows
      outerProducts(job, from, end)
      from = end
    }
  }

  @inline(__always)
  static func outerProducts(_ job: OuterProducts, _ from: Int, _ to: Int) {
    let blockCount = (job.columns &+ block &- 1) / block
    var index = 0
    while index < blockCount {
      let column = index &* block
      let sums = job.sums + index &* job.termCount &* block
      let gradient = job.gradient + column
      let half = job.columns &- column <= lanes
      var term = job.terms.lowerBound
      while term < job.terms.upperBound {
        let count = job.terms.upperBound &- term
        if count >= height {
          sumRows(job, job.termOffsets + term, gradient, from, to, half, sums + term &* block)
        } else {
          let offsets = repeatingLast(job.termOffsets + term, count, job.scratch + Scratch.count / 2)
          write(tile((.zero, .zero)), rows: job.scratch)
          sumRows(job, offsets, gradient, from, to, half, job.scratch)
          accumulate(job.scratch, to: sums + term &* block, count &* block)
        }
        term &+= height
      }
      let valid = job.columns &- column
      if valid < block {
        clear(sums + job.terms.lowerBound &* block, job.terms.upperBound &- job.terms.lowerBound, valid)
      }
      index &+= 1
    }
  }

  // Adds to one tile's sums at `target`, over some rows. It is not inlined, and each loop has its own tile: where two
  // loops share one, the compiler keeps part of it in memory, which halves the speed.
  @inline(never)
  static func sumRows(
    _ job: OuterProducts, _ termOffsets: UnsafePointer<Int>, _ gradient: Source,
    _ from: Int, _ to: Int, _ half: Bool, _ target: Target
  ) {
    let x = streams(job.input, termOffsets)
    if half {
      var sums = tile(rows: target)
      var row = from
      while row < to {
        var k = job.inputOffsets[row]
        var g = gradient + job.gradientOffsets[row]
        var left = job.rowLength
        while left > 0 {
          addHalf(x, k, load(g), to: &sums)
          k &+= job.inputStep
          g += job.gradientStep
          left &-= 1
        }
        row &+= 1
      }
      write(sums, rows: target)
    } else {
      var sums = tile(rows: target)
      var row = from
      while row < to {
        var k = job.inputOffsets[row]
        var g = gradient + job.gradientOffsets[row]
        var left = job.rowLength
        while left > 0 {
          add(x, k, pair(g), to: &sums)
          k &+= job.inputStep
          g += job.gradientStep
          left &-= 1
        }
        row &+= 1
      }
      write(sums, rows: target)
    }
  }

  /// Sets the columns that are padding to 0: the loops above summed the gradients of the next row there.
  @inline(__always)
  static func clear(_ sums: Target, _ rows: Int, _ valid: Int) {
    var row = 0
    while row < rows {
      var i = valid
      while i < block {
        sums[row &* block &+ i] = 0
        i &+= 1
      }
      row &+= 1
    }
  }

  @inline(__always)
  static func accumulate(_ x: Source, to y: Target, _ count: Int) {
    var i = 0
    while i < count {
      store(load(x + i) + load(y + i), y + i)
      i &+= lanes
    }
  }
}
