import Kernels
import Testing

@Suite struct DoubleTests {
  private func numbers(_ count: Int, seed: UInt32) -> [Double] {
    var state = seed
    return (0..<count).map { _ in
      state = state &* 1_664_525 &+ 1_013_904_223
      return Double(state >> 8) / 16_777_216 - 0.5
    }
  }

  @Test(arguments: kernelSets.indices) func dotProductsEqualThoseInALoop(set: Int) {
    for count in 0...80 {
      let (x, y) = (numbers(count, seed: 3), numbers(count, seed: 4))
      let expected = zip(x, y).reduce(0) { $0 + $1.0 * $1.1 }
      let found = x.withUnsafeBufferPointer { x in
        y.withUnsafeBufferPointer { y in
          guard let x = x.baseAddress, let y = y.baseAddress else { return expected }
          return kernelSets[set].dot(x, y, count: count)
        }
      }
      #expect(abs(found - expected) < 1e-14)
    }
  }

  @Test(arguments: kernelSets.indices) func multiplesAreAddedUpToTheCountOnly(set: Int) {
    for count in 0...40 {
      let x = numbers(41, seed: 5)
      let before = numbers(41, seed: 6)
      var y = before
      x.withUnsafeBufferPointer { x in
        y.withUnsafeMutableBufferPointer { y in
          guard let x = x.baseAddress, let y = y.baseAddress else { return }
          kernelSets[set].addMultiple(x, times: 0.75, to: y, count: count)
        }
      }
      for i in 0..<41 {
        if i < count {
          #expect(abs(y[i] - (before[i] + 0.75 * x[i])) < 1e-15)
        } else {
          #expect(y[i] == before[i])
        }
      }
    }
  }
}
