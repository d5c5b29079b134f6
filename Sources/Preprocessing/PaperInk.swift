// Ink from scans and photos of paper: unevenly lit, ruled, framed, printed or stained.

import Basics
package import Ink

/// Separates the ink of a scan or photo from its paper, lines, print and blemishes, step by step.
package struct PaperInk: Sendable {
  /// The contrast against the paper, with lines.
  package let evened: ContrastMap
  /// The ink that was found, with everything that is set aside later.
  package let found: Coverage
  /// The ink of symbols.
  package private(set) var ink: Coverage
  /// What was set aside; boxes in pixels of the ink.
  package private(set) var ignored: [IgnoredMark]
  /// The number of pieces of lines.
  package let lineCount: Int
  /// Whether some of them are frames that do not fill the page.
  package let hasFrames: Bool
  /// The perspective that the lines show; nil where they do not converge.
  package let perspective: SheetPerspective?

  /// Separates ink from paper.
  ///
  /// - Parameters:
  ///   - picture: dark ink on light paper, or light ink on dark paper.
  ///   - reasons: for which reasons marks are set aside.
  ///   - thresholds: the thresholds.
  package init(
    of picture: GrayImage, ignoring reasons: Set<IgnoredMark.Reason> = IgnoredMark.Reason.all,
    _ thresholds: PaperThresholds = .standard
  ) {
    var map = ContrastMap(of: picture, thresholds)
    evened = map
    let radius = max(3, Int(clamping: Double(min(map.width, map.height)) * thresholds.peakRadius))
    var least = max(thresholds.minContrast, thresholds.minContrastToNoise * map.noise)
    var mask = map.mask(least: least, radius: radius, thresholds)
    for _ in 0..<thresholds.maxGrainSteps where mask.specks(size: thresholds.speckSize) > thresholds.maxSpecks
    {
      least *= thresholds.grainFactor
      mask = map.mask(least: least, radius: radius, thresholds)
    }
    found = map.ink(mask, thresholds)
    let lines = reasons.contains(.line) ? PageLines(in: mask, thresholds) : .none
    lines.remove(from: &map, mask, thresholds)
    lineCount = lines.boxes.count
    hasFrames = lines.hasFrames
    perspective = SheetPerspective(lines, width: map.width, height: map.height, unit: map.unit)
    ignored = lines.boxes.map { IgnoredMark(box: Box($0), reason: .line) }
    let left =
      lines.isEmpty ? found : map.ink(map.mask(least: least, radius: radius, thresholds), thresholds)
    let marks = MarkSorting(left, contrast: map.values, without: lines, ignoring: reasons, thresholds)
    ink = marks.kept
    ignored += marks.ignored
  }

  /// The size of a pixel of the ink, in pixels of the picture.
  package var unit: Double { evened.unit }
}

extension ContrastMap {
  /// Ink is what differs clearly from the paper, and is not much fainter than the strongest ink beside it.
  fileprivate func mask(least: Double, radius: Int, _ thresholds: PaperThresholds) -> InkMask {
    let peaks = peaks(radius: radius)
    var mask = InkMask(width: width, height: height, isInk: [Bool](repeating: false, count: values.count))
    for i in values.indices {
      mask.isInk[i] = Double(values[i]) >= max(least, thresholds.shareOfLocalPeak * Double(peaks[i]))
    }
    return mask
  }

  /// The ink of a mask with a grey fringe: each mark is as dark as its own contrast allows.
  fileprivate func ink(_ mask: InkMask, _ thresholds: PaperThresholds) -> Coverage {
    var result = Coverage(width: width, height: height)
    for i in values.indices where mask.isInk[i] { result.levels[i] = values[i] }
    let components = Components(result)
    var histograms = [[Int]](repeating: [Int](repeating: 0, count: 256), count: components.list.count)
    for i in values.indices where components.labels[i] > 0 {
      histograms[Int(components.labels[i]) - 1][Int(values[i])] += 1
    }
    // Half of a mark's pixels are its edge.
    let usual = histograms.map { UInt8(clamping: Self.level(of: $0, share: 0.6)) }
    let reach = 2
    var full = [UInt8](repeating: 0, count: values.count)
    for y in 0..<height {
      for x in 0..<width where components.labels[y * width + x] > 0 {
        let level = usual[Int(components.labels[y * width + x]) - 1]
        for v in max(0, y - reach)...min(height - 1, y + reach) {
          for u in max(0, x - reach)...min(width - 1, x + reach) {
            full[v * width + u] = max(full[v * width + u], level)
          }
        }
      }
    }
    for i in values.indices where full[i] > 0 {
      let low = thresholds.lowShare * Double(full[i])
      let high = max(thresholds.fullShare * Double(full[i]), low + 1)
      let share = (Double(values[i]) - low) / (high - low)
      result.levels[i] = UInt8(clamping: min(max(share, 0), 1) * 255)
    }
    return result
  }
}

extension Box {
  init(_ rectangle: Rectangle) {
    self.init(
      x: Double(rectangle.x), y: Double(rectangle.y), width: Double(rectangle.width),
      height: Double(rectangle.height))
  }
}
