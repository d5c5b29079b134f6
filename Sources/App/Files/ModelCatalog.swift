// The models that can be used: the shipped ones, and those in the user's folder.

import Formats

/// Finds models.
package enum ModelCatalog {
  private static let ending = ".safetensors"
  /// The shipped model that a first start uses.
  package static let flagship = "inkling"

  /// All models, the flagship first; a user's model replaces a shipped one of the same name.
  package static func models(shipped folders: [String], own: String) -> [ModelEntry] {
    var paths: [String: String] = [:]
    let shipped = folders.first { !names(in: $0).isEmpty }
    for folder in [shipped, own].compactMap({ $0 }) {
      for name in names(in: folder) { paths[name] = Path.join(folder, name + ending) }
    }
    return paths.sorted { ($0.key == flagship ? 0 : 1, $0.key) < ($1.key == flagship ? 0 : 1, $1.key) }
      .map { ModelEntry(name: $0.key, path: $0.value) }
  }

  /// Adds a model that is given by its file; returns the name of the model that is given by its file or its name.
  package static func choice(_ option: String, among models: inout [ModelEntry]) -> String {
    if option.contains("/") || option.hasSuffix(ending) {
      let name = String(option.split(separator: "/").last ?? "").replacingSuffix(ending, with: "")
      models.removeAll { $0.name == name }
      models.insert(
        ModelEntry(name: name, path: FileAccess.absolute(option, in: FileAccess.startFolder)), at: 0)
      return name
    }
    return option
  }

  private static func names(in folder: String) -> [String] {
    ((try? Path.names(in: folder, includingHidden: true)) ?? [])
      .filter { $0.hasSuffix(ending) && Path.kind(of: Path.join(folder, $0)) == .file }
      .map { $0.replacingSuffix(ending, with: "") }
  }
}

extension String {
  /// The text with its suffix replaced, where it has that suffix.
  func replacingSuffix(_ suffix: String, with other: String) -> String {
    hasSuffix(suffix) ? String(dropLast(suffix.count)) + other : self
  }
}
