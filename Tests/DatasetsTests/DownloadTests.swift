// Downloads from servers that fail in various ways.

import Datasets
import Formats
import Foundation
import TestSupport
import Testing

private let hasCurl = ["/usr/bin/curl", "/bin/curl", "/usr/local/bin/curl"].contains {
  (path: String) -> Bool in
  access(path, X_OK) == 0
}

@Suite("Downloads", .enabled(if: hasCurl, "curl is not installed"))
struct DownloadTests {
  private static let content = (0..<60_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }

  /// The result of a download from paths of a `MisbehavingServer`.
  private func fetch(
    _ paths: [String], limit: Int = 100_000, before: [UInt8]? = nil, timeout: Int = 30
  ) throws -> (file: [UInt8]?, names: [String], problem: Download.Problem?, requests: [String]) {
    let server = MisbehavingServer(content: Self.content)
    defer { server.stop() }
    let folder = NSTemporaryDirectory() + "inkling-download-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    if let before { try Data(before).write(to: URL(fileURLWithPath: folder + "/file.part")) }
    let download = Download(
      addresses: paths.map { $0.hasPrefix("http") ? $0 : "\(server.address)/\($0)/file" },
      path: folder + "/file", limit: limit, timeout: timeout)
    var problem: Download.Problem?
    do {
      try download.run(
        problem: { $0 == Self.content ? nil : "\($0.count) other bytes" }, progress: { _, _ in })
    } catch {
      problem = error
    }
    let file = FileManager.default.contents(atPath: folder + "/file").map { [UInt8]($0) }
    let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    return (file, names, problem, server.requests)
  }

  @Test("give the file its name when it is complete and correct")
  func good() throws {
    let (file, names, problem, _) = try fetch(["good"])
    #expect(file == Self.content && names == ["file"] && problem == nil)
  }

  @Test("follow a redirect, but not without end")
  func redirects() throws {
    #expect(try fetch(["moved"]).file == Self.content)
    let (file, _, problem, _) = try fetch(["round"])
    #expect(file == nil && problem != nil)
  }

  @Test("continue where a server broke off, in the same run and in the next one")
  func resumes() throws {
    let (file, names, _, requests) = try fetch(["breaks"])
    #expect(file == Self.content && names == ["file"])
    #expect(requests.count > 2 && !requests.dropFirst().contains { $0.hasSuffix(" 0") })
    let next = try fetch(["good"], before: Array(Self.content[..<1000]))
    #expect(next.file == Self.content && next.requests == ["/good/file 1000"])
  }

  @Test("start again if a server cannot continue, or if the incomplete file is wrong")
  func restarts() throws {
    #expect(try fetch(["whole-only", "good"]).file == Self.content)
    #expect(try fetch(["good"], before: [1, 2, 3]).file == Self.content)
  }

  @Test("refuse a wrong file, and try the next server")
  func garbage() throws {
    let (file, names, problem, _) = try fetch(["garbage"])
    #expect(file == nil && names == [] && problem?.description.contains("other bytes") == true)
    #expect(try fetch(["garbage", "missing", "good"]).file == Self.content)
  }

  @Test("give up a file that has no end")
  func endless() throws {
    let (file, names, problem, _) = try fetch(["endless"], limit: 1_000_000)
    #expect(file == nil && names == [] && problem?.description.contains("more than") == true)
  }

  @Test("give up a server that sends nothing")
  func silent() throws {
    let (file, _, problem, _) = try fetch(["silent"], timeout: 1)
    #expect(file == nil && problem != nil)
  }

  @Test("give up a server that sends almost nothing, and continue a stalled transfer with the next server")
  func slow() throws {
    let (file, names, problem, requests) = try fetch(["trickles"], timeout: 3)
    #expect(file == nil && problem != nil && requests.count == 1)
    #expect(!names.contains("file"))
    let next = try fetch(["stalls", "good"], timeout: 3)
    #expect(next.file == Self.content && next.names == ["file"])
    #expect(next.requests == ["/stalls/file 0", "/good/file \(Self.content.count / 2)"])
  }

  @Test("have an error of their own if no server can be reached")
  func offline() throws {
    // No server listens on port 1.
    let (file, names, problem, _) = try fetch(["http://127.0.0.1:1"])
    guard case .offline = problem else {
      Issue.record("expected offline, found \(String(describing: problem))")
      return
    }
    #expect(file == nil && names == [])
  }

  @Test("of pen strokes become one stroke file; an incomplete set gives an error", arguments: [124, 123])
  func strokes(symbols: Int) throws {
    let symbol = ".SEGMENT CHARACTER 0 ? \"a\"\n.PEN_DOWN\n1 2\n3 4\n.PEN_UP\n"
    let content = Array(String(repeating: symbol, count: symbols).utf8)
    let server = MisbehavingServer(content: content)
    defer { server.stop() }
    let folder = NSTemporaryDirectory() + "inkling-download-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let set = PublicStrokes(
      name: "ujipenchars", address: "",
      files: (1...8).map { writer in
        .init(name: "w\(writer)", checksum: SHA256.checksum(content), writer: Writer(writer))
      }, symbols: 124, isUpwards: false)
    var problem: DataError?
    do { try set.fetch(to: folder, from: [server.address + "/good"], timeout: 30) { _ in } } catch {
      problem = error
    }
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
    if symbols == 124 {
      #expect(problem == nil && names == ["strokes.jsonl"])
      let drawings = try StrokeSet.drawings(in: folder)
      #expect(
        drawings.count == 8 * 124 && Set(drawings.compactMap(\.writer)) == Set((1...8).map { Writer($0) }))
    } else {
      #expect("\(try #require(problem))".contains("expected 124 symbols, found 123"))
      #expect(names == [])
    }
  }

  @Test(
    "of pen strokes are refused if they have other checksums than the published files",
    arguments: PublicStrokes.all.map(\.name))
  func changedStrokes(name: String) throws {
    let symbol = ".SEGMENT CHARACTER 0 ? \"a\"\n.PEN_DOWN\n1 2\n3 4\n.PEN_UP\n"
    let server = MisbehavingServer(content: Array(String(repeating: symbol, count: 124).utf8))
    defer { server.stop() }
    let folder = try TemporaryFolder()
    let set = try #require(PublicStrokes.all.first { $0.name == name })
    let problem = #expect(throws: DataError.self) {
      try set.fetch(to: folder.path, from: [server.address + "/good"], timeout: 30) { _ in }
    }
    #expect("\(try #require(problem))".contains("SHA-256"))
  }

  @Test("of pen strokes have the checksums of the published files, with either line end")
  func linesOfStrokes() throws {
    let symbol = ".SEGMENT CHARACTER 0 ? \"a\"\n.PEN_DOWN\n1 2\n3 4\n.PEN_UP\n"
    let server = MisbehavingServer(content: Array(symbol.replacing("\n", with: "\r\n").utf8))
    defer { server.stop() }
    let folder = try TemporaryFolder()
    let set = PublicStrokes(
      name: "uji", address: "", files: [.init(name: "w1", checksum: SHA256.checksum(Array(symbol.utf8)))],
      symbols: 1, isUpwards: false)
    try set.fetch(to: folder.path, from: [server.address + "/good"], timeout: 30) { _ in }
    #expect(try StrokeSet.drawings(in: folder.path).count == 1)
  }
}
