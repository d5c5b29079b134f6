// JPEG pictures, read as greys by libjpeg where it is built in, and turned as the camera was held.

import Basics
public import Ink

#if Codecs
import CJPEG
#endif

/// JPEG pictures.
public enum JPEG {
  /// Whether bytes begin as a JPEG picture.
  public static func begins(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0xFF, 0xD8, 0xFF]) }

  /// The picture in a file, in greys, upright: EXIF's orientation is followed.
  public static func picture(_ bytes: [UInt8]) throws(FormatError) -> GrayImage {
    #if Codecs
    var state = inkling_jpeg()
    try read(bytes, &state, into: nil)
    let (width, height) = (Int(state.width), Int(state.height))
    if let objection = SizeLimit.objection(width: width, height: height) {
      throw FormatError(
        "JPEG", at: 0, expected: SizeLimit.pictureRule, found: objection, advice: "make the picture smaller")
    }
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
    let picture = GrayImage(width: width, height: height, pixels: pixels)
    return picture.upright(EXIF.orientation(inJPEG: bytes))
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
    let message = withUnsafeBytes(of: &state.message) {
      String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
    }
    throw FormatError(
      "JPEG", at: state.position, expected: "picture data as JPEG has them", found: "'\(message)' (libjpeg)")
  }
  #endif
}
