// The data sets in a folder, completely read and checked.

import Basics
package import Formats

/// A data set in a folder, completely read and checked.
package struct DatasetReport: Sendable {
  /// The content of a set.
  package enum Content: Sendable {
    /// Labelled images.
    case images(ImageSet)
    /// Drawings.
    case drawings([LabelledDrawing])
    /// The writers of MNIST's digits, in rows of numbers.
    case rows(IDX)
  }

  /// The number of samples of a label.
  package struct LabelCount: Sendable {
    /// The name of the label.
    package let label: String
    /// The number of samples.
    package let count: Int
  }

  /// The folder.
  package let folder: String
  /// The part of the set: "train", "t10k" or the name of the file.
  package let part: String
  /// The content of the part.
  package let content: Content
  /// Whether the files are the official ones by their checksums.
  package let isOfficial: Bool

  /// What is known of the set, by the name of its folder.
  package var description: DatasetDescription? { DatasetDescription.named(Path.name(of: folder)) }

  /// The number of samples.
  package var count: Int {
    switch content {
    case .images(let images): images.count
    case .drawings(let drawings): drawings.count
    case .rows(let idx): idx.shape.first ?? 0
    }
  }

  /// The number of samples of each label, in the order of the labels.
  package var counts: [LabelCount] {
    var counts: [String: Int] = [:]
    var order: [String] = []
    switch content {
    case .images(let images):
      order = images.names
      for label in images.labels { counts[images.names[Int(label)], default: 0] += 1 }
    case .drawings(let drawings):
      for drawing in drawings { counts[drawing.label ?? "?", default: 0] += 1 }
      order = counts.keys.sorted()
    case .rows: break
    }
    return order.compactMap { label in counts[label].map { LabelCount(label: label, count: $0) } }
  }

  /// The number of writers, 0 if the writers are unknown.
  package var writers: Int {
    switch content {
    case .images(let images): Set(images.writers).count
    case .drawings(let drawings): Set(drawings.compactMap(\.writer)).count
    case .rows(let idx):
      idx.shape.count == 2 && idx.shape[1] > MNIST.writerColumn
        ? Set((0..<idx.shape[0]).compactMap { idx.integer(at: $0 * idx.shape[1] + MNIST.writerColumn) }).count
        : 0
    }
  }

  /// The sets in a folder or, if there are none, in its folders.
  package static func all(in folder: String) throws(DataError) -> [DatasetReport] {
    guard Path.kind(of: folder) == .folder else {
      throw .missing("there is no folder '\(folder)': name a folder of data sets")
    }
    var found = try sets(in: folder)
    if found.isEmpty {
      let names = try DataError.catching(Path.names(in: folder))
      for inner in names.map({ Path.join(folder, $0) }) where Path.kind(of: inner) == .folder {
        found += try sets(in: inner)
      }
    }
    if found.isEmpty {
      throw .missing(
        "there is no data set in '\(folder)': fetch one with 'inkling data fetch mnist --to \(folder)'")
    }
    return found
  }

  /// The sets whose files are in the folder itself.
  private static func sets(in folder: String) throws(DataError) -> [DatasetReport] {
    var found: [DatasetReport] = []
    func add(_ part: String, _ content: Content, isOfficial: Bool = false) {
      found.append(DatasetReport(folder: folder, part: part, content: content, isOfficial: isOfficial))
    }
    for split in MNIST.Split.allCases {
      let paths = MNIST.parts.filter { $0.split == split }.map { ($0, MNIST.path(of: $0, in: folder)) }
      if paths.allSatisfy({ $0.1 == nil }) { continue }
      let images = try MNIST.images(split, in: folder)
      var isOfficial = true
      for (part, path) in paths {
        if let path, try !MNIST.check(part, at: path) { isOfficial = false }
      }
      add(split.rawValue, .images(images), isOfficial: isOfficial)
    }
    if StrokeSet.isFolder(folder) { add("strokes", .drawings(try StrokeSet.drawings(in: folder))) }
    let archive = Path.join(folder, "train.npz")
    if Path.kind(of: archive) == .file { add("train", .images(try ImageSet(npz: archive))) }
    for split in MNIST.Split.allCases {
      guard let path = DatasetFile.path(split.writersName, in: folder) else { continue }
      add(split.rawValue + " writers", .rows(try ImageSet.idx(path)))
    }
    return found
  }
}

extension MNIST {
  /// Whether a file is the official one.
  ///
  /// A file of the official size with another content is an error.
  static func check(_ part: Part, at path: String) throws(DataError) -> Bool {
    let content = try DatasetFile.read(path) { bytes throws(FormatError) in
      let content = Gzip.begins(bytes) ? try Gzip.decompress(bytes) : bytes
      _ = try IDX(file: content)
      return content
    }
    if content.count != part.size { return false }
    let checksum = MD5.checksum(content)
    if checksum != part.checksum { throw otherContent(of: part, at: path, checksum: checksum) }
    return true
  }
}
