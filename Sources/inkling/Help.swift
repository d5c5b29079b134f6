/// The help texts, made from the commands' own values.
enum Help {
  /// What `inkling --help` prints.
  static func overview(of commands: [Command]) -> String {
    let width = (commands.map(\.name.count).max() ?? 0) + 2
    let rows = commands.map { "  \(pad($0.name, to: width))\($0.summary)" }
    return """
      Inkling reads handwritten digits: drawn in its window, or from files.

      Usage: inkling                      open the window
             inkling COMMAND [ARGUMENTS]
             inkling COMMAND --help       what a command takes
             inkling --version

      Commands:
      \(rows.joined(separator: "\n"))
      """
  }

  /// What `inkling COMMAND --help` prints.
  static func page(of command: Command) -> String {
    let left = command.options.map { option in
      option.value.map { "--\(option.name) \($0)" } ?? "--\(option.name)"
    }
    let width = (left.map(\.count).max() ?? 0) + 2
    let rows = zip(left, command.options).map { "  \(pad($0, to: width))\($1.help)" }
    let usage = [
      "Usage: inkling", command.name, command.operands, command.options.isEmpty ? "" : "[OPTIONS]",
    ]
    var text = command.summary + "\n\n" + usage.filter { !$0.isEmpty }.joined(separator: " ") + "\n"
    if !rows.isEmpty { text += "\nOptions:\n" + rows.joined(separator: "\n") + "\n" }
    if !command.discussion.isEmpty { text += "\n" + command.discussion + "\n" }
    return String(text.dropLast())
  }

  private static func pad(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}
