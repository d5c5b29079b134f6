// Memory for kernels: aligned, zero at first, with padding behind it that a kernel may read.

import CLibrary

/// A list of numbers at a fixed address.
final class FloatBuffer {
  let floats: UnsafeMutablePointer<Float>
  let count: Int

  /// Kernels read whole blocks of columns, which at the end may reach beyond the last column.
  private static let padding = 128

  init(_ count: Int) {
    self.count = count
    let bytes = (count + Self.padding) * MemoryLayout<Float>.stride
    let raw = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
    floats = raw.bindMemory(to: Float.self, capacity: count + Self.padding)
    floats.initialize(repeating: 0, count: count + Self.padding)
  }

  deinit { floats.deallocate() }

  func clear() { memset(floats, 0, count * MemoryLayout<Float>.stride) }
}

/// Offsets for kernels, at a fixed address.
final class OffsetTable {
  let table: UnsafeMutablePointer<Int>
  let count: Int

  init(_ offsets: [Int]) {
    count = offsets.count
    table = .allocate(capacity: max(1, count))
    for (index, offset) in offsets.enumerated() { table[index] = offset }
  }

  deinit { table.deallocate() }
}
