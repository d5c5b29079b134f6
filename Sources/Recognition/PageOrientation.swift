// The orientation of a scan or photo: upright, upside down or on its side.

import Ink
import Preprocessing

/// Chooses the orientation in which a page is read.
enum PageOrientation {
  /// The least confidence of a symbol that shows an orientation.
  private static let minConfidence = 0.95
  /// The least share of a page's symbols that are clear in the right orientation.
  private static let minShare = 0.7
  /// The least number of clear symbols of a rotated page: one digit alone may look like another upside down.
  private static let minCount = 3
  /// A page with a greater share of clear symbols is upright, and others are not tried.
  private static let uprightShare = 0.5

  /// Whether a reading leaves open that the page is rotated.
  static func isDoubtful(_ reading: Reading) -> Bool {
    let count = count(reading)
    return count >= minCount && Double(clear(reading)) <= uprightShare * Double(count)
  }

  /// Whether a reading of the rotated page is better than one of the page as it is.
  static func isBetter(_ rotated: Reading, than reading: Reading) -> Bool {
    clear(rotated) >= max(minCount, 2 * clear(reading))
      && Double(clear(rotated)) >= minShare * Double(count(rotated))
  }

  /// The number of symbols, those of words with them.
  private static func count(_ reading: Reading) -> Int {
    reading.symbols.count + reading.ignored.count { $0.reason == .letters }
  }

  /// The number of symbols that are clearly digits, and look different in other orientations.
  private static func clear(_ reading: Reading) -> Int {
    reading.symbols.count { symbol in
      guard !symbol.refused, symbol.confidence >= minConfidence, let label = symbol.candidates.first?.label
      else { return false }
      return !["0", "1", "8"].contains(label)
    }
  }
}

extension Reading {
  /// The reading with the boxes in the picture before it was rotated clockwise.
  func unrotated(quarters: Int, width: Int, height: Int) -> Reading {
    func original(_ box: Box) -> Box {
      box.unrotated(quarters: quarters, pictureWidth: Double(width), pictureHeight: Double(height))
    }
    return Reading(
      symbols: symbols.map {
        var symbol = $0
        symbol.box = original($0.box)
        return symbol
      },
      lineLengths: lineLengths, words: words,
      ignored: ignored.map { IgnoredMark(box: original($0.box), reason: $0.reason) })
  }
}
