// Completions for shells, made from the commands' own values as the help is.

import Basics

/// The completions of a shell.
package enum Completions: String, CaseIterable, Sendable {
  case bash, zsh, fish

  /// A command and its options.
  package struct Entry: Sendable {
    package let name: String
    let text: String
    let options: [Command.Option]
  }

  /// What the value of an option can be.
  fileprivate enum ValueKind {
    case choice([String])
    case model, folder, file, other
  }

  /// The script for the shell.
  package func script(for entries: [Entry], models: [String]) -> String {
    let entries = entries + [Entry(name: "help", text: "Show the help of a command", options: [])]
    return switch self {
    case .bash: Self.bash(entries, models)
    case .zsh: Self.zsh(entries, models)
    case .fish: Self.fish(entries, models)
    }
  }

  private static func names(_ entries: [Entry]) -> String { entries.map(\.name).joined(separator: " ") }

  // MARK: bash

  private static func bash(_ entries: [Entry], _ models: [String]) -> String {
    var options: [String] = []
    var values: [String] = []
    for entry in entries {
      let names = (entry.options.map { "--" + $0.name } + ["--help"]).joined(separator: " ")
      options.append("    \(entry.name)) options='\(names)' ;;")
      for option in entry.options {
        guard let kind = option.valueKind else { continue }
        let action =
          switch kind {
          case .choice(let words): "compgen -W '\(words.joined(separator: " "))' -- \"$word\""
          case .model:
            "compgen -W '\(models.joined(separator: " "))' -- \"$word\"; compgen -f -- \"$word\""
          case .folder: "compgen -d -- \"$word\""
          case .file: "compgen -f -- \"$word\""
          case .other: "true"
          }
        values.append("    '\(entry.name) --\(option.name)') mapfile -t COMPREPLY < <(\(action)); return ;;")
      }
    }
    return """
      # Completions of inkling for bash.
      _inkling() {
        local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} command=${COMP_WORDS[1]} options=
        COMPREPLY=()
        if [ "$COMP_CWORD" = 1 ]; then
          mapfile -t COMPREPLY < <(compgen -W '\(names(entries)) --help --version' -- "$word"; compgen -f -- "$word")
          return
        fi
        case "$command $before" in
          'help help') mapfile -t COMPREPLY < <(compgen -W '\(names(entries))' -- "$word"); return ;;
      \(values.joined(separator: "\n"))
        esac
        case $command in
      \(options.joined(separator: "\n"))
        esac
        if [[ $word == -* ]]; then
          mapfile -t COMPREPLY < <(compgen -W "$options" -- "$word")
        else
          mapfile -t COMPREPLY < <(compgen -f -- "$word")
        fi
      }
      complete -o filenames -F _inkling inkling

      """
  }

  // MARK: zsh

  private static func zsh(_ entries: [Entry], _ models: [String]) -> String {
    /// A text within single quotes and between colons or brackets.
    func escaped(_ text: String) -> String {
      text.reduce(into: "") { result, character in
        switch character {
        case "'": result += "'\\''"
        case ":", "[", "]", "\\": result += "\\\(character)"
        default: result.append(character)
        }
      }
    }
    let commands = entries.map { "  '\($0.name):\(escaped($0.text))'" }
    let cases = entries.map { entry -> String in
      let options = entry.options.map { option -> String in
        let start = "'*--\(option.name)[\(escaped(option.help))]"
        guard let value = option.value, let kind = option.valueKind else { return start + "'" }
        let action =
          switch kind {
          case .choice(let words): "(\(words.joined(separator: " ")))"
          case .model:
            "{_alternative \"files:file:_files\" \"models:model:(\(models.joined(separator: " ")))\"}"
          case .folder: "_files -/"
          case .file: "_files"
          case .other: " "
          }
        return "\(start):\(escaped(value)):\(action)'"
      }
      let words = options + ["'--help[show the help]'", "'*:file:_files'"]
      return "  \(entry.name)) _arguments \(words.joined(separator: " ")) ;;"
    }
    return """
      #compdef inkling
      # Completions of inkling for zsh.
      local -a commands
      commands=(
      \(commands.joined(separator: "\n"))
      )
      if (( CURRENT == 2 )); then
        _describe command commands
        _files
        return
      fi
      if [[ $words[2] == help ]]; then
        _describe command commands
        return
      fi
      shift words
      (( CURRENT-- ))
      case $words[1] in
      \(cases.joined(separator: "\n"))
        *) _files ;;
      esac

      """
  }

  // MARK: fish

  private static func fish(_ entries: [Entry], _ models: [String]) -> String {
    func quoted(_ text: String) -> String {
      "'" + text.replacing("\\", with: "\\\\").replacing("'", with: "\\'") + "'"
    }
    var lines = ["# Completions of inkling for fish."]
    for entry in entries {
      lines.append("complete -c inkling -n __fish_use_subcommand -a \(entry.name) -d \(quoted(entry.text))")
      for option in entry.options {
        let action =
          switch option.valueKind {
          case .choice(let words): " -x -a \(quoted(words.joined(separator: " ")))"
          case .model: " -r -F -a \(quoted(models.joined(separator: " ")))"
          case .folder: " -x -a '(__fish_complete_directories)'"
          case .file: " -r -F"
          case .other: " -x"
          case nil: ""
          }
        let start = "complete -c inkling -n '__fish_seen_subcommand_from \(entry.name)' -l \(option.name)"
        lines.append("\(start)\(action) -d \(quoted(option.help))")
      }
    }
    lines.append(
      "complete -c inkling -n '__fish_seen_subcommand_from help' -f -a \(quoted(names(entries)))")
    return lines.joined(separator: "\n") + "\n"
  }
}

extension Command.Option {
  /// What the value can be, told by its placeholder; nil for a switch.
  fileprivate var valueKind: Completions.ValueKind? {
    guard let value else { return nil }
    let words = value.split(separator: "|").map(String.init)
    if words.count > 1, words.joined().allSatisfy({ $0.isLowercase || $0 == "-" }) { return .choice(words) }
    return switch value {
    case "NAME|FILE": .model
    case "DIR", "FOLDER": .folder
    case _ where value.hasPrefix("FILE"): .file
    default: .other
    }
  }
}
