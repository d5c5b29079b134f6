// The sizes beyond which no reader goes, so that a few bytes cannot ask for all the memory there is.

/// The sizes beyond which no reader goes.
public enum SizeLimit {
  /// The longest side of a picture in pixels: what JPEG can say at most.
  public static let side = 65_535
  /// The most pixels of a picture: the largest cameras and an A3 page scanned at 800 dots an inch stay below.
  public static let pixels = 1 << 27
  /// The most bytes of a file that is read whole: the whole of EMNIST stays below.
  public static let fileBytes = 1 << 30
  /// The most samples in all drawings of a stroke file, a hundred times pendigits.
  public static let samples = 1 << 25
  /// The most drawings in a stroke file.
  public static let drawings = 1 << 22

  /// Says that a picture's sides are out of bounds, or nil.
  static func objection(width: Int, height: Int) -> String? {
    if width < 1 || height < 1 { return "a picture of \(width) × \(height) pixels" }
    if width > side || height > side || width * height > pixels {
      return "a picture of \(width) × \(height) pixels, more than Inkling reads"
    }
    return nil
  }

  /// What `objection` is measured by, in words.
  static let pictureRule = "sides from 1 to \(side) and at most \(pixels) pixels"
}
