// Pooling: the largest value or the mean of each window, and the backward pass. A window's gradient is added to the
// first pixel with its largest value, as in PyTorch.

public import KernelArguments

// What is done with a window. It is always a constant, so the compiler makes a loop for each case.
private enum WindowOperation {
  case largest, mean, largestBackward, meanBackward
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

  /// Adds an equal share of each window's gradient to its pixels.
  public static func meanBackward(_ job: Windows) {
    eachWindow(.meanBackward, job, job.inside, job.insideStride)
  }

  @inline(__always)
  private static func eachWindow(
    _ operation: WindowOperation, _ job: Windows, _ values: Source, _ stride: Int
  ) {
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
          switch operation {
          case .largest: put(largestValue(job, x + channel, stride, n), outside + channel, n)
          case .mean:
            let share = all(1 / Float(job.height &* job.width))
            put(total(job, x + channel, stride, n) * share, outside + channel, n)
          case .largestBackward:
            addToLargest(job, x + channel, stride, inside + channel, get(outside + channel, n), n)
          case .meanBackward:
            let share = all(1 / Float(job.height &* job.width))
            addToAll(job, inside + channel, get(outside + channel, n) * share, n)
          }
          channel &+= lanes
        }
        pixel &+= 1
      }
      line &+= 1
    }
  }

  @inline(__always)
  private static func largestValue(_ job: Windows, _ x: Source, _ stride: Int, _ n: Int) -> Vector {
    var largest = get(x, n)
    var line = 0
    while line < job.height {
      var pixel = 0
      while pixel < job.width {
        largest = larger(largest, get(x + (line &* stride &+ pixel &* job.extent.channels), n))
        pixel &+= 1
      }
      line &+= 1
    }
    return largest
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
  private static func addToLargest(
    _ job: Windows, _ x: Source, _ stride: Int, _ g: Target, _ gradient: Vector, _ n: Int
  ) {
    if job.height == 2, job.width == 2, job.stride == 2, n >= lanes {
      return addToLargestOfFour(job, x, stride, g, gradient)
    }
    let largest = largestValue(job, x, stride, n)
    var left = gradient
    var line = 0
    while line < job.height {
      var pixel = 0
      while pixel < job.width {
        let isLargest = get(x + (line &* stride &+ pixel &* job.extent.channels), n) .== largest
        let target = g + (line &* job.insideStride &+ pixel &* job.extent.channels)
        put(get(target, n) + Vector.zero.replacing(with: left, where: isLargest), target, n)
        left = left.replacing(with: Vector.zero, where: isLargest)
        pixel &+= 1
      }
      line &+= 1
    }
  }

  /// The usual window, 2×2 without overlap: the gradients are written without being read.
  @inline(never)
  static func addToLargestOfFour(
    _ job: Windows, _ x: Source, _ stride: Int, _ g: Target, _ gradient: Vector
  ) {
    let channels = job.extent.channels
    let a = load(x)
    let b = load(x + channels)
    let c = load(x + stride)
    let d = load(x + (stride &+ channels))
    let largest = larger(larger(a, b), larger(c, d))
    let none = Vector.zero
    var left = gradient
    store(none.replacing(with: left, where: a .== largest), g)
    left = left.replacing(with: none, where: a .== largest)
    store(none.replacing(with: left, where: b .== largest), g + channels)
    left = left.replacing(with: none, where: b .== largest)
    store(none.replacing(with: left, where: c .== largest), g + job.insideStride)
    left = left.replacing(with: none, where: c .== largest)
    store(none.replacing(with: left, where: d .== largest), g + (job.insideStride &+ channels))
  }

  @inline(__always)
  private static func addToAll(_ job: Windows, _ g: Target, _ gradient: Vector, _ n: Int) {
    var line = 0
    while line < job.height {
      var pixel = 0
      while pixel < job.width {
        let target = g + (line &* job.insideStride &+ pixel &* job.extent.channels)
        put(get(target, n) + gradient, target, n)
        pixel &+= 1
      }
      line &+= 1
    }
  }
}
