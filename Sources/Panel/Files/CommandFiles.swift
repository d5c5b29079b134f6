package import App
import Basics
package import Formats
package import Gestures

/// The files of the commands: the table that a person edits, the examples of the gestures, and which programs may be
/// started.
package struct CommandFiles: Sendable {
  /// Why the commands cannot be read.
  package enum Problem: Error, CustomStringConvertible {
    /// A file cannot be read or written.
    case file(FileError)
    /// A line of a file is wrong.
    case line(CommandTableError, path: String)
    /// A file is not text in UTF-8.
    case notText(path: String)

    /// One sentence that says what to do.
    package var description: String {
      switch self {
      case .file(let error): "\(error)"
      case .line(let error, let path): "\(path), \(error)"
      case .notText(let path): "\(path) is not text in UTF-8; save it as such in an editor"
      }
    }
  }

  /// The most bytes of a file that is read.
  private static let sizeLimit = 8 << 20

  /// The file of the commands.
  package let commands: String
  /// The file of the gestures' examples.
  package let examples: String
  private let approvals: String

  /// The files in a user's folders.
  package init(_ folders: Folders) {
    commands = folders.config + "/commands"
    examples = folders.config + "/gestures"
    approvals = folders.state + "/approved-commands"
  }

  /// Reads the commands and the examples; missing files are empty.
  package func table() throws(Problem) -> CommandTable {
    var table = try Self.table(of: commands, mayBeMissing: true)
    table.add(try Self.table(of: examples, mayBeMissing: true))
    return table
  }

  /// Reads one file that may have both; a missing file is empty where that is allowed.
  package static func table(of path: String, mayBeMissing: Bool = false) throws(Problem) -> CommandTable {
    let text = try text(of: path, mayBeMissing: mayBeMissing)
    do throws(CommandTableError) { return try CommandTable(text: text) } catch {
      throw .line(error, path: path)
    }
  }

  /// Adds a table to the files: its commands replace those of the same triggers, its examples those of the same
  /// gestures.
  package func add(_ other: CommandTable) throws(Problem) {
    var table = try self.table()
    table.add(other)
    if !other.commands.isEmpty {
      let text = try Self.text(of: commands, mayBeMissing: true)
      try Self.write(CommandTable.text(text, adding: other), to: commands)
    }
    if !other.examples.isEmpty { try Self.write(table.examplesText, to: examples) }
  }

  /// Whether a person has allowed a command's program to be started.
  package func isApproved(_ action: PenCommand.Action) -> Bool {
    guard let text = try? Self.text(of: approvals) else { return false }
    return text.split(separator: "\n").contains { $0 == action.text }
  }

  /// Remembers that a command's program may be started; a change of the command is asked for again.
  package func approve(_ action: PenCommand.Action) throws(Problem) {
    guard !isApproved(action) else { return }
    let known = (try? Self.text(of: approvals)) ?? ""
    try Self.write(known + action.text + "\n", to: approvals)
  }

  private static func write(_ text: String, to path: String) throws(Problem) {
    do throws(FileError) {
      try Path.makeFolder(Path.folder(of: path))
      try File.write(Array(text.utf8), to: path, replacing: true)
    } catch { throw .file(error) }
  }

  private static func text(of path: String, mayBeMissing: Bool = false) throws(Problem) -> String {
    let bytes: [UInt8]
    do throws(FileError) { bytes = try File.read(path, limit: sizeLimit, onlyRegular: path != "-") } catch {
      if mayBeMissing, error.cause == .missing || error.cause == .missingFolder { return "" }
      throw .file(error)
    }
    guard let text = String(validating: bytes, as: UTF8.self) else { throw .notText(path: path) }
    return text
  }
}
