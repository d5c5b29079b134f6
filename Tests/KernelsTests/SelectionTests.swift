import Kernels
import Testing

@Suite struct SelectionTests {
  /// Numbers of which many are equal.
  private func numbers(_ count: Int) -> [Float] {
    var state: UInt32 = 7
    return (0..<count).map { _ in
      state = state &* 1_664_525 &+ 1_013_904_223
      return Float(state >> 27) - 8
    }
  }

  @Test(arguments: kernelSets.indices) func theFirstValueAboveAThresholdIsFound(set: Int) {
    for count in 0...150 {
      let list = numbers(count)
      for threshold: Float in [-9, 0, 14.5, 15, 22.5, 23] {
        for from in stride(from: 0, through: count, by: 7) {
          let expected = list[from...].firstIndex { $0 > threshold } ?? count
          let found = list.withUnsafeBufferPointer { list in
            list.baseAddress.map { kernelSets[set].firstAbove(threshold, $0, from: from, count: count) } ?? 0
          }
          #expect(found == expected)
        }
      }
    }
  }

  @Test(arguments: kernelSets.indices) func theLargestTwoAreThoseOfTheSortedList(set: Int) {
    for count in 1...150 {
      let list = numbers(count)
      let sorted = list.sorted(by: >) + [-.infinity]
      var values: [Float] = [0, 0]
      let index = list.withUnsafeBufferPointer { list in
        values.withUnsafeMutableBufferPointer { values in
          guard let list = list.baseAddress, let values = values.baseAddress else { return Int?.none }
          return kernelSets[set].largestTwo(list, count: count, into: values)
        }
      }
      #expect(index == list.firstIndex(of: sorted[0]))
      #expect(values == [sorted[0], sorted[1]])
    }
  }
}
