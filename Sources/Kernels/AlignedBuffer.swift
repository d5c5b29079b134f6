// Memory at a fixed address for the kernels' operands, results and scratch.

import CLibrary

/// Numbers at a fixed address, aligned to 64 bytes, and freed with the object.
///
/// `@unchecked Sendable`: threads that share a buffer write to disjoint parts of it.
package final class AlignedBuffer<Number: BitwiseCopyable & ExpressibleByIntegerLiteral>: @unchecked Sendable
{
  /// The address of the first number.
  package let pointer: UnsafeMutablePointer<Number>
  /// How many numbers there are.
  package let count: Int

  /// Kernels read whole blocks of columns, which at the end may reach beyond the last column.
  @usableFromInline static var padding: Int { 128 }

  /// Allocates the memory; all numbers have the same value at first.
  @inlinable package init(count: Int, repeating value: Number = 0) {
    self.count = count
    let capacity = count + Self.padding
    pointer = UnsafeMutableRawPointer.allocate(
      byteCount: capacity * MemoryLayout<Number>.stride, alignment: 64
    ).bindMemory(to: Number.self, capacity: capacity)
    pointer.initialize(repeating: value, count: capacity)
  }

  /// Allocates a copy of some numbers.
  @inlinable package convenience init(_ numbers: [Number]) {
    self.init(count: numbers.count)
    for (index, number) in numbers.enumerated() { pointer[index] = number }
  }

  @inlinable deinit { pointer.deallocate() }

  /// A copy of the numbers.
  @inlinable package var array: [Number] { Array(UnsafeBufferPointer(start: pointer, count: count)) }

  /// Sets all numbers to 0.
  package func clear() { memset(pointer, 0, count * MemoryLayout<Number>.stride) }
}
