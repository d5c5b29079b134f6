// The UNIPEN collection, made into stroke files.

import Datasets
import Formats
import Foundation
import Ink
import Testing

@Suite("The UNIPEN collection")
struct UNIPENCollectionTests {
  private let folder = NSTemporaryDirectory() + "inkling-unipen-" + UUID().uuidString

  private func write(_ text: String, _ name: String) throws {
    let path = "\(folder)/CDROM/train_r01_v07/\(name)"
    try FileManager.default.createDirectory(atPath: Path.folder(of: path), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
  }

  /// Strokes of two samples, `height` high, one after another.
  private func ink(_ writer: String, _ heights: [Int]) -> String {
    ".WRITER_ID \(writer)\n"
      + heights.enumerated().map { index, height in
        ".PEN_DOWN\n\(index * 10) 100\n\(index * 10 + 4) \(100 + height)\n.PEN_UP\n"
      }.joined()
  }

  private func segments(_ page: String, _ labels: [String]) -> String {
    ".VERSION 1.0\n.INCLUDE \(page)\n"
      + labels.enumerated().map { ".SEGMENT CHARACTER \($0) ? \"\($1)\"\n" }.joined()
  }

  @Test("becomes stroke files with one scale a page, y downwards, numbered writers, by different persons")
  func conversion() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    // Capitals and digits are 50 high on one page and 80 on the other, the dot is 5 high.
    try write(ink("Bo_Li", [50, 50, 50, 60, 40, 5]), "include/apb/data/p1.dat")
    try write(ink("textBoLiSplit", [80, 80, 80, 80, 80]), "include/apb/data/p2.dat")
    try write(segments("apb/data/p1.dat", ["1", "A", "B", "7", "4", "."]), "data/1a/apb/p1.dat")
    try write(segments("apb/data/p2.dat", ["1", "2", "3", "4", "5"]), "data/1a/apb/x/p2.dat")
    // The other contributors: `aga` is for validation, `kai` has removed, repeated, ambiguous and damaged ink.
    try write(ink("zed", [20, 20, 20, 20, 20, 20]), "include/aga/z.dat")
    try write(segments("aga/z.dat", ["1", "2", "3", "4", "5", "6"]), "data/1a/aga/z.dat")
    try write(
      ink("kim", [30, 30, 30, 30, 30, 30, 9]) + ".PEN_DOWN\n0 0\n.PEN_UP\n", "include/kai/k.dat")
    try write(segments("kai/k.dat", ["A", "B", "C", "D", "E", "G", "@", "F"]), "data/1b/kai/k.dat")
    try write(
      ".INCLUDE kai/k.dat\n.SEGMENT CHARACTER 0 ? \"A\"\n.SEGMENT CHARACTER 1 ? \"b\"\n.SEGMENT CHARACTER 2 ? \"CC\"\n",
      "data/1c/kai/k.dat")
    try write(".PEN_DOWN\nnonsense\n", "data/1d/kai/k.dat")

    let target = folder + "/out"
    let result = try UNIPENCollection(in: folder).convert(to: target) { _, _ in }
    #expect(
      result.leftOut == [
        "of other labels": 1, "with removed ink": 1, "kai's '@'": 1, "with two labels": 2, "repeats": 1,
      ])
    #expect(result.damagedFiles.count == 1 && result.damagedFiles[0].contains("1d/kai/k.dat"))
    #expect(result.training.samples + result.validation.samples == 11 + 6 + 5)
    #expect(result.training.writers + result.validation.writers == 3)

