// PNG images: read as greys, written in greys or colours, by libpng where the build has it.

import Basics
public import Ink

#if Codecs
import CPNG
#endif

/// PNG images.
public enum PNG: ImageFormat {
  static let name = "PNG"
  static let endings = ["png"]

  private static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

  /// Whether bytes begin as a PNG image.
  static func begins(_ bytes: [UInt8]) -> Bool { bytes.starts(with: signature) }

  /// Reads an image.
  ///
  /// - Parameter bytes: The bytes of the file.
  /// - Returns: The image in greys. Transparent pixels are mixed with white; where that leaves no ink because the ink is
  ///   light, the image is inverted first.
  /// - Throws: `FormatError` if the file is damaged or too large, or if the build has no libpng.
  public static func image(_ bytes: [UInt8]) throws(FormatError) -> GrayImage {
    let header = try PNGHeader(bytes)
    #if Codecs
    return try header.decode(bytes)
    #else
    throw FormatError(
      "PNG", at: 0, expected: "a picture of the PNM family",
      found: "a PNG of \(header.width) × \(header.height) pixels, which this build cannot read",
      advice: "convert it to PGM, or build Inkling with the trait Codecs (needs libpng-dev)")
    #endif
  }

  /// An image as a PNG file.
  ///
  /// - Parameter image: The image to write.
  /// - Returns: The bytes of the file.
  /// - Throws: `FormatError` if the image is too large, or if the build has no libpng.
  public static func file(_ image: GrayImage) throws(FormatError) -> [UInt8] {
    try file(image.pixels, width: image.width, height: image.height, channels: 1)
  }

  /// A colour image as a PNG file.
  ///
  /// - Parameters:
  ///   - width: Pixels in a row.
  ///   - height: Rows.
  ///   - colors: The red, green and blue levels, `3 * width * height` of them.
  /// - Returns: The bytes of the file.
  /// - Throws: `FormatError` if the image is too large, or if the build has no libpng.
  public static func file(width: Int, height: Int, colors: [UInt8]) throws(FormatError) -> [UInt8] {
    try file(colors, width: width, height: height, channels: 3)
  }

  private static func file(
    _ samples: [UInt8], width: Int, height: Int, channels: Int
  ) throws(FormatError) -> [UInt8] {
    precondition(samples.count == width * height * channels, "levels must fill the picture")
    try SizeLimit.check(width: width, height: height, format: "PNG", at: 0)
    #if Codecs
    var file: [UInt8] = []
    var state = inkling_png()
    let status = withUnsafeMutablePointer(to: &file) { file in
      state.context = UnsafeMutableRawPointer(file)
      state.sink = { context, bytes, count in
        let file = context?.assumingMemoryBound(to: [UInt8].self)
        file?.pointee.append(contentsOf: UnsafeBufferPointer(start: bytes, count: count))
      }
      return samples.withUnsafeBufferPointer {
        inkling_png_write(&state, $0.baseAddress, UInt32(width), UInt32(height), Int32(channels))
      }
    }
    guard status == 1 else {
      throw FormatError(
        "PNG", at: 0, expected: "a picture that libpng can write", found: String(terminated: &state.message),
        advice: "save it as PGM")
    }
    return file
    #else
    throw FormatError(
      "PNG", at: 0, expected: "a build that can write PNG", found: "one without libpng",
      advice: "choose a name that ends in .pgm, or build Inkling with the trait Codecs (needs libpng-dev)")
    #endif
  }
}

/// The header of a PNG image.
private struct PNGHeader {
  let width: Int
  let height: Int
  /// Bits per sample.
  let depth: Int
  /// PNG's colour type: 0 grey, 2 colours, 3 palette, 4 grey and alpha, 6 colours and alpha.
  let colorType: UInt8

