// The built `inkling`, run as a person or a script would: words in, exit code and both outputs back.

import Foundation

/// What a run of the command line gave.
struct Outcome: Sendable {
  let status: Int32
  let output: Data
  let errors: String

  var text: String { String(decoding: output, as: UTF8.self) }
}

/// The built command line.
enum Inkling {
  /// The executable that was built beside these tests.
  static let executable: URL = {
    // The test bundle, or the test runner itself, lies in the folder of the build's products.
    let runner = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
    var folder = runner.deletingLastPathComponent()
    while folder.path != "/" {
      let candidate = folder.appendingPathComponent("inkling")
      if FileManager.default.isExecutableFile(atPath: candidate.path) { return candidate }
      folder.deleteLastPathComponent()
    }
    return URL(fileURLWithPath: Bundle.main.bundlePath).appendingPathComponent("inkling")
  }()

  /// Runs it with words, and perhaps bytes on standard input, in an environment of its own; perhaps through
  /// a program that starts it.
  static func run(
    _ words: [String], input: Data = Data(), environment: [String: String] = [:], in folder: URL? = nil,
    through starter: [String] = []
  ) throws -> Outcome {
    let process = Process()
    let all = starter + [executable.path] + words
    process.executableURL = URL(fileURLWithPath: all[0])
    process.arguments = Array(all.dropFirst())
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.currentDirectoryURL = folder
    let (stdin, stdout, stderr) = (Pipe(), Pipe(), Pipe())
    process.standardInput = stdin
    process.standardOutput = stdout
    process.standardError = stderr
    try process.run()
    // All three pipes are served at once: a full one would stop the program.
    signal(SIGPIPE, SIG_IGN)  // a program may end without having read its input
    let collected = Collected()
    let group = DispatchGroup()
    DispatchQueue.global().async(group: group) {
      collected.errors = stderr.fileHandleForReading.readDataToEndOfFile()
    }
    DispatchQueue.global().async(group: group) {
      try? stdin.fileHandleForWriting.write(contentsOf: input)
      try? stdin.fileHandleForWriting.close()
    }
    let output = stdout.fileHandleForReading.readDataToEndOfFile()
    group.wait()
    process.waitUntilExit()
    return Outcome(
      status: process.terminationStatus, output: output,
      errors: String(decoding: collected.errors, as: UTF8.self))
  }

  private final class Collected: @unchecked Sendable {
    var errors = Data()
  }
}

/// A folder for one test, removed when the test lets go of it.
final class TemporaryFolder {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("inkling-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(at: url)
  }

  /// The path of a file in the folder.
  func path(_ name: String) -> String { url.appendingPathComponent(name).path }
}
