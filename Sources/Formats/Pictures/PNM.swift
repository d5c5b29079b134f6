// The pictures of the PNM family, PBM, PGM and PPM, plain and in bytes: read as greys, written as PGM or PPM.

import Basics
public import Ink

/// The pictures of the PNM family: PBM (P1, P4), PGM (P2, P5) and PPM (P3, P6).
public enum PNM {
  /// Whether bytes begin as a picture of the family.
  public static func begins(_ bytes: [UInt8]) -> Bool { PNMHeader.begins(bytes, at: 0) }

  /// The first picture in a file.
  public static func picture(_ bytes: [UInt8]) throws(FormatError) -> GrayImage {
    try picture(bytes, at: 0).picture
  }

  /// All pictures in a file; a plain one is the last.
  public static func pictures(_ bytes: [UInt8]) throws(FormatError) -> [GrayImage] {
    var pictures: [GrayImage] = []
    var position = 0
    while true {
      let (picture, end) = try picture(bytes, at: position)
      pictures.append(picture)
      position = end
      if bytes[position...].allSatisfy(PNMHeader.isBlank) { return pictures }
      // The format has nothing between pictures, but a line's end that an editor added does no harm.
      while PNMHeader.isBlank(bytes[position]) { position += 1 }
    }
  }

  private static func picture(
    _ bytes: [UInt8], at start: Int
  ) throws(FormatError) -> (picture: GrayImage, end: Int) {
    let header = try PNMHeader(bytes, at: start)
    if header.isPlain { return try plain(bytes, header) }
    let end = header.raster + header.rasterBytes
    let raster = bytes[header.raster..<end]
    if header.isBits { return (bits(raster, header), end) }
    if header.kind == 5, header.maximum == 255 {
      return (GrayImage(width: header.width, height: header.height, pixels: [UInt8](raster)), end)
    }
    if header.bytesPerSample == 2 || header.maximum < 255, let wrong = firstAbove(raster, header) {
      throw FormatError(
        header.format, at: header.raster + wrong.place,
        expected: "samples up to the maximum value \(header.maximum)", found: "\(wrong.sample)")
    }
    let samples = [UInt8](unsafeUninitializedCapacity: header.width * header.height * header.channels) {
      buffer, count in
      raster.withUnsafeBufferPointer { raster in
        if header.bytesPerSample == 2 {
          for i in buffer.indices {
            let sample = Int(raster[2 * i]) << 8 | Int(raster[2 * i + 1])
            buffer[i] = level(sample, of: header.maximum)
          }
        } else {
          let levels = (0...header.maximum).map { level($0, of: header.maximum) }
          for i in buffer.indices { buffer[i] = levels[Int(raster[i])] }
        }
      }
      count = buffer.count
    }
    return (GrayImage(width: header.width, height: header.height, pixels: gray(samples, header)), end)
  }

  /// The first sample that is above the maximum value.
  private static func firstAbove(
    _ raster: ArraySlice<UInt8>, _ header: PNMHeader
  ) -> (place: Int, sample: Int)? {
    raster.withUnsafeBufferPointer { raster in
      let step = header.bytesPerSample
      for place in stride(from: 0, to: raster.count - step + 1, by: step) {
        let sample = step == 2 ? Int(raster[place]) << 8 | Int(raster[place + 1]) : Int(raster[place])
        if sample > header.maximum { return (place, sample) }
      }
      return nil
    }
  }

  private static func plain(
    _ bytes: [UInt8], _ header: PNMHeader
  ) throws(FormatError) -> (picture: GrayImage, end: Int) {
    var scan = PNMNumbers(bytes, at: header.raster, format: header.format)
    let count = header.width * header.height * header.channels
    var samples: [UInt8] = []
    samples.reserveCapacity(count)
    if header.isBits {
      for _ in 0..<count { samples.append(try scan.nextBit() ? 0 : 255) }
    } else {
      let range = 0...header.maximum
      for _ in 0..<count {
        let sample = try scan.next("a sample from 0 to the maximum value \(header.maximum)", range)
        samples.append(level(sample, of: header.maximum))
      }
    }
    let pixels = gray(samples, header)
    return (GrayImage(width: header.width, height: header.height, pixels: pixels), scan.position)
  }

  /// The bits of a P4 raster: rows of whole bytes, the highest bit leftmost, 1 black.
  private static func bits(_ raster: ArraySlice<UInt8>, _ header: PNMHeader) -> GrayImage {
    let stride = (header.width + 7) / 8
    let pixels = [UInt8](unsafeUninitializedCapacity: header.width * header.height) { buffer, count in
      raster.withUnsafeBufferPointer { raster in
        for y in 0..<header.height {
          for x in 0..<header.width {
            let isBlack = raster[y * stride + x / 8] >> UInt8(7 - x % 8) & 1 == 1
            buffer[y * header.width + x] = isBlack ? 0 : 255
          }
        }
      }
      count = buffer.count
    }
    return GrayImage(width: header.width, height: header.height, pixels: pixels)
  }

  /// A sample brought from 0…maximum to 0…255, rounded to the nearest.
  static func level(_ sample: Int, of maximum: Int) -> UInt8 {
    UInt8(truncatingIfNeeded: (sample * 255 + maximum / 2) / maximum)
  }

  private static func gray(_ samples: [UInt8], _ header: PNMHeader) -> [UInt8] {
    if header.channels == 1 { return samples }
    return [UInt8](unsafeUninitializedCapacity: samples.count / 3) { buffer, count in
      for i in buffer.indices {
        buffer[i] = luminance(samples[3 * i], samples[3 * i + 1], samples[3 * i + 2])
      }
      count = buffer.count
    }
  }

  /// The grey of a colour: ITU-R BT.601's weights in 256ths, as netpbm's ppmtopgm has them.
  @inline(__always)
  static func luminance(_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> UInt8 {
    UInt8(truncatingIfNeeded: (Int(red) * 77 + Int(green) * 150 + Int(blue) * 29) >> 8)
  }
}

extension PNM {
  /// A picture as a P5 file; comments come right after the magic number, where every reader allows them.
  public static func pgm(_ picture: GrayImage, comments: [String] = []) -> [UInt8] {
    header("P5", picture.width, picture.height, comments) + picture.pixels
  }

  /// A colour picture as a P6 file, from its red, green and blue levels, `3 * width * height` of them.
  public static func ppm(width: Int, height: Int, colors: [UInt8]) -> [UInt8] {
    precondition(colors.count == 3 * width * height, "levels must fill the picture")
    return header("P6", width, height, []) + colors
  }

  private static func header(_ magic: String, _ width: Int, _ height: Int, _ comments: [String]) -> [UInt8] {
    // A line's end inside a comment would end it.
    let lines = comments.flatMap { $0.split { $0.isNewline }.map { "# \($0)\n" } }
    return Array("\(magic)\n\(lines.joined())\(width) \(height)\n255\n".utf8)
  }
}
