// A picture of any kind that is read, told by its content.

import Basics
public import Ink

/// A picture of any kind that is read, told by its content and not by its name.
public enum Picture {
  /// Whether bytes begin as a picture.
  public static func begins(_ bytes: [UInt8]) -> Bool {
    PNM.begins(bytes) || PNG.begins(bytes) || JPEG.begins(bytes)
  }

  /// The picture in a file, in greys.
  public static func gray(_ bytes: [UInt8]) throws(FormatError) -> GrayImage {
    if PNM.begins(bytes) { return try PNM.picture(bytes) }
    if PNG.begins(bytes) { return try PNG.picture(bytes) }
    if JPEG.begins(bytes) { return try JPEG.picture(bytes) }
    throw FormatError(
      "picture", at: 0, expected: "a PBM, PGM, PPM, PNG or JPEG file",
      found: FormatError.show(bytes.prefix(8)), advice: "convert it to one of these")
  }

  /// A picture as a file of the kind that a name's ending asks for: PNG, or else PGM.
  public static func file(_ picture: GrayImage, named path: String) throws(FormatError) -> [UInt8] {
    Path.ending(of: path) == "png" ? try PNG.file(picture) : PNM.pgm(picture)
  }

  /// The picture in a file, in greys; `-` is standard input.
  public static func read(_ path: String) throws(ReadError) -> GrayImage {
    let bytes: [UInt8]
    do { bytes = try File.read(path) } catch { throw .file(error) }
    do { return try gray(bytes) } catch { throw .format(error, path: path) }
  }
}
