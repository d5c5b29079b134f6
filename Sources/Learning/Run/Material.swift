// Everything that a run learns from and is watched with, already split and in memory.

import Basics

/// Pictures of one size with what is on them.
public struct Pictures: Sendable, Equatable {
  /// 784 levels to a picture, 0 paper, 255 ink.
  public var pixels: [UInt8]
  /// The class of each picture.
  public var labels: [UInt8]

  /// Makes a set.
  public init(pixels: [UInt8] = [], labels: [UInt8] = []) {
    self.pixels = pixels
    self.labels = labels
  }

  /// The number of pictures.
  public var count: Int { labels.count }

  /// The pictures at some places.
  public func picked(_ places: some Sequence<Int>) -> Pictures {
    var result = Pictures()
    for place in places {
      result.pixels += pixels[(place * Batch.inputSize)..<((place + 1) * Batch.inputSize)]
      result.labels.append(labels[place])
    }
    return result
  }

  /// Appends another set.
  public mutating func append(_ other: Pictures) {
    pixels += other.pixels
    labels += other.labels
  }

  /// The pictures as inputs of a network.
  public var batch: Batch {
    Batch(inputs: pixels.map { Float($0) * (1 / 255) }, labels: labels.map(Int.init))
  }
}

/// A symbol drawn by a hand, as strokes.
public struct Specimen: Sendable, Equatable {
  /// What was drawn.
  public var trail: Trail
  /// Its class.
  public var label: Int

  /// Makes a specimen.
  public init(trail: Trail, label: Int) {
    self.trail = trail
    self.label = label
  }
}

/// What a run learns from, and what it is watched with.
public struct Material: Sendable {
  /// Pictures to learn from.
  public var pictures = Pictures()
  /// Digits drawn by training writers, a list for each set.
  public var strokes: [[Specimen]] = []
  /// Symbols that are no digit, drawn by training writers.
  public var foreignStrokes: [Trail] = []
  /// Pictures that are no digit.
  public var foreignPictures = Pictures()
  /// Pictures that only watch.
  public var validation = Pictures()
  /// Digits drawn by kept-out writers.
  public var validationStrokes: [Specimen] = []
  /// Symbols that are no digit, drawn by kept-out writers.
  public var validationForeign: [Trail] = []
  /// How the validation data was chosen, in words for the card.
  public var split = ""

  /// Nothing.
  public init() {}
}
