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
    let (paper, share) = borderLevel(of: picture)
    if share < leastOfBorder { return Lighting(picture).ink() }
    let counts = counts(of: picture.pixels, mostly: UInt8(paper))
    // Ink may lie along the border of a clean page; shadows, which have all levels, make it none.
    let near = counts[max(paper - 32, 0)...min(paper + 32, 255)].reduce(0, +) - counts[paper]
    guard counts[paper] * 2 >= picture.pixels.count,
      share >= usualOfBorder || near * 50 <= picture.pixels.count
    else { return Lighting(picture).ink() }
    let ink = clean(picture, paper: paper, counts: counts)
    return share < 1 && RuledLines.cross(ink) ? Lighting(picture).ink() : ink
  }

  /// The share of a clean page's border that is paper: usually, and at the least.
  private static let (usualOfBorder, leastOfBorder) = (0.9, 0.5)

  /// The level of most pixels at the border, and their share.
  private static func borderLevel(of picture: GrayImage) -> (level: Int, share: Double) {
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
    let most = counts.max() ?? 0
    return (counts.firstIndex(of: most) ?? 255, Double(most) / Double(2 * (width + height)))
  }

  /// How many pixels have each level.
  private static func counts(of pixels: [UInt8], mostly paper: UInt8) -> [Int] {
    var counts = [Int](repeating: 0, count: 256)
    var others = 0
    pixels.withUnsafeBufferPointer { pixels in
      var i = pixels.firstOther(than: paper, from: 0, to: pixels.count)
      while i < pixels.count {
        counts[Int(pixels[i])] += 1
        others += 1
        i = pixels.firstOther(than: paper, from: i + 1, to: pixels.count)
      }
    }
    counts[Int(paper)] = pixels.count - others
    return counts
  }

  /// Ink on paper of one level: the distance from that level, on the side where more of it is.
  private static func clean(_ picture: GrayImage, paper: Int, counts: [Int]) -> Coverage {
    var ink = Coverage(width: picture.width, height: picture.height)
    let dark = (0..<paper).reduce(0) { $0 + counts[$1] * (paper - $1) }
    let light = (paper..<256).reduce(0) { $0 + counts[$1] * ($1 - paper) }
    let isDark = dark >= light
    let darkest = counts.firstIndex { $0 > 0 } ?? paper
    let lightest = counts.lastIndex { $0 > 0 } ?? paper
    let range = isDark ? paper - darkest : lightest - paper
    // A difference that no eye would see is no ink.
    if range < 12 { return ink }
    let table = (0..<256).map { level -> UInt8 in
      let distance = isDark ? paper - level : level - paper
      return UInt8(min(max((distance * 255 + range / 2) / range, 0), 255))
    }
    picture.pixels.withUnsafeBufferPointer { pixels in
      ink.levels.withUnsafeMutableBufferPointer { levels in
        var i = pixels.firstOther(than: UInt8(paper), from: 0, to: pixels.count)
        while i < pixels.count {
          levels[i] = table[Int(pixels[i])]
          i = pixels.firstOther(than: UInt8(paper), from: i + 1, to: pixels.count)
        }
      }
    }
    return ink
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Where the first byte other than this one is, or the end: most of a page is paper, passed over eight at a time.
  @inline(__always)
  func firstOther(than byte: UInt8, from start: Int, to end: Int) -> Int {
    var i = start
    if i < end, self[i] != byte { return i }
    let eight = UInt64(byte) &* 0x0101_0101_0101_0101
    let bytes = UnsafeRawBufferPointer(self)
    while i + 8 <= end, bytes.loadUnaligned(fromByteOffset: i, as: UInt64.self) == eight { i += 8 }
    while i < end, self[i] == byte { i += 1 }
    return i
  }
}
