// Tables of commands as text: one command or one example a line.
//
//     # a comment
//     word save = keys ctrl+s
//     symbol § = text "Kind regards,\n"
//     gesture star = run firefox https://example.org
//     gesture circle = shell "date >> ~/dates"
//     example star 10,10 20,30 35,12 | 3,4 5,6

import Basics
import Ink

extension CommandTable {
  /// The most lines of a file that is read.
  private static let lineLimit = 20_000

  /// Reads a table.
  package init(text: String) throws(CommandTableError) {
    self.init()
    var triggers: Set<PenCommand.Trigger> = []
    let lines = Self.lines(of: text)
    guard lines.count <= Self.lineLimit else {
      throw CommandTableError(line: Self.lineLimit, problem: .size)
    }
    for (index, line) in lines.enumerated() {
      do throws(Problem) {
        guard let entry = try Self.entry(String(line)) else { continue }
        switch entry {
        case .example(let example): examples.append(example)
        case .command(let command):
          guard triggers.insert(command.trigger).inserted else {
            throw .repeated(command.trigger.text)
          }
          commands.append(command)
        }
      } catch {
        throw CommandTableError(line: index + 1, problem: error)
      }
    }
  }

  /// The commands as text, one a line, without the examples.
  package var commandsText: String { commands.map { $0.text + "\n" }.joined() }

  /// The examples as text, one a line.
  package var examplesText: String { examples.map { $0.text + "\n" }.joined() }

  /// The whole table as text, as `init(text:)` reads it.
  package var text: String { commandsText + examplesText }

  /// A table's text with the commands of another table: they replace those of the same triggers.
  ///
  /// Comments and the other lines stay as the person has written them.
  package static func text(_ text: String, adding other: CommandTable) -> String {
    let triggers = Set(other.commands.map(\.trigger))
    var lines = lines(of: text).filter { line in
      guard case .command(let command) = try? entry(String(line)) else { return true }
      return !triggers.contains(command.trigger)
    }
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines.map { $0 + "\n" }.joined() + other.commandsText
  }

  private static func lines(of text: String) -> [Substring] {
    text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" || $0 == "\r" }
  }

  private typealias Problem = CommandTableError.Problem

  private enum Entry {
    case command(PenCommand)
    case example(GestureExample)
  }

  /// The entry of a line; nil for an empty line and a comment.
  private static func entry(_ line: String) throws(Problem) -> Entry? {
    let trimmed = line.drop { $0.isWhitespace }
    if trimmed.isEmpty || trimmed.hasPrefix("#") { return nil }
    let words = try words(of: line)
    guard words[0] != "example" else { return .example(try example(words)) }
    guard ["symbol", "word", "gesture"].contains(words[0]) else { throw .trigger(words[0]) }
    guard words.count > 1, words[1] != "=" || words.count > 2 && words[2] == "=" else {
      throw .missing("what is drawn")
    }
    guard words.count > 2, words[2] == "=" else { throw .form }
    let trigger = try trigger(words[0], words[1])
    guard words.count > 3 else { throw .missing("the action") }
    return .command(PenCommand(trigger, try action(words[3], Array(words[4...]))))
  }

  private static func trigger(_ kind: String, _ name: String) throws(Problem) -> PenCommand.Trigger {
    guard !name.isEmpty else { throw .missing("what is drawn") }
    switch kind {
    case "word": return .word(name)
    case "gesture": return .gesture(name)
    default:
      guard let symbol = name.first, name.count == 1 else { throw .symbol(name) }
      return .symbol(symbol)
    }
  }

  private static func action(_ name: String, _ words: [String]) throws(Problem) -> PenCommand.Action {
    switch name {
    case "keys":
      guard !words.isEmpty else { throw .missing("the key") }
      var chords: [KeyChord] = []
      for word in words {
        guard let chord = KeyChord(word) else { throw .chord(word) }
        chords.append(chord)
      }
      return .keys(chords)
    case "text":
      let text = words.joined(separator: " ")
      guard !text.isEmpty else { throw .missing("the text") }
      return .text(text)
    case "run":
      guard let program = words.first, !program.isEmpty else { throw .missing("the program") }
      return .run(words)
    case "shell":
      let line = words.joined(separator: " ")
      guard !line.isEmpty else { throw .missing("the line for the shell") }
      return .shell(line)
    default: throw .action(name)
    }
  }

