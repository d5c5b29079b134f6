// Sums of products by register tiles: convolutions, dense layers and matrix products, and their gradients by the
// input.

public import KernelArguments

extension InstructionSet {
  /// Sums of products for rows and columns.
  public static func products(_ job: Products) {
    let terms = job.runs &* job.runLength
    let blockCount = (job.columns &+ block &- 1) / block
    var first = 0
    var end = blockCount
    if let blocks = job.blocks {
      first = blocks.lowerBound
      end = blocks.upperBound
    }
    var index = first
    while index < end {
      if job.isSingleRow {
        productsOfRow(job, index, job.weights + index &* terms &* block)
      } else {
        productsOfBlock(job, index, job.weights + index &* terms &* block)
      }
      index &+= 1
    }
  }

  // All rows of one block of columns. The last tile overlaps the one before, or repeats its last row where there are
  // fewer rows than a tile has, so that one shape of tile is enough.
  @inline(__always)
  static func productsOfBlock(_ job: Products, _ index: Int, _ weights: Source) {
    let column = index &* block
    let valid = job.columns &- column < block ? job.columns &- column : block
    var start: Pair = (.zero, .zero)
    if let bias = job.bias { start = pair(bias + column) }
    var done = 0
    while done < job.rows {
      var first = done
      var offsets = job.inputOffsets + first
      if job.rows &- first < height {
        if job.rows >= height {
          first = job.rows &- height
          offsets = job.inputOffsets + first
        } else {
          offsets = repeatingLast(job.inputOffsets, job.rows, job.scratch + Scratch.count / 2)
        }
      }
      var sums = tile(start)
      let x = streams(job.input, offsets)
      var w = weights
      var run = 0
      if valid > lanes {
        while run < job.runs {
          var k = run &* job.runStride
          let end = k &+ job.runLength
          while k < end {
            add(x, k, pair(w), to: &sums)
            w += block
            k &+= 1
          }
          run &+= 1
        }
      } else {
        while run < job.runs {
          var k = run &* job.runStride
          let end = k &+ job.runLength
          while k < end {
            addHalf(x, k, load(w), to: &sums)
            w += block
            k &+= 1
          }
          run &+= 1
        }
      }
      write(sums, rows: job.scratch)
      let end = first &+ height < job.rows ? first &+ height : job.rows
      var row = done
      if valid == block {
        finishWhole(job, row, end, column, job.scratch + (row &- first) &* block)
        row = end
      }
      while row < end {
        finish(job, row, column, valid, job.scratch + (row &- first) &* block)
        row &+= 1
      }
      done = end
    }
  }

  /// Rows of whole blocks, with a loop for each epilogue.
  @inline(__always)
  static func finishWhole(_ job: Products, _ from: Int, _ to: Int, _ column: Int, _ sums: Target) {
    var row = from
    var p = sums
    switch job.epilogue {
    case .plain:
      while row < to {
        write(pair(p), job.output + (job.outputOffsets[row] &+ column))
        p += block
        row &+= 1
      }
    case .rectify(let slope):
      let factor = all(slope)
      while row < to {
        let v = pair(p)
        let y = job.output + (job.outputOffsets[row] &+ column)
        store(v.a.replacing(with: v.a * factor, where: v.a .< all(0)), y)
        store(v.b.replacing(with: v.b * factor, where: v.b .< all(0)), y + lanes)
        p += block
        row &+= 1
      }
    case .mask(let slope):
      guard let mask = job.mask, let offsets = job.maskOffsets else { return }
      let factor = all(slope)
      while row < to {
        let v = pair(p)
        let open = pair(mask + (offsets[row] &+ column))
        let y = job.output + (job.outputOffsets[row] &+ column)
        store(v.a.replacing(with: v.a * factor, where: open.a .<= all(0)), y)
        store(v.b.replacing(with: v.b * factor, where: open.b .<= all(0)), y + lanes)
        p += block
        row &+= 1
      }
    }
  }

  // A single row, which a tile would repeat. Four independent sums, which the processor computes in parallel.
  @inline(never)
  static func productsOfRow(_ job: Products, _ index: Int, _ weights: Source) {
    let column = index &* block
    let valid = job.columns &- column < block ? job.columns &- column : block
    var s0: Pair = (.zero, .zero)
    if let bias = job.bias { s0 = pair(bias + column) }
    var s1: Pair = (.zero, .zero)
    var s2: Pair = (.zero, .zero)
    var s3: Pair = (.zero, .zero)
    var w = weights
    var run = 0
    while run < job.runs {
      var x = job.input + (job.inputOffsets[0] &+ run &* job.runStride)
      var left = job.runLength
      while left >= 4 {
        add(x[0], pair(w), to: &s0)
        add(x[1], pair(w + block), to: &s1)
        add(x[2], pair(w + 2 &* block), to: &s2)
        add(x[3], pair(w + 3 &* block), to: &s3)
        x += 4
        w += 4 &* block
        left &-= 4
      }
      while left > 0 {
        add(x[0], pair(w), to: &s0)
        x += 1
        w += block
        left &-= 1
      }
      run &+= 1
    }
    store((s0.a + s1.a) + (s2.a + s3.a), job.scratch)
    store((s0.b + s1.b) + (s2.b + s3.b), job.scratch + lanes)
    finish(job, 0, column, valid, job.scratch)
  }

  @inline(__always)
  static func repeatingLast(
    _ offsets: UnsafePointer<Int>, _ count: Int, _ memory: Target
  ) -> UnsafePointer<Int> {
    let table = UnsafeMutableRawPointer(memory).assumingMemoryBound(to: Int.self)
    var i = 0
    while i < height {
      table[i] = offsets[i < count ? i : count &- 1]
      i &+= 1
    }
    return UnsafePointer(table)
  }

  /// Writes one row's block from scratch memory to the output.
  @inline(never)
  static func finish(_ job: Products, _ row: Int, _ column: Int, _ valid: Int, _ sums: Target) {
    let y = job.output + (job.outputOffsets[row] &+ column)
    var i = 0
    while i < valid {
      let whole = valid &- i >= lanes
      var v = load(sums + i)
      switch job.epilogue {
      case .plain: break
      case .rectify(let slope): v = v.replacing(with: v * all(slope), where: v .< .zero)
      case .mask(let slope):
        if let mask = job.mask, let offsets = job.maskOffsets {
          let g = mask + (offsets[row] &+ column &+ i)
          let open = whole ? load(g) : loadFirst(valid &- i, g)
          v = v.replacing(with: v * all(slope), where: open .<= .zero)
        }
      }
      if whole { store(v, y + i) } else { storeFirst(valid &- i, v, y + i) }
      i &+= lanes
    }
  }
}
