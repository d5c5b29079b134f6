// The grey level of a colour.

import Basics

/// The grey level of a colour.
enum Luminance {
  /// The grey level with the weights of ITU-R BT.601 in 256ths, as netpbm's `ppmtopgm` has them.
  @inline(__always)
  static func level(_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> UInt8 {
    UInt8(truncatingIfNeeded: (Int(red) * 77 + Int(green) * 150 + Int(blue) * 29) >> 8)
  }

  /// The grey levels of colours, three samples each.
  static func levels(_ colors: [UInt8]) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: colors.count / 3) { buffer, count in
      for i in buffer.indices {
        buffer[i] = level(colors[3 * i], colors[3 * i + 1], colors[3 * i + 2])
      }
      count = buffer.count
    }
  }
}
