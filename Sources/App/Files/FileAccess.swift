// Access to files and folders, without Foundation.

import Basics
import CLibrary
import Formats

enum FileAccess {
  /// The bytes of an open regular file from its present position; nil, with errno set, where it cannot be read.
  static func bytes(of file: Int32) -> [UInt8]? {
    var information = stat()
    guard fstat(file, &information) == 0 else { return nil }
    guard information.st_mode & S_IFMT == S_IFREG else {
      errno = EINVAL
      return nil
    }
    let size = Int(information.st_size)
    var isComplete = true
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      while count < size {
        let received = read(file, buffer.baseAddress.map { $0 + count }, size - count)
        if received < 0, errno == EINTR { continue }
        if received <= 0 {
          isComplete = received == 0
          break
        }
        count += received
      }
    }
    return isComplete ? bytes : nil
  }

  /// Writes all bytes to an open file; false, with errno set, where that fails.
  static func write(_ bytes: [UInt8], to file: Int32) -> Bool {
    bytes.withUnsafeBytes { buffer in
      var rest = buffer[...]
      while !rest.isEmpty {
        let count = CLibrary.write(file, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
        if count < 0, errno == EINTR { continue }
        if count <= 0 { return false }
        rest = rest.dropFirst(count)
      }
      return true
    }
  }

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
    return String(cString: path)
  }
}
