// JPEG images, read as greys by libjpeg where the build has it, and turned upright.

import Basics
public import Ink

#if Codecs
import CJPEG
#endif

/// JPEG images.
public enum JPEG: ImageFormat {
  static let name = "JPEG"
  static let endings = ["jpg", "jpeg"]

  /// Whether bytes begin as a JPEG image.
  static func begins(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0xFF, 0xD8, 0xFF]) }

  /// Reads an image.
  ///
  /// - Parameter bytes: The bytes of the file.
  /// - Returns: The image in greys, turned upright by EXIF's orientation.
  /// - Throws: `FormatError` if the file is damaged or too large, or if the build has no libjpeg.
  public static func image(_ bytes: [UInt8]) throws(FormatError) -> GrayImage {
    #if Codecs
    var state = inkling_jpeg()
    try read(bytes, &state, into: nil)
    let (width, height) = (Int(state.width), Int(state.height))
    try SizeLimit.check(width: width, height: height, format: "JPEG", at: 0)
    // A block of 8 × 8 pixels takes at least one bit.
    if width * height / 512 > bytes.count {
      throw FormatError(
        "JPEG", at: 0, expected: "at least \(width * height / 512) bytes for \(width) × \(height) pixels",
        found: "\(bytes.count)", advice: "the file was cut off: get or export it again")
    }
    var failure: FormatError?
    let pixels = [UInt8](unsafeUninitializedCapacity: width * height) { buffer, count in
      do throws(FormatError) {
        try read(bytes, &state, into: buffer.baseAddress)
        count = width * height
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    let image = GrayImage(width: width, height: height, pixels: pixels)
    return image.upright(EXIF.orientation(inJPEG: bytes))
    #else
    throw FormatError(
      "JPEG", at: 0, expected: "a picture of the PNM family", found: "a JPEG, which this build cannot read",
      advice: "convert it to PGM, or build Inkling with the trait Codecs (needs libjpeg-dev)")
    #endif
  }

  #if Codecs
  private static func read(
    _ bytes: [UInt8], _ state: inout inkling_jpeg, into levels: UnsafeMutablePointer<UInt8>?
  ) throws(FormatError) {
    let status = bytes.withUnsafeBufferPointer { bytes in
      state.bytes = bytes.baseAddress
      state.count = bytes.count
      return inkling_jpeg_read(&state, levels)
    }
    if status == 1 { return }
    throw FormatError(
      "JPEG", at: state.position, expected: "valid JPEG data",
      found: "'\(String(terminated: &state.message))' (libjpeg)")
  }
  #endif
}
