// Transforms between a kernel's taps and Winograd's points: weights to the points, gradients to the taps.

public import KernelArguments

extension InstructionSet {
  /// The weights at the points; `scratch` has memory for a tile.
  public static func tapsToPoints(_ job: TileWeights, scratch: UnsafeMutablePointer<Float>) {
    let row = job.inputs &* block
    let blocks = (job.outputs &+ block &- 1) / block
    let pointStride = blocks &* job.inputRows &* block
    var index = job.blocks.lowerBound
    while index < job.blocks.upperBound {
      let taps = job.taps + index &* job.kernel &* job.kernel &* row
      let points = job.points + index &* job.inputRows &* block
      var offset = 0
      while offset < row {
        // First down each column of taps, then along the lines.
        var column = 0
        while column < job.kernel {
          let w = UnsafePointer(taps) + (column &* row &+ offset)
          write(atPoints(w, job.kernel, job.kernel &* row), scratch + column &* lanes, 5 &* lanes)
          column &+= 1
        }
        var line = 0
        while line < 6 {
          let taps = UnsafePointer(scratch) + 5 &* line &* lanes
          write(atPoints(taps, job.kernel, lanes), points + (6 &* line &* pointStride &+ offset), pointStride)
          line &+= 1
        }
        offset &+= lanes
      }
      index &+= 1
    }
  }

  @inline(__always)
  static func atPoints(_ p: Source, _ kernel: Int, _ stride: Int) -> Six {
    let c = load(p + 2 &* stride)
    if kernel == 3 {
      return weightsAtPoints((load(p), load(p + stride), c, .zero, .zero), last: c)
    }
    let e = load(p + 4 &* stride)
    return weightsAtPoints((load(p), load(p + stride), c, load(p + 3 &* stride), e), last: e)
  }

  /// Adds the gradients at the points to those of the taps; `scratch` has memory for a tile.
  public static func pointsToTaps(_ job: TileWeights, scratch: UnsafeMutablePointer<Float>) {
    let row = job.inputs &* block
    let blocks = (job.outputs &+ block &- 1) / block
    let pointStride = blocks &* job.inputRows &* block
    var index = job.blocks.lowerBound
    while index < job.blocks.upperBound {
      let taps = job.taps + index &* job.kernel &* job.kernel &* row
      let points = UnsafePointer(job.points) + index &* job.inputRows &* block
      var offset = 0
      while offset < row {
        var column = 0
        while column < 6 {
          let c = six(points + (column &* pointStride &+ offset), 6 &* pointStride)
          writeFive(fromPoints(c, job.kernel), scratch + column &* lanes, 6 &* lanes)
          column &+= 1
        }
        var line = 0
        while line < job.kernel {
          let c = six(UnsafePointer(scratch) + 6 &* line &* lanes, lanes)
          addTaps(
            fromPoints(c, job.kernel), job.kernel, to: taps + (line &* job.kernel &* row &+ offset), row)
          line &+= 1
        }
        offset &+= lanes
      }
      let valid = job.outputs &- index &* block
      if valid < block { clear(taps, job.kernel &* job.kernel &* job.inputs, valid) }
      index &+= 1
    }
  }

  @inline(__always)
  static func fromPoints(_ c: Six, _ kernel: Int) -> Five {
    var w = weightsFromPoints(c)
    if kernel == 3 { w.2 += c.5 } else { w.4 += c.5 }
    return w
  }

  @inline(__always)
  static func writeFive(_ w: Five, _ p: Target, _ stride: Int) {
    store(w.0, p)
    store(w.1, p + stride)
    store(w.2, p + 2 &* stride)
    store(w.3, p + 3 &* stride)
    store(w.4, p + 4 &* stride)
  }

  @inline(__always)
  static func addTaps(_ w: Five, _ kernel: Int, to p: Target, _ stride: Int) {
    store(load(p) + w.0, p)
    store(load(p + stride) + w.1, p + stride)
    store(load(p + 2 &* stride) + w.2, p + 2 &* stride)
    if kernel == 5 {
      store(load(p + 3 &* stride) + w.3, p + 3 &* stride)
      store(load(p + 4 &* stride) + w.4, p + 4 &* stride)
    }
  }
}
