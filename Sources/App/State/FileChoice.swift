// The choice of a file to open: a path being typed, and the folder's entries that it could mean.

import X11

/// The state of the overlay that opens files.
package struct FileChoice: Sendable, Equatable {
  /// A file or a folder that can be chosen.
  package struct Entry: Sendable, Equatable {
    /// The name without its folder.
    package let name: String
    /// Whether it is a folder.
    package let isFolder: Bool
    /// The folder of a file that was opened before, with a slash at its end; nil for entries of the shown folder.
    package let recentFolder: String?
    /// Whether it leads to the folder that contains this one.
    package var isParent: Bool { name == ".." }

    /// Makes an entry of the shown folder.
    package init(name: String, isFolder: Bool) {
      self.name = name
      self.isFolder = isFolder
      recentFolder = nil
    }

    /// Makes an entry of a file that was opened before.
    init(recent path: String) {
      let start = path.lastIndex(of: "/").map(path.index(after:)) ?? path.startIndex
      name = String(path[start...])
      isFolder = false
      recentFolder = String(path[..<start])
    }
  }

  /// The text field with the path.
  package internal(set) var field: TextField {
    didSet { if field.characters != oldValue.characters { chosen = nil } }
  }
  /// The folder of `entries`, with a slash at its end.
  package private(set) var folder: String
  /// The folder's entries that can be opened.
  package private(set) var entries: [Entry] = []
  /// Why the folder cannot be read; nil where it can.
  package private(set) var problem: String?
  /// The index among the matching entries that the arrow keys have reached.
  package private(set) var chosen: Int?
  /// The index among the matching entries that is under the pointer.
  package private(set) var hovered: Int?
  /// The button that is under the pointer.
  package private(set) var hoveredButton: OverlayButton?
  /// The files that were opened before and still exist, newest first.
  private(set) var recent: [Entry] = []
  /// The folder that was shown first, above whose entries the recent files are.
  private let start: String

  /// The paths of the recent files.
  var recentPaths: [String] { recent.map(path) }

  /// Starts in a folder.
  package init(folder: String) {
    let folder = folder.hasSuffix("/") ? folder : folder + "/"
    self.folder = folder
    start = folder
    field = TextField(folder)
  }

  /// The folder of the typed path.
  package var typedFolder: String {
    let text = field.text
    return text.lastIndex(of: "/").map { String(text[...$0]) } ?? ""
  }

  /// The recent files, the folder above, and the entries that the typed path could mean, folders first.
  package var matching: [Entry] {
    guard typedFolder == folder else { return [] }
    let typed = typedName
    let visible = entries.filter {
      $0.isParent ? typed.isEmpty : !$0.name.hasPrefix(".") || typed.hasPrefix(".")
    }
    // Names that begin with the typed text come before those that contain it; case makes no difference.
    let recent = typed.isEmpty && folder == start ? recent : []
    return recent + visible.filter { $0.name.lowercased().hasPrefix(typed) }
      + visible.filter { !$0.name.lowercased().hasPrefix(typed) && $0.name.lowercased().contains(typed) }
  }

  /// The typed text behind the folder, in lower case.
  private var typedName: String { field.text.dropFirst(typedFolder.count).lowercased() }

  /// The path that Enter opens.
  package var path: String {
    guard let chosen, matching.indices.contains(chosen) else { return field.text }
    return path(of: matching[chosen])
  }

  private func path(of entry: Entry) -> String {
    if let recentFolder = entry.recentFolder { return recentFolder + entry.name }
    guard entry.isParent else { return folder + entry.name + (entry.isFolder ? "/" : "") }
    let parent = folder.dropLast()
    return parent.lastIndex(of: "/").map { String(parent[...$0]) } ?? folder
  }

  /// The request for the entries of the typed folder, where they are not here yet.
  var listing: [Effect] { typedFolder == folder ? [] : [.list(folder: typedFolder)] }

  /// Shows the entries of a folder.
  package mutating func show(_ entries: [Entry], of folder: String, problem: String? = nil) {
    self.folder = folder
    let parent = folder == "/" || folder.isEmpty ? [] : [Entry(name: "..", isFolder: true)]
    self.entries = parent + entries.sorted { ($0.isFolder ? 0 : 1, $0.name) < ($1.isFolder ? 0 : 1, $1.name) }
    self.problem = problem
    chosen = nil
    hovered = nil
  }

  /// Shows the files that were opened before and still exist.
  package mutating func show(recent paths: [String]) {
    let before = matching.count
    recent = paths.map { Entry(recent: $0) }
    // The chosen entry stays the same one.
    if let chosen { self.chosen = max(0, chosen + matching.count - before) }
    hovered = nil
  }

  /// Marks the entry or the button under the pointer.
  mutating func hover(_ index: Int?, _ button: OverlayButton?) { (hovered, hoveredButton) = (index, button) }

  /// Moves the choice through the matching entries.
  package mutating func move(by step: Int) {
    let count = matching.count
    guard count > 0 else { return chosen = nil }
    chosen = min(max(0, (chosen ?? (step > 0 ? -1 : 0)) + step), count - 1)
  }

  /// Chooses a matching entry.
  package mutating func choose(_ index: Int?) { chosen = index }

  /// Replaces the path by that of a folder.
  mutating func enter(_ folder: String) {
    field.replace(with: folder)
    chosen = nil
  }

  /// Moves the choice or edits the path by a key.
  mutating func handle(_ press: KeyPress) -> [Effect] {
    switch press.key {
    case .up: move(by: -1)
    case .down: move(by: 1)
    case .pageUp: move(by: -10)
    case .pageDown: move(by: 10)
    case .tab: complete()
    default:
      chosen = nil
      return field.handle(press)
    }
    return []
  }

  /// Completes the path: to the chosen entry, or else as far as all matching entries agree.
  package mutating func complete() {
    defer { chosen = nil }
    let matching = matching
    if let chosen, matching.indices.contains(chosen) {
      return field.replace(with: path(of: matching[chosen]))
    }
    let typed = typedName
    let starting = matching.filter { entry in
      !entry.isParent && entry.recentFolder == nil && entry.name.lowercased().hasPrefix(typed)
    }
    guard let first = starting.first else { return }
    if starting.count == 1 { return field.replace(with: path(of: first)) }
    var common = first.name
    for entry in starting { while !entry.name.hasPrefix(common) { common.removeLast() } }
    // Names that differ in case alone may have less in common than was typed.
    if common.count >= typed.count { field.replace(with: folder + common) }
  }
}
