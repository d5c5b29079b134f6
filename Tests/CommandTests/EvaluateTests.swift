import Datasets
import Formats
import Foundation
import NeuralNetwork
import Recognition
import TestSupport
import Testing
import Training

@Suite struct EvaluateTests {
  /// A folder with two models of random weights, and a t10k pair of 30 images without a training pair.
  private func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for (name, seed) in [("one", 1), ("two", 2)] {
      let model = try Model(
        name: name, networks: [Network(try Architecture("784-8s-10"), seed: UInt64(seed))], classes: .digits)
      try Data(model.bytes).write(to: URL(fileURLWithPath: folder.path("\(name).safetensors")))
    }
    let pixels = (0..<(30 * 784)).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 5) }
    try Data(IDX(shape: [30, 28, 28], bytes: pixels).file).write(
      to: URL(fileURLWithPath: folder.path("t10k-images-idx3-ubyte")))
    try Data(IDX(shape: [30], bytes: (0..<30).map { UInt8($0 % 10) }).file).write(
      to: URL(fileURLWithPath: folder.path("t10k-labels-idx1-ubyte")))
    return folder
  }

  @Test func jsonHasTheFieldsThatProgramsRead() throws {
    let folder = try folder()
    let outcome = try Inkling.run(
      ["evaluate", folder.path("one.safetensors"), "--data", folder.url.path, "--json"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let object = try #require(try JSONSerialization.jsonObject(with: outcome.output) as? [String: Any])
    for field in ["correct", "accuracy", "standard_error", "nll", "ece", "seconds", "refused"] {
      #expect(object[field] is NSNumber, "\(field)")
    }
    #expect(object["model"] as? String == "one")
    #expect(object["samples"] as? Int == 30)
    let confusion = try #require(object["confusion"] as? [[Int]])
    #expect(confusion.count == 10 && confusion.allSatisfy { $0.count == 10 && $0.reduce(0, +) == 3 })
    #expect((0..<10).reduce(0) { $0 + confusion[$1][$1] } == object["correct"] as? Int)
  }

  @Test func severalModelsAreAListAndAreCompared() throws {
    let folder = try folder()
    let outcome = try Inkling.run(
      ["evaluate", "one.safetensors", "two.safetensors", "--data", ".", "--json"], in: folder.url)
    let list = try #require(try JSONSerialization.jsonObject(with: outcome.output) as? [[String: Any]])
    #expect(list.map { $0["model"] as? String } == ["one", "two"])
    #expect((list[0]["mcnemar"] as? [String: Any])?["p"] is NSNumber)
    let text = try Inkling.run(
      ["evaluate", "one.safetensors", "two.safetensors", "--data", "."], in: folder.url)
    #expect(text.text.contains("McNemar's test"))
  }

  @Test func drawnSymbolsAreMeasuredByLabelAndWriter() throws {
    let folder = try folder()
    let lines = [("3", 1), ("7", 2), ("A", 2), ("12", 1)].map {
      "{\"label\":\"\($0.0)\",\"writer\":\($0.1),\"strokes\":[[[0,0],[5,9],[3,20]]]}"
    }
    try Data(lines.joined(separator: "\n").utf8).write(to: URL(fileURLWithPath: folder.path("ink.jsonl")))
    func run(_ more: String...) throws -> [String: Any] {
      let outcome = try Inkling.run(
        ["evaluate", "one.safetensors", "--ink", "ink.jsonl", "--json", "--writers"] + more, in: folder.url)
      #expect(outcome.status == 0, "\(outcome.errors)")
      return try #require(try JSONSerialization.jsonObject(with: outcome.output) as? [String: Any])
    }
    let all = try run()
    #expect(all["samples"] as? Int == 2 && all["foreign"] as? Int == 1)
    #expect((all["writers"] as? [[String: Int]])?.map { $0["writer"] } == [1, 2])
    #expect(try run("--classes", "0123456789")["foreign"] == nil)
  }

  @Test func unseenWritersAreMeasuredWhereTheirStrokesAreThere() throws {
    let folder = try TemporaryFolder()
    try SmallData.write(to: folder)
    let model = try Model(
      name: "small", networks: [Network(try Architecture("784-8s-11"), seed: 1)], classes: .digitsOrNone)
    try Data(model.bytes).write(to: URL(fileURLWithPath: folder.path("small.safetensors")))
    func run() throws -> ProgramRun {
      try Inkling.run(
        ["evaluate", "small.safetensors", "--hands", "--pages", "1", "--json"],
        environment: SmallData.environment(of: folder), in: folder.url)
    }
    #expect(try run().status == 66)
    let set = folder.url.appendingPathComponent("data/chars74k-strokes")
    try FileManager.default.createDirectory(at: set, withIntermediateDirectories: true)
    let digits = try String(contentsOfFile: folder.path("digits.jsonl"), encoding: .utf8)
    try Data(digits.utf8).write(to: set.appendingPathComponent("strokes.jsonl"))
    let outcome = try run()
    #expect(outcome.status == 0, "\(outcome.errors)")
    let object = try #require(try JSONSerialization.jsonObject(with: outcome.output) as? [String: Any])
    let trials = try #require(object["trials"] as? [[String: Any]])
    #expect(trials.count > 50 && trials.allSatisfy { $0["samples"] as? Int != nil })
  }

  // The set of strokes is packed.
  #if Codecs
  private static let data = ProcessInfo.processInfo.environment["INKLING_DATA"]

  @Test(.enabled(if: data != nil, "exercises are made of unipen-chars: set INKLING_DATA"))
  func theCardHasTheFiguresOfExercises() throws {
    let folder = try TemporaryFolder()
    let drawing = #"{"label":"1","strokes":[[[10,0],[8,50],[9,100]]]}"#
    try Data(drawing.utf8).write(to: URL(fileURLWithPath: folder.path("one.jsonl")))
    let outcome = try Inkling.run(
      ["evaluate", "inkling", "--ink", "one.jsonl", "--sums", "--pages", "2", "--card", "card.md"],
      environment: ["INKLING_DATA": Self.data ?? ""], in: folder.url)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let card = try String(contentsOfFile: folder.path("card.md"), encoding: .utf8)
    let section = try #require(card.range(of: "## Exercises")).lowerBound
    let rows = card[section...].split(separator: "\n").filter { $0.hasPrefix("| ") }
    #expect(rows.first?.hasPrefix("| | drawn (") == true)
    #expect(
      rows.dropFirst(1).map { $0.split(separator: "|")[0] } == [
        " exercises found ", " wrong marked right ", " right marked wrong ", " unsure ", " texts read right ",
      ])
    #expect(rows.dropFirst(1).allSatisfy { $0.matches(of: /\d+\.\d+ ± \d+\.\d+ %/).count == 3 })
  }
  #endif

  @Test func misreadImagesBecomeAContactSheet() throws {
    let folder = try folder()
    var history = History()
    history.rows.append(History.Row(epoch: 1, learningRate: 0.1, loss: 2, speed: 3, seconds: 41.25))
    try Data(history.csv.utf8).write(to: URL(fileURLWithPath: folder.path("one.csv")))
    let outcome = try Inkling.run(
      ["evaluate", "one.safetensors", "--data", ".", "--misread", "sheet.pgm", "--card", "card.md"],
      in: folder.url)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(
      try Data(contentsOf: URL(fileURLWithPath: folder.path("sheet.pgm"))).starts(with: Data("P5".utf8)))
    let card = try String(contentsOfFile: folder.path("card.md"), encoding: .utf8)
    #expect(card.hasPrefix("# one\n") && card.contains("`784-8s-10`"))
    #expect(card.contains("| training time | 41 s |"))
  }

  @Test func missingAndDamagedFilesAreReported() throws {
    let folder = try folder()
    func status(_ words: String...) throws -> Int32 {
      let outcome = try Inkling.run(["evaluate"] + words, in: folder.url)
      #expect(outcome.text.isEmpty && outcome.errors.hasPrefix("inkling: "))
      return outcome.status
    }
    #expect(try status("none.safetensors", "--data", ".") == 66)
    #expect(try status("one.safetensors", "--data", "nowhere") == 66)
    #expect(try status("one.safetensors", "--data", ".", "--split", "train") == 66)
    #expect(try status("one.safetensors", "--data", ".", "--split", "both") == 64)
    #expect(try status("one.safetensors", "--ink", "none.jsonl") == 66)
    let labels = folder.path("t10k-labels-idx1-ubyte")
    let whole = try Data(contentsOf: URL(fileURLWithPath: labels))
    var wrongMagic = whole
    wrongMagic[2] = 0x42
    for damaged in [
      whole.dropLast(), wrongMagic, Data(),
      Data(IDX(shape: [29], bytes: [UInt8](repeating: 1, count: 29)).file),
    ] {
      try damaged.write(to: URL(fileURLWithPath: labels))
      #expect(try status("one.safetensors", "--data", ".") == 65)
    }
    try Data("no model".utf8).write(to: URL(fileURLWithPath: folder.path("bad.safetensors")))
    #expect(try status("bad.safetensors", "--data", ".") == 65)
  }
}
