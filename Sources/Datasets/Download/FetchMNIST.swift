// The download of MNIST's four files.

import Basics
import Formats

extension MNIST {
  /// Public servers with the four files, gzip, under their usual names.
  package static let mirrors = [
    "https://ossci-datasets.s3.amazonaws.com/mnist",
    "https://storage.googleapis.com/cvdf-datasets/mnist",
    "https://raw.githubusercontent.com/fgnt/mnist/master",
    "https://yann.lecun.com/exdb/mnist",
  ]

  /// The number of bytes of the official gzip file of a part, for the progress bar.
  ///
  /// Other servers may differ.
  static func usualSize(of part: Part) -> Int {
    part.hasPictures ? (part.split == .train ? 9_912_422 : 1_648_877) : part.split == .train ? 28_881 : 4542
  }

  /// Fetches the files that a folder does not hold.
  ///
  /// Existing files must be correct.
  package static func fetch(
    to folder: String, from mirrors: [String], timeout: Int, report: (Download.Event) -> Void
  ) throws(DataError) {
    try DataError.catching(Path.makeFolder(folder))
    var missing: [Part] = []
    for part in parts {
      guard let path = path(of: part, in: folder) else {
        missing.append(part)
        continue
      }
      try Download.expectCorrect(path) { problem(with: $0, of: part) }
      report(.present(path: path))
    }
    for part in missing {
      let path = Path.join(folder, part.name + ".gz")
      try Download.fetch(
        part.name + ".gz", from: mirrors, to: path, limit: part.size + (1 << 20), timeout: timeout,
        problem: { problem(with: $0, of: part) },
        progress: { report(.progress(name: part.name, bytes: $0, of: usualSize(of: part), from: $1)) })
      report(.fetched(path: path))
    }
  }

  /// What is wrong with the bytes of a part, gzip or plain, or nil if they are the official content.
  static func problem(with bytes: [UInt8], of part: Part) -> String? {
    do throws(FormatError) {
      let content = Gzip.begins(bytes) ? try Gzip.decompress(bytes, limit: part.size) : bytes
      let checksum = MD5.checksum(content)
      if content.count == part.size, checksum == part.checksum { return nil }
      return
        "not MNIST's '\(part.name)': expected \(part.size) bytes with MD5 \(part.checksum), found \(content.count) with \(checksum)"
    } catch {
      return error.description
    }
  }
}