    let training = try StrokeSet.drawings(at: target + "/strokes.jsonl")
    let validation = try StrokeSet.drawings(at: target + "/validation.jsonl")
    #expect(validation.contains { $0.source == "aga" } && !training.contains { $0.source == "aga" })
    #expect(Set(training.compactMap(\.writer)).isDisjoint(with: validation.compactMap(\.writer)))
    let apple = (training + validation).filter { $0.source == "apb" }
    #expect(Set(apple.compactMap(\.writer)).count == 1 && apple.count == 11)
    let heights = apple.map { drawing in
      (drawing.drawing.strokes[0].bounds?.height ?? 0) / (drawing.sourceScale ?? 1)
    }
    #expect(
      zip(heights, [200, 200, 200, 240, 160, 20, 200, 200, 200, 200, 200]).allSatisfy { abs($0 - $1) < 1 },
      "\(heights)")
    // The first sample was the lower one.
    let samples = apple[0].drawing.strokes[0].samples
    #expect(samples[0].point.y > samples[1].point.y)
    // The same again is the same, and what exists is not replaced.
    _ = try UNIPENCollection(in: folder).convert(to: target + "2") { _, _ in }
    let files = ["", "2"].map { FileManager.default.contents(atPath: "\(target)\($0)/strokes.jsonl") }
    #expect(files[0] == files[1] && files[0] != nil)
    #expect(throws: DataError.self) { try UNIPENCollection(in: folder).convert(to: target) { _, _ in } }
  }

  @Test("must have its folders")
  func missing() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    #expect(throws: DataError.self) { try UNIPENCollection(in: folder) }
    try Path.makeFolder(folder)
    let error = #expect(throws: DataError.self) { try UNIPENCollection(in: folder) }
    #expect("\(try #require(error))".contains("inkling data fetch unipen"))
  }

  @Test("has a checksum in its record")
  func record() throws {
    let checksum = "0123456789abcdef0123456789ABCDEF"
    func description(_ text: String) throws -> UNIPENDownload.Description? {
      try UNIPENDownload.Description.read(Array(text.utf8), file: "a.tgz")
    }
    let found = try description(
      #"{"id":1,"files":[{"key":"b","size":1,"checksum":"md5:0"},{"id":"x","key":"a.tgz","size":7,"checksum":"md5:\#(checksum)","links":{"self":"https://…"}}]}"#
    )
    #expect(found?.size == 7 && found?.checksum == checksum.lowercased())
    #expect(try description(#"{"files":[{"key":"a.tgz","size":7}]}"#) == nil)
    #expect(try description(#"{"files":{}}"#) == nil)
    #expect(throws: FormatError.self) { try description("<html>") }
  }

  @Test("is fetched, compared with its record, and unpacked", arguments: [true, false])
  func fetch(isWhole: Bool) throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try write(segments("apb/p.dat", ["1"]), "data/1a/apb/p.dat")
    try write(ink("bo", [50]), "include/apb/p.dat")
    let tar = Process()
    tar.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    tar.arguments = ["tar", "-czf", folder + "/archive", "-C", folder, "CDROM"]
    try tar.run()
    tar.waitUntilExit()
    let archive = [UInt8](try #require(FileManager.default.contents(atPath: folder + "/archive")))
    let name = "unipen-CDROM-train_r01_v07.tgz"
    let checksum = isWhole ? MD5.checksum(archive) : MD5.checksum([])
    let record = #"{"files":[{"key":"\#(name)","size":\#(archive.count),"checksum":"md5:\#(checksum)"}]}"#
    let server = MisbehavingServer(
      content: [], files: ["/1195803": Array(record.utf8), "/1195803/files/\(name)/content": archive])
    defer { server.stop() }
    let target = folder + "/new"
    func fetch() throws -> String {
      try UNIPENDownload.fetch(to: target, from: [server.address], timeout: 30) { _ in }
    }
    if isWhole {
      let collection = try fetch()
      #expect(collection == target + "/CDROM/train_r01_v07")
      #expect(try FileManager.default.contentsOfDirectory(atPath: target).sorted() == ["CDROM", name])
      let requests = server.requests.count
      #expect(try fetch() == collection && server.requests.count == requests)
    } else {
      let error = #expect(throws: DataError.self) { _ = try fetch() }
      #expect("\(try #require(error))".contains("MD5"))
      #expect(try FileManager.default.contentsOfDirectory(atPath: target) == [])
    }
  }
}
