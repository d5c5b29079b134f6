// The second program of the command line, which holds the commands for data sets, training and evaluation.

import Basics
import CLibrary
import Formats

/// The program beside this one that holds further commands.
package struct CompanionProgram {
  /// Its name.
  package static let name = "inkling-training"
  /// How to build it, as the end of a sentence.
  package static let advice = "run Scripts/run train, or swift build -c release --product \(name)"

  private let path: String

  /// Finds the program; nil where it is not built or not installed.
  package init?() {
    path = Path.join(Path.folder(of: ShippedFiles.program), Self.name)
    if access(path.nameBytes, X_OK) != 0 { return nil }
  }

  /// The commands that it lists; none where it cannot be started.
  package var commands: [Command.Summary] {
    list(CommandProgram.listing, fields: 3).compactMap { fields in
      Int(fields[0]).map { Command.Summary(position: $0, name: fields[1], text: fields[2]) }
    }
  }

  /// The commands with their options, for completions; none where it cannot be started.
  package var entries: [Completions.Entry] {
    let options = list(CommandProgram.optionListing, fields: 4)
    return commands.map { command in
      Completions.Entry(
        name: command.name, text: command.text,
        options: options.filter { $0[0] == command.name }.map {
          .init(
            name: $0[1], value: $0[2].isEmpty ? nil : $0[2], help: $0[3], repeats: false, companions: [])
        })
    }
  }

  /// What it prints after a hidden argument: lines of some fields with tabs between them.
  private func list(_ argument: String, fields count: Int) -> [[String]] {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { return [] }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO)
    for end in ends { posix_spawn_file_actions_addclose(&actions, end) }
    var process: pid_t = 0
    let code = Self.withArguments([path, argument]) {
      posix_spawn(&process, path.nameBytes, &actions, nil, $0, environ)
    }
    posix_spawn_file_actions_destroy(&actions)
    close(ends[1])
    let bytes = code == 0 ? try? File.content(of: ends[0], at: path, onlyRegular: false) : nil
    close(ends[0])
    if code == 0 { waitpid(process, nil, 0) }
    return String(decoding: bytes ?? [], as: UTF8.self).split(separator: "\n").map { line in
      line.split(separator: "\t", maxSplits: count - 1, omittingEmptySubsequences: false).map(String.init)
    }.filter { $0.count == count }
  }

  /// Replaces this process by the program, which gets the arguments and the environment.
  package func replaceProcess(_ words: [String]) throws(Failure) -> Never {
    _ = Self.withArguments([path] + words) { execv(path.nameBytes, $0) }
    throw .couldNot("cannot start '\(path)': \(String(cString: strerror(errno)))")
  }

  private static func withArguments(
    _ words: [String], _ work: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Int32
  ) -> Int32 {
    let words = words.map { strdup($0.nameBytes) } + [nil]
    defer { for word in words { free(word) } }
    return words.withUnsafeBufferPointer { buffer in buffer.baseAddress.map(work) ?? -1 }
  }
}
