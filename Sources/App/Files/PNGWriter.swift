// Pictures as PNG files, by nothing but the rules of the format, so that they need no library.

import Basics
package import Graphics
package import Ink
package import X11

/// Writes pictures of the window and of the page as PNG.
///
/// Deflate here knows one trick, runs: a window is mostly plain areas, so that each row is nearly the one above it,
/// and what the filter leaves are zeros.
package enum PNGWriter {
  /// The bytes of a PNG file, 8 bits a channel, without alpha.
  package static func png(of bitmap: Bitmap) -> [UInt8] {
    let channels = bitmap.pixels.flatMap { pixel in
      [16, 8, 0].map { UInt8(truncatingIfNeeded: pixel >> UInt32($0)) }
    }
    return png(channels, width: bitmap.width, height: bitmap.height, channels: 3)
  }

  /// The bytes of a PNG file in grey.
  package static func png(of image: GrayImage) -> [UInt8] {
    png(image.pixels, width: image.width, height: image.height, channels: 1)
  }

  /// The bytes of a PNG file of an icon, with its open corners.
  package static func png(of icon: Icon) -> [UInt8] {
    let channels = icon.pixels.flatMap { pixel in
      [16, 8, 0, 24].map { UInt8(truncatingIfNeeded: pixel >> UInt32($0)) }
    }
    return png(channels, width: icon.width, height: icon.height, channels: 4)
  }

  /// PNG's numbers for grey, colour, and colour with opacity.
  private static let colorTypes: [Int: UInt8] = [1: 0, 3: 2, 4: 6]

  private static func png(_ samples: [UInt8], width: Int, height: Int, channels: Int) -> [UInt8] {
    let stride = width * channels
    var rows: [UInt8] = []
    rows.reserveCapacity(height * (stride + 1))
    for y in 0..<height {
      // Filter 2: the difference from the row above.
      rows.append(2)
      for index in (y * stride)..<((y + 1) * stride) {
        rows.append(samples[index] &- (y > 0 ? samples[index - stride] : 0))
      }
    }
    var bytes: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    append("IHDR", word(width) + word(height) + [8, colorTypes[channels] ?? 0, 0, 0, 0], to: &bytes)
    append("IDAT", deflated(rows), to: &bytes)
    append("IEND", [], to: &bytes)
    return bytes
  }

  private static func word(_ value: Int) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
  }

  private static func append(_ kind: String, _ data: [UInt8], to bytes: inout [UInt8]) {
    let body = Array(kind.utf8) + data
    bytes += word(data.count) + body
    var sum: UInt32 = 0xFFFF_FFFF
    for byte in body { sum = checks[Int((sum ^ UInt32(byte)) & 0xFF)] ^ (sum >> 8) }
    bytes += word(Int(sum ^ 0xFFFF_FFFF))
  }

  private static let checks: [UInt32] = (0..<256).map { index in
    (0..<8).reduce(UInt32(index)) { value, _ in value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1 }
  }

  /// A zlib stream: one block of fixed Huffman codes, with runs of a byte as copies from one byte back.
  private static func deflated(_ bytes: [UInt8]) -> [UInt8] {
    var bits = BitWriter(bytes: [0x78, 0x01])
    bits.write(0b011, 3)
    var index = 0
    while index < bytes.count {
      var run = 0
      if index > 0 {
        while run < 258, index + run < bytes.count, bytes[index + run] == bytes[index - 1] { run += 1 }
      }
      if run == 258 {
        // Length code 285 is the longest copy; distance code 0 is one byte back.
        bits.writeReversed(0b1100_0101, 8)
        bits.writeReversed(0, 5)
        index += 258
      } else if run >= 3, run <= 10 {
        bits.writeReversed(UInt32(run - 2), 7)
        bits.writeReversed(0, 5)
        index += run
      } else if run >= 10 {
        bits.writeReversed(8, 7)
        bits.writeReversed(0, 5)
        index += 10
      } else {
        let byte = UInt32(bytes[index])
        if byte < 144 {
          bits.writeReversed(0x30 + byte, 8)
        } else {
          bits.writeReversed(0x190 + byte - 144, 9)
        }
        index += 1
      }
    }
    bits.writeReversed(0, 7)
    var (low, high): (UInt32, UInt32) = (1, 0)
    for byte in bytes {
      low = (low + UInt32(byte)) % 65521
      high = (high + low) % 65521
    }
    return bits.finished() + word(Int(high << 16 | low))
  }
}

/// Bits in deflate's order: from the lowest of each byte.
private struct BitWriter {
  var bytes: [UInt8]
  private var held: UInt32 = 0
  private var count: UInt32 = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  mutating func write(_ value: UInt32, _ width: UInt32) {
    held |= value << count
    count += width
    while count >= 8 {
      bytes.append(UInt8(truncatingIfNeeded: held))
      held >>= 8
      count -= 8
    }
  }

  /// Huffman codes go from their highest bit.
  mutating func writeReversed(_ value: UInt32, _ width: UInt32) {
    var reversed: UInt32 = 0
    for bit in 0..<width where value >> bit & 1 == 1 { reversed |= 1 << (width - 1 - bit) }
    write(reversed, width)
  }

  func finished() -> [UInt8] { count > 0 ? bytes + [UInt8(truncatingIfNeeded: held)] : bytes }
}