  private static func example(_ words: [String]) throws(Problem) -> GestureExample {
    guard words.count > 1, !words[1].isEmpty else { throw .missing("the gesture's name") }
    guard words.count > 2 else { throw .missing("the drawing") }
    var strokes: [Stroke] = []
    for part in words[2...].split(separator: "|", omittingEmptySubsequences: false) {
      var samples: [Stroke.Sample] = []
      for word in part {
        let numbers = word.split(separator: ",", omittingEmptySubsequences: false).map { Double($0) }
        guard numbers.count == 2, let x = numbers[0], let y = numbers[1], Point.range.contains(x),
          Point.range.contains(y)
        else { throw .point(word) }
        samples.append(Stroke.Sample(Point(x: x, y: y)))
      }
      guard !samples.isEmpty else { throw .missing("a stroke") }
      strokes.append(Stroke(samples))
    }
    return GestureExample(name: words[1], strokes: strokes)
  }

  /// The words of a line; quotation marks hold blanks together.
  ///
  /// It goes by scalars, because a mark and a combining accent after it are one character.
  private static func words(of line: String) throws(Problem) -> [String] {
    var words: [String] = []
    var word: String?
    var isQuoted = false
    var scalars = line.unicodeScalars[...]
    while let scalar = scalars.popFirst() {
      switch scalar {
      case "\"":
        isQuoted.toggle()
        word = word ?? ""
      case "\\" where isQuoted:
        guard let escaped = scalars.popFirst(), let plain = escapes[escaped] else { throw .quotation }
        word?.unicodeScalars.append(plain)
      case _ where scalar.properties.isWhitespace && !isQuoted:
        if let finished = word { words.append(finished) }
        word = nil
      default:
        word = word ?? ""
        word?.unicodeScalars.append(scalar)
      }
    }
    guard !isQuoted else { throw .quotation }
    if let word { words.append(word) }
    return words
  }

  /// The characters after a backslash, and what they stand for.
  private static let escapes: [Unicode.Scalar: Unicode.Scalar] = [
    "\"": "\"", "\\": "\\", "n": "\n", "r": "\r", "t": "\t",
  ]

  /// A word as the reader takes it, in quotation marks where it needs them.
  package static func quoted(_ word: String) -> String {
    let needsMarks = word.unicodeScalars.contains { $0.properties.isWhitespace || $0 == "\"" || $0 == "\\" }
    if !word.isEmpty, word != "=", word != "|", !needsMarks { return word }
    var text = "\""
    for scalar in word.unicodeScalars {
      if let (name, _) = escapes.first(where: { $0.value == scalar }) {
        text += "\\\(name)"
      } else {
        text.unicodeScalars.append(scalar)
      }
    }
    return text + "\""
  }
}

extension PenCommand {
  /// The command as a line of a table.
  package var text: String { "\(trigger.text) = \(action.text)" }
}

extension PenCommand.Trigger {
  /// The trigger as a table has it.
  package var text: String {
    switch self {
    case .symbol(let symbol): "symbol \(CommandTable.quoted(String(symbol)))"
    case .word(let word): "word \(CommandTable.quoted(word))"
    case .gesture(let name): "gesture \(CommandTable.quoted(name))"
    }
  }
}

extension PenCommand.Action {
  /// The action as a table has it.
  package var text: String {
    switch self {
    case .keys(let chords): "keys " + chords.map { CommandTable.quoted($0.text) }.joined(separator: " ")
    case .text(let text): "text " + CommandTable.quoted(text)
    case .run(let words): "run " + words.map(CommandTable.quoted).joined(separator: " ")
    case .shell(let line): "shell " + CommandTable.quoted(line)
    }
  }
}

extension GestureExample {
  /// The example as a line of a table.
  fileprivate var text: String {
    let drawing = strokes.map { stroke in
      stroke.samples.map { "\(JSONText.number($0.point.x)),\(JSONText.number($0.point.y))" }
        .joined(separator: " ")
    }
    return "example \(CommandTable.quoted(name)) " + drawing.joined(separator: " | ")
  }
}
