// Memory of one's own for the kernels' jobs: their operands, results and scratch.

/// Numbers at an address that stays, as the kernels' jobs want them: zero at first, and freed with their owner.
final class AlignedBuffer<Number: BitwiseCopyable & ExpressibleByIntegerLiteral>: @unchecked Sendable {
  let pointer: UnsafeMutablePointer<Number>

  init(count: Int) {
    let count = max(1, count)
    let bytes = count * MemoryLayout<Number>.stride
    pointer = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
      .bindMemory(to: Number.self, capacity: count)
    pointer.initialize(repeating: 0, count: count)
  }

  convenience init(_ numbers: [Number]) {
    self.init(count: numbers.count)
    for (index, number) in numbers.enumerated() { pointer[index] = number }
  }

  deinit { pointer.deallocate() }
}
