// `inkling commands`: the table of what is drawn in the panel and what happens then.

import App
import CommandSupport
import Formats
import Gestures
import Ink
import Panel

extension Command {
  static let commands = Command(
    "commands", position: 34, summary: "List, test, teach and exchange the commands of the panel",
    operands: "[TEXT]", operandCount: 0...1,
    options: [
      .value("strokes", "FILE", "test the gesture of a stroke file's drawing, or teach its drawings"),
      .value("line", "K", "the number of the file's drawing, counted from 1 (default: 1)"),
      .value("teach", "NAME", "make the drawings of --strokes the examples of the gesture NAME"),
      .value("import", "FILE", "add the commands and examples of a file; - is standard input"),
      .value("export", "FILE", "write all commands and examples to a file; - is standard output"),
      .flag("force", "replace the file of --export"),
    ],
    discussion: """
      Without arguments the commands are listed. With TEXT, a symbol or a word, or with --strokes, the command is
      said and not run.
      The table is the file commands in $XDG_CONFIG_HOME/inkling, one command a line:
        word save = keys ctrl+s
        symbol § = text "Kind regards,\\n"
        gesture star = run firefox https://example.org
        gesture circle = shell "date >> ~/dates"
      A program is started without a shell except by 'shell', and the panel asks before the first time. Five
      drawings teach a gesture: in the panel (inkling panel --teach NAME), or from a stroke file.
      """
  ) { arguments throws(Failure) in
    let uses = ["teach", "import", "export"].filter(arguments.has)
    guard uses.count < 2 else { throw .usage("give --\(uses[0]) or --\(uses[1]), not both") }
    let files = CommandFiles(Folders())
    if let path = arguments.text("import") {
      let table = try withFiles { () throws(CommandFiles.Problem) in try CommandFiles.table(of: path) }
      try withFiles { () throws(CommandFiles.Problem) in try files.add(table) }
      printLine("Added \(counts(table)).")
      return
    }
    if let name = arguments.text("teach") { return try teach(name, arguments, files) }
    let table = try withFiles { () throws(CommandFiles.Problem) in try files.table() }
    if let path = arguments.text("export") {
      try writeFile(Array(table.text.utf8), to: path, replacing: arguments.has("force"))
    } else if let text = arguments.operands.first {
      try report(table.command(forText: text), of: "'\(text)'", files)
    } else if let path = arguments.text("strokes") {
      try test(try drawing(arguments, path), table, files)
    } else {
      list(table, files)
    }
  }

  /// Does something with the files of the commands, with the errors of the command line.
  private static func withFiles<Value>(
    _ work: () throws(CommandFiles.Problem) -> Value
  ) throws(Failure) -> Value {
    do throws(CommandFiles.Problem) { return try work() } catch {
      switch error {
      case .file(let error): throw Failure(error)
      case .line, .notText: throw .badData(error.description)
      }
    }
  }

  private static func list(_ table: CommandTable, _ files: CommandFiles) {
    if table.commands.isEmpty {
      printLine("There are no commands. Write some into \(files.commands); see 'inkling commands --help'.")
    }
    let untaught = Set(table.untaughtGestures)
    for command in table.commands {
      var line = command.text
      if case .gesture(let name) = command.trigger, untaught.contains(name) {
        line += "   # not taught yet: inkling panel --teach \(CommandTable.quoted(name))"
      }
      printLine(line)
    }
  }

  private static func teach(
    _ name: String, _ arguments: Arguments, _ files: CommandFiles
  ) throws(Failure) {
    guard !name.isEmpty else { throw .usage("--teach takes the name of a gesture") }
    guard let path = arguments.text("strokes") else {
      throw .usage(
        "--teach takes the drawings of --strokes FILE; to draw them: inkling panel --teach \(name)")
    }
    let drawings = try Document.openDrawings(path).map(\.drawing.strokes)
    guard drawings.count >= GestureExample.usualCount else {
      throw .badData(
        "'\(path)' has \(drawings.count) drawings; \(GestureExample.usualCount) are needed to teach a gesture"
      )
    }
    var table = CommandTable()
    table.teach(name, drawings)
    try withFiles { () throws(CommandFiles.Problem) in try files.add(table) }
    printLine("Taught \(name) by \(drawings.count) drawings.")
  }

  private static func test(
    _ drawing: [Stroke], _ table: CommandTable, _ files: CommandFiles
  ) throws(Failure) {
    switch GestureRecognizer(table.examples).answer(for: drawing) {
    case .gesture(let name):
      try report(table.command(forGesture: name), of: "the gesture \(name)", files)
    case .ambiguous(let first, let second):
      throw .couldNot("the drawing may be \(first) or \(second): draw one of them in another way")
    case .unknown: throw .couldNot("the drawing is none of the gestures that were taught")
    }
  }

  /// Says what a command would do.
  private static func report(
    _ command: PenCommand?, of what: String, _ files: CommandFiles
  ) throws(Failure) {
    guard let command else { throw .couldNot("there is no command for \(what)") }
    let isAsked = command.action.startsProgram && !files.isApproved(command.action)
    printLine("\(command.text)\(isAsked ? "   # the panel asks before the first time" : "")")
  }

  private static func drawing(_ arguments: Arguments, _ path: String) throws(Failure) -> [Stroke] {
    let line = try arguments.integer("line", in: 1...SizeLimit.drawings)
    return try Document.drawing(line, of: try Document.openDrawings(path), path).drawing.strokes
  }

  private static func counts(_ table: CommandTable) -> String {
    let commands = table.commands.count
    let gestures = Set(table.examples.map(\.name)).count
    return "\(commands) \(commands == 1 ? "command" : "commands") and the examples of \(gestures) "
      + (gestures == 1 ? "gesture" : "gestures")
  }
}
