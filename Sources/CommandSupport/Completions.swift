// Completions for shells, made from the commands' own values as the help is.

import Basics

/// The completions of a shell.
package enum Completions: String, CaseIterable, Sendable {
  case bash, zsh, fish

  /// A command and its options.
  package struct Entry: Sendable {
    package let name: String
    let text: String
    let options: [Option]
  }

  /// An option and its value.
  package struct Option: Sendable {
    package let name: String
    let value: String?
    let help: String

    /// The words that the value can be; empty where it is no choice.
    var choices: [String] {
      let words = (value ?? "").split(separator: "|").map(String.init)
      return words.count > 1 && words.allSatisfy { $0.allSatisfy { $0.isLowercase || $0 == "-" } }
        ? words : []
    }

    var isModel: Bool { value == "NAME|FILE" }
    var isFolder: Bool { value == "DIR" || value == "FOLDER" }
    var isFile: Bool { value?.hasPrefix("FILE") == true || isModel }
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
      for option in entry.options where option.value != nil {
        let action =
          if !option.choices.isEmpty {
            "compgen -W '\(option.choices.joined(separator: " "))' -- \"$word\""
          } else if option.isModel {
            "compgen -W '\(models.joined(separator: " "))' -- \"$word\"; compgen -f -- \"$word\""
          } else if option.isFolder {
            "compgen -d -- \"$word\""
          } else if option.isFile {
            "compgen -f -- \"$word\""
          } else {
            "true"
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
        guard let value = option.value else { return start + "'" }
        let action =
          if !option.choices.isEmpty {
            "(\(option.choices.joined(separator: " ")))"
          } else if option.isModel {
            "{_alternative \"files:file:_files\" \"models:model:(\(models.joined(separator: " ")))\"}"
          } else if option.isFolder {
            "_files -/"
          } else if option.isFile {
            "_files"
          } else {
            " "
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
        var line = "complete -c inkling -n '__fish_seen_subcommand_from \(entry.name)' -l \(option.name)"
        if option.value != nil {
          if !option.choices.isEmpty {
            line += " -x -a \(quoted(option.choices.joined(separator: " ")))"
          } else if option.isModel {
            line += " -r -F -a \(quoted(models.joined(separator: " ")))"
          } else if option.isFolder {
            line += " -x -a '(__fish_complete_directories)'"
          } else {
            line += option.isFile ? " -r -F" : " -x"
          }
        }
        lines.append(line + " -d \(quoted(option.help))")
      }
    }
    lines.append(
      "complete -c inkling -n '__fish_seen_subcommand_from help' -f -a \(quoted(names(entries)))")
    return lines.joined(separator: "\n") + "\n"
  }
}
