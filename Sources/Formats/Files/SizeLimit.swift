// The largest sizes that readers accept, so that a small file cannot make a reader allocate all memory.

/// The largest sizes that readers accept.
public enum SizeLimit {
  /// The longest side of an image in pixels: the largest that JPEG can express.
  public static let side = 65_535
  /// The most pixels of an image.
  ///
  /// The largest cameras and an A3 page scanned at 800 dots per inch stay below.
  public static let pixels = 1 << 27
  /// The most bytes of a file.
  ///
  /// All of EMNIST stays below.
  public static let fileBytes = 1 << 30
  /// The most bytes of a pipe or a device, which do not tell their length before they are read.
  public static let streamBytes = 1 << 28
  /// The most samples in all drawings of a file, a hundred times those of pendigits.
  public static let samples = 1 << 25
  /// The most samples of one drawing: an hour and a half of writing without a pause.
  public static let drawingSamples = 1 << 19
  /// The most bytes of an InkML file, which holds one drawing, also after decompression, and of a line of a stroke file:
  /// three quarters of an hour of writing as Inkling saves it.
  public static let drawingBytes = 1 << 23
  /// The most drawings in a file.
  public static let drawings = 1 << 22

  /// The most bytes that deflate can express with one byte: at best it writes 258 bytes with two bits.
  static let deflateRatio = 1032

  /// Checks the sides of an image.
  static func check(width: Int, height: Int, format: String, at offset: Int) throws(FormatError) {
    let isEmpty = width < 1 || height < 1
    if !isEmpty, width <= side, height <= side, width * height <= pixels { return }
    throw FormatError(
      format, at: offset, expected: "sides from 1 to \(side) and at most \(pixels) pixels",
      found: "a picture of \(width) × \(height) pixels" + (isEmpty ? "" : ", more than Inkling reads"),
      advice: "make the picture smaller")
  }
}
