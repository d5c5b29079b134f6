import Foundation
import NeuralNetwork
import Recognition
import TestSupport
import Testing

/// The commands that turn drawings and pictures into pixels and text.
@Suite struct ReadingCommandTests {
  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("inkling-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  private func with(_ work: () throws -> Void) rethrows {
    defer { try? FileManager.default.removeItem(at: folder) }
    try work()
  }

  private func file(_ name: String, _ text: String) throws -> String {
    let url = folder.appendingPathComponent(name)
    try Data(text.utf8).write(to: url)
    return url.path
  }

  private let strokes = """
    {"label":"1","writer":3,"strokes":[[[200,100],[205,300],[210,500]]]}
    {"label":"7","writer":3,"strokes":[[[100,100],[300,100],[200,500]]]}

    """

  @Test func aBareWordIsAShippedModelBesideAFileOfThatNameToo() throws {
    try with {
      let drawings = try file("a.jsonl", strokes)
      _ = try file("mlp", "the program may lie here, or a note")
      #expect(try Inkling.run(["read", drawings, "--model", "mlp"], in: folder).status == 0)
      #expect(try Inkling.run(["read", drawings, "--model", "./mlp"], in: folder).status == 65)
    }
  }

  @Test func renderDrawsTheLineAskedFor() throws {
    try with {
      let drawings = try file("a.jsonl", strokes)
      let out = folder.appendingPathComponent("a.pgm").path
      let first = try Inkling.run(["render", drawings, "--out", out, "--size", "64", "--line", "2"])
      #expect(first.status == 0)
      let bytes = try Data(contentsOf: URL(fileURLWithPath: out))
      #expect(bytes.starts(with: Data("P5\n".utf8)))
      #expect(bytes.contains(0))
      let again = try Inkling.run(["render", drawings, "--out", out])
      #expect(again.status == 1)
      #expect(try Data(contentsOf: URL(fileURLWithPath: out)) == bytes)
      #expect(try Inkling.run(["render", drawings, "--out", out, "--force"]).status == 0)
      #expect(try Inkling.run(["render", drawings, "--out", "-", "--line", "3"]).status == 65)
      #expect(try Inkling.run(["render", drawings]).status == 64)
      #expect(try Inkling.run(["render", folder.path + "/none", "--out", "-"]).status == 66)
    }
  }

