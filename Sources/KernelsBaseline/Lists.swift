// Operations on lists of numbers: sums of lists, dropout, and weights packed for the backward pass.

extension InstructionSet {
  /// y += x.
  public static func addList(_ x: UnsafePointer<Float>, to y: UnsafeMutablePointer<Float>, count: Int) {
    var i = 0
    while i < count {
      put(get(x + i, count &- i) + get(y + i, count &- i), y + i, count &- i)
      i &+= lanes
    }
  }

  /// Sets values to 0 whose random number is below `threshold`, and multiplies the others by `scale`.
  ///
  /// A random number depends on key and index alone, so the backward pass computes the same ones, on any thread.
  public static func dropout(
    _ x: UnsafePointer<Float>, into result: UnsafeMutablePointer<Float>, count: Int, firstIndex: Int,
    key: UInt32, threshold: UInt32, scale: Float
  ) {
    var i = 0
    while i < count {
      let index = UInt32(truncatingIfNeeded: firstIndex &+ i)
      // Hash Prospector's lowbias32 (Wellons 2018).
      var h = (index ^ key) &+ key &* 0x9E37_79B9
      h ^= h &>> 16
      h = h &* 0x7FEB_352D
      h ^= h &>> 15
      h = h &* 0x846C_A68B
      h ^= h &>> 16
      result[i] = h >= threshold ? x[i] * scale : 0
      i &+= 1
    }
  }

  /// Weights packed by block of outputs, `[outputs / block][taps][inputs][block]`, packed by block of inputs for
  /// the backward pass: `[inputs / block][chosen][outputs][block]`, the taps in the order of `chosen`.
  ///
  /// Only the blocks of inputs in `blocks` are written; the padding behind the last input stays zero.
  public static func transposeWeights(
    _ weights: UnsafePointer<Float>, taps: Int, inputs: Int, outputs: Int,
    chosen: UnsafePointer<Int>, chosenCount: Int, blocks: Range<Int>, into result: UnsafeMutablePointer<Float>
  ) {
    var inputBlock = blocks.lowerBound
    while inputBlock < blocks.upperBound {
      let firstInput = inputBlock &* block
      let valid = inputs &- firstInput < block ? inputs &- firstInput : block
      var t = 0
      while t < chosenCount {
        let target = result + (inputBlock &* chosenCount &+ t) &* outputs &* block
        var output = 0
        while output < outputs {
          let outputBlock = output / block
          let end = outputBlock &* block &+ block < outputs ? outputBlock &* block &+ block : outputs
          let source = weights + ((outputBlock &* taps &+ chosen[t]) &* inputs &+ firstInput) &* block
          while output < end {
            let lane = output &- outputBlock &* block
            let to = target + output &* block
            var i = 0
            while i < valid {
              to[i] = source[i &* block &+ lane]
              i &+= 1
            }
            output &+= 1
          }
        }
        t &+= 1
      }
      inputBlock &+= 1
    }
  }
}
