// Images of the PNM family (PBM, PGM and PPM), plain and in bytes: read as greys, written as PGM or PPM.

import Basics
public import Ink

/// Images of the PNM family: PBM (P1, P4), PGM (P2, P5) and PPM (P3, P6).
public enum PNM: ImageFormat {
  static let name = "PBM, PGM, PPM"
  static let endings = ["pgm", "pbm", "ppm", "pnm"]

  /// Whether bytes begin as an image of the family.
  static func begins(_ bytes: [UInt8]) -> Bool { PNMHeader.begins(bytes, at: 0) }

  /// Reads the first image of a file.
  ///
  /// - Parameter bytes: The bytes of the file.
  /// - Returns: The image in greys.
  /// - Throws: `FormatError` if the file is damaged or too large.
  public static func image(_ bytes: [UInt8]) throws(FormatError) -> GrayImage {
    try image(bytes, at: 0).image
  }

  /// Reads all images of a file.
  ///
  /// A plain image is the last one.
  ///
  /// - Parameter bytes: The bytes of the file.
  /// - Returns: The images in greys.
  /// - Throws: `FormatError` if the file is damaged or too large.
  public static func images(_ bytes: [UInt8]) throws(FormatError) -> [GrayImage] {
    var images: [GrayImage] = []
    var position = 0
    while true {
      let (image, end) = try image(bytes, at: position)
      images.append(image)
      position = end
      if bytes[position...].allSatisfy({ $0.isWhiteSpace }) { return images }
      // The format allows nothing between images; a line feed that an editor added is skipped.
      while bytes[position].isWhiteSpace { position += 1 }
    }
  }

  private static func image(
    _ bytes: [UInt8], at start: Int
  ) throws(FormatError) -> (image: GrayImage, end: Int) {
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
        header.format, at: header.raster + wrong.offset,
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
    return (GrayImage(width: header.width, height: header.height, pixels: levels(samples, header)), end)
  }

  /// The first sample that is above the maximum value.
  private static func firstAbove(
    _ raster: ArraySlice<UInt8>, _ header: PNMHeader
  ) -> (offset: Int, sample: Int)? {
    raster.withUnsafeBufferPointer { raster in
      let step = header.bytesPerSample
      for offset in stride(from: 0, to: raster.count - step + 1, by: step) {
        let sample = step == 2 ? Int(raster[offset]) << 8 | Int(raster[offset + 1]) : Int(raster[offset])
        if sample > header.maximum { return (offset, sample) }
      }
      return nil
    }
  }

  private static func plain(
    _ bytes: [UInt8], _ header: PNMHeader
  ) throws(FormatError) -> (image: GrayImage, end: Int) {
    var scan = PNMNumbers(bytes: bytes, position: header.raster, format: header.format)
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
    let pixels = levels(samples, header)
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

  /// A sample scaled from 0…maximum to 0…255, rounded to the nearest.
  private static func level(_ sample: Int, of maximum: Int) -> UInt8 {
    UInt8(truncatingIfNeeded: (sample * 255 + maximum / 2) / maximum)
  }

  private static func levels(_ samples: [UInt8], _ header: PNMHeader) -> [UInt8] {
    header.channels == 1 ? samples : Luminance.levels(samples)
  }
}

extension PNM {
  /// An image as a PGM file (P5).
  ///
  /// - Parameters:
  ///   - image: The image to write.
  ///   - comments: Comments, written right after the magic number, where every reader allows them.
  /// - Returns: The bytes of the file.
  public static func pgm(_ image: GrayImage, comments: [String] = []) -> [UInt8] {
    header("P5", image.width, image.height, comments) + image.pixels
  }

  /// A colour image as a PPM file (P6).
  ///
  /// - Parameters:
  ///   - width: Pixels in a row.
  ///   - height: Rows.
  ///   - colors: The red, green and blue levels, `3 * width * height` of them.
  /// - Returns: The bytes of the file.
  public static func ppm(width: Int, height: Int, colors: [UInt8]) -> [UInt8] {
    precondition(colors.count == 3 * width * height, "levels must fill the picture")
    return header("P6", width, height, []) + colors
  }

  private static func header(_ magic: String, _ width: Int, _ height: Int, _ comments: [String]) -> [UInt8] {
    // A line feed inside a comment would end it.
    let lines = comments.flatMap { $0.split { $0.isNewline }.map { "# \($0)\n" } }
    return Array("\(magic)\n\(lines.joined())\(width) \(height)\n255\n".utf8)
  }
}
