// Activations, in place, and their slopes in the backward pass, computed from the activations' outputs.

public import KernelArguments

extension InstructionSet {
  /// Applies an activation to lines of values, in place.
  public static func apply(
    _ kind: ActivationKind, _ values: UnsafeMutablePointer<Float>, stride: Int, lines: Int, length: Int
  ) {
    var line = 0
    while line < lines {
      let x = values + line &* stride
      var i = 0
      while i < length {
        if length &- i >= lanes {
          store(value(kind, load(x + i)), x + i)
        } else {
          storeFirst(length &- i, value(kind, loadFirst(length &- i, x + i)), x + i)
        }
        i &+= lanes
      }
      line &+= 1
    }
  }

  /// Multiplies gradients by the activation's slope where its output was `values`.
  public static func applySlope(
    _ kind: ActivationKind, _ values: UnsafePointer<Float>, stride: Int,
    gradients: UnsafeMutablePointer<Float>, gradientStride: Int, lines: Int, length: Int
  ) {
    var line = 0
    while line < lines {
      let y = values + line &* stride
      let g = gradients + line &* gradientStride
      var i = 0
      while i < length {
        let rest = length &- i
        if rest >= lanes {
          store(slope(kind, load(y + i), load(g + i)), g + i)
        } else {
          storeFirst(rest, slope(kind, loadFirst(rest, y + i), loadFirst(rest, g + i)), g + i)
        }
        i &+= lanes
      }
      line &+= 1
    }
  }

  @inline(__always)
  static func value(_ kind: ActivationKind, _ x: Vector) -> Vector {
    switch kind {
    case .rectify(let slope): x.replacing(with: x * all(slope), where: x .< all(0))
    case .sigmoid: all(1) / (all(1) + exponential(all(0) - x))
    case .tanh:
      // Near zero 1 − 2/(e²ˣ + 1) loses digits; there the series to x⁷ is exact in this precision.
      hyperbolic(x)
    }
  }

  @inline(__always)
  static func hyperbolic(_ x: Vector) -> Vector {
    let far = all(1) - all(2) / (exponential(x + x) + all(1))
    let s = x * x
    let near = x * fma(s, fma(s, fma(s, all(-17.0 / 315), all(2.0 / 15)), all(-1.0 / 3)), all(1))
    return far.replacing(with: near, where: s .< all(0.01))
  }

  @inline(__always)
  static func slope(_ kind: ActivationKind, _ y: Vector, _ g: Vector) -> Vector {
    switch kind {
    case .rectify(let slope): g.replacing(with: g * all(slope), where: y .<= all(0))
    case .sigmoid: g * (y * (all(1) - y))
    case .tanh: g * (all(1) - y * y)
    }
  }
}
