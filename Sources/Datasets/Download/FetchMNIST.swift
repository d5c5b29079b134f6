// Where MNIST's files are to be had, and fetching all four.

import Basics
import Formats

extension MNIST {
  /// Public places that hold the four files, gzip, under their usual names.
  package static let mirrors = [
    "https://ossci-datasets.s3.amazonaws.com/mnist",
    "https://storage.googleapis.com/cvdf-datasets/mnist",
    "https://raw.githubusercontent.com/fgnt/mnist/master",
    "https://yann.lecun.com/exdb/mnist",
  ]

  /// How many bytes the official gzip file of a part has, for the bar: others may be wrapped differently.
  static func usualSize(of part: Part) -> Int {
    part.hasPictures ? (part.split == .train ? 9_912_422 : 1_648_877) : part.split == .train ? 28_881 : 4542
  }

  /// Fetches those of the four files that a folder does not hold; what it holds under their names must be right.
  package static func fetch(
    to folder: String, from mirrors: [String], patience: Int, report: (Download.Event) -> Void
  ) throws(DataError) {
    do throws(FileError) { try Path.makeFolder(folder) } catch { throw .unreadable(error) }
    var missing: [Part] = []
    for part in parts {
      guard let path = path(of: part, in: folder) else {
        missing.append(part)
        continue
      }
      try Download.expectRight(path) { objection(to: $0, of: part) }
      report(.present(path: path))
    }
    for part in missing {
      let path = Path.join(folder, part.name + ".gz")
      let download = Download(
        addresses: Download.addresses(of: part.name + ".gz", at: mirrors), path: path,
        limit: part.size + (1 << 20), patience: patience)
      do throws(Download.Problem) {
        try download.run(
          objection: { objection(to: $0, of: part) },
          progress: { bytes, address in
            report(.progress(name: part.name, bytes: bytes, of: usualSize(of: part), from: address))
          })
      } catch {
        throw DataError(error)
      }
      report(.fetched(path: path))
    }
  }

  /// What is wrong with bytes that should be a part, gzip or plain; nil where they are the official content.
  static func objection(to bytes: [UInt8], of part: Part) -> String? {
    do throws(FormatError) {
      let content = Gzip.begins(bytes) ? try Gzip.unwrap(bytes, limit: part.size) : bytes
      let checksum = MD5.checksum(content)
      if content.count == part.size, checksum == part.checksum { return nil }
      return
        "not MNIST's '\(part.name)': expected \(part.size) bytes with MD5 \(part.checksum), found \(content.count) with \(checksum)"
    } catch {
      return error.description
    }
  }
}
