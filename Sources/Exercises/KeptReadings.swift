// The readings of a check that is under way, so that one that was stopped can go on.

import Basics
import CLibrary
package import Formats
package import Recognition

/// Keeps the readings of pages in a folder until the check is finished.
///
/// A page is known by the content of its file, whatever its name, and by the program and the model that read it.
package struct KeptReadings: Sendable {
  private let folder: String
  private let reader: UInt64
  private let resumes: Bool

  /// Makes the folder inside the folder of the results.
  ///
  /// - Parameters:
  ///   - results: The folder of the results.
  ///   - version: The version of the program that reads.
  ///   - model: The model that reads.
  ///   - resumes: Whether readings of a check that was stopped are used.
  /// - Throws: `FileError` if the folder cannot be made.
  package init(
    in results: String, version: String, model: Model, resumes: Bool
  ) throws(FileError) {
    folder = Path.join(results, "readings")
    reader = Self.fingerprint(Array(version.utf8) + model.bytes)
    self.resumes = resumes
    try Path.makeFolder(folder)
  }

  private static func fingerprint(_ bytes: [UInt8]) -> UInt64 {
    bytes.reduce(into: Fingerprint()) { $0.add(UInt64($1)) }.sum
  }

  /// The kept reading of a page, or what `read` gives, which is kept.
  ///
  /// - Parameters:
  ///   - page: The index of the page in its file.
  ///   - bytes: The content of the file.
  ///   - read: Reads the page.
  /// - Returns: The reading.
  /// - Throws: What `read` throws.
  package func reading(
    ofPage page: Int, in bytes: [UInt8], read: () throws(ModelResultError) -> Reading
  ) throws(ModelResultError) -> Reading {
    let name =
      [reader, Self.fingerprint(bytes)].map { String($0, radix: 16) } + ["\(bytes.count)", "\(page)"]
    let path = Path.join(folder, name.joined(separator: "-") + Self.ending)
    if resumes, let kept = try? File.read(path),
      let reading = StoredReading.reading(of: String(decoding: kept, as: UTF8.self))
    {
      return reading
    }
    let reading = try read()
    // A page whose reading cannot be kept is only read again.
    try? File.write(Array(StoredReading.text(of: reading).utf8), to: path, replacing: true)
    return reading
  }

  private static let ending = ".reading"

  /// Removes the readings of a check that is finished.
  package func remove() {
    for name in (try? Path.names(in: folder)) ?? [] where name.hasSuffix(Self.ending) {
      unlink(Path.join(folder, name).nameBytes)
    }
    rmdir(folder.nameBytes)
  }
}