  @Test func seeWritesEachSymbolAsMNISTStoresIt() throws {
    try with {
      let drawings = try file("a.jsonl", strokes)
      let seen = try Inkling.run(["see", drawings, "--out", "-"])
      #expect(seen.status == 0)
      #expect(seen.output.count == 2 * (13 + 784))
      let json = try Inkling.run(["see", drawings, "--json"])
      let answer = try #require(
        try JSONSerialization.jsonObject(with: json.output) as? [String: [[String: Any]]])
      #expect(answer["symbols"]?.count == 2)
      #expect((answer["symbols"]?[0]["input"] as? [Int])?.count == 784)
      // Not a terminal: characters instead of colours.
      let shades = try Inkling.run(["see", drawings]).text
      #expect(shades.contains("%") && !shades.contains("\u{1B}"))
      let empty = try file("e.pgm", "P2 3 2 255 255 255 255 255 255 255")
      #expect(try Inkling.run(["see", empty, "--out", "-"]).output.isEmpty)
      #expect(try Inkling.run(["see", empty, "--out", "none.pgm"], in: folder).status == 0)
      #expect(!FileManager.default.fileExists(atPath: folder.path + "/none.pgm"))
      #expect(try Inkling.run(["see", try file("bad.pgm", "P5 9")]).status == 65)
    }
  }

  @Test func readPrintsALineAFile() throws {
    try with {
      let network = Network(try Architecture("28x28-11"), seed: 3)
      let model = try Model(name: "small", networks: [network], classes: .digitsOrNone)
      let path = folder.appendingPathComponent("small.safetensors").path
      try Data(model.bytes).write(to: URL(fileURLWithPath: path))
      let drawings = try file("a.jsonl", strokes)
      let picture = folder.appendingPathComponent("a.pgm").path
      _ = try Inkling.run(["render", drawings, "--out", picture])
      let read = try Inkling.run(["read", "--model", path, picture, drawings])
      #expect(read.status == 0)
      let lines = read.text.split(separator: "\n")
      #expect(lines.count == 3)
      #expect(lines.first?.split(separator: "\t").count == 3)
      #expect(lines.first?.hasPrefix(picture + "\t") == true)

      let one = try Inkling.run(["read", "--model", path, "--json", picture])
      let answer = try #require(try JSONSerialization.jsonObject(with: one.output) as? [String: Any])
      #expect(Set(answer.keys) == ["file", "text", "confidence", "symbols", "ignored", "milliseconds"])
      let symbol = try #require((answer["symbols"] as? [[String: Any]])?.first)
      #expect(Set(symbol.keys) == ["box", "refused", "none", "candidates"])
      let text = try #require(answer["text"] as? String)
      let several = try Inkling.run(["read", "--model", path, "--json", picture, picture])
      #expect((try JSONSerialization.jsonObject(with: several.output) as? [Any])?.count == 2)
      // A list has an entry for each file, also where only one of several can be read.
      for files in [[picture, folder.path + "/none.pgm"], [folder.path + "/none.pgm", picture]] {
        let partial = try Inkling.run(["read", "--model", path, "--json"] + files)
        #expect(partial.status == 66)
        let list = try #require(try JSONSerialization.jsonObject(with: partial.output) as? [[String: Any]])
        #expect(list.map { $0["file"] as? String } == files)
        #expect(list.count { ($0["error"] as? String)?.contains("no such file") == true } == 1)
        #expect(list.count { $0["text"] != nil } == 1)
      }

      #expect(try Inkling.run(["read", "--model", path, picture, "--expect", text]).status == 0)
      #expect(try Inkling.run(["read", "--model", path, picture, "--expect", "x"]).status == 1)
      #expect(try Inkling.run(["read", "--model", path, folder.path]).text.contains("a.jsonl:2\t"))
      #expect(try Inkling.run(["read", "--model", path, folder.path + "/none.pgm"]).status == 66)
      let sub = folder.appendingPathComponent("sub")
      try FileManager.default.createDirectory(
        at: sub.appendingPathComponent("x.png"), withIntermediateDirectories: true)
      try FileManager.default.copyItem(atPath: picture, toPath: sub.path + "/a.pgm")
      let inFolder = try Inkling.run(["read", "--model", path, "--json", sub.path])
      #expect((try JSONSerialization.jsonObject(with: inFolder.output) as? [Any])?.count == 1)
      let both = try Inkling.run(
        ["read", "--model", path, "--expect", "x", picture, try file("cut.pgm", "P5 9 9 255\n")])
      #expect(both.status == 65 && both.errors.contains("1 of 1 are not read as 'x'"))
      #expect(try Inkling.run(["read", "--model", folder.path + "/none", picture]).status == 66)
    }
  }

  @Test func pagesAreTheSameForTheSameSeed() throws {
    try with {
      let drawings = try file("a.jsonl", strokes)
      for kind in ["touching", "photo"] {
        let out = folder.appendingPathComponent(kind).path
        let words = ["pages", drawings, "--out", out, "--kind", kind, "--count", "1"]
        #expect(try Inkling.run(words).status == 0)
        let page = URL(fileURLWithPath: "\(out)/\(kind)-0001.pgm")
        let bytes = try Data(contentsOf: page)
        #expect(try Inkling.run(words).status == 0)
        #expect(try Data(contentsOf: page) == bytes)
        let labels = try String(contentsOf: URL(fileURLWithPath: "\(out)/labels.tsv"), encoding: .utf8)
        #expect(labels.hasPrefix("file\ttext\n\(kind)-0001.pgm\t"))
      }
    }
  }

  @Test func madePagesAreMeasuredByTheirLabels() throws {
    try with {
      let network = Network(try Architecture("28x28-11"), seed: 3)
      let model = try Model(name: "small", networks: [network], classes: .digitsOrNone)
      let path = folder.appendingPathComponent("small.safetensors").path
      try Data(model.bytes).write(to: URL(fileURLWithPath: path))
      let out = folder.appendingPathComponent("pages").path
      let pages = ["pages", try file("a.jsonl", strokes), "--out", out, "--kind", "touching", "--count", "3"]
      #expect(try Inkling.run(pages).status == 0)
      let labels = try String(contentsOf: URL(fileURLWithPath: "\(out)/labels.tsv"), encoding: .utf8)
      let characters = labels.split(separator: "\n").dropFirst().map { $0.split(separator: "\t")[1].count }
      let outcome = try Inkling.run(["evaluate", path, "--photos", out, "--json"])
      #expect(outcome.status == 0, "\(outcome.errors)")
      let answer = try #require(try JSONSerialization.jsonObject(with: outcome.output) as? [String: Any])
      #expect(answer["pages"] as? Int == 3 && answer["samples"] as? Int == characters.reduce(0, +))
      let text = try Inkling.run(["evaluate", path, "--photos", out]).text
      #expect(text.hasPrefix("small: ") && text.contains("of 3 pages right"))
      for other in [["--misread", "m.pgm"], ["--ink", "a.jsonl"], ["--hands"]] {
        #expect(try Inkling.run(["evaluate", path, "--photos", out] + other).status == 64)
      }
      try Data((labels + "none.pgm\t1\n").utf8).write(to: URL(fileURLWithPath: "\(out)/labels.tsv"))
      let partial = try Inkling.run(["evaluate", path, "--photos", out])
      #expect(partial.status == 66 && partial.errors.contains("none.pgm"))
      try Data("file\ttext\n".utf8).write(to: URL(fileURLWithPath: "\(out)/labels.tsv"))
      #expect(try Inkling.run(["evaluate", path, "--photos", out]).status == 65)
      #expect(try Inkling.run(["evaluate", path, "--photos", folder.path + "/none"]).status == 66)
    }
  }
}
