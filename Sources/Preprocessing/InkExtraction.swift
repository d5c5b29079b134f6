// Extraction of ink from a picture.

import Basics
public import Ink

/// Separates ink from paper: the result is 255 at the strongest ink and 0 at paper.
///
/// A clean picture, with paper of one level, keeps its grey levels. In a scan or a photo, the brightness of
/// the paper is estimated at each pixel, and ink is what is clearly darker.
public enum InkExtraction {
  /// Removes the paper from a picture.
  ///
  /// - Parameter picture: dark ink on light paper, or light ink on dark paper.
  /// - Returns: the ink, of the picture's size, or smaller for a very large scan or photo.
  public static func removed(from picture: GrayImage) -> Coverage {
    extracted(from: picture, ignoring: []).ink
  }

  /// Removes the paper from a picture, and says what else was removed.
  ///
  /// - Parameters:
  ///   - picture: dark ink on light paper, or light ink on dark paper.
  ///   - reasons: for which reasons marks are set aside; none keeps everything but ruled lines and blemishes.
  ///   - flattens: whether a sheet that was photographed at an angle is flattened before.
  ///   - keepsDots: whether dots beside the writing are ink, however small.
  /// - Returns: the ink and what was set aside.
  package static func extracted(
    from picture: GrayImage, ignoring reasons: Set<IgnoredMark.Reason>, flattens: Bool = false,
    keepsDots: Bool = false
  ) -> ExtractedInk {
    if picture.width == 0 || picture.height == 0 { return ExtractedInk(ink: Coverage(width: 0, height: 0)) }
    let (pixels, perimeter) = (picture.pixels.count, 2 * (picture.width + picture.height))
    let border = borderCounts(of: picture)
    var paper = mostFrequent { border[$0] }
    let counts = counts(of: picture.pixels, mostly: UInt8(paper))
    let isPlain = border[paper] == perimeter
    if Double(border[paper]) >= minBorderShare * Double(perimeter) {
      guard counts[paper] * 2 >= pixels else {
        return ofPaper(picture, ignoring: reasons, flattens: flattens, keepsDots: keepsDots)
      }
    } else {
      // Where ink lies along the border, as in a close crop, the whole picture decides which level is paper.
      paper = mostFrequent { border[$0] * pixels + counts[$0] * perimeter }
      guard Double(counts[paper]) >= minCropShare * Double(pixels),
        isCrisp(picture, paper: paper, counts: counts)
      else { return ofPaper(picture, ignoring: reasons, flattens: flattens, keepsDots: keepsDots) }
    }
    let ink = clean(picture, paper: paper, counts: counts)
    let lines = isPlain ? 0 : RuledLines.count(ink)
    if lines == 0, reasons.contains(.line), FormEvidence.hasFrame(ink) {
      return ofForm(
        PaperInk(of: picture, ignoring: reasons), picture, ignoring: reasons, flattens: flattens,
        keepsDots: keepsDots)
    }
    if isPlain { return ExtractedInk(ink: ink) }
    if lines == 0 { return ExtractedInk(ink: Blemishes.framesRemoved(from: ink)) }
    // A digit as wide as its page may have a bar from border to border: one line, with all ink connected to
    // it.
    return lines == 1 && Components(ink).list.count == 1
      ? ExtractedInk(ink: ink) : ofPaper(picture, ignoring: reasons, flattens: flattens, keepsDots: keepsDots)
  }

  /// The ink of a scan or photo.
  ///
  /// Where nothing stands beside the writing but ruled lines, the strong ink is the writing. A form takes more steps.
  private static func ofPaper(
    _ picture: GrayImage, ignoring reasons: Set<IgnoredMark.Reason>, flattens: Bool, keepsDots: Bool
  ) -> ExtractedInk {
    if flattens, let sheet = SheetPerspective(in: picture) {
      return flattened(picture, by: sheet, ignoring: reasons, keepsDots: keepsDots)
    }
    let strong = Blemishes.removed(
      from: AdaptiveBackground(picture, keepsDots: keepsDots).ink(), keepsDots: keepsDots)
    if reasons.isEmpty { return ExtractedInk(ink: strong) }
    if let steps = FormEvidence.steps(of: picture, strong: strong, ignoring: reasons) {
      return ofForm(steps, picture, ignoring: reasons, flattens: flattens, keepsDots: keepsDots)
    }
    var result = ExtractedInk(ink: strong)
    result.isPaper = true
    if reasons.contains(.punctuation) {
      let marks = MarkSorting(punctuationOf: strong)
      result.ink = marks.kept
      result.ignored = marks.ignored
    }
    return result
  }

