// Sums of products by register tiles: convolutions, dense layers and matrix products, forward and back to data.

public import KernelJobs

extension Level {
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
      productsOfBlock(job, index, job.weights + index &* terms &* block)
      index &+= 1
    }
  }

  /// All rows of one block of columns. The last tile overlaps the one before, or repeats its last row where
  /// there are fewer rows than a tile has, so that no other shape of tile is needed.
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
      while row < end {
        finish(job, row, column, valid, job.scratch + (row &- first) &* block)
        row &+= 1
      }
      done = end
    }
  }

  @inline(__always)
  static func repeatingLast(
    _ offsets: UnsafePointer<Int>, _ count: Int, _ room: Target
  ) -> UnsafePointer<Int> {
    let table = UnsafeMutableRawPointer(room).assumingMemoryBound(to: Int.self)
    var i = 0
    while i < height {
      table[i] = offsets[i < count ? i : count &- 1]
      i &+= 1
    }
    return UnsafePointer(table)
  }

  /// One row's block from scratch to its place.
  @inline(__always)
  static func finish(_ job: Products, _ row: Int, _ column: Int, _ valid: Int, _ sums: Target) {
    let y = job.output + (job.outputOffsets[row] &+ column)
    var i = 0
    while i < valid {
      let whole = valid &- i >= lanes
      var v = load(sums + i)
      if job.accumulates { v += whole ? load(y + i) : loadFirst(valid &- i, y + i) }
      switch job.finish {
      case .plain: break
      case .rectify(let slope): v = v.replacing(with: v * all(slope), where: v .< .zero)
      case .gate(let slope):
        if let gate = job.gate, let offsets = job.gateOffsets {
          let g = gate + (offsets[row] &+ column &+ i)
          let open = whole ? load(g) : loadFirst(valid &- i, g)
          v = v.replacing(with: v * all(slope), where: open .<= .zero)
        }
      }
      if whole { store(v, y + i) } else { storeFirst(valid &- i, v, y + i) }
      i &+= lanes
    }
  }
}
