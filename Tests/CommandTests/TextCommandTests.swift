// The commands that read text and learn languages.

import Foundation
import NeuralNetwork
import Recognition
import TestSupport
import Testing

@Suite struct TextCommandTests {
  private let folder: TemporaryFolder
  /// A small model that knows all characters.
  private let model: String

  init() throws {
    folder = try TemporaryFolder()
    model = folder.path("small.safetensors")
    let classes = Classes.symbols
    let network = Network(try Architecture("28x28-\(classes.outputs)"), seed: 3)
    let small = try Model(name: "small", networks: [network], classes: classes)
    try Data(small.bytes).write(to: URL(fileURLWithPath: model))
  }

  private func file(_ name: String, _ text: String) throws -> String {
    try Data(text.utf8).write(to: URL(fileURLWithPath: folder.path(name)))
    return folder.path(name)
  }

  private func drawing(_ count: Int) -> String {
    let strokes = (0..<count).map { "[[\($0 * 60 + 50),200],[\($0 * 60 + 80),300]]" }
    return "{\"page\":[1024,1024],\"strokes\":[\(strokes.joined(separator: ","))]}\n"
  }

  /// A list of made words.
  private func words() throws -> String {
    let parts = ["ba", "lo", "mi", "tu", "se", "ra"]
    let words = parts.flatMap { a in parts.flatMap { b in parts.map { a + b + $0 } } }
    return try file("words.txt", words.joined(separator: "\n") + "\nnaïve\n")
  }

  @Test func theWordsOfATextAreInItsJSON() throws {
    let ink = try file("a.jsonl", drawing(3))
    let language = try file("list.txt", "ll\nlll\n")
    let read = try Inkling.run(
      ["read", "--mode", "text", "--no-language", "--model", model, "--guide", "300,100", "--json", ink])
    #expect(read.status == 0, "\(read.errors)")
    let answer = try #require(try JSONSerialization.jsonObject(with: read.output) as? [String: Any])
    let words = try #require(answer["words"] as? [[String: Any]])
    let symbols = try #require(answer["symbols"] as? [[String: Any]])
    #expect(words.reduce(0) { $0 + ($1["symbols"] as? Int ?? 0) } == symbols.count)
    for word in words { #expect((word["candidates"] as? [[String: Any]])?.isEmpty == false) }
    for (options, status) in [
      (["--mode", "text", "--guide", "300"], 64), (["--mode", "text", "--guide", "300,-2"], 64),
      (["--guide", "300,100"], 64), (["--no-language"], 64),
      (["--mode", "text", "--language", language, "--no-language"], 64),
      (["--mode", "text", "--language", language], 65), (["--mode", "text", "--language", "klingon"], 66),
      (["--stream"], 64),
    ] {
      #expect(
        try Inkling.run(["read", "--model", model, ink] + options).status == Int32(status), "\(options)")
    }
  }

  @Test func aStreamIsReadDrawingByDrawing() throws {
    let process = Process()
    process.executableURL = Inkling.executable
    process.arguments = [
      "read", "--mode", "text", "--no-language", "--model", model, "--stream", "--json", "-",
    ]
    let (input, output, errors) = (Pipe(), Pipe(), Pipe())
    (process.standardInput, process.standardOutput, process.standardError) = (input, output, errors)
    try process.run()
    defer { if process.isRunning { process.terminate() } }
    var pending = Data()
    /// The next line of the program; the next drawing is written only after it.
    func line() throws -> [String: Any] {
      while true {
        if let end = pending.firstIndex(of: 0x0A) {
          defer { pending = Data(pending[(end + 1)...]) }
          return try #require(try JSONSerialization.jsonObject(with: pending[..<end]) as? [String: Any])
        }
        let more = output.fileHandleForReading.availableData
        try #require(!more.isEmpty)
        pending += more
      }
    }
    for number in 1...3 {
      try input.fileHandleForWriting.write(contentsOf: Data(drawing(number).utf8))
      let answer = try line()
      #expect(answer["file"] as? String == "-:\(number)")
      #expect((answer["text"] as? String)?.isEmpty == false)
    }
    try input.fileHandleForWriting.write(contentsOf: Data("{\"strokes\":1}\n\(drawing(1))".utf8))
    #expect(try line()["file"] as? String == "-:5")
    try input.fileHandleForWriting.close()
    process.waitUntilExit()
    #expect(process.terminationStatus == 65)
    let message = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    #expect(message.contains("drawing 4"))
  }

  @Test func aLanguageIsLearntFromAListAndHelpsToRead() throws {
    let out = folder.path("made.ngrams")
    let learnt = try Inkling.run(["language", try words(), "--out", out, "--sources", "made by a test"])
    #expect(learnt.status == 0, "\(learnt.errors)")
    let language = try CharacterNGrams(bytes: Array(Data(contentsOf: URL(fileURLWithPath: out))))
    #expect(language.name == "made" && language.sources == "made by a test")
    #expect(language.knownWords.count > 100 && !language.heldOutWords.isEmpty)
    let ink = try file("a.jsonl", drawing(3))
    let read = try Inkling.run(["read", "--mode", "text", "--language", out, "--model", model, ink])
    #expect(read.status == 0 && read.text.split(separator: "\t").count == 3, "\(read.errors)")
    #expect(try Inkling.run(["language", try file("few.txt", "one\ntwo\n"), "--out", out]).status == 65)
    #expect(try Inkling.run(["language", folder.path("none"), "--out", out]).status == 66)
    #expect(try Inkling.run(["language", try words()]).status == 64)
    #expect(try Inkling.run(["language", "--fit", ink, "--out", out]).status == 64)
    #expect(try Inkling.run(["language", "--fit", ink]).status == 64)
  }
}