  /// The ink of a form, which is flattened where its lines converge.
  private static func ofForm(
    _ steps: PaperInk, _ picture: GrayImage, ignoring reasons: Set<IgnoredMark.Reason>, flattens: Bool,
    keepsDots: Bool
  ) -> ExtractedInk {
    guard flattens, let sheet = steps.perspective else { return ExtractedInk(steps) }
    return flattened(picture, by: sheet, ignoring: reasons, keepsDots: keepsDots)
  }

  /// The ink of a sheet that was photographed at an angle.
  private static func flattened(
    _ picture: GrayImage, by sheet: SheetPerspective, ignoring reasons: Set<IgnoredMark.Reason>,
    keepsDots: Bool
  ) -> ExtractedInk {
    var result = ofPaper(
      sheet.flattened(picture), ignoring: reasons, flattens: false, keepsDots: keepsDots)
    result.sheet = sheet
    return result
  }

  /// The least share of a clean page's border that is paper if no ink lies along it.
  private static let minBorderShare = 0.9
  /// The least share of a close crop of clean ink that is paper.
  ///
  /// In photos, a tenth of the pixels has one level.
  private static let minCropShare = 0.2

  /// The level for which a measure is greatest.
  private static func mostFrequent(_ measure: (Int) -> Int) -> Int {
    (0..<256).max { measure($0) < measure($1) } ?? 255
  }

  /// Whether the levels between paper and ink are only at the edges of ink.
  ///
  /// In shadows they are side by side.
  private static func isCrisp(_ picture: GrayImage, paper: Int, counts: [Int]) -> Bool {
    let darkest = counts.firstIndex { $0 > 0 } ?? paper
    let lightest = counts.lastIndex { $0 > 0 } ?? paper
    let range = max(paper - darkest, lightest - paper)
    let (least, most, step) = (max(range / 32, 1), range * 4 / 5, range / 64)
    var (between, soft) = (0, 0)
    for y in 0..<picture.height - 1 {
      for x in 0..<picture.width - 1 {
        let level = Int(picture[x, y])
        let distance = abs(level - paper)
        guard distance >= least, distance <= most else { continue }
        between += 1
        let isSoft =
          abs(level - Int(picture[x + 1, y])) <= step && abs(level - Int(picture[x, y + 1])) <= step
        if isSoft { soft += 1 }
      }
    }
    // In enlarged and compressed crops of ink 9 % are soft, in shadows without noise 70 % and more.
    return soft * 8 <= between
  }

  /// For each level the number of pixels of the border; those in the corners count twice.
  private static func borderCounts(of picture: GrayImage) -> [Int] {
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
    return counts
  }

  /// For each level the number of pixels.
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

  /// For each level of a picture the level of ink: 0 at the paper's level and beyond it, 255 at the strongest
  /// ink's.
  package static func inkOfLevels(paper: Int, strongest: Int) -> [UInt8] {
    let range = max(abs(strongest - paper), 1)
    return (0..<256).map { level in
      let distance = strongest < paper ? paper - level : level - paper
      return UInt8(min(max((distance * 255 + range / 2) / range, 0), 255))
    }
  }

  /// The ink on paper of one level: the distance from that level, on the side with more of it.
  private static func clean(_ picture: GrayImage, paper: Int, counts: [Int]) -> Coverage {
    var ink = Coverage(width: picture.width, height: picture.height)
    let dark = (0..<paper).reduce(0) { $0 + counts[$1] * (paper - $1) }
    let light = (paper..<256).reduce(0) { $0 + counts[$1] * ($1 - paper) }
    let isDark = dark >= light
    let darkest = counts.firstIndex { $0 > 0 } ?? paper
    let lightest = counts.lastIndex { $0 > 0 } ?? paper
    let range = isDark ? paper - darkest : lightest - paper
    // So small a difference is invisible.
    if range < 12 { return ink }
    let table = inkOfLevels(paper: paper, strongest: isDark ? darkest : lightest)
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

/// The ink of a picture.
package struct ExtractedInk: Sendable {
  /// The ink, 255 at the strongest ink and 0 at paper.
  package var ink: Coverage
  /// What was set aside; boxes in pixels of the ink.
  package var ignored: [IgnoredMark] = []
  /// Whether the picture is a scan or a photo of paper.
  package var isPaper = false
  /// The steps by which the ink of a form was found; nil for other pictures.
  package var steps: PaperInk?
  /// The sheet that was flattened before; nil for other pictures.
  package var sheet: SheetPerspective?

  init(ink: Coverage) { self.ink = ink }

  init(_ steps: PaperInk) {
    ink = steps.ink
    ignored = steps.ignored
    isPaper = true
    self.steps = steps
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// The index of the first other byte, or the end.
  ///
  /// Most of a page is paper, so eight bytes are compared at a time.
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
