// Transforms between pictures and Winograd's tiles: inputs and gradients to the points, and products at the points to
// outputs. Each step handles a vector of channels; the last vector may overlap the one before.

public import KernelArguments

extension InstructionSet {
  /// The inputs of rows of tiles at the points; `scratch` holds six lines of a row's pixels of one vector.
  public static func tilesOfInputs(_ job: Tiles, scratch: UnsafeMutablePointer<Float>) {
    let pixels = job.across &* job.side &+ 6 &- job.side
    let line = pixels &* lanes
    var row = 0
    while row < job.rows {
      var channel = 0
      while channel < job.channels {
        if job.channels &- channel < lanes { channel = job.channels &- lanes }
        // First down each column of pixels, once for the tiles that share it, then along the lines.
        var x = UnsafePointer(job.picture) + (job.offsets[row] &+ channel)
        var p = scratch
        var left = pixels
        while left > 0 {
          write(inputsAtPoints(six(x, job.lineStride)), p, line)
          x += job.channels
          p += lanes
          left &-= 1
        }
        var y = job.values + (row &* job.across &* job.tileStride &+ channel)
        var point = 0
        while point < 6 {
          var p = UnsafePointer(scratch) + point &* line
          var q = y
          var left = job.across
          while left > 0 {
            write(inputsAtPoints(six(p, lanes)), q, job.pointStride)
            p += job.side &* lanes
            q += job.tileStride
            left &-= 1
          }
          y += 6 &* job.pointStride
          point &+= 1
        }
        channel &+= lanes
      }
      row &+= 1
    }
  }

  /// The gradients of rows of tiles' outputs at the points; beyond the picture they must be zero.
  public static func tilesOfGradients(_ job: Tiles) {
    var row = 0
    while row < job.rows {
      var channel = 0
      while channel < job.channels {
        if job.channels &- channel < lanes { channel = job.channels &- lanes }
        var x = UnsafePointer(job.picture) + (job.offsets[row] &+ channel)
        var y = job.values + (row &* job.across &* job.tileStride &+ channel)
        var left = job.across
        if job.side == 4 {
          while left > 0 {
            gradientOfFour(job, x, y)
            x += 4 &* job.channels
            y += job.tileStride
            left &-= 1
          }
        } else {
          while left > 0 {
            gradientOfTwo(job, x, y)
            x += 2 &* job.channels
            y += job.tileStride
            left &-= 1
          }
        }
        channel &+= lanes
      }
      row &+= 1
    }
  }

  @inline(__always)
  static func gradientOfFour(_ job: Tiles, _ x: Source, _ y: Target) {
    let a = pointsFromFour(four(x, job.lineStride))
    let b = pointsFromFour(four(x + job.channels, job.lineStride))
    let c = pointsFromFour(four(x + 2 &* job.channels, job.lineStride))
    let d = pointsFromFour(four(x + 3 &* job.channels, job.lineStride))
    let step = job.pointStride
    write(pointsFromFour((a.0, b.0, c.0, d.0)), y, step)
    write(pointsFromFour((a.1, b.1, c.1, d.1)), y + 6 &* step, step)
    write(pointsFromFour((a.2, b.2, c.2, d.2)), y + 12 &* step, step)
    write(pointsFromFour((a.3, b.3, c.3, d.3)), y + 18 &* step, step)
    write(pointsFromFour((a.4, b.4, c.4, d.4)), y + 24 &* step, step)
    write(pointsFromFour((a.5, b.5, c.5, d.5)), y + 30 &* step, step)
  }

  @inline(__always)
  static func gradientOfTwo(_ job: Tiles, _ x: Source, _ y: Target) {
    let a = pointsFromTwo((load(x), load(x + job.lineStride)))
    let b = pointsFromTwo((load(x + job.channels), load(x + (job.lineStride &+ job.channels))))
    let step = job.pointStride
    write(pointsFromTwo((a.0, b.0)), y, step)
    write(pointsFromTwo((a.1, b.1)), y + 6 &* step, step)
    write(pointsFromTwo((a.2, b.2)), y + 12 &* step, step)
    write(pointsFromTwo((a.3, b.3)), y + 18 &* step, step)
    write(pointsFromTwo((a.4, b.4)), y + 24 &* step, step)
    write(pointsFromTwo((a.5, b.5)), y + 30 &* step, step)
  }

