// The download of the UNIPEN collection.

package import Basics
import CLibrary
import Formats

/// The download of the UNIPEN collection (train_r01_v07, Zenodo record 1195803).
package enum UNIPENDownload {
  /// The address of the records of Zenodo's programming interface.
  package static let records = "https://zenodo.org/api/records"
  /// The number of the record, and the name of its file with the collection.
  static let record = "1195803"
  static let archive = "unipen-CDROM-train_r01_v07.tgz"

  /// The most bytes of the record, and of the archive.
  private static let recordLimit = 1 << 20
  private static let archiveLimit = 1 << 30

  /// A file as a record of Zenodo describes it.
  package struct Description: Sendable, Equatable {
    package let size: Int
    /// The MD5 checksum in hexadecimal.
    package let checksum: String

    /// Reads the description of a file from a record.
    ///
    /// Throws an error if the text is no record, and returns nil if the record does not have the file.
    package static func read(_ record: [UInt8], file name: String) throws(FormatError) -> Description? {
      var found: Description?
      var cursor = JSONCursor(record, format: "Zenodo record")
      try cursor.object { (member, value) throws(FormatError) in
        guard member == "files", value.isAtArray() else { return try value.skip() }
        try value.array { (file) throws(FormatError) in
          var key = ""
          var checksum = ""
          var size = 0
          try file.object { (member, value) throws(FormatError) in
            switch member {
            case "key", "filename": key = try value.string()
            case "checksum": checksum = try value.string()
            case "size", "filesize": size = try value.integer()
            default: try value.skip()
            }
          }
          if checksum.hasPrefix("md5:") { checksum.removeFirst(4) }
          if key == name, checksum.count == 32 {
            found = Description(size: size, checksum: checksum.lowercased())
          }
        }
      }
      return found
    }
  }

  /// Fetches the archive, compares it with the checksum that its record states, and unpacks it into a folder.
  ///
  /// `mirrors` are other addresses than `records`. `report` gets the progress.
  ///
  /// Returns the folder of the collection.
  package static func fetch(
    to folder: String, from mirrors: [String], timeout: Int, report: (Download.Event) -> Void
  ) throws(DataError) -> String {
    if let collection = try? UNIPENCollection(in: folder) {
      report(.present(path: collection.folder))
      return collection.folder
    }
    try DataError.catching(Path.makeFolder(folder))
    let sources = mirrors.isEmpty ? [records] : mirrors
    let description = try description(in: folder, from: sources, timeout: timeout)
    let path = Path.join(folder, archive)
    func problem(_ bytes: [UInt8]) -> String? {
      if bytes.count != description.size {
        return "expected \(description.size) bytes, found \(bytes.count)"
      }
      let checksum = MD5.checksum(bytes)
      return checksum == description.checksum
        ? nil : "expected MD5 \(description.checksum), found \(checksum)"
    }
    try Download.fetch(
      "\(record)/files/\(archive)/content", from: sources, to: path,
      limit: min(archiveLimit, description.size + 1), timeout: timeout,
      problem: problem,
      progress: { report(.progress(name: archive, bytes: $0, of: description.size, from: $1)) })
    try unpack(path, into: folder)
    let collection = try UNIPENCollection(in: folder)
    report(.fetched(path: collection.folder))
    return collection.folder
  }

  /// Fetches the record.
  private static func description(
    in folder: String, from sources: [String], timeout: Int
  ) throws(DataError) -> Description {
    let path = Path.join(folder, "record.json")
    func found(_ bytes: [UInt8]) -> Description? { try? Description.read(bytes, file: archive) }
    // The record may have changed since the last time.
    unlink(path.nameBytes)
    defer { unlink(path.nameBytes) }
    try Download.fetch(
      record, from: sources, to: path, limit: recordLimit, timeout: timeout,
      problem: { found($0) == nil ? "no record with the checksum of '\(archive)'" : nil },
      progress: { _, _ in })
    let bytes = try DataError.catching(File.read(path, limit: recordLimit))
    guard let description = found(bytes) else { throw .unfetched("the record of '\(archive)' is damaged") }
    return description
  }

  /// Unpacks the archive with the command `tar`, which refuses paths outside the folder.
  private static func unpack(_ archive: String, into folder: String) throws(DataError) {
    guard let tar = ChildProcess(["tar", "--extract", "--gzip", "--file", archive, "--directory", folder])
    else {
      throw .unfetched("the command 'tar' is not installed: install it, or unpack '\(archive)' by hand")
    }
    let ending = tar.wait { true }
    guard ending.code == 0 else {
      let reason =
        ending.errors.split(separator: "\n").last.map(String.init) ?? "tar ended with \(ending.code)"
      throw .unfetched("'\(archive)' could not be unpacked: \(reason)")
    }
  }
}
