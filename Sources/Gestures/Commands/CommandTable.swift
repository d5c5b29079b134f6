package import Ink

/// The commands of a person, and the examples of their gestures.
package struct CommandTable: Sendable, Equatable {
  /// The commands, in the order of the file.
  package var commands: [PenCommand]
  /// The examples of the gestures, in the order of the file.
  package var examples: [GestureExample]

  /// Makes a table.
  package init(commands: [PenCommand] = [], examples: [GestureExample] = []) {
    self.commands = commands
    self.examples = examples
  }

  /// The command of a text that was read: of a symbol, or of a word, whose capitals do not matter.
  package func command(forText text: String) -> PenCommand? {
    if text.count == 1, let symbol = text.first,
      let command = commands.first(where: { $0.trigger == .symbol(symbol) })
    {
      return command
    }
    return commands.first { command in
      if case .word(let word) = command.trigger { word.lowercased() == text.lowercased() } else { false }
    }
  }

  /// The command of a gesture.
  package func command(forGesture name: String) -> PenCommand? {
    commands.first { $0.trigger == .gesture(name) }
  }

  /// The gestures that commands name and that have fewer examples than teach one.
  package var untaughtGestures: [String] {
    commands.compactMap { command in
      guard case .gesture(let name) = command.trigger,
        examples.count(where: { $0.name == name }) < GestureExample.usualCount
      else { return nil }
      return name
    }
  }

  /// Replaces the examples of a gesture.
  package mutating func teach(_ name: String, _ drawings: [[Stroke]]) {
    examples.removeAll { $0.name == name }
    examples += drawings.map { GestureExample(name: name, strokes: $0) }
  }

  /// Adds another table: its commands replace those of the same triggers, its examples those of the same gestures.
  package mutating func add(_ other: CommandTable) {
    for command in other.commands {
      if let index = commands.firstIndex(where: { $0.trigger == command.trigger }) {
        commands[index] = command
      } else {
        commands.append(command)
      }
    }
    let names = Set(other.examples.map(\.name))
    examples.removeAll { names.contains($0.name) }
    examples += other.examples
  }
}
