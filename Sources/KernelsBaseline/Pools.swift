// Pooling: the largest value or the mean of each window, and the way back. A window's gradient goes to the first
// pixel that holds its largest value, as in PyTorch.

public import KernelArguments

/// What is done with a window; always a constant, so each kind is a loop of its own.
private enum WindowWork {
  case largest
  case mean
  case largestBackward
  case meanBackward
}

extension InstructionSet {
  /// The largest value of each window.
  public static func largest(_ job: Windows) {
    eachWindow(.largest, job, job.inside, job.insideStride)
  }

  /// The mean of each window.
  public static func mean(_ job: Windows) {
    eachWindow(.mean, job, job.inside, job.insideStride)
  }

  /// Adds each window's gradient to the pixel of the largest of `values`; `job.inside` is the gradient there.
  public static func largestBackward(_ job: Windows, values: UnsafePointer<Float>, stride: Int) {
    eachWindow(.largestBackward, job, values, stride)
  }

  /// Adds each window's gradient, shared evenly, to its pixels.
  public static func meanBackward(_ job: Windows) {
    eachWindow(.meanBackward, job, job.inside, job.insideStride)
  }

  @inline(__always)
  private static func eachWindow(_ work: WindowWork, _ job: Windows, _ values: Source, _ stride: Int) {
    let channels = job.extent.channels
    var line = 0
    while line < job.extent.lines {
      var pixel = 0
      while pixel < job.extent.pixels {
        let shift = pixel &* job.stride &* channels
        let x = values + (line &* job.stride &* stride &+ shift)
        let inside = job.inside + (line &* job.stride &* job.insideStride &+ shift)
        let outside = job.outside + (line &* job.outsideStride &+ pixel &* channels)
        var channel = 0
        while channel < channels {
          let n = channels &- channel
          switch work {
          case .largest: put(best(job, x + channel, stride, n), outside + channel, n)
          case .mean:
            let share = all(1 / Float(job.height &* job.width))
            put(total(job, x + channel, stride, n) * share, outside + channel, n)
          case .largestBackward:
            giveToBest(job, x + channel, stride, inside + channel, get(outside + channel, n), n)
          case .meanBackward:
            let share = all(1 / Float(job.height &* job.width))
            giveToAll(job, inside + channel, get(outside + channel, n) * share, n)
          }
          channel &+= lanes
        }
        pixel &+= 1
      }
      line &+= 1
    }
  }

  @inline(__always)
  private static func best(_ job: Windows, _ x: Source, _ stride: Int, _ n: Int) -> Vector {
    var best = get(x, n)
    var line = 0
    while line < job.height {
      var pixel = 0
      while pixel < job.width {
        best = larger(best, get(x + (line &* stride &+ pixel &* job.extent.channels), n))
        pixel &+= 1
      }
      line &+= 1
    }
    return best
  }

  @inline(__always)
  private static func total(_ job: Windows, _ x: Source, _ stride: Int, _ n: Int) -> Vector {
    var total = Vector.zero
    var line = 0
    while line < job.height {
      var pixel = 0
      while pixel < job.width {
        total += get(x + (line &* stride &+ pixel &* job.extent.channels), n)
        pixel &+= 1
      }
      line &+= 1
    }
    return total
  }

  @inline(__always)
  private static func giveToBest(
    _ job: Windows, _ x: Source, _ stride: Int, _ g: Target, _ given: Vector, _ n: Int
  ) {
    if job.height == 2, job.width == 2, job.stride == 2, n >= lanes {
      return giveToBestOfFour(job, x, stride, g, given)
    }
    let best = best(job, x, stride, n)
    var gradient = given
    var line = 0
    while line < job.height {
      var pixel = 0
      while pixel < job.width {
        let here = get(x + (line &* stride &+ pixel &* job.extent.channels), n) .== best
        let place = g + (line &* job.insideStride &+ pixel &* job.extent.channels)
        put(get(place, n) + Vector.zero.replacing(with: gradient, where: here), place, n)
        gradient = gradient.replacing(with: Vector.zero, where: here)
        pixel &+= 1
      }
      line &+= 1
    }
  }

  /// The usual window, whose pixels belong to no other: written without being read.
  @inline(never)
  static func giveToBestOfFour(
    _ job: Windows, _ x: Source, _ stride: Int, _ g: Target, _ given: Vector
  ) {
    let channels = job.extent.channels
    let a = load(x)
    let b = load(x + channels)
    let c = load(x + stride)
    let d = load(x + (stride &+ channels))
    let best = larger(larger(a, b), larger(c, d))
    let none = Vector.zero
    var left = given
    store(none.replacing(with: left, where: a .== best), g)
    left = left.replacing(with: none, where: a .== best)
    store(none.replacing(with: left, where: b .== best), g + channels)
    left = left.replacing(with: none, where: b .== best)
    store(none.replacing(with: left, where: c .== best), g + job.insideStride)
    left = left.replacing(with: none, where: c .== best)
    store(none.replacing(with: left, where: d .== best), g + (job.insideStride &+ channels))
  }

  @inline(__always)
  private static func giveToAll(_ job: Windows, _ g: Target, _ given: Vector, _ n: Int) {
    var line = 0
    while line < job.height {
      var pixel = 0
      while pixel < job.width {
        let place = g + (line &* job.insideStride &+ pixel &* job.extent.channels)
        put(get(place, n) + given, place, n)
        pixel &+= 1
      }
      line &+= 1
    }
  }
}
