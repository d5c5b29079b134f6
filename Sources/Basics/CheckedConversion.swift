// Conversion of floating-point numbers to integers that never traps.

extension FixedWidthInteger {
  /// The integer part of a number; the nearest bound for a number outside the type's range, and 0 for NaN.
  ///
  /// The standard library's `Int(_: Double)` traps for both. A number that comes from a file, a network or another
  /// program can be either, so every conversion in this project uses this function.
  @inlinable
  package init(clamping number: Double) {
    if number > -0x1p63, number < 0x1p63 {
      self.init(clamping: Int64(number))
    } else if number >= 0x1p63 {
      // Only an unsigned type of 64 bits can hold more than `Int64.max`.
      self = number < 0x1p64 ? Self(clamping: UInt64(number)) : .max
    } else {
      self = number.isNaN ? 0 : .min
    }
  }

  /// The integer part of a number; the nearest bound for a number outside the type's range, and 0 for NaN.
  @inlinable
  package init(clamping number: Float) { self.init(clamping: Double(number)) }
}
