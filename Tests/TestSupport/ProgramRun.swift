package import Foundation

/// A program that a test has run: its exit status and its output.
package struct ProgramRun: Sendable {
  package let status: Int32
  package let output: Data
  package let errors: String

  package var text: String { String(decoding: output, as: UTF8.self) }

  /// Runs a program, named by a path or looked up in PATH, until it ends.
  ///
  /// `environment` is added to that of the test.
  package init(
    _ words: [String], input: Data = Data(), environment: [String: String] = [:], in folder: URL? = nil
  ) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: words[0].contains("/") ? words[0] : "/usr/bin/env")
    process.arguments = words[0].contains("/") ? Array(words.dropFirst()) : words
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.currentDirectoryURL = folder
    let (stdin, stdout, stderr) = (Pipe(), Pipe(), Pipe())
    process.standardInput = stdin
    process.standardOutput = stdout
    process.standardError = stderr
    try process.run()
    // All three pipes are served at the same time, as a full one would stop the program. The program may end without
    // having read its input.
    signal(SIGPIPE, SIG_IGN)
    let collected = Collected()
    let group = DispatchGroup()
    DispatchQueue.global().async(group: group) {
      collected.errors = stderr.fileHandleForReading.readDataToEndOfFile()
    }
    DispatchQueue.global().async(group: group) {
      try? stdin.fileHandleForWriting.write(contentsOf: input)
      try? stdin.fileHandleForWriting.close()
    }
    output = stdout.fileHandleForReading.readDataToEndOfFile()
    group.wait()
    process.waitUntilExit()
    status = process.terminationStatus
    errors = String(decoding: collected.errors, as: UTF8.self)
  }

  /// Written by one block and read after the group's end, so that no two threads use it at once.
  private final class Collected: @unchecked Sendable {
    var errors = Data()
  }
}

/// The path of a program that was built with these tests.
///
/// The test bundle, or the test runner itself, lies in the folder of the build's products.
package func builtProgram(_ name: String) -> String {
  var folder = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
    .deletingLastPathComponent()
  while folder.path != "/" {
    let candidate = folder.appendingPathComponent(name).path
    if FileManager.default.isExecutableFile(atPath: candidate) { return candidate }
    folder.deleteLastPathComponent()
  }
  return name
}
