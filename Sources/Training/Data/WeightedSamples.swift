// Draws samples at random so that frequent classes and busy writers do not outweigh the others.

package import Augmentation
package import Basics

/// Drawings with their probabilities of being drawn.
///
/// The weight of a sample falls with the square root of the number of samples of its class and of its writer: a class
/// with four times the samples is drawn twice as often.
package struct WeightedSamples: Sendable {
  /// The drawings.
  package private(set) var samples: [LabelledPolylines] = []
  /// The sum of the weights up to and with each sample.
  private var ends: [Double] = []

  /// No samples.
  package init() {}

  /// Weighs samples; `writers` tells the writer of each, and what has none is a writer of its own.
  package init(_ samples: [LabelledPolylines], writers: [String]) {
    var ofClass: [Int: Double] = [:]
    var ofWriter: [String: Double] = [:]
    for (sample, writer) in zip(samples, writers) {
      ofClass[sample.label, default: 0] += 1
      ofWriter[writer, default: 0] += 1
    }
    self.samples = samples
    var sum = 0.0
    ends = zip(samples, writers).map { sample, writer in
      sum += 1 / ((ofClass[sample.label] ?? 1) * (ofWriter[writer] ?? 1)).squareRoot()
      return sum
    }
  }

  /// The number of samples.
  package var count: Int { samples.count }

  /// A random sample.
  package func random(_ random: inout SplitMix64) -> LabelledPolylines {
    let point = Double(random.uniform()) * (ends.last ?? 0)
    var range = 0..<ends.count - 1
    while !range.isEmpty {
      let middle = (range.lowerBound + range.upperBound) / 2
      if ends[middle] > point {
        range = range.lowerBound..<middle
      } else {
        range = middle + 1..<range.upperBound
      }
    }
    return samples[range.lowerBound]
  }
}
