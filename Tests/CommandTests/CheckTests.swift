// `inkling check`, with a model of random weights: what it prints and writes, whatever the verdicts.

import Foundation
import NeuralNetwork
import Recognition
import TestSupport
import Testing

@Suite struct CheckCommandTests {
  /// A folder with a model that knows the signs of arithmetic, and two pages.
  private func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let network = Network(try Architecture("28x28-\(Classes.symbols.outputs)"), seed: 1)
    let model = try Model(name: "signs", networks: [network], classes: .symbols)
    try Data(model.bytes).write(to: folder.url.appendingPathComponent("signs.safetensors"))
    let strokes = """
      {"strokes":[[[200,100],[205,200],[210,300]],[[300,200],[380,200]],[[450,100],[460,300]]]}

      """
    for name in ["a.jsonl", "b.jsonl"] {
      try Data(strokes.utf8).write(to: folder.url.appendingPathComponent(name))
    }
    return folder
  }

  private func run(_ words: String..., in folder: TemporaryFolder) throws -> ProgramRun {
    try Inkling.run(["check", "--model", "signs.safetensors"] + words, in: folder.url)
  }

  @Test func theJSONIsAListOfPagesInTheirOrder() throws {
    let folder = try folder()
    for files in [["./a.jsonl"], ["b.jsonl", "./a.jsonl"]] {
      let run = try Inkling.run(
        ["check", "--model", "signs.safetensors", "--json"] + files, in: folder.url)
      #expect(run.status == 0, "\(run.errors)")
      let list = try #require(try JSONSerialization.jsonObject(with: run.output) as? [[String: Any]])
      #expect(list.map { $0["file"] as? String } == files)
      #expect(list.allSatisfy { $0["items"] is [Any] })
    }
  }

  @Test func theFolderGetsMarkedPagesTablesAndAReport() throws {
    let folder = try folder()
    let before = try Data(contentsOf: folder.url.appendingPathComponent("a.jsonl"))
    #expect(try run("a.jsonl", "b.jsonl", "--out", "out", in: folder).status == 0)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path("out")).sorted()
    #expect(names == ["a-checked.png", "b-checked.png", "items.csv", "items.json", "report.html"])
    let again = try run("a.jsonl", "--out", "out", in: folder)
    #expect(again.status == 1 && again.errors.contains("--force"))
    #expect(try run("a.jsonl", "--out", "out", "--force", in: folder).status == 0)
    #expect(try Data(contentsOf: folder.url.appendingPathComponent("a.jsonl")) == before)
    let report = try String(contentsOfFile: folder.path("out/report.html"), encoding: .utf8)
    #expect(report.contains("a.jsonl") && report.contains("data:image/png;base64,"))
  }

  @Test func aStoppedCheckGoesOnWithTheReadingsThatItHas() throws {
    let folder = try folder()
    // A page is damaged, so the check does not finish.
    let strokes = try Data(contentsOf: folder.url.appendingPathComponent("b.jsonl"))
    try Data("damaged".utf8).write(to: folder.url.appendingPathComponent("b.jsonl"))
    #expect(try run("a.jsonl", "b.jsonl", "--out", "out", in: folder).status != 0)
    let readings = folder.url.appendingPathComponent("out/readings")
    let names = try FileManager.default.contentsOfDirectory(atPath: readings.path)
    #expect(names.count == 1)
    let kept = readings.appendingPathComponent(try #require(names.first))
    // What is kept is used: certain labels are put into it. What is damaged is read again.
    let text = try String(contentsOf: kept, encoding: .utf8)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line -> String in
      var words = line.split(separator: " ").map(String.init)
      if words.count > 11 { words.replaceSubrange(8..<words.count, with: ["inf", "0", "read", "8", "1"]) }
      return words.joined(separator: " ")
    }
    try Data(strokes).write(to: folder.url.appendingPathComponent("b.jsonl"))
    for (content, isUsed) in [(lines.joined(separator: "\n"), true), (String(text.dropLast(3)), false)] {
      try FileManager.default.createDirectory(at: readings, withIntermediateDirectories: true)
      try Data(content.utf8).write(to: kept)
      let resumed = try run("a.jsonl", "b.jsonl", "--out", "out", "--resume", in: folder)
      #expect(resumed.status == 0, "\(resumed.errors)")
      #expect(resumed.text.contains("1.0000") == isUsed, "\(resumed.text)")
      let table = try String(contentsOfFile: folder.path("out/items.csv"), encoding: .utf8)
      #expect(table.contains("1.0000") == isUsed && table.contains("b.jsonl"))
      #expect(!FileManager.default.fileExists(atPath: readings.path))
    }
    #expect(try run("a.jsonl", "--resume", in: folder).status == 64)
  }

  @Test func aFolderIsCheckedFileByFile() throws {
    let folder = try folder()
    let run = try run("--json", ".", in: folder)
    let list = try #require(try JSONSerialization.jsonObject(with: run.output) as? [[String: Any]])
    #expect(list.map { $0["file"] as? String } == ["./a.jsonl", "./b.jsonl"])
  }

  @Test func aFileThatCannotBeReadDoesNotStopTheOthers() throws {
    let folder = try folder()
    let run = try run("none.png", "a.jsonl", "--json", in: folder)
    #expect(run.status == 66 && run.errors.contains("none.png"))
    let list = try #require(try JSONSerialization.jsonObject(with: run.output) as? [[String: Any]])
    #expect(list.map { $0["file"] as? String } == ["none.png", "a.jsonl"])
    #expect(list.first?["error"] is String && list.last?["items"] is [Any])
    #expect(try self.run("none.png", "--json", in: folder).text.isEmpty)
  }

  @Test func wrongArgumentsAreNamed() throws {
    let folder = try folder()
    try Data("1\t2\t3\t4\nno key".utf8).write(to: folder.url.appendingPathComponent("key.tsv"))
    let key = try run("a.jsonl", "--key", "key.tsv", in: folder)
    #expect(key.status == 65 && key.errors.contains("key.tsv"))
    #expect(try Inkling.run(["check"], in: folder.url).status == 64)
    // A model that knows digits alone.
    let digits = try Inkling.run(["check", "a.jsonl", "--model", "mlp"], in: folder.url)
    #expect(digits.status == 65 && digits.errors.contains("sums"), "\(digits.errors)")
  }
}
