// Pictures of the network's input size with their classes.

import Basics
import Preprocessing

/// Pictures of the network's input size with their classes.
package struct PictureSet: Sendable, Equatable {
  /// The numbers in a picture.
  package static let pictureSize = InputNormalizer.side * InputNormalizer.side

  /// `pictureSize` levels for each picture, 0 paper, 255 ink.
  package var pixels: [UInt8] = []
  /// The class of each picture.
  package var labels: [UInt8] = []

  /// The number of pictures.
  package var count: Int { labels.count }

  /// The pictures at some indices.
  package func subset(_ indices: some Sequence<Int>) -> PictureSet {
    var result = PictureSet()
    for index in indices {
      result.pixels += pixels[(index * Self.pictureSize)..<((index + 1) * Self.pictureSize)]
      result.labels.append(labels[index])
    }
    return result
  }

  /// Appends another set.
  package mutating func append(_ other: PictureSet) {
    pixels += other.pixels
    labels += other.labels
  }

  /// The pictures as inputs of a network.
  package var batch: Batch {
    Batch(inputs: pixels.map { Float($0) * (1 / 255) }, labels: labels.map(Int.init))
  }
}
