// Between pictures and Winograd's tiles: inputs and gradients to the points, and products from there to outputs.
// Channels are taken a vector at a time; the last vector overlaps the one before where they are no multiple.

public import KernelJobs

extension Level {
  /// The inputs of rows of tiles at the points; `scratch` has room for six lines of a row's pixels of one vector.
  public static func tilesOfInputs(_ job: Tiles, scratch: UnsafeMutablePointer<Float>) {
    let pixels = job.across &* job.side &+ 6 &- job.side
    let line = pixels &* lanes
    var row = 0
    while row < job.rows {
      var channel = 0
      while channel < job.channels {
        if job.channels &- channel < lanes { channel = job.channels &- lanes }
        // First down each column of pixels, once for the tiles that share it, then along.
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

  /// The outputs of rows of tiles, finished and put into the picture.
  public static func outputsOfTiles(_ job: Tiles, _ end: TileEnd) {
    switch end.finish {
    case .plain: outputsOfTiles(job, end, slope: 1, isGated: false)
    case .rectify(let slope): outputsOfTiles(job, end, slope: slope, isGated: false)
    case .gate(let slope): outputsOfTiles(job, end, slope: slope, isGated: true)
    }
  }

  @inline(__always)
  static func outputsOfTiles(_ job: Tiles, _ end: TileEnd, slope: Float, isGated: Bool) {
    let factor = all(slope)
    var row = 0
    while row < job.rows {
      let picture = job.picture + job.offsets[row]
      var gate = UnsafePointer(picture)
      if isGated, let from = end.gate, let offsets = end.gateOffsets { gate = from + offsets[row] }
      let lines = end.lines[row]
      var channel = 0
      while channel < job.channels {
        if job.channels &- channel < lanes { channel = job.channels &- lanes }
        var bias = Vector.zero
        if let biases = end.bias { bias = load(biases + channel) }
        var s = UnsafePointer(job.values) + (row &* job.across &* job.tileStride &+ channel)
        var tile = 0
        while tile < job.across {
          let pixel = tile &* job.side
          let place = pixel &* job.channels &+ channel
          let y = picture + place
          let g = gate + place
          let pixels = end.pixels &- pixel
          if job.side == 4 {
            let of0 = fourFromPoints(six(s, 6 &* job.pointStride))
            let of1 = fourFromPoints(six(s + job.pointStride, 6 &* job.pointStride))
            let of2 = fourFromPoints(six(s + 2 &* job.pointStride, 6 &* job.pointStride))
            let of3 = fourFromPoints(six(s + 3 &* job.pointStride, 6 &* job.pointStride))
            let of4 = fourFromPoints(six(s + 4 &* job.pointStride, 6 &* job.pointStride))
            let of5 = fourFromPoints(six(s + 5 &* job.pointStride, 6 &* job.pointStride))
            finishFour(
              (of0.0, of1.0, of2.0, of3.0, of4.0, of5.0), y, g, job.channels, pixels, bias, factor, isGated)
            if lines > 1 {
              finishFour(
                (of0.1, of1.1, of2.1, of3.1, of4.1, of5.1), y + job.lineStride, g + end.gateStride,
                job.channels, pixels, bias, factor, isGated)
            }
            if lines > 2 {
              finishFour(
                (of0.2, of1.2, of2.2, of3.2, of4.2, of5.2), y + 2 &* job.lineStride, g + 2 &* end.gateStride,
                job.channels, pixels, bias, factor, isGated)
            }
            if lines > 3 {
              finishFour(
                (of0.3, of1.3, of2.3, of3.3, of4.3, of5.3), y + 3 &* job.lineStride, g + 3 &* end.gateStride,
                job.channels, pixels, bias, factor, isGated)
            }
          } else {
            let of0 = twoFromPoints(six(s, 6 &* job.pointStride))
            let of1 = twoFromPoints(six(s + job.pointStride, 6 &* job.pointStride))
            let of2 = twoFromPoints(six(s + 2 &* job.pointStride, 6 &* job.pointStride))
            let of3 = twoFromPoints(six(s + 3 &* job.pointStride, 6 &* job.pointStride))
            let of4 = twoFromPoints(six(s + 4 &* job.pointStride, 6 &* job.pointStride))
            let of5 = twoFromPoints(six(s + 5 &* job.pointStride, 6 &* job.pointStride))
            let top = twoFromPoints((of0.0, of1.0, of2.0, of3.0, of4.0, of5.0))
            let bottom = twoFromPoints((of0.1, of1.1, of2.1, of3.1, of4.1, of5.1))
            let next = job.channels
            finish(top.0 + bias, y, g, factor, isGated)
            if pixels > 1 { finish(top.1 + bias, y + next, g + next, factor, isGated) }
            if lines > 1 {
              let (y, g) = (y + job.lineStride, g + end.gateStride)
              finish(bottom.0 + bias, y, g, factor, isGated)
              if pixels > 1 { finish(bottom.1 + bias, y + next, g + next, factor, isGated) }
            }
          }
          s += job.tileStride
          tile &+= 1
        }
        channel &+= lanes
      }
      row &+= 1
    }
  }

  @inline(__always)
  static func finishFour(
    _ s: Six, _ y: Target, _ gate: Source, _ next: Int, _ pixels: Int, _ bias: Vector, _ factor: Vector,
    _ isGated: Bool
  ) {
    let o = fourFromPoints(s)
    finish(o.0 + bias, y, gate, factor, isGated)
    if pixels > 1 { finish(o.1 + bias, y + next, gate + next, factor, isGated) }
    if pixels > 2 { finish(o.2 + bias, y + 2 &* next, gate + 2 &* next, factor, isGated) }
    if pixels > 3 { finish(o.3 + bias, y + 3 &* next, gate + 3 &* next, factor, isGated) }
  }

  @inline(__always)
  static func finish(_ v: Vector, _ y: Target, _ gate: Source, _ factor: Vector, _ isGated: Bool) {
    let isClosed = isGated ? load(gate) .<= .zero : v .< .zero
    store(v.replacing(with: v * factor, where: isClosed), y)
  }
}
