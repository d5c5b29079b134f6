// `inkling data` on small sets of our own, whole and damaged.

import Datasets
import Foundation
import TestSupport
import Testing

@Suite struct DataTests {
  /// An IDX file of bytes.
  private func idx(_ shape: [Int], _ bytes: [UInt8]) -> Data {
    var file: [UInt8] = [0, 0, 8, UInt8(shape.count)]
    for size in shape { file += [0, 0, UInt8(size >> 8), UInt8(size & 255)] }
    return Data(file + bytes)
  }

  private func makeSet(_ folder: TemporaryFolder, count: Int = 30) throws -> [String: Data] {
    let files = [
      "t10k-images-idx3-ubyte": idx(
        [count, 4, 3], (0..<count * 12).map { UInt8(truncatingIfNeeded: $0 * 7) }),
      "t10k-labels-idx1-ubyte": idx([count], (0..<count).map { UInt8($0 * 3 % 10) }),
    ]
    for (name, data) in files { try data.write(to: folder.url.appendingPathComponent(name)) }
    return files
  }

  @Test func exportAndImportGiveTheSameFiles() throws {
    let (source, pictures, back) = (try TemporaryFolder(), try TemporaryFolder(), try TemporaryFolder())
    let files = try makeSet(source)
    let exported = try Inkling.run(["data", "export", source.url.path, "--to", pictures.url.path])
    #expect(exported.status == 0, "\(exported.errors)")
    let names = try FileManager.default.contentsOfDirectory(atPath: pictures.url.path)
    #expect(names.count == 30 && names.contains("9-t10k-00003.pgm"))
    let imported = try Inkling.run(["data", "import", pictures.url.path, "--to", back.url.path])
    #expect(imported.status == 0, "\(imported.errors)")
    for (name, data) in files {
      #expect(FileManager.default.contents(atPath: back.path(name)) == data, "\(name)")
    }
    // Nothing that exists is written over.
    #expect(try Inkling.run(["data", "import", pictures.url.path, "--to", back.url.path]).status == 1)
    #expect(try Inkling.run(["data", "export", source.url.path, "--to", pictures.url.path]).status == 1)
  }

  @Test func whatCannotBeWrittenWholeIsNotBegun() throws {
    let (source, twice, target) = (try TemporaryFolder(), try TemporaryFolder(), try TemporaryFolder())
    _ = try makeSet(source)
    let names = ["images-idx3-ubyte", "labels-idx1-ubyte"]
    for name in names {
      try FileManager.default.copyItem(
        atPath: source.path("t10k-\(name)"), toPath: source.path("train-\(name)"))
    }
    /// What is in the target after a run that must fail because of a name.
    func left(_ words: [String], _ name: String) throws -> [String] {
      let outcome = try Inkling.run(["data"] + words + ["--to", target.url.path])
      #expect(outcome.status == 1 && outcome.errors.contains(name), "\(outcome.errors)")
      return try FileManager.default.contentsOfDirectory(atPath: target.url.path)
    }
    // The last picture of the second part is there already.
    try Data().write(to: URL(fileURLWithPath: target.path("7-t10k-00029.pgm")))
    #expect(try left(["export", source.url.path], "7-t10k-00029.pgm") == ["7-t10k-00029.pgm"])
    try FileManager.default.removeItem(atPath: target.path("7-t10k-00029.pgm"))
    // Two sets have pictures of the same names.
    for set in ["a", "b"] {
      try FileManager.default.copyItem(atPath: source.url.path, toPath: twice.path(set))
    }
    #expect(try left(["export", twice.url.path], "0-train-00000.pgm") == [])
    // One of the four files of IDX is there, wrapped.
    let pictures = try TemporaryFolder()
    let exported = try Inkling.run(["data", "export", source.url.path, "--to", pictures.url.path])
    #expect(exported.status == 0, "\(exported.errors)")
    let labels = "t10k-labels-idx1-ubyte.gz"
    try Data().write(to: URL(fileURLWithPath: target.path(labels)))
    #expect(try left(["import", pictures.url.path], labels) == [labels])
  }

