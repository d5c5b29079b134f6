// Access to files and folders, without Foundation.

import Basics
import CLibrary
import Formats

enum FileAccess {
  /// The files and folders in a folder.
  static func entries(of folder: String) throws(FileError) -> [FileChoice.Entry] {
    try Path.names(in: folder, includingHidden: true).compactMap { name in
      switch Path.kind(of: Path.join(folder, name)) {
      case .file: .init(name: name, isFolder: false)
      case .folder: .init(name: name, isFolder: true)
      case .device, nil: nil
      }
    }
  }

  /// A folder, or the first existing one of those that contain it.
  static func nearestFolder(_ path: String) -> String {
    let parent = Path.folder(of: path)
    return Path.kind(of: path) == .folder || parent == path ? path : nearestFolder(parent)
  }

  /// The system's message for the last failure.
  static var systemMessage: String { String(cString: strerror(errno)) }

  /// The absolute path of one that may start with ~ or be relative to a folder.
  static func absolute(_ path: String, in folder: String) -> String {
    if path == "~" || path.hasPrefix("~/"), let home = Environment["HOME"] { return home + path.dropFirst(1) }
    return path.hasPrefix("/") ? path : Path.join(folder, path)
  }

  /// The folder in which the program was started.
  static var startFolder: String {
    guard let path = getcwd(nil, 0) else { return "/" }
    defer { free(path) }
    return String(nameBytes: path)
  }
}
