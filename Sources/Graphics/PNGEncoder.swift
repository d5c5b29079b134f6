// Pictures as PNG files (ISO/IEC 15948), written without a library.

import Basics
package import Ink

/// Writes images as PNG files.
///
/// The compression only finds repeated bytes. Most areas of the images are plain: rows equal the row above, the
/// filter leaves zeros, and runs of zeros take few bits.
package enum PNGEncoder {
  /// The file of an image in colour: 8 bits a channel, without opacity.
  package static func encode(_ bitmap: Bitmap) -> [UInt8] {
    encode(bitmap.pixels, shifts: [16, 8, 0], colorType: 2, width: bitmap.width, height: bitmap.height)
  }

  /// The file of a grey image.
  package static func encode(_ image: GrayImage) -> [UInt8] {
    encode(
      image.pixels, rowSize: image.width, header: header(image.width, image.height, bitDepth: 8, colorType: 0)
    )
  }

  /// The file of `0xAARRGGBB` pixels: 8 bits a channel, with opacity.
  package static func encode(argb pixels: [UInt32], width: Int, height: Int) -> [UInt8] {
    encode(pixels, shifts: [16, 8, 0, 24], colorType: 6, width: width, height: height)
  }

  /// The file of pixels that are numbers of colours in a palette: 4 bits a pixel for up to 16 colours, else 8.
  package static func encode(indices: [UInt8], palette: [Color], width: Int, height: Int) -> [UInt8] {
    precondition(palette.count <= 256 && indices.count == width * height, "indices must fill the image")
    if palette.count > 16 {
      return encode(
        indices, rowSize: width, header: header(width, height, bitDepth: 8, colorType: 3),
        beforeData: chunks(of: palette))
    }
    var rows: [UInt8] = []
    for first in stride(from: 0, to: indices.count, by: max(1, width)) {
      for column in stride(from: first, to: first + width, by: 2) {
        let second = column + 1 < first + width ? indices[column + 1] : 0
        rows.append(indices[column] << 4 | second)
      }
    }
    let header = header(width, height, bitDepth: 4, colorType: 3)
    return encode(rows, rowSize: (width + 1) / 2, header: header, beforeData: chunks(of: palette))
  }

  private static func chunks(of palette: [Color]) -> [UInt8] {
    chunk("PLTE", palette.flatMap { bigEndian($0.rgb).dropFirst() }) + chunk("tRNS", palette.map(\.alpha))
  }

  private static func header(_ width: Int, _ height: Int, bitDepth: UInt8, colorType: UInt8) -> [UInt8] {
    bigEndian(UInt32(clamping: width)) + bigEndian(UInt32(clamping: height)) + [bitDepth, colorType, 0, 0, 0]
  }

  private static func encode(
    _ pixels: [UInt32], shifts: [UInt32], colorType: UInt8, width: Int, height: Int
  ) -> [UInt8] {
    var samples: [UInt8] = []
    samples.reserveCapacity(pixels.count * shifts.count)
    for pixel in pixels {
      for shift in shifts { samples.append(UInt8(truncatingIfNeeded: pixel >> shift)) }
    }
    return encode(
      samples, rowSize: width * shifts.count, header: header(width, height, bitDepth: 8, colorType: colorType)
    )
  }

  private static func encode(
    _ samples: [UInt8], rowSize: Int, header: [UInt8], beforeData chunks: [UInt8] = []
  ) -> [UInt8] {
    var filtered: [UInt8] = []
    filtered.reserveCapacity(samples.count + samples.count / max(1, rowSize))
    for first in stride(from: 0, to: samples.count, by: max(1, rowSize)) {
      // Filter 2: the difference from the row above.
      filtered.append(2)
      for index in first..<first + rowSize {
        filtered.append(samples[index] &- (first > 0 ? samples[index - rowSize] : 0))
      }
    }
    return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + chunk("IHDR", header) + chunks
      + chunk("IDAT", ZlibStream(compressing: filtered).bytes) + chunk("IEND", [])
  }

  private static func chunk(_ name: String, _ data: [UInt8]) -> [UInt8] {
    let body = Array(name.utf8) + data
    return bigEndian(UInt32(clamping: data.count)) + body + bigEndian(CRC32.checksum(body))
  }
}

/// Four bytes, the highest first.
private func bigEndian(_ value: UInt32) -> [UInt8] {
  [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
}

/// A zlib stream (RFC 1950, RFC 1951): one block of fixed Huffman codes, with runs of a byte as copies from one
/// byte back.
private struct ZlibStream {
  private(set) var bytes: [UInt8] = [0x78, 0x01]
  private var pendingBits: UInt32 = 0
  private var pendingCount: UInt32 = 0

  init(compressing data: [UInt8]) {
    // The last block, with fixed codes.
    append(0b011, count: 3)
    var index = 0
    while index < data.count {
      var run = 0
      if index > 0 {
        while run < 258, index + run < data.count, data[index + run] == data[index - 1] { run += 1 }
      }
      if run >= 3 {
        // Length codes 257 to 264 are copies of 3 to 10 bytes, and 285 is one of 258 bytes.
        let length = run == 258 ? run : min(run, 10)
        if length == 258 {
          append(code: 0b1100_0101, count: 8)
        } else {
          append(code: UInt32(length - 2), count: 7)
        }
        // Distance code 0 is one byte back.
        append(code: 0, count: 5)
        index += length
      } else {
        let byte = UInt32(data[index])
        if byte < 144 {
          append(code: 0x30 + byte, count: 8)
        } else {
          append(code: 0x190 + byte - 144, count: 9)
        }
        index += 1
      }
    }
    // The end of the block, and zeros up to a whole byte.
    append(code: 0, count: 7)
    append(0, count: 7)
    bytes += bigEndian(Self.adler32(data))
  }

  /// Appends bits from the lowest on, as deflate fills its bytes; the last few wait for a whole byte.
  private mutating func append(_ bits: UInt32, count: UInt32) {
    pendingBits |= bits << pendingCount
    pendingCount += count
    while pendingCount >= 8 {
      bytes.append(UInt8(truncatingIfNeeded: pendingBits))
      pendingBits >>= 8
      pendingCount -= 8
    }
  }

  /// Appends a Huffman code, which starts with its highest bit.
  private mutating func append(code: UInt32, count: UInt32) {
    var reversed: UInt32 = 0
    for bit in 0..<count { reversed |= (code >> bit & 1) << (count - 1 - bit) }
    append(reversed, count: count)
  }

  private static func adler32(_ data: [UInt8]) -> UInt32 {
    var (low, high): (UInt32, UInt32) = (1, 0)
    for byte in data {
      low = (low + UInt32(byte)) % 65_521
      high = (high + low) % 65_521
    }
    return high << 16 | low
  }
}