  @Test func whatIsThereAndIsNotTheSetIsNamed() throws {
    let folder = try TemporaryFolder()
    func fetch(_ set: String) throws -> ProgramRun {
      try Inkling.run(
        ["data", "fetch", set, "--to", folder.url.path, "--mirror", "http://127.0.0.1:1", "--patience", "1"])
    }
    _ = try makeSet(folder)
    let small = try fetch("mnist")
    #expect(
      small.status == 65 && small.errors.contains("not MNIST's 't10k-images-idx3-ubyte'"), "\(small.errors)")
    #expect(
      small.errors.contains("\(folder.path("t10k-images-idx3-ubyte"))': ") && small.errors.contains("remove"))
    try Data([0x1F, 0x8B, 8, 0]).write(to: URL(fileURLWithPath: folder.path("train-labels-idx1-ubyte.gz")))
    let cut = try fetch("mnist")
    #expect(cut.status == 65 && cut.errors.contains("train-labels-idx1-ubyte.gz': "), "\(cut.errors)")
    #expect(cut.errors.contains("remove the file"))
    let digit = #"{"label":"3","writer":1,"strokes":[[[0,0],[0,9],[3,9]]]}"#
    try Data(digit.utf8).write(to: URL(fileURLWithPath: folder.path("strokes.jsonl")))
    let strokes = try fetch("pendigits")
    #expect(strokes.status == 65 && strokes.errors.contains("expected the 7494 symbols"), "\(strokes.errors)")
  }

  @Test func checkAndShowCount() throws {
    let folder = try TemporaryFolder()
    _ = try makeSet(folder)
    let checked = try Inkling.run(["data", "check", folder.url.path])
    #expect(checked.status == 0 && checked.text.contains("30 pictures of 3 × 4"))
    let shown = try Inkling.run(["data", "show", folder.url.path, "--json"])
    let sets = try JSONSerialization.jsonObject(with: shown.output) as? [[String: Any]]
    #expect(sets?.first?["samples"] as? Int == 30)
    #expect((sets?.first?["counts"] as? [String: Int])?["7"] == 3)
    let sheet = folder.path("sheet.pgm")
    #expect(try Inkling.run(["data", "show", folder.url.path, "--out", sheet]).status == 0)
    #expect(FileManager.default.contents(atPath: sheet)?.prefix(2) == Data("P5".utf8))
    // By way of the environment, too.
    let place = try TemporaryFolder()
    try FileManager.default.createSymbolicLink(
      atPath: place.path("mnist"), withDestinationPath: folder.url.path)
    let found = try Inkling.run(["data", "check"], environment: ["INKLING_DATA": place.url.path])
    #expect(found.status == 0, "\(found.errors)")
  }

  @Test func damagedSetsAreRefused() throws {
    func status(_ damage: (TemporaryFolder) throws -> Void) throws -> [Int32] {
      let (folder, pictures) = (try TemporaryFolder(), try TemporaryFolder())
      _ = try makeSet(folder)
      try damage(folder)
      let runs = try [
        Inkling.run(["data", "check", folder.url.path]),
        Inkling.run(["data", "export", folder.url.path, "--to", pictures.path("new")]),
      ]
      #expect(!FileManager.default.fileExists(atPath: pictures.path("new")))
      #expect(
        runs.allSatisfy { $0.errors.hasPrefix("inkling: ") && $0.errors.split(separator: "\n").count == 1 })
      return runs.map(\.status)
    }
    func rewrite(_ name: String, _ change: @escaping (inout Data) -> Void) -> (TemporaryFolder) throws -> Void
    {
      return { folder in
        var data = try #require(FileManager.default.contents(atPath: folder.path(name)))
        change(&data)
        try data.write(to: folder.url.appendingPathComponent(name))
      }
    }
    #expect(try status(rewrite("t10k-images-idx3-ubyte") { $0.removeLast(100) }) == [65, 65])
    #expect(try status(rewrite("t10k-images-idx3-ubyte") { $0[2] = 0x55 }) == [65, 65])
    #expect(try status(rewrite("t10k-images-idx3-ubyte") { $0[7] ^= 1 }) == [65, 65])
    #expect(
      try status(
        rewrite("t10k-labels-idx1-ubyte") {
          $0[7] -= 1
          $0.removeLast()
        }) == [65, 65])
    #expect(
      try status { try FileManager.default.removeItem(atPath: $0.path("t10k-labels-idx1-ubyte")) } == [
        66, 66,
      ])
    let empty = try TemporaryFolder()
    #expect(try Inkling.run(["data", "check", empty.url.path]).status == 66)
    #expect(try Inkling.run(["data", "check", empty.path("none")]).status == 66)
  }

  /// A set of the official size that is not the official one has a byte wrong somewhere.
  @Test func aFlippedByteIsFoundByTheChecksum() throws {
    let folder = try TemporaryFolder()
    try idx([10_000, 28, 28], [UInt8](repeating: 0, count: 7_840_000)).write(
      to: folder.url.appendingPathComponent("t10k-images-idx3-ubyte"))
    try idx([10_000], [UInt8](repeating: 0, count: 10_000)).write(
      to: folder.url.appendingPathComponent("t10k-labels-idx1-ubyte"))
    let checked = try Inkling.run(["data", "check", folder.url.path])
    #expect(checked.status == 65 && checked.errors.contains("MD5"))
  }

  @Test func fetchingOfflineLeavesNothing() throws {
    let folder = try TemporaryFolder()
    let outcome = try Inkling.run([
      "data", "fetch", "mnist", "--to", folder.path("new"), "--mirror", "http://127.0.0.1:1", "--patience",
      "1",
    ])
    #expect(outcome.status == 1 && outcome.errors.contains("network"), "\(outcome.errors)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("new")) == [])
    let without = try Inkling.run(
      ["data", "fetch", "mnist", "--to", folder.path("new")], environment: ["PATH": "/nowhere"])
    #expect(without.status == 1 && without.errors.contains("curl"))
  }

  @Test func listNamesSourcesAndTerms() throws {
    let place = try TemporaryFolder()
    try FileManager.default.createDirectory(
      atPath: place.path("unipen-chars"), withIntermediateDirectories: false)
    let environment = ["INKLING_DATA": place.url.path, "XDG_DATA_HOME": place.path("none")]
    let listed = try Inkling.run(["data", "list"], environment: environment)
    #expect(
      listed.status == 0 && listed.text.contains("Guyon") && listed.text.contains("ODbL"), "\(listed.errors)")
    let table = try Inkling.run(["data", "list", "--json"], environment: environment)
    let sets = try JSONSerialization.jsonObject(with: table.output) as? [[String: Any]]
    let unipen = sets?.first { $0["name"] as? String == "unipen-chars" }
    #expect(
      unipen?["folder"] as? String == place.path("unipen-chars") && unipen?["use"] as? String == "training")
    #expect(sets?.contains { $0["use"] as? String == "measuring" && $0["folder"] is NSNull } == true)
  }

  @Test func theUNIPENCollectionBecomesAStrokeSet() throws {
    let place = try TemporaryFolder()
    for (name, text) in [
      "collection/include/val/p.dat": (0..<6).map { ".PEN_DOWN\n\($0) 0\n\($0) 50\n" }.joined(),
      "collection/data/1a/val/p.dat": ".INCLUDE val/p.dat\n"
        + (0..<6).map { ".SEGMENT CHARACTER \($0) ? \"\($0)\"\n" }.joined(),
    ] {
      let file = place.url.appendingPathComponent(name)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
    let outcome = try Inkling.run([
      "data", "import", "unipen", place.path("collection"), "--to", place.path("unipen-chars"),
    ])
    #expect(outcome.status == 0 && outcome.text.contains("6 symbols of 1 writers"), "\(outcome.errors)")
    #expect(FileManager.default.fileExists(atPath: place.path("unipen-chars/strokes.jsonl")))
    #expect(try Inkling.run(["data", "import", "unipen", place.url.path + "/none"]).status == 66)
  }

  @Test func wrongWordsAreUsage() throws {
    for words in [
      ["data"], ["data", "fetch"], ["data", "fetch", "mnits"], ["data", "fech"], ["data", "export", "x"],
      ["data", "import"], ["data", "import", "unipen", "a", "b"], ["data", "check", "a", "b"],
    ] {
      #expect(try Inkling.run(words).status == 64, "\(words)")
    }
  }
}
