// The models that can be asked: those that ship, and those in the person's own folder.

import Formats

/// Finds models.
package enum ModelCatalog {
  private static let ending = ".safetensors"
  /// The shipped model that a first start asks.
  package static let flagship = "inkling"

  /// All models found, the flagship first; a person's own hides a shipped one of the same name.
  package static func models(shipped folders: [String], own: String) -> [ModelEntry] {
    var paths: [String: String] = [:]
    let shipped = folders.first { !names(in: $0).isEmpty }
    for folder in [shipped, own].compactMap({ $0 }) {
      for name in names(in: folder) { paths[name] = Path.join(folder, name + ending) }
    }
    return paths.sorted { ($0.key == flagship ? 0 : 1, $0.key) < ($1.key == flagship ? 0 : 1, $1.key) }
      .map { ModelEntry(name: $0.key, path: $0.value) }
  }

  /// Adds the model that a person has named, by its file or its name, and says which to choose.
  package static func choice(_ wish: String, among models: inout [ModelEntry]) -> String {
    if wish.contains("/") || wish.hasSuffix(ending) {
      let name = String(wish.split(separator: "/").last ?? "").replacingSuffix(ending, with: "")
      models.removeAll { $0.name == name }
      models.insert(ModelEntry(name: name, path: FileAccess.whole(wish, in: FileAccess.startFolder)), at: 0)
      return name
    }
    return wish
  }

  private static func names(in folder: String) -> [String] {
    ((try? Path.names(in: folder, includingHidden: true)) ?? [])
      .filter { $0.hasSuffix(ending) && Path.kind(of: Path.join(folder, $0)) == .file }
      .map { $0.replacingSuffix(ending, with: "") }
  }
}

extension String {
  /// The text with other letters in place of its last ones.
  func replacingSuffix(_ suffix: String, with other: String) -> String {
    hasSuffix(suffix) ? String(dropLast(suffix.count)) + other : self
  }
}
