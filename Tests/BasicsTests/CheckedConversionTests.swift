// The conversion of floating-point numbers to integers.

import Basics
import Testing

@Suite struct CheckedConversionTests {
  @Test func numbersInRangeLoseOnlyTheirFraction() {
    for number in [0, 0.9, -0.9, 1.5, -1.5, 254.999, 1e9 + 0.5, -0x1p31] {
      #expect(Int(clamping: number) == Int(exactly: number.rounded(.towardZero)))
      #expect(Int32(clamping: number) == Int32(exactly: number.rounded(.towardZero)))
    }
    #expect(UInt8(clamping: 255.99) == 255)
    #expect(Int(clamping: 0x1.fffffffffffffp62) == 0x7FFF_FFFF_FFFF_FC00)
    #expect(Int(clamping: Float(-3.75)) == -3)
  }

  @Test func numbersOutOfRangeBecomeTheNearestBound() {
    for number in [0x1p63, 1e300, .greatestFiniteMagnitude, .infinity] {
      #expect(Int(clamping: number) == .max)
      #expect(Int(clamping: -number) == .min)
      #expect(Int32(clamping: number) == .max)
      #expect(UInt8(clamping: number) == .max)
      #expect(UInt8(clamping: -number) == 0)
      #expect(UInt64(clamping: -number) == 0)
    }
    #expect(UInt64(clamping: 0x1p63) == 1 << 63)
    #expect(UInt64(clamping: 0x1p64) == .max)
    #expect(Int64(clamping: -0x1p63) == .min)
    #expect(UInt8(clamping: 256.0) == 255)
    #expect(UInt8(clamping: -0.5) == 0)
    #expect(Int32(clamping: Float.infinity) == .max)
  }

  @Test func notANumberBecomesZero() {
    #expect(Int(clamping: Double.nan) == 0)
    #expect(UInt8(clamping: -Double.nan) == 0)
    #expect(Int32(clamping: Float.signalingNaN) == 0)
  }
}
