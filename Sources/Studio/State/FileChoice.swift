// Choosing a file to open: a path being typed, and the folder's files that it could mean.

/// The open overlay's state.
public struct FileChoice: Sendable, Equatable {
  /// A file or a folder that can be chosen.
  public struct Entry: Sendable, Equatable {
    /// The name without its folder.
    public let name: String
    /// Whether it is a folder.
    public let isFolder: Bool

    /// Makes an entry.
    public init(name: String, isFolder: Bool) {
      self.name = name
      self.isFolder = isFolder
    }
  }

  /// The path being typed.
  public var field: TextField
  /// The folder that `entries` are of, with a slash at its end.
  public private(set) var folder: String
  /// What the folder holds that can be opened.
  public private(set) var entries: [Entry] = []
  /// Why the folder cannot be read, or nil.
  public private(set) var problem: String?
  /// The entry, among those matching, that the arrows have reached.
  public private(set) var chosen: Int?

  /// Starts in a folder.
  public init(folder: String) {
    let folder = folder.hasSuffix("/") ? folder : folder + "/"
    self.folder = folder
    field = TextField(folder)
  }

  /// The folder part of what is typed.
  public var typedFolder: String {
    let text = field.text
    guard let slash = text.lastIndex(of: "/") else { return "" }
    return String(text[...slash])
  }

  /// The entries that what is typed could mean, folders first.
  public var matching: [Entry] {
    let start = field.text.dropFirst(typedFolder.count)
    guard typedFolder == folder else { return [] }
    return entries.filter { $0.name.hasPrefix(start) && (!$0.name.hasPrefix(".") || start.hasPrefix(".")) }
  }

  /// The path that Enter means.
  public var path: String {
    guard let chosen, matching.indices.contains(chosen) else { return field.text }
    return path(of: matching[chosen])
  }

  /// The whole path of an entry; a folder's ends with a slash.
  public func path(of entry: Entry) -> String { folder + entry.name + (entry.isFolder ? "/" : "") }

  /// Takes what a folder holds.
  public mutating func show(_ entries: [Entry], of folder: String, problem: String? = nil) {
    self.folder = folder
    self.entries = entries.sorted { ($0.isFolder ? 0 : 1, $0.name) < ($1.isFolder ? 0 : 1, $1.name) }
    self.problem = problem
    chosen = nil
  }

  /// Moves the choice through the matching entries.
  public mutating func move(by step: Int) {
    let count = matching.count
    guard count > 0 else { return chosen = nil }
    chosen = min(max(0, (chosen ?? (step > 0 ? -1 : 0)) + step), count - 1)
  }

  /// Chooses a matching entry.
  public mutating func choose(_ index: Int?) { chosen = index }

  /// What was typed has changed.
  public mutating func edited() { chosen = nil }

  /// Completes what is typed: to the chosen entry, else as far as all matching entries agree.
  public mutating func complete() {
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
