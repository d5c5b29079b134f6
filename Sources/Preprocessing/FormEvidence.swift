// Which scans and photos are forms, and take the steps by which lines and print are set aside.

import Basics
import Ink

/// Tells forms from writing on blank or ruled paper.
///
/// On blank and ruled paper the strong ink is the writing, and each further step could only lose some of it.
enum FormEvidence {
  private static let thresholds = PaperThresholds.standard

  /// The steps by which the ink of a form is found.
  ///
  /// - Parameters:
  ///   - picture: a scan or photo.
  ///   - strong: its strong ink without ruled lines and blemishes.
  ///   - reasons: for which reasons marks are set aside.
  /// - Returns: the steps; nil for writing alone.
  static func steps(
    of picture: GrayImage, strong: Coverage, ignoring reasons: Set<IgnoredMark.Reason>
  ) -> PaperInk? {
    let steps = PaperInk(of: picture, ignoring: reasons)
    // Ruled and squared paper has more lines than a form around a few numbers.
    let hasLines = (1...thresholds.maxFormLines).contains(steps.lineCount) || steps.hasFrames
    let hasPrint =
      steps.lineCount == 0 && steps.ignored.contains { [.line, .print, .underline].contains($0.reason) }
    return hasLines || hasPrint || isSmall(picture, strong) ? steps : nil
  }

  /// Whether the writing is so small that it must be enlarged.
  private static func isSmall(_ picture: GrayImage, _ strong: Coverage) -> Bool {
    guard max(picture.width, picture.height) < thresholds.smallSide else { return false }
    let usual = MarkSizes(Components(strong, level: Components.strong).list, on: strong.box).usual
    return usual < thresholds.smallWriting * Double(picture.height)
  }

  /// Whether the clean ink of a page is writing in a frame or between lines.
  static func hasFrame(_ ink: Coverage) -> Bool {
    guard min(ink.width, ink.height) >= thresholds.minSideWithLines else { return false }
    let long = thresholds.sureLine * Double(max(ink.width, ink.height))
    let components = Components(ink)
    let others = components.list.filter { Double(max($0.box.width, $0.box.height)) < long }
    let lines = PageLines(in: InkMask(ink, level: 96), thresholds)
    if lines.hasFrames { return true }
    if others.count == components.list.count { return false }
    let usual = MarkSizes(others, on: ink.box).usual
    return lines.longest >= long && usual > 0 && lines.longest >= thresholds.frameSide * usual
  }
}
