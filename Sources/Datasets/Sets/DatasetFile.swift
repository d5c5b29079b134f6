// The search for a file of a data set in a folder, and its reading.

import Formats

/// A file of a data set.
enum DatasetFile {
  /// Reads a file and decodes its bytes.
  static func read<Content>(
    _ path: String, limit: Int = SizeLimit.fileBytes,
    as decode: ([UInt8]) throws(FormatError) -> Content
  ) throws(DataError) -> Content {
    do {
      return try File.read(path, limit: limit, as: decode)
    } catch {
      switch error {
      case .file(let error): throw .unreadable(error)
      case .format: throw .damaged(error.description)
      }
    }
  }

  /// The path of the first of the named files that a folder holds, plain or with the ending ".gz".
  static func path(_ names: String..., in folder: String) -> String? {
    names.lazy.flatMap { [$0, $0 + ".gz"] }.map { Path.join(folder, $0) }.first { Path.kind(of: $0) == .file }
  }
}
