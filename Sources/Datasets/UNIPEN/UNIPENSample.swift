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

  /// The groups that the sample belongs to, the smallest first.
  ///
  /// A person is one of a contributor, because units differ between contributors.
  var groups: [Group] {
    [.page(page), .person(contributor + " " + person.key), .contributor(contributor)]
  }

  /// Samples whose sizes can be compared.
  enum Group: Hashable {
    case page(String)
    case person(String)
    case contributor(String)
  }

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

  private let scales: [UNIPENSample.Group: Double]

  init(_ samples: [UNIPENSample]) {
    var sizes: [UNIPENSample.Group: [Double]] = [:]
    var tall: [UNIPENSample.Group: [Double]] = [:]
    for sample in samples {
      let size = sample.size.max()
      guard size > 0 else { continue }
      if sample.label.allSatisfy({ $0.isASCII && ($0.isNumber || $0.isUppercase) }) {
        for group in sample.groups { sizes[group, default: []].append(size) }
      } else if Self.tallLetters.contains(sample.label) {
        // A page with letters alone has the scale of its person.
        for group in sample.groups.dropFirst() { tall[group, default: []].append(size) }
      }
    }
    scales = Self.scales(sizes).merging(Self.scales(tall)) { first, _ in first }
  }

  private static func scales(_ sizes: [UNIPENSample.Group: [Double]]) -> [UNIPENSample.Group: Double] {
    sizes.compactMapValues { $0.count < fewest ? nil : digitSize / $0.sorted()[$0.count / 2] }
  }

  /// The scale of a sample; nil if there is nothing to compare its size with.
  func scale(of sample: UNIPENSample) -> Double? {
    sample.groups.lazy.compactMap { scales[$0] }.first
  }
}
