// Conversion of floating-point numbers to integers that never traps.

extension FixedWidthInteger {
  /// The integer part of a number; the nearest bound for a number outside the type's range, and 0 for NaN.
  ///
  /// The standard library's `Int(_: Double)` traps for both. Numbers from files, networks and other programs can be out
  /// of range or NaN, so that every conversion in this project uses this function.
  @inlinable
  package init(clamping number: Double) {
    if number > -0x1p63, number < 0x1p63 {
      self.init(clamping: Int64(number))
    } else if number >= 0x1p63 {
      // Only an unsigned type of 64 bits can hold more than `Int64.max`.
      self =
        number < 0x1p64 ? Self(clamping: UInt64(bitPattern: Int64(number - 0x1p63)) | 1 << 63) : .max
    } else {
      self = number.isNaN ? 0 : .min
    }
  }

  /// The integer part of a number; the nearest bound for a number outside the type's range, and 0 for NaN.
  @inlinable
  package init(clamping number: Float) { self.init(clamping: Double(number)) }
}

// The declarations below hide the standard library's conversions in files that import this module, and the package's
// settings make their use an error. `Int64` keeps the standard library's conversion, which the function above needs; a
// test checks that no other code uses it.

extension Int {
  @available(*, deprecated, message: "traps for NaN and numbers out of range; use Int(clamping:)")
  package init(_ number: Double) { self.init(clamping: number) }
  @available(*, deprecated, message: "traps for NaN and numbers out of range; use Int(clamping:)")
  package init(_ number: Float) { self.init(clamping: number) }
}

extension Int8 {
  @available(*, deprecated, message: "traps for NaN and numbers out of range; use Int8(clamping:)")
  package init(_ number: Double) { self.init(clamping: number) }
  @available(*, deprecated, message: "traps for NaN and numbers out of range; use Int8(clamping:)")
  package init(_ number: Float) { self.init(clamping: number) }
}

extension Int16 {
  @available(*, deprecated, message: "traps for NaN and numbers out of range; use Int16(clamping:)")
  package init(_ number: Double) { self.init(clamping: number) }
  @available(*, deprecated, message: "traps for NaN and numbers out of range; use Int16(clamping:)")
  package init(_ number: Float) { self.init(clamping: number) }
}

extension Int32 {
  @available(*, deprecated, message: "traps for NaN and numbers out of range; use Int32(clamping:)")
  package init(_ number: Double) { self.init(clamping: number) }
  @available(*, deprecated, message: "traps for NaN and numbers out of range; use Int32(clamping:)")
  package init(_ number: Float) { self.init(clamping: number) }
}

extension UInt {
  @available(*, deprecated, message: "traps for NaN and numbers out of range; use UInt(clamping:)")
  package init(_ number: Double) { self.init(clamping: number) }
  @available(*, deprecated, message: "traps for NaN and numbers out of range; use UInt(clamping:)")
  package init(_ number: Float) { self.init(clamping: number) }
}

extension UInt8 {
  @available(*, deprecated, message: "traps for NaN and numbers out of range; use UInt8(clamping:)")
  package init(_ number: Double) { self.init(clamping: number) }
  @available(*, deprecated, message: "traps for NaN and numbers out of range; use UInt8(clamping:)")
  package init(_ number: Float) { self.init(clamping: number) }
}

extension UInt16 {
  @available(*, deprecated, message: "traps for NaN and numbers out of range; use UInt16(clamping:)")
  package init(_ number: Double) { self.init(clamping: number) }
  @available(*, deprecated, message: "traps for NaN and numbers out of range; use UInt16(clamping:)")
  package init(_ number: Float) { self.init(clamping: number) }
}

extension UInt32 {
  @available(*, deprecated, message: "traps for NaN and numbers out of range; use UInt32(clamping:)")
  package init(_ number: Double) { self.init(clamping: number) }
  @available(*, deprecated, message: "traps for NaN and numbers out of range; use UInt32(clamping:)")
  package init(_ number: Float) { self.init(clamping: number) }
}

extension UInt64 {
  @available(*, deprecated, message: "traps for NaN and numbers out of range; use UInt64(clamping:)")
  package init(_ number: Double) { self.init(clamping: number) }
  @available(*, deprecated, message: "traps for NaN and numbers out of range; use UInt64(clamping:)")
  package init(_ number: Float) { self.init(clamping: number) }
}