  /// Writes the outputs of rows of tiles to the picture; `scratch` has memory for a tile.
  public static func outputsOfTiles(_ job: Tiles, _ end: TileOutput, scratch: UnsafeMutablePointer<Float>) {
    var factor = all(1)
    var isMasked = false
    switch end.epilogue {
    case .plain: break
    case .rectify(let slope): factor = all(slope)
    case .mask(let slope):
      factor = all(slope)
      isMasked = true
    }
    var row = 0
    while row < job.rows {
      let picture = job.picture + job.offsets[row]
      var mask = UnsafePointer(picture)
      if isMasked, let from = end.mask, let offsets = end.maskOffsets { mask = from + offsets[row] }
      var channel = 0
      while channel < job.channels {
        if job.channels &- channel < lanes { channel = job.channels &- lanes }
        var bias = Vector.zero
        if let biases = end.bias { bias = load(biases + channel) }
        var s = UnsafePointer(job.values) + (row &* job.across &* job.tileStride &+ channel)
        var y = picture + channel
        var g = mask + channel
        var pixels = end.pixels
        var left = job.across
        while left > 0 {
          if job.side == 4 {
            fourLines(s, job.pointStride, scratch)
          } else {
            twoLines(s, job.pointStride, scratch)
          }
          var p = UnsafePointer(scratch)
          var line = 0
          while line < end.lines[row] {
            let to = y + line &* job.lineStride
            let open = g + line &* end.maskStride
            let next = job.channels
            if job.side == 4 {
              let o = fourFromPoints(six(p, lanes))
              finish(o.0 + bias, to, open, factor, isMasked)
              if pixels > 1 { finish(o.1 + bias, to + next, open + next, factor, isMasked) }
              if pixels > 2 { finish(o.2 + bias, to + 2 &* next, open + 2 &* next, factor, isMasked) }
              if pixels > 3 { finish(o.3 + bias, to + 3 &* next, open + 3 &* next, factor, isMasked) }
            } else {
              let o = twoFromPoints(six(p, lanes))
              finish(o.0 + bias, to, open, factor, isMasked)
              if pixels > 1 { finish(o.1 + bias, to + next, open + next, factor, isMasked) }
            }
            p += 6 &* lanes
            line &+= 1
          }
          s += job.tileStride
          y += job.side &* job.channels
          g += job.side &* job.channels
          pixels &-= job.side
          left &-= 1
        }
        channel &+= lanes
      }
      row &+= 1
    }
  }

  /// Transforms each column of points to lines of six.
  @inline(__always)
  static func fourLines(_ s: Source, _ stride: Int, _ p: Target) {
    var point = 0
    while point < 6 {
      let o = fourFromPoints(six(s + point &* stride, 6 &* stride))
      let q = p + point &* lanes
      store(o.0, q)
      store(o.1, q + 6 &* lanes)
      store(o.2, q + 12 &* lanes)
      store(o.3, q + 18 &* lanes)
      point &+= 1
    }
  }

  @inline(__always)
  static func twoLines(_ s: Source, _ stride: Int, _ p: Target) {
    var point = 0
    while point < 6 {
      let o = twoFromPoints(six(s + point &* stride, 6 &* stride))
      store(o.0, p + point &* lanes)
      store(o.1, p + (6 &+ point) &* lanes)
      point &+= 1
    }
  }

  @inline(__always)
  static func finish(_ v: Vector, _ y: Target, _ mask: Source, _ factor: Vector, _ isMasked: Bool) {
    let hasSlope = isMasked ? load(mask) .<= .zero : v .< .zero
    store(v.replacing(with: v * factor, where: hasSlope), y)
  }
}
