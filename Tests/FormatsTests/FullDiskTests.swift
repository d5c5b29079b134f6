// Writing where there is no room: a file system of a few pages, where the tests may mount one.

import Formats
import Foundation
import Testing

@Suite("A full disk")
struct FullDiskTests {
  /// Whether a tiny file system can be mounted, which root may do in most places but not in all containers.
  private static func mounted(_ body: (String) throws -> Void) throws -> Bool {
    let folder = try Folder()
    guard mount("none", folder.path, "tmpfs", 0, "size=64k") == 0 else { return false }
    defer { umount(folder.path) }
    try body(folder.path)
    return true
  }

  @Test(
    "leaves the old content and nothing half-written",
    .enabled(if: geteuid() == 0, "only root may mount a tiny file system"))
  func tinyFileSystem() throws {
    _ = try Self.mounted { folder in
      let old = [UInt8](repeating: 1, count: 30_000)
      try File.write(old, to: folder + "/a")
      for path in ["/a", "/b"] {
        do {
          try File.write([UInt8](repeating: 2, count: 100_000), to: folder + path, replacing: true)
          Issue.record("100 000 bytes were written to 65 536")
        } catch let error as FileError {
          #expect(error.cause == .full && error.description.contains("free some space"))
        }
      }
      #expect(try File.read(folder + "/a") == old)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["a"])
    }
  }
}
