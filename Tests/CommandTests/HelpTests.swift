// The help texts are those in Help/NAME.txt. With INKLING_RECORD_HELP set, the test stores the texts of this build.

import Foundation
import TestSupport
import Testing

@Suite struct HelpTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Help")

  /// Shipped models and recipes of fixed names, since some help texts list them.
  private func environment(_ models: TemporaryFolder) throws -> [String: String] {
    for name in ["one.safetensors", "two.safetensors", "one.recipe"] {
      try Data().write(to: URL(fileURLWithPath: models.path(name)))
    }
    return ["INKLING_MODELS": models.url.path]
  }

  /// The names that the overview lists.
  private func commands(in overview: String) -> [String] {
    overview.components(separatedBy: "Commands:\n").last.map { list in
      list.split(separator: "\n").compactMap { $0.split(separator: " ").first.map(String.init) }
    } ?? []
  }

  /// The lines that are removed from and added to the stored text.
  private func difference(_ stored: String, _ found: String) -> String {
    let changes = found.components(separatedBy: "\n").difference(from: stored.components(separatedBy: "\n"))
    return changes.map { change in
      switch change {
      case .remove(let line, let text, _): "-\(line + 1): \(text)"
      case .insert(let line, let text, _): "+\(line + 1): \(text)"
      }
    }.joined(separator: "\n")
  }

  @Test func everyHelpIsTheStoredText() throws {
    let models = try TemporaryFolder()
    let environment = try environment(models)
    let isRecording = ProcessInfo.processInfo.environment["INKLING_RECORD_HELP"] != nil
    func help(_ words: [String]) throws -> String {
      let outcome = try Inkling.run(words, environment: environment)
      #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(words): \(outcome.errors)")
      return outcome.text
    }
    let overview = try help(["--help"])
    let commands = commands(in: overview)
    #expect(commands.count > 10)
    for name in ["inkling"] + commands {
      let text = name == "inkling" ? overview : try help([name, "--help"])
      let file = Self.folder.appendingPathComponent("\(name).txt")
      if isRecording { try Data(text.utf8).write(to: file) }
      let stored = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
      #expect(text == stored, "Help/\(name).txt differs:\n\(difference(stored, text))")
    }
    let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
    #expect(Set(files) == Set((["inkling"] + commands).map { "\($0).txt" }))
  }

  @Test func helpOfACommandHasTwoForms() throws {
    for name in ["read", "train"] {
      #expect(try Inkling.run(["help", name]).text == Inkling.run([name, "--help"]).text)
    }
    #expect(try Inkling.run(["help"]).text == Inkling.run(["-h"]).text)
    #expect(try Inkling.run(["help", "raed"]).errors.contains("did you mean 'read'?"))
  }

  @Test func theProgramWithoutItsCompanionSaysHowToBuildIt() throws {
    let folder = try TemporaryFolder()
    let alone = folder.path("inkling")
    try FileManager.default.copyItem(atPath: Inkling.executable.path, toPath: alone)
    func run(_ words: String...) throws -> ProgramRun {
      try ProgramRun([alone] + words, in: folder.url)
    }
    let train = try run("train", "inkling")
    #expect(train.status == 1 && train.errors.contains("is not built: run Scripts/run train"), "\(train)")
    let overview = try run("--help")
    #expect(
      overview.status == 0 && overview.text.contains("\n  read ") && !overview.text.contains("\n  train "))
    #expect(overview.text.contains("--product inkling-training"))
    let mistyped = try run("raed")
    #expect(mistyped.status == 64 && mistyped.errors.contains("did you mean 'read'?"))
  }

  @Test func theVersionIsThatOfTheNewestRelease() throws {
    let file = ReadmeTests.project.appendingPathComponent("Assets/org.inkling.Inkling.metainfo.xml")
    let text = try String(contentsOf: file, encoding: .utf8)
    let release = try #require(text.components(separatedBy: "<release version=\"").dropFirst().first)
    let version = try #require(release.components(separatedBy: "\"").first)
    #expect(try Inkling.run(["--version"]).text == "inkling \(version)\n")
  }
}
