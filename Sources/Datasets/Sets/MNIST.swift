// MNIST: its four files, their names and their checksums.

package import Formats

/// MNIST: 60 000 handwritten digits for training and 10 000 for testing, 28 × 28 pixels each.
package enum MNIST {
  /// The two parts of the set.
  package enum Split: String, Sendable, CaseIterable {
    /// The digits for training.
    case train
    /// The digits for testing.
    case test = "t10k"

    /// The name of QMNIST's file with the writers of these digits, without the ending ".gz".
    var writersName: String {
      self == .train ? "qmnist-train-labels-idx2-int" : "qmnist-test-labels-idx2-int"
    }
  }

  /// One of the four files.
  package struct Part: Sendable {
    /// The digits of the file.
    package let split: Split
    /// Whether the file has the images; otherwise it has the labels.
    package let hasPictures: Bool
    /// The usual name, without the ending ".gz".
    package let name: String
    /// The name in other collections, with a dot before "idx".
    var dottedName: String { name.split(separator: "-idx").joined(separator: ".idx") }
    /// The MD5 checksum of the official content, decompressed.
    package let checksum: String
    /// The number of bytes of the official content.
    package let size: Int
  }

  /// The four files.
  package static let parts = [
    Part(
      split: .train, hasPictures: true, name: "train-images-idx3-ubyte",
      checksum: "6bbc9ace898e44ae57da46a324031adb", size: 47_040_016),
    Part(
      split: .train, hasPictures: false, name: "train-labels-idx1-ubyte",
      checksum: "a25bea736e30d166cdddb491f175f624", size: 60_008),
    Part(
      split: .test, hasPictures: true, name: "t10k-images-idx3-ubyte",
      checksum: "2646ac647ad5339dbf082846283269ea", size: 7_840_016),
    Part(
      split: .test, hasPictures: false, name: "t10k-labels-idx1-ubyte",
      checksum: "27ae3e4e09519cfbb04c329615203637", size: 10_008),
  ]

  /// The path of a part in a folder: plain or gzip, with a hyphen or with the dot of other collections.
  package static func path(of part: Part, in folder: String) -> String? {
    DatasetFile.path(part.name, part.dottedName, in: folder)
  }

  /// Whether a folder holds at least one of the files.
  package static func isFolder(_ folder: String) -> Bool {
    parts.contains { path(of: $0, in: folder) != nil }
  }

  /// The digits of a split in a folder, plain or gzip.
  package static func images(_ split: Split, in folder: String) throws(DataError) -> ImageSet {
    var paths: [String] = []
    for part in parts where part.split == split {
      guard let path = path(of: part, in: folder) else {
        throw .missing(
          "there is no '\(part.name)', plain or .gz, in '\(folder)': fetch it with 'inkling data fetch mnist', or name its folder with --data"
        )
      }
      paths.append(path)
    }
    return try ImageSet(images: paths[0], labels: paths[1])
  }

  /// The column of the writer in QMNIST's labels.
  static let writerColumn = 2

  /// The writers of the digits of a split, from the set `mnist-writers` (the labels of QMNIST).
  package static func writers(_ split: Split, in folder: String, count: Int) throws(DataError) -> [Writer] {
    guard let path = DatasetFile.path(split.writersName, in: folder) else {
      throw .missing("there is no '\(split.writersName)', plain or .gz, in '\(folder)'")
    }
    let idx = try ImageSet.idx(path)
    guard idx.element == .int32, idx.shape.count == 2, idx.shape[1] > writerColumn, idx.shape[0] >= count
    else {
      throw .damaged(
        "'\(path)': expected at least \(count) rows of eight numbers, found \(idx.element) of shape \(idx.shape)"
      )
    }
    return (0..<count).map { Writer(idx.integer(at: $0 * idx.shape[1] + writerColumn) ?? 0) }
  }
}

extension MNIST {
  /// Whether the images read from a folder are the official ones, by the checksums of both files.
  ///
  /// Other sets have files of the same names and sizes. So a different content is damage only if another file of the
  /// folder is one of MNIST.
  static func areOfficial(
    _ images: ImageSet, _ split: Split, in folder: String
  ) throws(DataError) -> Bool {
    var wrong: [DataError] = []
    let own = parts.filter { $0.split == split }
    for part in own {
      let content = images.idx(of: part).file
      guard content.count == part.size else { return false }
      let checksum = MD5.checksum(content)
      guard checksum != part.checksum, let path = path(of: part, in: folder) else { continue }
      wrong.append(otherContent(of: part, at: path, checksum: checksum))
    }
    guard let first = wrong.first else { return true }
    // Smaller files first: they are read faster.
    let others = parts.filter { $0.split != split }.sorted { $0.size < $1.size }
    let isMNIST =
      wrong.count < own.count
      || others.contains { part in
        path(of: part, in: folder).map { (try? check(part, at: $0)) == true } ?? false
      }
    if isMNIST { throw first }
    return false
  }

  /// The error of a file that has the size of a part and another content.
  static func otherContent(of part: Part, at path: String, checksum: String) -> DataError {
    .damaged(
      "'\(path)' has the size of MNIST's file but a different content: expected MD5 \(part.checksum), found \(checksum); remove it and fetch it again"
    )
  }
}
