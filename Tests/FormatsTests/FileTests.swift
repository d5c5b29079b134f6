// The reading and writing of files, and paths.

import Formats
import Foundation
import Testing

/// A folder for a test, removed with the object.
final class TemporaryFolder {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "inkling-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit {
    chmod(path, 0o700)
    try? FileManager.default.removeItem(atPath: path)
  }

  /// The path of a file in the folder.
  subscript(name: String) -> String { path + "/" + name }

  /// All names in the folder, including hidden ones.
  var names: [String] { (try? FileManager.default.contentsOfDirectory(atPath: path).sorted()) ?? [] }
}

@Suite("Files")
struct FileTests {
  private func cause(_ body: () throws -> Void) -> FileError.Cause? {
    do { try body() } catch { return (error as? FileError)?.cause }
    return nil
  }

  @Test("are read as they were written")
  func roundTrip() throws {
    let folder = try TemporaryFolder()
    for count in [0, 1, 4095, 4096, 4097, 1_000_000] {
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
      try File.write(bytes, to: folder["a"], replacing: true)
      #expect(try File.read(folder["a"]) == bytes)
    }
    #expect(folder.names == ["a"])
  }

  @Test("that a killed program left incomplete are removed when a file in the same folder is replaced")
  func leftovers() throws {
    let folder = try TemporaryFolder()
    // No process has this number.
    let (old, recent) = (".inkling-999999999-a.part", ".inkling-999999999-b.part")
    let (ofThisProcess, other) = (".inkling-\(getpid())-c.part", ".inkling-notes.part")
    for name in [old, recent, ofThisProcess, other] { try File.write([1], to: folder[name]) }
    for name in [old, ofThisProcess, other] {
      var times = [timeval(tv_sec: 1, tv_usec: 0), timeval(tv_sec: 1, tv_usec: 0)]
      try #require(utimes(folder[name], &times) == 0)
    }
    try File.write([1], to: folder["a"], replacing: true)
    #expect(folder.names == [ofThisProcess, recent, other, "a"].sorted())
  }

  @Test("that exist are replaced only on request")
  func existing() throws {
    let folder = try TemporaryFolder()
    try File.write([1], to: folder["a"])
    #expect(cause { try File.write([2], to: folder["a"]) } == .exists)
    #expect(try File.read(folder["a"]) == [1])
    try File.write([2], to: folder["a"], replacing: true)
    #expect(try File.read(folder["a"]) == [2])
    symlink("nowhere", folder["link"])
    #expect(cause { try File.write([3], to: folder["link"]) } == .exists)
    #expect(folder.names == ["a", "link"])
  }

  @Test("behind a link are replaced with their permissions, and the link stays")
  func links() throws {
    let folder = try TemporaryFolder()
    try File.write([1], to: folder["a"])
    chmod(folder["a"], 0o640)
    symlink("a", folder["link"])
    try File.write([2], to: folder["link"], replacing: true)
    #expect(try File.read(folder["a"]) == [2])
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: folder["link"]) == "a")
    var status = stat()
    stat(folder["a"], &status)
    #expect(status.st_mode & 0o777 == 0o640)
    #expect(folder.names == ["a", "link"])
  }

  @Test("created by several threads at once are created by exactly one")
  func race() async throws {
    let folder = try TemporaryFolder()
    let path = folder["a"]
    let winners = await withTaskGroup(of: Int.self) { group in
      for writer in 0..<16 {
        group.addTask { (try? File.write([UInt8(writer)], to: path)) == nil ? 0 : 1 }
      }
      return await group.reduce(0, +)
    }
    #expect(winners == 1)
    #expect(folder.names == ["a"])
  }

  @Test("in a missing folder, with a folder's name or without permission give the cause of the failure")
  func impossible() throws {
    let folder = try TemporaryFolder()
    #expect(cause { try File.write([1], to: folder["no/a"]) } == .missingFolder)
    #expect(cause { try File.write([1], to: folder.path) } == .folder)
    #expect(cause { try File.write([1], to: folder["new/"]) } == .folder)
    #expect(cause { try File.write([1], to: "") } == .folder)
    try File.write([1], to: folder["a"])
    #expect(cause { try File.write([1], to: folder["a/b"]) } == .missingFolder)
    #expect(cause { _ = try File.read(folder["no"]) } == .missing)
    #expect(cause { _ = try File.read(folder.path) } == .folder)
    if getuid() != 0 {
      chmod(folder.path, 0o500)
      #expect(cause { try File.write([1], to: folder["b"]) } == .notPermitted)
      #expect(cause { try File.write([1], to: folder["a"], replacing: true) } == .notPermitted)
      chmod(folder.path, 0o700)
    }
    #expect(folder.names == ["a"])
    #expect(try File.read(folder["a"]) == [1])
  }

  @Test("on a full device give an error, and the device stays a device")
  func fullDevice() {
    #expect(cause { try File.write([1], to: "/dev/full") } == .full)
    #expect(cause { try File.write([1], to: "/dev/full", replacing: true) } == .full)
    #expect(Path.kind(of: "/dev/full") == .device)
    #expect(cause { try File.write([1], to: "/dev/null") } == nil)
  }

  @Test("longer than the limit give an error")
  func limit() throws {
    let folder = try TemporaryFolder()
    try File.write([1, 2, 3], to: folder["a"])
    #expect(cause { _ = try File.read(folder["a"], limit: 2) } == .tooLong(limit: 2))
    #expect(cause { _ = try File.read("/dev/zero", limit: 100_000) } == .tooLong(limit: 100_000))
  }

  @Test("have errors with advice")
  func messages() {
    #expect(
      FileError(.write, "a/b.pgm", .missingFolder).description
        == "cannot write 'a/b.pgm': the folder 'a' does not exist; make it or choose another")
    #expect(
      FileError(.read, "-", .missing).description
        == "cannot read standard input: there is no such file; check the name")
  }

  @Test("have paths with a folder, a name and an ending")
  func names() {
    #expect(Path.folder(of: "a/b/c.pgm") == "a/b")
    #expect(Path.folder(of: "c.pgm") == ".")
    #expect(Path.folder(of: "/c.pgm") == "/")
    #expect(Path.name(of: "a/b/c.pgm") == "c.pgm")
    #expect(Path.ending(of: "a.d/c.PGM") == "pgm")
    #expect(Path.ending(of: "a.d/c") == "")
    #expect(Path.ending(of: ".pgm") == "")
    #expect(Path.join("a", "b") == "a/b")
    #expect(Path.join("a/", "b") == "a/b")
  }
}
