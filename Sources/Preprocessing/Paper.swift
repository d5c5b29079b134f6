// What is paper and what is ink in a picture.

public import Ink

/// Takes the paper out of a picture: what remains is ink, 255 where it is strongest and 0 where none is.
///
/// A clean picture, of one paper level, keeps each of its grey levels. On any other, a scan or a photo, the
/// light that falls on each place of the paper is estimated, and ink is what returns clearly less of it.
public enum Paper {
  /// The ink of a picture, with as many pixels as it, or fewer for a very large one.
  public static func removed(from picture: GrayImage) -> Coverage {
    if picture.width == 0 || picture.height == 0 { return Coverage(width: 0, height: 0) }
    if let level = uniformLevel(of: picture) { return clean(picture, paper: level) }
    return Lighting(picture).ink()
  }

  /// The level of most pixels at the border, if it is that of at least half of all pixels too.
  private static func uniformLevel(of picture: GrayImage) -> UInt8? {
    let (width, height) = (picture.width, picture.height)
    var counts = [Int](repeating: 0, count: 256)
    for x in 0..<width {
      counts[Int(picture[x, 0])] += 1
      counts[Int(picture[x, height - 1])] += 1
    }
    for y in 0..<height {
      counts[Int(picture[0, y])] += 1
      counts[Int(picture[width - 1, y])] += 1
    }
    guard let most = counts.max(), let level = counts.firstIndex(of: most),
      most * 10 >= (width + height) * 2 * 9
    else { return nil }
    let paper = UInt8(level)
    let same = picture.pixels.withUnsafeBufferPointer { pixels in
      var same = 0
      for pixel in pixels { same &+= pixel == paper ? 1 : 0 }
      return same
    }
    return same * 2 >= width * height ? paper : nil
  }

  /// Ink on paper of one level: the distance from that level, on the side where more of it is.
  private static func clean(_ picture: GrayImage, paper: UInt8) -> Coverage {
    var ink = Coverage(width: picture.width, height: picture.height)
    var (dark, light) = (0, 0)
    var (darkest, lightest) = (paper, paper)
    picture.pixels.withUnsafeBufferPointer { pixels in
      for pixel in pixels {
        dark &+= Int(pixel < paper ? paper &- pixel : 0)
        light &+= Int(pixel > paper ? pixel &- paper : 0)
        darkest = pixel < darkest ? pixel : darkest
        lightest = pixel > lightest ? pixel : lightest
      }
    }
    let isDark = dark >= light
    let range = Int(isDark ? paper - darkest : lightest - paper)
    // A difference that no eye would see is no ink.
    if range < 12 { return ink }
    let table = (0..<256).map { level -> UInt8 in
      let distance = isDark ? Int(paper) - level : level - Int(paper)
      return UInt8(min(max((distance * 255 + range / 2) / range, 0), 255))
    }
    picture.pixels.withUnsafeBufferPointer { pixels in
      ink.levels.withUnsafeMutableBufferPointer { levels in
        table.withUnsafeBufferPointer { table in
          for i in 0..<pixels.count { levels[i] = table[Int(pixels[i])] }
        }
      }
    }
    return ink
  }
}
