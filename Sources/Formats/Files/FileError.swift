// The error of a file that could not be read or written, with advice.

import Basics
import CLibrary

/// A file that could not be read or written.
public struct FileError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The operation that failed.
  public enum Action: String, Sendable {
    /// Reading the file.
    case read
    /// Writing the file.
    case write
  }

  /// The reason of a failure.
  public enum Cause: Sendable, Equatable {
    /// The file does not exist.
    case missing
    /// The folder of the file does not exist.
    case missingFolder
    /// The file exists, and replacing it was not allowed.
    case exists
    /// The disk or the user's quota is full.
    case full
    /// The user has no permission.
    case notPermitted
    /// The file system is mounted read-only.
    case readOnly
    /// The path names a folder.
    case folder
    /// The path names a pipe, a socket or a device.
    case notRegular
    /// The file has more bytes than the limit.
    case tooLong(limit: Int)
    /// Another error, in the words of the system.
    case other(String)
  }

  /// The operation that failed.
  public let action: Action
  /// The path as the user gave it.
  public let path: String
  /// The reason of the failure.
  public let cause: Cause

  /// Makes an error.
  ///
  /// - Parameters:
  ///   - action: The operation that failed.
  ///   - path: The path as the user gave it.
  ///   - cause: The reason of the failure.
  public init(_ action: Action, _ path: String, _ cause: Cause) {
    self.action = action
    self.path = path
    self.cause = cause
  }

  /// Makes an error from a value of `errno`.
  package init(_ action: Action, _ path: String, code: Int32) {
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

  /// One sentence with advice.
  public var description: String {
    let name = path == "-" ? (action == .read ? "standard input" : "standard output") : "'\(path)'"
    return "cannot \(action.rawValue) \(name): \(reason)"
  }

  /// The second half of the sentence: the reason and the advice.
  public var reason: String {
    switch cause {
    case .missing: "there is no such \(path.hasSuffix("/") ? "folder" : "file"); check the name"
    case .missingFolder: "the folder '\(Path.folder(of: path))' does not exist; make it or choose another"
    case .exists: "a file of this name exists already; choose another name or remove it first"
    case .full: "the disk is full; free some space or choose another folder"
    case .other where path == "-" && action == .write: "it is closed or broken; open it, or write to a file"
    case .notPermitted:
      action == .read
        ? "you have no permission to read it; change its permissions"
        : "you have no permission to write in '\(Path.folder(of: path))'; choose another folder"
    case .readOnly: "'\(Path.folder(of: path))' can only be read; choose another folder"
    case .folder:
      action == .read ? "it is a folder; name a file in it" : "it is a folder; name a file"
    case .notRegular: "it is a pipe, a socket or a device; choose a regular file"
    case .tooLong(let limit): "it has more than \(limit) bytes, the most that are read; split it"
    case .other(let text): "\(text.lowercased()); try again or choose another file"
    }
  }
}

/// A file that could not be read or that is damaged.
public enum ReadError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The file could not be read.
  case file(FileError)
  /// The file is damaged or of another format.
  case format(FormatError, path: String)

  /// One sentence.
  public var description: String {
    switch self {
    case .file(let error): error.description
    case .format(let error, let path): "\(path == "-" ? "standard input" : "'\(path)'"): \(error)"
    }
  }
}
