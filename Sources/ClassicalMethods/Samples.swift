// Labelled pictures, which the methods learn from and are tested on.

import Basics
package import Datasets

/// The number of digits.
let digitCount = 10

/// Votes for digits.
struct Votes {
  private(set) var counts = [Int](repeating: 0, count: digitCount)

  mutating func add(_ digit: some BinaryInteger) { counts[Int(digit)] += 1 }

  /// The digit with the most votes, the lowest of equals.
  var winner: UInt8 { UInt8(counts.indices.max { counts[$0] < counts[$1] } ?? 0) }
}

/// Pictures as rows of a matrix, 0 paper and 1 ink, each with its digit.
package struct Samples: Sendable {
  /// One picture a row.
  package let pictures: Matrix
  /// The digit of each row, 0…9.
  package let labels: [UInt8]

  /// Makes samples of pictures and their digits.
  package init(pictures: Matrix, labels: [UInt8]) {
    precondition(pictures.rows == labels.count, "every picture needs a label")
    self.pictures = pictures
    self.labels = labels
  }

  /// Makes samples of a set of labelled images.
  package init(_ images: ImageSet) {
    self.init(
      pictures: Matrix(
        rows: images.count, columns: images.width * images.height,
        values: images.pixels.map { Float($0) / 255 }),
      labels: images.labels)
  }

  /// The number of samples.
  package var count: Int { labels.count }

  /// Some of the samples, in the given order.
  package func at(_ indices: some Collection<Int>) -> Samples {
    Samples(pictures: pictures.rows(at: indices), labels: indices.map { labels[$0] })
  }

  /// The share of answers that differ from the labels.
  func error(of answers: [UInt8]) -> Double {
    Double(zip(answers, labels).count { $0 != $1 }) / Double(max(1, count))
  }
}
