// Why a file could not be read or written, as a sentence that says what to do.

import Basics

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A file that could not be read or written.
public struct FileError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What was tried.
  public enum Action: String, Sendable {
    /// The file was to be read.
    case read
    /// The file was to be written.
    case write
  }

  /// Why it did not work.
  public enum Cause: Sendable, Equatable {
    /// There is no such file.
    case missing
    /// The folder that should hold the file is not there.
    case missingFolder
    /// There is a file already, and nothing allowed to replace it.
    case exists
    /// The disk, or one's share of it, is full.
    case full
    /// One may not.
    case notPermitted
    /// The file system is mounted for reading alone.
    case readOnly
    /// The name belongs to a folder.
    case folder
    /// The name belongs to a pipe, a socket or a device.
    case notRegular
    /// The file has more bytes than are read.
    case tooLong(limit: Int)
    /// What the system says.
    case other(String)
  }

  /// What was tried.
  public let action: Action
  /// The file's name as the person gave it.
  public let path: String
  /// Why it did not work.
  public let cause: Cause

  /// Makes an error.
  public init(_ action: Action, _ path: String, _ cause: Cause) {
    self.action = action
    self.path = path
    self.cause = cause
  }

  /// Makes an error from what the system left in `errno`.
  init(_ action: Action, _ path: String, code: Int32) {
    let cause: Cause =
      switch code {
      case ENOENT, ENOTDIR: action == .read ? .missing : .missingFolder
      case EEXIST: .exists
      case ENOSPC, EDQUOT, EFBIG: .full
      case EACCES, EPERM: .notPermitted
      case EROFS: .readOnly
      case EISDIR: .folder
      default: .other(String(cString: strerror(code)))
      }
    self.init(action, path, cause)
  }

  /// One sentence, with what the person can do.
  public var description: String {
    let name = path == "-" ? (action == .read ? "standard input" : "standard output") : "'\(path)'"
    return "cannot \(action.rawValue) \(name): \(reason)"
  }

  /// Why it did not work, and what the person can do: the sentence's second half.
  public var reason: String {
    switch cause {
    case .missing: "there is no such file; check the name"
    case .missingFolder: "the folder '\(Path.folder(of: path))' does not exist; make it or choose another"
    case .exists: "it exists already and is left as it was; choose another name or remove it first"
    case .full: "the disk is full; free some space or choose another place"
    case .notPermitted:
      action == .read
        ? "you have no permission to read it; change its permissions"
        : "you have no permission to write in '\(Path.folder(of: path))'; choose another folder"
    case .readOnly: "'\(Path.folder(of: path))' can only be read; choose another folder"
    case .folder:
      action == .read ? "it is a folder; name a file in it" : "it is a folder; name a file in it or another"
    case .notRegular: "it is a pipe, a socket or a device; choose a regular file"
    case .tooLong(let limit): "it has more than \(limit) bytes, the most that are read; split it"
    case .other(let text): "\(text.lowercased()); try again or choose another file"
    }
  }
}

/// A file that could not be read, or whose bytes are not what they should be.
public enum ReadError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The file could not be read.
  case file(FileError)
  /// The file's bytes are not what they should be.
  case format(FormatError, path: String)

  /// One sentence.
  public var description: String {
    switch self {
    case .file(let error): error.description
    case .format(let error, let path): "\(path == "-" ? "standard input" : "'\(path)'"): \(error)"
    }
  }
}
