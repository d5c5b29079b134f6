// Memory at a fixed address for the kernels' operands, results and scratch.

/// Numbers at a fixed address, aligned to 64 bytes, and freed with the object.
///
/// `@unchecked Sendable`: threads that share a buffer write to disjoint parts of it.
final class AlignedBuffer<Number: BitwiseCopyable & ExpressibleByIntegerLiteral>: @unchecked Sendable {
  let pointer: UnsafeMutablePointer<Number>

  /// Allocates at least one number; all have the same value at first.
  init(count: Int, repeating value: Number = 0) {
    let count = max(1, count)
    pointer = UnsafeMutableRawPointer.allocate(
      byteCount: count * MemoryLayout<Number>.stride, alignment: 64
    ).bindMemory(to: Number.self, capacity: count)
    pointer.initialize(repeating: value, count: count)
  }

  convenience init(_ numbers: [Number]) {
    self.init(count: numbers.count)
    for (index, number) in numbers.enumerated() { pointer[index] = number }
  }

  deinit { pointer.deallocate() }

  /// A copy of the first `count` numbers.
  func array(_ count: Int) -> [Number] { Array(UnsafeBufferPointer(start: pointer, count: count)) }
}
