// The peak of this instruction set: multiply-adds without memory accesses, for benchmarks.

extension InstructionSet {
  /// Runs independent multiply-adds in registers.
  public static func multiplyAdds(rounds: Int, start: Float, into result: UnsafeMutablePointer<Float>) -> Int
  {
    let factor = all(0.999)
    let addend = all(1e-4)
    var a: Pair = (all(start), all(start + 1))
    var b: Pair = (all(start + 2), all(start + 3))
    var c: Pair = (all(start + 4), all(start + 5))
    var d: Pair = (all(start + 6), all(start + 7))
    var e: Pair = (all(start + 8), all(start + 9))
    var f: Pair = (all(start + 10), all(start + 11))
    var round = 0
    while round < rounds {
      a = (fma(a.a, factor, addend), fma(a.b, factor, addend))
      b = (fma(b.a, factor, addend), fma(b.b, factor, addend))
      c = (fma(c.a, factor, addend), fma(c.b, factor, addend))
      d = (fma(d.a, factor, addend), fma(d.b, factor, addend))
      e = (fma(e.a, factor, addend), fma(e.b, factor, addend))
      f = (fma(f.a, factor, addend), fma(f.b, factor, addend))
      round &+= 1
    }
    result[0] = total(a.a + a.b + b.a + b.b + c.a + c.b + d.a + d.b + e.a + e.b + f.a + f.b)
    return rounds &* 12 &* lanes &* 2
  }
}
