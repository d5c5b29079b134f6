// Where the large values of a list are: what a search among scores needs, which are many, and nearly all too small.

extension InstructionSet {
  /// The first place from `from` on whose value is above a mark, or `count` where there is none.
  public static func firstAbove(
    _ mark: Float, _ x: UnsafePointer<Float>, from: Int, count: Int
  ) -> Int {
    let step = 4 &* lanes
    let marks = all(mark)
    var i = from
    while i &+ step <= count {
      let p = x + i
      let most = larger(
        larger(load(p), load(p + lanes)), larger(load(p + 2 &* lanes), load(p + 3 &* lanes)))
      if any(most .> marks) { break }
      i &+= step
    }
    while i < count {
      if x[i] > mark { return i }
      i &+= 1
    }
    return count
  }

  /// The place of the largest value, the first of equals; it and the next largest are written, which may equal it.
  public static func largestTwo(
    _ x: UnsafePointer<Float>, count: Int, into result: UnsafeMutablePointer<Float>
  ) -> Int {
    var first = all(-.infinity)
    var second = first
    var places = Bits.zero
    var here = Bits.zero
    var lane = 0
    while lane < lanes {
      here[lane] = UInt32(truncatingIfNeeded: lane)
      lane &+= 1
    }
    var i = 0
    while i &+ lanes <= count {
      let v = load(x + i)
      let isLarger = v .> first
      second = larger(second, v.replacing(with: first, where: isLarger))
      first.replace(with: v, where: isLarger)
      places.replace(with: here, where: isLarger)
      here = here &+ Bits(repeating: UInt32(truncatingIfNeeded: lanes))
      i &+= lanes
    }
    var (best, top, next) = (0, -Float.infinity, -Float.infinity)
    lane = 0
    while lane < lanes {
      let (value, place) = (first[lane], Int(places[lane]))
      if value > top || (value == top && place < best) {
        next = top
        top = value
        best = place
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
