// Writing to a full disk: a file system of a few pages, if the tests may mount one.

import Formats
import Foundation
import Testing

@Suite("A full disk")
struct FullDiskTests {
  /// Whether a tiny file system can be mounted.
  ///
  /// Root may, but not in all containers.
  private static let canMount: Bool = {
    guard let folder = try? TemporaryFolder() else { return false }
    return mount("none", folder.path, "tmpfs", 0, "size=64k") == 0 && umount(folder.path) == 0
  }()

  @Test(
    "leaves the old content and no incomplete file",
    .enabled(if: canMount, "a tiny file system cannot be mounted here"))
  func tinyFileSystem() throws {
    let folder = try TemporaryFolder()
    try #require(mount("none", folder.path, "tmpfs", 0, "size=64k") == 0)
    defer { umount(folder.path) }
    let old = [UInt8](repeating: 1, count: 30_000)
    try File.write(old, to: folder.path + "/a")
    for path in ["/a", "/b"] {
      do {
        try File.write([UInt8](repeating: 2, count: 100_000), to: folder.path + path, replacing: true)
        Issue.record("100 000 bytes were written to 65 536")
      } catch {
        #expect(error.cause == .full && error.description.contains("free some space"))
      }
    }
    #expect(try File.read(folder.path + "/a") == old)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["a"])
  }
}
