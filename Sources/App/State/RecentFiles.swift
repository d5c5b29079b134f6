// The files that were opened last.

/// The paths of the files that were opened last, newest first.
package struct RecentFiles: Sendable, Equatable {
  /// More are not kept.
  package static let most = 6

  /// The paths.
  package private(set) var paths: [String]

  /// Keeps paths; those that the settings cannot store are left out.
  package init(_ paths: [String] = []) {
    self.paths = Array(paths.filter { $0.hasPrefix("/") && !$0.contains("\n") }.prefix(Self.most))
  }

  /// Puts a path at the beginning.
  package mutating func add(_ path: String) { self = RecentFiles([path] + paths.filter { $0 != path }) }
}