  init(_ bytes: [UInt8]) throws(FormatError) {
    guard PNG.begins(bytes), bytes.count >= 33, bytes[12..<16].elementsEqual("IHDR".utf8) else {
      throw FormatError(
        "PNG", at: 8, expected: "the chunk IHDR", found: FormatError.show(bytes.dropFirst(12).prefix(4)))
    }
    width = bytes[16..<20].reduce(0) { $0 << 8 | Int($1) }
    height = bytes[20..<24].reduce(0) { $0 << 8 | Int($1) }
    depth = Int(bytes[24])
    colorType = bytes[25]
    try SizeLimit.check(width: width, height: height, format: "PNG", at: 16)
    guard let samples = [0: 1, 2: 3, 3: 1, 4: 2, 6: 4][colorType], [1, 2, 4, 8, 16].contains(depth) else {
      throw FormatError(
        "PNG", at: 24, expected: "a depth and a colour type of PNG", found: "\(depth) and \(colorType)")
    }
    let least = width * height * samples * depth / 8 / SizeLimit.deflateRatio
    if least > bytes.count {
      throw FormatError(
        "PNG", at: 16, expected: "at least \(least) bytes for \(width) × \(height) pixels",
        found: "\(bytes.count)", advice: "the file was cut off: get or export it again")
    }
  }

  #if Codecs
  func decode(_ bytes: [UInt8]) throws(FormatError) -> GrayImage {
    var channels = colorType == 0 ? 1 : colorType == 4 ? 2 : colorType == 6 ? 4 : 3
    var (samples, status, state) = decode(bytes, channels: channels)
    if status < 0, status != -Int32(channels) {
      // A transparent colour adds a channel: libpng answers with the right number, negated.
      channels = Int(-status)
      (samples, status, state) = decode(bytes, channels: channels)
    }
    guard status == 1 else {
      throw FormatError(
        "PNG", at: state.position, expected: "valid PNG data",
        found: String(terminated: &state.message))
    }
    let pixels =
      switch channels {
      case 1: samples
      case 2: Self.overWhite(samples, 2) { $0[0] }
      case 3: Luminance.levels(samples)
      default: Self.overWhite(samples, 4) { Luminance.level($0[0], $0[1], $0[2]) }
      }
    return GrayImage(width: width, height: height, pixels: pixels)
  }

  private func decode(_ bytes: [UInt8], channels: Int) -> (
    samples: [UInt8], status: Int32, state: inkling_png
  ) {
    var state = inkling_png()
    var status: Int32 = 0
    let samples = [UInt8](unsafeUninitializedCapacity: width * height * channels) { buffer, count in
      status = bytes.withUnsafeBufferPointer { bytes in
        state.bytes = bytes.baseAddress
        state.count = bytes.count
        return inkling_png_read(&state, buffer.baseAddress, UInt32(width), UInt32(height), Int32(channels))
      }
      count = status == 1 ? width * height * channels : 0
    }
    return (samples, status, state)
  }

  /// The darkest level of an image that shows no ink on white.
  private static let lightest: UInt8 = 208

  /// The levels mixed with white as their alpha says, which is the last channel.
  ///
  /// White ink on transparency, as for dark backgrounds, would be lost on white.
  @inline(__always)
  private static func overWhite(
    _ samples: [UInt8], _ channels: Int, _ level: (UnsafePointer<UInt8>) -> UInt8
  ) -> [UInt8] {
    let pixels = levels(samples, channels) { overWhite(level($0), $0[channels - 1]) }
    let alphas = stride(from: channels - 1, to: samples.count, by: channels)
    guard pixels.allSatisfy({ $0 >= lightest }), alphas.contains(where: { samples[$0] < 128 }),
      alphas.contains(where: { samples[$0] >= 128 })
    else { return pixels }
    return levels(samples, channels) { overWhite(255 - level($0), $0[channels - 1]) }
  }

  /// A level mixed with white as its alpha says, rounded to the nearest.
  @inline(__always)
  private static func overWhite(_ level: UInt8, _ alpha: UInt8) -> UInt8 {
    UInt8(truncatingIfNeeded: (Int(level) * Int(alpha) + 255 * (255 - Int(alpha)) + 127) / 255)
  }

  @inline(__always)
  private static func levels(
    _ samples: [UInt8], _ channels: Int, _ level: (UnsafePointer<UInt8>) -> UInt8
  ) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: samples.count / channels) { buffer, count in
      samples.withUnsafeBufferPointer { samples in
        guard let start = samples.baseAddress else { return }
        for i in buffer.indices { buffer[i] = level(start + i * channels) }
        count = buffer.count
      }
    }
  }
  #endif
}
