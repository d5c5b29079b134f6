// Every `inkling` command that stands in a shell block of the README is run, as it stands, on small data.

import Foundation
import TestSupport
import Testing

@Suite struct ReadmeTests {
  /// The project's own folder.
  static let project = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// The words of every command line in the README that starts with `inkling`.
  static func commands() throws -> [[String]] {
    let text = try String(contentsOf: project.appendingPathComponent("README.md"), encoding: .utf8)
    var inside = false
    var commands: [[String]] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("```") {
        inside = line == "```sh"
      } else if inside, line.hasPrefix("inkling ") {
        let command = line.prefix { $0 != "#" }
        commands.append(command.split(separator: " ").dropFirst().map(String.init))
      }
    }
    return commands
  }

  @Test func everyCommandOfTheReadmeWorks() throws {
    let commands = try Self.commands()
    #expect(commands.count >= 5)
    let folder = try TemporaryFolder()
    try SmallData.write(to: folder)
    let environment = SmallData.environment(of: folder)
    for words in commands {
      let command = "inkling \(words.joined(separator: " "))"
      switch words.first {
      case "data":
        // Nothing is fetched from outside in a test: a mirror that is not there must end in a sentence.
        let outcome = try Inkling.run(
          words + ["--mirror", "http://127.0.0.1:1"], environment: environment, in: folder.url)
        #expect(outcome.status == 1 && outcome.errors.contains("127.0.0.1"), "\(command): \(outcome.errors)")
      case "train":
        let outcome = try Inkling.run(
          words + ["--epochs", "1", "--validation", "100"], environment: environment, in: folder.url)
        #expect(outcome.status == 0, "\(command): \(outcome.errors)")
      default:
        let outcome = try Inkling.run(words, environment: environment, in: folder.url)
        #expect(outcome.status == 0, "\(command): \(outcome.errors)")
      }
    }
  }
}
