// A symbol of the UNIPEN collection, and its scaling.

import Basics
import Formats

/// A symbol of the UNIPEN collection.
struct UNIPENSample {
  let label: String
  /// Three letters, such as `apa`.
  let contributor: String
  let person: UNIPENPerson
  /// The file with the ink: a page of the person.
  let page: String
  /// The samples of each stroke as in the file, y upwards.
  let strokes: [[SIMD2<Double>]]

  /// The contributor and the person.
  var writerKey: String { contributor + " " + person.key }

  /// The size of the ink in the file's units.
  var size: SIMD2<Double> {
    let bounds = self.bounds
    return bounds.high - bounds.low
  }

  private var bounds: (low: SIMD2<Double>, high: SIMD2<Double>) {
    var low = SIMD2<Double>(repeating: .infinity)
    var high = -low
    for sample in strokes.joined() {
      low = pointwiseMin(low, sample)
      high = pointwiseMax(high, sample)
    }
    return (low, high)
  }

  /// The line of a stroke file: y downwards, the top left corner at the origin, whole units, no sample twice in a row.
  func line(scale: Double, writer: Int) -> String {
    let bounds = self.bounds
    let lists = strokes.map { samples -> String in
      var points: [SIMD2<Int>] = []
      for sample in samples {
        let x = ((sample.x - bounds.low.x) * scale).rounded()
        let y = ((bounds.high.y - sample.y) * scale).rounded()
        let point = SIMD2(Int(clamping: x), Int(clamping: y))
        if point != points.last { points.append(point) }
      }
      return "[" + points.map { "[\($0.x),\($0.y)]" }.joined(separator: ",") + "]"
    }
    return
      "{\"label\":\(JSONText.quoted(label)),\"writer\":\(writer),\"source\":\(JSONText.quoted(contributor)),"
      + "\"strokes\":[\(lists.joined(separator: ","))]}"
  }
}

/// The scales of the pages: 200 units for the median size of the capitals and digits of a page or of its writer.
///
/// The size is the longer side of a symbol's ink.
struct UNIPENScales {
  /// The size of capitals and digits in the units of the result.
  static let digitSize = 200.0
  /// The fewest symbols whose median counts.
  private static let fewest = 5
  /// Letters that are as large as capitals, for writers without capitals and digits.
  private static let tallLetters = Set("bdfhklt".map(String.init))

  private var pages: [String: Double] = [:]
  /// By the contributor and the person, because units differ between contributors.
  private var persons: [String: Double] = [:]
  private var contributors: [String: Double] = [:]

  init(_ samples: [UNIPENSample]) {
    var sizes = Sizes()
    var tall = Sizes()
    for sample in samples {
      let size = sample.size.max()
      guard size > 0 else { continue }
      if sample.label.allSatisfy({ $0.isASCII && ($0.isNumber || $0.isUppercase) }) {
        sizes.add(size, of: sample)
      } else if Self.tallLetters.contains(sample.label) {
        tall.add(size, of: sample)
      }
    }
    pages = Self.scales(sizes.pages)
    persons = Self.scales(sizes.persons).merging(Self.scales(tall.persons)) { first, _ in first }
    contributors = Self.scales(sizes.contributors).merging(Self.scales(tall.contributors)) { first, _ in
      first
    }
  }

  private struct Sizes {
    var pages: [String: [Double]] = [:]
    var persons: [String: [Double]] = [:]
    var contributors: [String: [Double]] = [:]

    mutating func add(_ size: Double, of sample: UNIPENSample) {
      pages[sample.page, default: []].append(size)
      persons[sample.writerKey, default: []].append(size)
      contributors[sample.contributor, default: []].append(size)
    }
  }

  private static func scales<Key>(_ sizes: [Key: [Double]]) -> [Key: Double] {
    sizes.compactMapValues { $0.count < fewest ? nil : digitSize / $0.sorted()[$0.count / 2] }
  }

  /// The scale of a sample; nil if there is nothing to compare its size with.
  func scale(of sample: UNIPENSample) -> Double? {
    pages[sample.page] ?? persons[sample.writerKey] ?? contributors[sample.contributor]
  }
}
