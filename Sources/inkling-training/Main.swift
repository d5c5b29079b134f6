// The second program of the command line, which `inkling` starts: data sets, training and evaluation.

import CommandSupport

@main
enum Main {
  /// The commands of this program.
  private static let program = CommandProgram([.pages, .data, .train, .evaluate, .language, .compare])

  static func main() {
    CommandProgram.main { words throws(Failure) in
      if words.isEmpty || words == ["--help"] {
        printLine(Help.overview(of: program.summaries))
      } else if try !program.run(words) {
        throw .unknown("command", words[0], among: program.summaries.map(\.name))
      }
    }
  }
}
