// `inkling completions`: the completions of shells.

import CommandSupport

extension Command {
  static let completions = Command(
    "completions", position: 170, summary: "Print the completions of commands and options for a shell",
    operands: "bash|zsh|fish", operandCount: 1...1, options: [],
    discussion: """
      Scripts/install installs them. Without it, for bash: source <(inkling completions bash)
      """
  ) { arguments throws(Failure) in
    let word = arguments.operands[0]
    guard let shell = Completions(rawValue: word) else {
      throw .unknown("shell", word, among: Completions.allCases.map(\.rawValue))
    }
    let entries = (Main.program.entries + (CompanionProgram()?.entries ?? [])).sorted { $0.name < $1.name }
    StandardOutput.write(shell.script(for: entries, models: ShippedFiles.names(ending: "safetensors")))
  }
}
