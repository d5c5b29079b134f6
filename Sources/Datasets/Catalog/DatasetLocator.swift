// The search for the folders of data sets.

package import Formats

/// Finds the folders of data sets.
///
/// If the user named a folder, only that one is searched: it holds `mnist`, `pendigits` and so on, or is itself the folder
/// of a set. Otherwise `$INKLING_DATA` and then the desktop's data folder are searched. They are also searched for other
/// sets than MNIST if the user named the folder of MNIST itself.
package struct DatasetLocator: Sendable {
  /// The folder that the user named, or nil.
  package let given: String?
  /// The other folders in the order of the search.
  package let folders: [String]

  /// Makes a locator from the folder that the user named, or nil, and the environment variables.
  package init(given: String?, environment: [String: String]) {
    self.given = given
    folders = [environment["INKLING_DATA"] ?? "", Self.home(environment)].filter { !$0.isEmpty }
  }

  /// Inkling's folder in the desktop's data folder (XDG base directories).
  ///
  /// Data is fetched to it.
  package static func home(_ environment: [String: String]) -> String {
    // The standard says that a relative path must be ignored.
    if let folder = environment["XDG_DATA_HOME"], folder.hasPrefix("/") {
      return Path.join(folder, "inkling")
    }
    return Path.join(environment["HOME"] ?? "/", ".local/share/inkling")
  }

  /// The folder of a data set.
  package func folder(of set: String) throws(DataError) -> String {
    guard let folder = try find(set) else {
      let folders = (given.map { [$0] } ?? folders).map { "'\($0)'" }.joined(separator: " or ")
      let advice =
        DatasetDescription.named(set)?.advice
        ?? "name the folder that holds '\(set)' with --data or $INKLING_DATA"
      throw .missing("no data set '\(set)' in \(folders): \(advice)")
    }
    return folder
  }

  /// The folder of a data set, or nil if there is none.
  package func find(_ set: String) throws(DataError) -> String? {
    if let given {
      guard Path.kind(of: given) == .folder else {
        throw .missing("there is no folder '\(given)': name a folder of data sets with --data")
      }
      if let folder = Self.folder(of: set, in: given) { return folder }
      let isMNIST = MNIST.isFolder(given)
      if set == "mnist" || Path.name(of: given) == set { return isMNIST || set != "mnist" ? given : nil }
      if !isMNIST { return nil }
    }
    return folders.lazy.compactMap { Self.folder(of: set, in: $0) }.first
  }

  private static func folder(of set: String, in parent: String) -> String? {
    let folder = Path.join(parent, set)
    return Path.kind(of: folder) == .folder ? folder : nil
  }
}

extension DatasetLocator {
  /// The digits of a split of MNIST, or of a set with the same file names.
  ///
  /// MNIST's digits have writers if the set `mnist-writers` is found too.
  package func mnist(_ split: MNIST.Split) throws(DataError) -> ImageSet {
    let folder = try folder(of: "mnist")
    var images = try MNIST.images(split, in: folder)
    // The rows of QMNIST describe the official digits only.
    if try MNIST.areOfficial(images, split, in: folder), let writers = try find("mnist-writers") {
      images.writers = try MNIST.writers(split, in: writers, count: images.count)
    }
    return images
  }

  /// A set of images other than MNIST: a pair of IDX files or a NumPy archive.
  ///
  /// A sign has the same label in all sets, see `SignNames`.
  package func images(_ set: String) throws(DataError) -> ImageSet {
    if set == "mnist" { return try mnist(.train) }
    let folder = try folder(of: set)
    if MNIST.isFolder(folder) { return try MNIST.images(.train, in: folder) }
    let archive = Path.join(folder, "train.npz")
    guard Path.kind(of: archive) == .file else {
      throw .missing("there are no pictures in '\(folder)': expected a pair of IDX files or 'train.npz'")
    }
    var images = try ImageSet(npz: archive)
    images.names = images.names.map { SignNames.label(ofClass: $0) }
    return images
  }

  /// A set of strokes.
  package func strokes(_ set: String) throws(DataError) -> [LabelledDrawing] {
    try StrokeSet.drawings(in: folder(of: set))
  }
}
