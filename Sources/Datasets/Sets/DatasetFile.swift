// The search for a file of a data set in a folder.

import Formats

/// A file of a data set.
enum DatasetFile {
  /// The path of the first of the named files that a folder holds, plain or with the ending ".gz".
  static func path(_ names: String..., in folder: String) -> String? {
    names.lazy.flatMap { [$0, $0 + ".gz"] }.map { Path.join(folder, $0) }.first { Path.kind(of: $0) == .file }
  }
}
