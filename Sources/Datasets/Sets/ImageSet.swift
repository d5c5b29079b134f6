// A set of labelled images of one size.

import Basics
package import Formats
package import Ink

/// Labelled images of one size.
///
/// Their levels are 0 for paper and 255 for ink, whatever the source has.
package struct ImageSet: Sendable, Equatable {
  /// Pixels in a row of an image.
  package let width: Int
  /// Rows of an image.
  package let height: Int
  /// The levels of all images, `width * height` per image.
  package var pixels: [UInt8]
  /// The label of each image, an index into `names`.
  package var labels: [UInt8]
  /// The names of the labels.
  package var names: [String]
  /// The writer of each image; empty if the writers are unknown.
  package var writers: [Writer]

  /// Makes a set.
  package init(
    width: Int, height: Int, pixels: [UInt8], labels: [UInt8], names: [String] = ImageSet.digits,
    writers: [Writer] = []
  ) {
    self.width = width
    self.height = height
    self.pixels = pixels
    self.labels = labels
    self.names = names
    self.writers = writers
  }

  /// The names of the labels of digits.
  package static let digits = (0...9).map { "\($0)" }

  /// The number of images.
  package var count: Int { labels.count }

  /// The levels of an image.
  package func levels(of index: Int) -> ArraySlice<UInt8> {
    let size = width * height
    return pixels[(index * size)..<((index + 1) * size)]
  }

  /// An image as on paper: dark ink on white.
  package func picture(_ index: Int) -> GrayImage {
    GrayImage(width: width, height: height, pixels: levels(of: index).map { 255 - $0 })
  }

  /// The name of an image's label.
  package func name(of index: Int) -> String { names[Int(labels[index])] }
}

extension ImageSet {
  /// Reads a pair of IDX files: images in bytes, and as many labels.
  package init(images: String, labels: String) throws(DataError) {
    let pictures = try Self.idx(images)
    guard pictures.element == .uint8, pictures.shape.count == 3, pictures.shape[1] > 0, pictures.shape[2] > 0
    else {
      throw .damaged(
        "'\(images)': expected pictures, bytes of rank 3, found \(pictures.element) of shape \(pictures.shape); is it the file of the labels?"
      )
    }
    let answers = try Self.idx(labels)
    guard answers.element == .uint8, answers.shape.count == 1 else {
      throw .damaged(
        "'\(labels)': expected labels, bytes of rank 1, found \(answers.element) of shape \(answers.shape); is it the file of the pictures?"
      )
    }
    guard answers.count == pictures.shape[0] else {
      throw .damaged(
        "'\(labels)' has \(answers.count) labels, but '\(images)' has \(pictures.shape[0]) pictures: get both files again from one source"
      )
    }
    let largest = answers.bytes.max() ?? 0
    self.init(
      width: pictures.shape[2], height: pictures.shape[1], pixels: pictures.bytes, labels: answers.bytes,
      names: (0...max(9, Int(largest))).map { "\($0)" })
  }

  /// The images or the labels of the set as the content of a file.
  func idx(of part: MNIST.Part) -> IDX {
    part.hasPictures ? IDX(shape: [count, height, width], bytes: pixels) : IDX(shape: [count], bytes: labels)
  }

  static func idx(_ path: String) throws(DataError) -> IDX {
    try DatasetFile.read(path, as: IDX.init(file:))
  }

  /// Reads a NumPy archive with `images` (n, height, width), `labels` and, if the labels are numbers, `names`.
  ///
  /// If most levels are bright, the images have dark ink on white and are inverted.
  package init(npz path: String) throws(DataError) {
    let arrays = try DatasetFile.read(path, as: NPZ.arrays)
    guard let images = arrays["images"] ?? arrays["images_binary"], let levels = images.levels,
      images.shape.count == 3, images.shape[1] > 0, images.shape[2] > 0, let labels = arrays["labels"]
    else {
      throw .damaged("'\(path)': expected arrays 'images' of (n, height, width) bytes and 'labels'")
    }
    var names = arrays["names"]?.texts ?? Self.digits
    var indices = labels.levels ?? []
    if let texts = labels.texts {
      names = Set(texts).sorted()
      let order = Dictionary(uniqueKeysWithValues: zip(names, 0...))
      indices = texts.map { UInt8(truncatingIfNeeded: order[$0] ?? 0) }
    }
    guard indices.count == images.shape[0], names.count <= 256, indices.allSatisfy({ $0 < names.count })
    else {
      throw .damaged(
        "'\(path)': expected a label below \(names.count) for each of \(images.shape[0]) images, found \(indices.count) labels"
      )
    }
    // A card was written by one person.
    let column = arrays["writers"] ?? arrays["clients"] ?? arrays["cards"]
    let writers = column?.levels?.map { Writer(Int($0)) } ?? column?.texts?.map { Writer($0) } ?? []
    let dark = levels.reduce(0) { $0 + ($1 < 128 ? 1 : 0) }
    self.init(
      width: images.shape[2], height: images.shape[1],
      pixels: dark * 2 < levels.count ? levels.map { 255 - $0 } : levels, labels: indices, names: names,
      writers: writers.count == indices.count ? writers : [])
  }
}
