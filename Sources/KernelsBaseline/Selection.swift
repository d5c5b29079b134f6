// The indices of large values in a list, for a search among many scores that are nearly all too small.

extension InstructionSet {
  /// The first index from `from` on whose value is above a threshold, or `count` where there is none.
  public static func firstAbove(
    _ threshold: Float, _ x: UnsafePointer<Float>, from: Int, count: Int
  ) -> Int {
    let step = 4 &* lanes
    let thresholds = all(threshold)
    var i = from
    while i &+ step <= count {
      let p = x + i
      let most = larger(
        larger(load(p), load(p + lanes)), larger(load(p + 2 &* lanes), load(p + 3 &* lanes)))
      if any(most .> thresholds) { break }
      i &+= step
    }
    while i < count {
      if x[i] > threshold { return i }
      i &+= 1
    }
    return count
  }

  /// The index of the largest value, the first of equal ones.
  ///
  /// The largest and the second largest value are written.
  public static func largestTwo(
    _ x: UnsafePointer<Float>, count: Int, into result: UnsafeMutablePointer<Float>
  ) -> Int {
    var first = all(-.infinity)
    var second = first
    var indices = Bits.zero
    var current = Bits.zero
    var lane = 0
    while lane < lanes {
      current[lane] = UInt32(truncatingIfNeeded: lane)
      lane &+= 1
    }
    var i = 0
    while i &+ lanes <= count {
      let v = load(x + i)
      let isLarger = v .> first
      second = larger(second, v.replacing(with: first, where: isLarger))
      first.replace(with: v, where: isLarger)
      indices.replace(with: current, where: isLarger)
      current = current &+ Bits(repeating: UInt32(truncatingIfNeeded: lanes))
      i &+= lanes
    }
    var (best, top, next) = (0, -Float.infinity, -Float.infinity)
    lane = 0
    while lane < lanes {
      let (value, index) = (first[lane], Int(indices[lane]))
      if value > top || (value == top && index < best) {
        next = top
        top = value
        best = index
      } else if value > next {
        next = value
      }
      if second[lane] > next { next = second[lane] }
      lane &+= 1
    }
    while i < count {
      if x[i] > top {
        next = top
        top = x[i]
        best = i
      } else if x[i] > next {
        next = x[i]
      }
      i &+= 1
    }
    result[0] = top
    result[1] = next
    return best
  }
}
