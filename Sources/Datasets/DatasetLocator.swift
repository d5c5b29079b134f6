// Where data sets are kept: the folder that the person names, that of the environment, or the desktop's own.

import Formats

/// Where data sets are kept.
///
/// They are looked for in the folder given (which holds `mnist`, `pendigits` and so on, or is itself such a
/// folder), or else in `$INKLING_DATA`, or else in the desktop's data folder. A folder that is given is the
/// only one, unless it is MNIST's own: then other sets are found where they are without it.
package struct DatasetLocator: Sendable {
  /// The folder that was given, or nil.
  package let given: String?
  /// The other folders, in the order in which they are tried.
  package let folders: [String]

  /// Where sets that nothing fetches come from: they are put together by hand.
  private static let origins = [
    "bhmsds": "https://github.com/wblachowski/bhmsds (MIT)",
    "mdas-symbols": "https://github.com/jdmacleod/handwritten-calculator (MIT)",
  ]

  /// Makes the place of a folder given, or none, and of the environment.
  package init(given: String?, environment: [String: String]) {
    self.given = given
    var folders: [String] = []
    if let folder = environment["INKLING_DATA"], !folder.isEmpty { folders.append(folder) }
    folders.append(Self.home(environment))
    self.folders = folders
  }

  /// The desktop's data folder of Inkling (XDG base directories): where data is fetched to.
  package static func home(_ environment: [String: String]) -> String {
    // The standard says that a relative path is to be ignored.
    if let folder = environment["XDG_DATA_HOME"], folder.hasPrefix("/") {
      return Path.join(folder, "inkling")
    }
    return Path.join(environment["HOME"] ?? "/", ".local/share/inkling")
  }

  /// The folder of a data set.
  package func folder(of set: String) throws(DataError) -> String {
    guard let folder = try find(set) else {
      let places = (given.map { [$0] } ?? folders).map { "'\($0)'" }.joined(separator: " or ")
      let canBeFetched = set == "mnist" || PublicStrokes.all.contains { $0.name == set }
      let advice =
        canBeFetched
        ? "fetch it with 'inkling data fetch \(set)', or name its folder with --data"
        : (Self.origins[set].map { "it comes from \($0); " } ?? "")
          + "name the folder that holds '\(set)' with --data or $INKLING_DATA"
      throw .missing("no data set '\(set)' in \(places): \(advice)")
    }
    return folder
  }

  /// The folder of a data set, or nil where it is not there.
  package func find(_ set: String) throws(DataError) -> String? {
    if let given {
      guard Path.kind(of: given) == .folder else {
        throw .missing("there is no folder '\(given)': name with --data one that holds data sets")
      }
      if let folder = Self.folder(of: set, in: given) { return folder }
      let isMNIST = MNIST.isFolder(given)
      if set == "mnist" || Path.name(of: given) == set { return isMNIST || set != "mnist" ? given : nil }
      if !isMNIST { return nil }
    }
    return folders.lazy.compactMap { Self.folder(of: set, in: $0) }.first
  }

  private static func folder(of set: String, in place: String) -> String? {
    let folder = Path.join(place, set)
    return Path.kind(of: folder) == .folder ? folder : nil
  }
}
