// Operations by channel: sums over all pixels for biases and batch norm, and a line through each value.

public import KernelArguments

extension InstructionSet {
  /// sums[c] += Σ x, and where `products` is given products[c] += Σ x·y, over a picture's pixels.
  ///
  /// With y = x these give mean and variance.
  public static func sumChannels(
    _ x: UnsafePointer<Float>, stride: Int, times y: UnsafePointer<Float>?, timesStride: Int, extent: Extent,
    sums: UnsafeMutablePointer<Float>, products: UnsafeMutablePointer<Float>?
  ) {
    var channel = 0
    while channel < extent.channels {
      let n = extent.channels &- channel
      var first = Vector.zero
      var second = Vector.zero
      var third = Vector.zero
      var fourth = Vector.zero
      var line = 0
      while line < extent.lines {
        var p = x + (line &* stride &+ channel)
        if let y {
          var q = y + (line &* timesStride &+ channel)
          // Two pixels at a time, in independent sums that the processor computes in parallel.
          var left = extent.pixels
          while left >= 2 {
            let value = get(p, n)
            let next = get(p + extent.channels, n)
            first += value
            second = fma(value, get(q, n), second)
            third += next
            fourth = fma(next, get(q + extent.channels, n), fourth)
            p += 2 &* extent.channels
            q += 2 &* extent.channels
            left &-= 2
          }
          while left > 0 {
            let value = get(p, n)
            first += value
            second = fma(value, get(q, n), second)
            p += extent.channels
            q += extent.channels
            left &-= 1
          }
        } else {
          var left = extent.pixels
          while left >= 4 {
            first += get(p, n)
            second += get(p + extent.channels, n)
            third += get(p + 2 &* extent.channels, n)
            fourth += get(p + 3 &* extent.channels, n)
            p += 4 &* extent.channels
            left &-= 4
          }
          while left > 0 {
            first += get(p, n)
            p += extent.channels
            left &-= 1
          }
        }
        line &+= 1
      }
      let sum = y == nil ? (first + second) + (third + fourth) : first + third
      put(get(sums + channel, n) + sum, sums + channel, n)
      if let products { put(get(products + channel, n) + (second + fourth), products + channel, n) }
      channel &+= lanes
    }
  }

  /// result = rectify(x · scale[c] + shift[c]); slope 1 leaves all values as they are.
  public static func scaleChannels(
    _ x: UnsafePointer<Float>, stride: Int, scale: UnsafePointer<Float>, shift: UnsafePointer<Float>,
    slope: Float, into result: UnsafeMutablePointer<Float>, resultStride: Int, extent: Extent
  ) {
    var channel = 0
    while channel < extent.channels {
      let n = extent.channels &- channel
      let factor = get(scale + channel, n)
      let addend = get(shift + channel, n)
      var line = 0
      while line < extent.lines {
        var p = x + (line &* stride &+ channel)
        var q = result + (line &* resultStride &+ channel)
        var left = extent.pixels
        while left > 0 {
          let v = fma(get(p, n), factor, addend)
          put(v.replacing(with: v * all(slope), where: v .< Vector.zero), q, n)
          p += extent.channels
          q += extent.channels
          left &-= 1
        }
        line &+= 1
      }
      channel &+= lanes
    }
  }

  /// result = g · a[c] + x · b[c] + d[c]: batch norm's backward pass.
  public static func mixChannels(
    _ g: UnsafePointer<Float>, gradientStride: Int, _ x: UnsafePointer<Float>, stride: Int,
    a: UnsafePointer<Float>, b: UnsafePointer<Float>, d: UnsafePointer<Float>,
    into result: UnsafeMutablePointer<Float>, resultStride: Int, extent: Extent
  ) {
    var channel = 0
    while channel < extent.channels {
      let n = extent.channels &- channel
      let ofGradient = get(a + channel, n)
      let ofValue = get(b + channel, n)
      let addend = get(d + channel, n)
      var line = 0
      while line < extent.lines {
        var p = x + (line &* stride &+ channel)
        var s = g + (line &* gradientStride &+ channel)
        var q = result + (line &* resultStride &+ channel)
        var left = extent.pixels
        while left > 0 {
          put(fma(get(s, n), ofGradient, fma(get(p, n), ofValue, addend)), q, n)
          p += extent.channels
          s += extent.channels
          q += extent.channels
          left &-= 1
        }
        line &+= 1
      }
      channel &+= lanes
    }
  }
}
