// The command line: finds the command, sorts its words, runs it, and turns a failure into one line
// on standard error and an exit code.

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Everything that `inkling` can be told to do, in the order of the help.
let commands: [Command] = [
  .window, .pages, .read, .see, .render,
  .data,
  .train, .evaluate,
  .describe,
  .export,
  .compare, .explain,
  .layout, .picture, .demo, .icon,
]

@main
enum Main {
  static let version = "0.1.0"

  static func main() {
    do throws(Failure) {
      try dispatch(Array(CommandLine.arguments.dropFirst()))
    } catch {
      printError("inkling: \(error)")
      exit(error.code.rawValue)
    }
  }

  private static func dispatch(_ words: [String]) throws(Failure) {
    guard let first = words.first else { return try Command.window.run(Arguments([], for: .window)) }
    switch first {
    case "--help", "-h":
      print(Help.overview(of: commands))
    case "help":
      guard words.count > 1 else {
        print(Help.overview(of: commands))
        return
      }
      print(Help.page(of: try command(named: words[1])))
    case "--version":
      print("inkling \(version)")
    default:
      let isForWindow = isForWindow(first)
      let command = isForWindow ? .window : try command(named: first)
      let rest = isForWindow ? words : Array(words.dropFirst())
      if rest.prefix(while: { $0 != "--" }).contains(where: { $0 == "--help" || $0 == "-h" }) {
        print(Help.page(of: command))
        return
      }
      try command.run(try Arguments(rest, for: command))
    }
  }

  /// Whether the first word is one of the window's options, or a file to be opened in it.
  private static func isForWindow(_ word: String) -> Bool {
    if word.hasPrefix("--") {
      return Command.window.options.contains { word == "--" + $0.name || word.hasPrefix("--\($0.name)=") }
    }
    if commands.contains(where: { $0.name == word }) || word.hasPrefix("-") { return false }
    return word.contains("/") || word.contains(".") || access(word, F_OK) == 0
  }

  private static func command(named name: String) throws(Failure) -> Command {
    if let command = commands.first(where: { $0.name == name }) { return command }
    if name.hasPrefix("-") {
      throw .unknown(
        "option", name, among: ["--help", "--version"] + Command.window.options.map { "--" + $0.name },
        of: nil)
    }
    throw .unknown("command", name, among: commands.map(\.name) + ["help"], of: nil)
  }
}

/// Writes a line to standard error.
func printError(_ line: String) { writeError(line + "\n") }

/// Writes a text to standard error.
func writeError(_ text: String) {
  let bytes = Array(text.utf8)
  bytes.withUnsafeBytes { bytes in
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = write(STDERR_FILENO, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
      if count <= 0 { return }
      rest = rest.dropFirst(count)
    }
  }
}
