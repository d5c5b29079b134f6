// `inkling train`, as a program: exit codes, signals, files.

import Datasets
import Formats
import Foundation
import NeuralNetwork
import Recognition
import TestSupport
import Testing
import Training

@Suite struct TrainTests {
  private static let isThorough = ProcessInfo.processInfo.environment["INKLING_THOROUGH"] != nil

  /// A folder with 240 training pictures of simple patterns, and a recipe for them.
  private func folder(_ more: String = "") throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    var pixels: [UInt8] = []
    for k in 0..<240 {
      pixels += (0..<784).map { place in
        place / 28 / 3 == k % 10 % 9 || place % 28 / 3 == k % 10 / 2
          ? UInt8(200 + k % 50) : UInt8((place * k) % 30)
      }
    }
    try Data(IDX(shape: [240, 28, 28], bytes: pixels).file).write(
      to: URL(fileURLWithPath: folder.path("train-images-idx3-ubyte")))
    try Data(IDX(shape: [240], bytes: (0..<240).map { UInt8($0 % 10) }).file).write(
      to: URL(fileURLWithPath: folder.path("train-labels-idx1-ubyte")))
    let recipe = """
      name: small
      architecture: 784-12-10
      validation: 40
      batch: 20
      epochs: 4
      rotate: 5
      average: 0.9
      schedule: one-cycle 0.3 25 100
      \(more)
      """
    try Data(recipe.utf8).write(to: URL(fileURLWithPath: folder.path("small.recipe")))
    return folder
  }

  private func data(_ folder: TemporaryFolder, _ name: String) -> Data? {
    FileManager.default.contents(atPath: folder.path(name))
  }

  @Test func theSameRecipeGivesTheSameBits() throws {
    let folder = try folder()
    for name in ["first", "second"] {
      let outcome = try Inkling.run(
        ["train", "small.recipe", "--data", ".", "--to", "\(name).safetensors"], in: folder.url)
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(outcome.errors.contains("epoch 4/4: loss "))
    }
    let first = try #require(data(folder, "first.safetensors"))
    #expect(first == data(folder, "second.safetensors"))
    let model = try Model(bytes: Array(first))
    #expect(model.name == "small" && model.facts["split"]?.contains("40 MNIST") == true)
    #expect(data(folder, "first.svg")?.starts(with: Data("<svg".utf8)) == true)
    let history = try String(contentsOfFile: folder.path("first.csv"), encoding: .utf8)
    #expect(History(csv: history)?.rows.count == 4)
    // The written recipe includes the options.
    let recipe = try Recipe(text: String(contentsOfFile: folder.path("first.recipe"), encoding: .utf8))
    #expect(recipe.epochs == 4 && recipe.name == "small")
  }

  @Test(arguments: [SIGINT, SIGTERM, SIGHUP])
  func aTrainingStoppedByASignalContinuesToTheSameBits(signal: Int32) throws {
    let folder = try folder()
    let words = ["train", "small.recipe", "--data", ".", "--epochs", "60"]
    let whole = try Inkling.run(words + ["--to", "whole.safetensors"], in: folder.url)
    #expect(whole.status == 0, "\(whole.errors)")
    let process = try start(words + ["--to", "part.safetensors"], in: folder)
    try wait(for: folder.path("part.checkpoint"))
    kill(process.processIdentifier, signal)
    process.waitUntilExit()
    if process.terminationStatus != 0 {
      #expect(process.terminationReason == .exit && process.terminationStatus == 128 + signal)
      #expect(data(folder, "part.safetensors") == nil)
      let rest = try Inkling.run(words + ["--to", "part.safetensors", "--resume"], in: folder.url)
      #expect(rest.status == 0, "\(rest.errors)")
    }
    let file = try #require(data(folder, "whole.safetensors"))
    #expect(data(folder, "part.safetensors") == file)
    let history = try String(contentsOfFile: folder.path("part.csv"), encoding: .utf8)
    #expect(History(csv: history)?.rows.map(\.epoch) == Array(1...60))
  }

  @Test func aClosedPipeStopsATrainingWithACheckpoint() throws {
    let folder = try folder()
    let script = """
      { "$0" train small.recipe --data . --epochs 100000 --to long.safetensors 2>&1; echo $? >status; } | head -n 1
      """
    let run = try ProgramRun(["/bin/sh", "-c", script, Inkling.executable.path], in: folder.url)
    #expect(run.text.hasPrefix("small: "))
    #expect(try String(contentsOfFile: folder.path("status"), encoding: .utf8) == "141\n")
    let bytes = try #require(data(folder, "long.checkpoint"))
    #expect(throws: Never.self) { try Checkpoint(bytes: Array(bytes)) }
  }

  @Test func aKilledTrainingLeavesACompleteCheckpoint() throws {
    let folder = try folder()
    for round in 0..<(Self.isThorough ? 50 : 3) {
      let name = "kill\(round)"
      let process = try start(
        ["train", "small.recipe", "--data", ".", "--epochs", "2000", "--to", "\(name).safetensors"],
        in: folder)
      try wait(for: folder.path("\(name).checkpoint"))
      usleep(UInt32.random(in: 0..<30_000))
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      let bytes = try #require(data(folder, "\(name).checkpoint"))
      #expect(throws: Never.self) { try Checkpoint(bytes: Array(bytes)) }
    }
  }

  @Test func damagedDataIsRefused() throws {
    let images = "train-images-idx3-ubyte"
    let labels = "train-labels-idx1-ubyte"
    let damages: [(file: String, change: (inout Data) -> Void)] = [
      (images, { $0.removeLast(1000) }), (images, { $0 = Data() }), (labels, { $0.removeLast() }),
    ]
    for (name, change) in damages {
      let folder = try folder()
      var bytes = try #require(data(folder, name))
      change(&bytes)
      try bytes.write(to: URL(fileURLWithPath: folder.path(name)))
      try expectNothing(folder, 65)
    }
    for names in [[images], [labels], [images, labels]] {
      let folder = try folder()
      for name in names { try FileManager.default.removeItem(atPath: folder.path(name)) }
      try expectNothing(folder, 66)
    }
  }

  /// Training and evaluation both end with the exit code and one line, and write nothing.
  private func expectNothing(_ folder: TemporaryFolder, _ status: Int32) throws {
    let before = try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted()
    for words in [["train", "small.recipe"], ["evaluate", "mlp", "--split", "train", "--card", "card.md"]] {
      let outcome = try Inkling.run(
        words + ["--data", "."], environment: ["INKLING_DATA": ""], in: folder.url)
      #expect(outcome.status == status, "\(words) \(outcome.errors)")
      #expect(outcome.errors.split(separator: "\n").count == 1 && outcome.errors.hasPrefix("inkling: "))
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted() == before)
  }

  @Test func epochsLeaveNoThreadsBehind() throws {
    let folder = try folder()
    let process = try start(
      ["train", "small.recipe", "--data", ".", "--epochs", "2000", "--to", "long.safetensors"], in: folder)
    defer {
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
    }
    try wait(for: folder.path("long.checkpoint")) { bytes in
      let history = (try? Checkpoint(bytes: bytes))?[text: "history"].flatMap { History(csv: $0) }
      return (history?.rows.count ?? 0) >= 30
    }
    let tasks = try FileManager.default.contentsOfDirectory(
      atPath: "/proc/\(process.processIdentifier)/task")
    #expect(tasks.count < 10)
  }

  @Test func aFullDiskIsReportedAndNoFileIsDamaged() throws {
    let folder = try folder()
    /// Trains where no file may be larger than so many blocks of 1024 bytes.
    func train(_ blocks: Int, _ words: String) throws -> String {
      let script =
        "trap '' XFSZ; ulimit -f \(blocks); exec \"$0\" train small.recipe --data . \(words) 2>errors"
      let run = try ProgramRun(["/bin/sh", "-c", script, Inkling.executable.path], in: folder.url)
      #expect(run.status == 1)
      return try String(contentsOfFile: folder.path("errors"), encoding: .utf8)
    }
    let first = try train(8, "")
    #expect(first.contains("disk is full") && !first.contains("last checkpoint"), "\(first)")
    #expect(data(folder, "small.safetensors") == nil && data(folder, "small.checkpoint") == nil)
    // Where there is a checkpoint, the message names it.
    let process = try start(
      ["train", "small.recipe", "--data", ".", "--epochs", "2000", "--to", "long.safetensors"], in: folder)
    try wait(for: folder.path("long.checkpoint"))
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    let resumed = try train(8, "--epochs 2000 --to long.safetensors --resume")
    #expect(resumed.contains("disk is full") && resumed.contains("free some space"), "\(resumed)")
  }

  @Test func wrongArgumentsEndWithTheirExitCodes() throws {
    let folder = try folder()
    func status(_ words: String...) throws -> Int32 {
      try Inkling.run(["train"] + words, in: folder.url).status
    }
    #expect(try status("none", "--data", ".") == 66)
    #expect(try status("small.recipe", "--data", "nowhere") == 66)
    #expect(try status("small.recipe", "--data", ".", "--epochs", "0") == 64)
    #expect(try status("small.recipe", "--data", ".", "--to", "small.recipe") == 64)
    #expect(try status("small.recipe", "--data", ".", "--to", "nowhere/x.safetensors") == 1)
    #expect(
      try status("small.recipe", "--data", ".", "--epochs", "3") == 1, "another recipe is beside the model")
    #expect(try status("small.recipe", "--data", ".", "--name", "x", "--optimizer", "l-bfgs") == 65)
    #expect(try status("small.recipe", "--data", ".", "--name", "x", "--architecture", "784-C") == 65)
    #expect(try status("small.recipe", "--data", ".", "--name", "x", "--architecture", "784-9") == 65)
    #expect(try status("small.recipe", "--data", ".", "--resume") == 66)
    try Data("batch: 3\nbatsh: 4\n".utf8).write(to: URL(fileURLWithPath: folder.path("bad.recipe")))
    let bad = try Inkling.run(["train", "bad.recipe", "--data", "."], in: folder.url)
    #expect(bad.status == 65 && bad.errors.contains("line 2"))
    #expect(data(folder, "small.safetensors") == nil)
  }

  private func start(_ words: [String], in folder: TemporaryFolder) throws -> Process {
    let process = Process()
    process.executableURL = Inkling.executable
    process.arguments = words
    process.currentDirectoryURL = folder.url
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    return process
  }

  private func wait(for path: String, until isDone: ([UInt8]) -> Bool = { _ in true }) throws {
    let deadline = Date().addingTimeInterval(60)
    while !(FileManager.default.contents(atPath: path).map { isDone(Array($0)) } ?? false) {
      try #require(Date() < deadline, "no '\(path)' came")
      usleep(2000)
    }
  }
}
