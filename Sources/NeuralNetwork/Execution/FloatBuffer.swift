// Memory for kernels: aligned, zero at first, with room behind it that a kernel may read but nothing counts.

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A list of numbers at an address that stays.
final class FloatBuffer: @unchecked Sendable {
  let floats: UnsafeMutablePointer<Float>
  let count: Int

  /// Kernels read whole blocks of columns, which at the end may reach beyond the last.
  private static let room = 128

  init(_ count: Int) {
    self.count = count
    let bytes = (count + Self.room) * MemoryLayout<Float>.stride
    let raw = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
    floats = raw.bindMemory(to: Float.self, capacity: count + Self.room)
    floats.initialize(repeating: 0, count: count + Self.room)
  }

  convenience init(_ values: [Float]) {
    self.init(values.count)
    for (index, value) in values.enumerated() { floats[index] = value }
  }

  deinit { floats.deallocate() }

  func clear() { memset(floats, 0, count * MemoryLayout<Float>.stride) }
}

/// Offsets for kernels, at an address that stays.
final class OffsetTable: @unchecked Sendable {
  let table: UnsafeMutablePointer<Int>
  let count: Int

  init(_ offsets: [Int]) {
    count = offsets.count
    table = .allocate(capacity: max(1, count))
    for (index, offset) in offsets.enumerated() { table[index] = offset }
  }

  deinit { table.deallocate() }
}
