// A set of pictures of one size with what is on them, as it is learnt from.

import Basics
import Formats
package import Ink

/// Pictures of one size with what is on them: 0 paper, 255 ink, whatever their source has.
package struct ImageSet: Sendable, Equatable {
  /// Pixels in a row of a picture.
  package let width: Int
  /// Rows of a picture.
  package let height: Int
  /// The pictures one after the other, `width * height` levels each.
  package var pixels: [UInt8]
  /// What is on each picture, as a place in `names`.
  package var labels: [UInt8]
  /// What the labels stand for.
  package var names: [String]
  /// Who wrote each picture; empty where nobody knows.
  package var writers: [Int]

  /// Makes a set.
  package init(
    width: Int, height: Int, pixels: [UInt8], labels: [UInt8], names: [String] = ImageSet.digits,
    writers: [Int] = []
  ) {
    self.width = width
    self.height = height
    self.pixels = pixels
    self.labels = labels
    self.names = names
    self.writers = writers
  }

  /// The names of a set of digits.
  package static let digits = (0...9).map { "\($0)" }

  /// The number of pictures.
  package var count: Int { labels.count }

  /// The levels of one picture.
  package func levels(of index: Int) -> ArraySlice<UInt8> {
    let size = width * height
    return pixels[(index * size)..<((index + 1) * size)]
  }

  /// One picture as paper has it, dark ink on white.
  package func picture(_ index: Int) -> GrayImage {
    GrayImage(width: width, height: height, pixels: levels(of: index).map { 255 - $0 })
  }

  /// What is on a picture.
  package func name(of index: Int) -> String { names[Int(labels[index])] }
}

extension ImageSet {
  /// Reads a pair of IDX files: pictures in bytes, and as many labels.
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
        "'\(labels)' has \(answers.count) labels, but '\(images)' has \(pictures.shape[0]) pictures: get both again from one place"
      )
    }
    let largest = answers.bytes.max() ?? 0
    self.init(
      width: pictures.shape[2], height: pictures.shape[1], pixels: pictures.bytes, labels: answers.bytes,
      names: (0...max(9, Int(largest))).map { "\($0)" })
  }

  /// The set's pictures or labels, as the file of such a part holds them.
  func idx(of part: MNIST.Part) -> IDX {
    part.hasPictures ? IDX(shape: [count, height, width], bytes: pixels) : IDX(shape: [count], bytes: labels)
  }

  static func idx(_ path: String) throws(DataError) -> IDX {
    let bytes: [UInt8]
    do { bytes = try File.read(path) } catch { throw .unreadable(error) }
    do { return try IDX(file: bytes) } catch {
      throw .damaged(ReadError.format(error, path: path).description)
    }
  }

  /// Reads an archive of NumPy's with `images` (n, height, width), `labels` and, where those are numbers, `names`.
  ///
  /// Ink is what there is less of: sets with dark ink on white are turned round.
  package init(npz path: String) throws(DataError) {
    let arrays: [String: NPY]
    do {
      arrays = try NPZ.arrays(File.read(path))
    } catch let error as FormatError {
      throw .damaged(ReadError.format(error, path: path).description)
    } catch let error as FileError {
      throw .unreadable(error)
    } catch {
      throw .damaged("\(error)")
    }
    guard let images = arrays["images"] ?? arrays["images_binary"], let levels = images.levels,
      images.shape.count == 3, images.shape[1] > 0, images.shape[2] > 0, let labels = arrays["labels"]
    else {
      throw .damaged("'\(path)': expected arrays 'images' of (n, height, width) bytes and 'labels'")
    }
    var names = arrays["names"]?.texts ?? Self.digits
    var places = labels.levels ?? []
    if let texts = labels.texts {
      names = Set(texts).sorted()
      let order = Dictionary(uniqueKeysWithValues: zip(names, 0...))
      places = texts.map { UInt8(truncatingIfNeeded: order[$0] ?? 0) }
    }
    guard places.count == images.shape[0], names.count <= 256, places.allSatisfy({ $0 < names.count }) else {
      throw .damaged(
        "'\(path)': expected a label below \(names.count) for each of \(images.shape[0]) images, found \(places.count) labels"
      )
    }
    let writers = (arrays["writers"] ?? arrays["clients"])?.levels?.map(Int.init) ?? []
    let dark = levels.reduce(0) { $0 + ($1 < 128 ? 1 : 0) }
    self.init(
      width: images.shape[2], height: images.shape[1],
      pixels: dark * 2 < levels.count ? levels.map { 255 - $0 } : levels, labels: places, names: names,
      writers: writers.count == places.count ? writers : [])
  }
}
