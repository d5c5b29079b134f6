// Choosing a file to open: a path being typed, and the folder's files that it could mean.

/// The open overlay's state.
package struct FileChoice: Sendable, Equatable {
  /// A file or a folder that can be chosen.
  package struct Entry: Sendable, Equatable {
    /// The name without its folder.
    package let name: String
    /// Whether it is a folder.
    package let isFolder: Bool

    /// Makes an entry.
    package init(name: String, isFolder: Bool) {
      self.name = name
      self.isFolder = isFolder
    }
  }

  /// The path being typed.
  package var field: TextField
  /// The folder that `entries` are of, with a slash at its end.
  package private(set) var folder: String
  /// What the folder holds that can be opened.
  package private(set) var entries: [Entry] = []
  /// Why the folder cannot be read, or nil.
  package private(set) var problem: String?
  /// The entry, among those matching, that the arrows have reached.
  package private(set) var chosen: Int?

  /// Starts in a folder.
  package init(folder: String) {
    let folder = folder.hasSuffix("/") ? folder : folder + "/"
    self.folder = folder
    field = TextField(folder)
  }

  /// The folder part of what is typed.
  package var typedFolder: String {
    let text = field.text
    guard let slash = text.lastIndex(of: "/") else { return "" }
    return String(text[...slash])
  }

  /// The entries that what is typed could mean, folders first.
  package var matching: [Entry] {
    let start = field.text.dropFirst(typedFolder.count)
    guard typedFolder == folder else { return [] }
    return entries.filter { $0.name.hasPrefix(start) && (!$0.name.hasPrefix(".") || start.hasPrefix(".")) }
  }

  /// The path that Enter means.
  package var path: String {
    guard let chosen, matching.indices.contains(chosen) else { return field.text }
    return path(of: matching[chosen])
  }

  /// The whole path of an entry; a folder's ends with a slash.
  package func path(of entry: Entry) -> String { folder + entry.name + (entry.isFolder ? "/" : "") }

  /// Takes what a folder holds.
  package mutating func show(_ entries: [Entry], of folder: String, problem: String? = nil) {
    self.folder = folder
    self.entries = entries.sorted { ($0.isFolder ? 0 : 1, $0.name) < ($1.isFolder ? 0 : 1, $1.name) }
    self.problem = problem
    chosen = nil
  }

  /// Moves the choice through the matching entries.
  package mutating func move(by step: Int) {
    let count = matching.count
    guard count > 0 else { return chosen = nil }
    chosen = min(max(0, (chosen ?? (step > 0 ? -1 : 0)) + step), count - 1)
  }

  /// Chooses a matching entry.
  package mutating func choose(_ index: Int?) { chosen = index }

  /// What was typed has changed.
  package mutating func edited() { chosen = nil }

  /// Completes what is typed: to the chosen entry, else as far as all matching entries agree.
  package mutating func complete() {
    let matching = matching
    if let chosen, matching.indices.contains(chosen) {
      field.replace(with: path(of: matching[chosen]))
    } else if let first = matching.first {
      if matching.count == 1 {
        field.replace(with: path(of: first))
      } else {
        var common = first.name
        for entry in matching { while !entry.name.hasPrefix(common) { common.removeLast() } }
        field.replace(with: folder + common)
      }
    }
    chosen = nil
  }
}
