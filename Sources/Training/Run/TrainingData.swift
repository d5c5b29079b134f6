// Everything that a run learns from and is watched with, already split and in memory.

import Basics
package import Augmentation

/// Pictures of one size with what is on them.
package struct Pictures: Sendable, Equatable {
  /// 784 levels to a picture, 0 paper, 255 ink.
  package var pixels: [UInt8]
  /// The class of each picture.
  package var labels: [UInt8]

  /// Makes a set.
  package init(pixels: [UInt8] = [], labels: [UInt8] = []) {
    self.pixels = pixels
    self.labels = labels
  }

  /// The number of pictures.
  package var count: Int { labels.count }

  /// The pictures at some places.
  package func picked(_ places: some Sequence<Int>) -> Pictures {
    var result = Pictures()
    for place in places {
      result.pixels += pixels[(place * Batch.inputSize)..<((place + 1) * Batch.inputSize)]
      result.labels.append(labels[place])
    }
    return result
  }

  /// Appends another set.
  package mutating func append(_ other: Pictures) {
    pixels += other.pixels
    labels += other.labels
  }

  /// The pictures as inputs of a network.
  package var batch: Batch {
    Batch(inputs: pixels.map { Float($0) * (1 / 255) }, labels: labels.map(Int.init))
  }
}

/// What a run learns from, and what it is watched with.
package struct TrainingData: Sendable {
  /// Pictures to learn from.
  package var pictures = Pictures()
  /// Digits drawn by training writers, a list for each set.
  package var strokes: [[Specimen]] = []
  /// Symbols that are no digit, drawn by training writers.
  package var foreignStrokes: [Trail] = []
  /// Pictures that are no digit.
  package var foreignPictures = Pictures()
  /// Pictures that only watch.
  package var validation = Pictures()
  /// Digits drawn by kept-out writers.
  package var validationStrokes: [Specimen] = []
  /// Symbols that are no digit, drawn by kept-out writers.
  package var validationForeign: [Trail] = []
  /// How the validation data was chosen, in words for the card.
  package var split = ""

  /// Nothing.
  package init() {}
}
