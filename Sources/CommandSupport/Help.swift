/// The help texts, made from the commands' own values.
package enum Help {
  /// The text of `inkling --help`.
  package static func overview(of commands: [Command.Summary]) -> String {
    let commands = commands.sorted { $0.position < $1.position }
    return """
      Inkling reads handwritten digits: drawn in its window, or from files.

      Usage: inkling                      open the window
             inkling COMMAND [ARGUMENTS]
             inkling COMMAND --help       what a command takes
             inkling --version

      Commands:
      \(table(commands.map { ($0.name, $0.text) }))
      """
  }

  /// The text of `inkling COMMAND --help`.
  static func page(of command: Command) -> String {
    let usage = [
      "Usage: inkling", command.name, command.operands, command.options.isEmpty ? "" : "[OPTIONS]",
    ]
    var parts = [command.summary.text, usage.filter { !$0.isEmpty }.joined(separator: " ")]
    if !command.options.isEmpty {
      let rows = command.options.map { option in
        (option.value.map { "--\(option.name) \($0)" } ?? "--\(option.name)", option.help)
      }
      parts.append("Options:\n" + table(rows))
    }
    if !command.discussion.isEmpty { parts.append(command.discussion) }
    return parts.joined(separator: "\n\n")
  }

  /// Two columns, the first as wide as its longest text.
  private static func table(_ rows: [(String, String)]) -> String {
    let width = (rows.map(\.0.count).max() ?? 0) + 2
    return rows.map { left, right in
      "  " + left + String(repeating: " ", count: width - left.count) + right
    }.joined(separator: "\n")
  }
}
