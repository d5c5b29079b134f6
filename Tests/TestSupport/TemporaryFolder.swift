package import Foundation

/// A new folder for one test, removed with this object.
package final class TemporaryFolder: Sendable {
  package let url: URL

  package init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("inkling-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit {
    // A test may have made it read-only.
    chmod(url.path, 0o700)
    try? FileManager.default.removeItem(at: url)
  }

  /// The folder's path.
  package var path: String { url.path }

  /// The path of a file in the folder.
  package func path(_ name: String) -> String { url.appendingPathComponent(name).path }
}
