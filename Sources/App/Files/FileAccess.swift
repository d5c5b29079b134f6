// The few things that the window asks of the file system, without Foundation.

import Basics
import Formats
import Glibc

enum FileAccess {
  /// All bytes of an open file from where it stands.
  static func bytes(of file: Int32) -> [UInt8]? {
    var information = stat()
    guard fstat(file, &information) == 0 else { return nil }
    guard information.st_mode & S_IFMT == S_IFREG else {
      errno = EINVAL
      return nil
    }
    let size = Int(information.st_size)
    var isWhole = true
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      while count < size {
        let got = read(file, buffer.baseAddress.map { $0 + count }, size - count)
        if got < 0, errno == EINTR { continue }
        if got <= 0 {
          isWhole = got == 0
          break
        }
        count += got
      }
    }
    return isWhole ? bytes : nil
  }

  /// Writes all bytes; false, with errno set, where that was not possible.
  static func write(_ bytes: [UInt8], to file: Int32) -> Bool {
    bytes.withUnsafeBytes { buffer in
      var rest = buffer[...]
      while !rest.isEmpty {
        let count = Glibc.write(file, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
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

  /// The folder of that path, or the first of those around it that is there.
  static func nearestFolder(_ path: String) -> String {
    let around = Path.folder(of: path)
    return Path.kind(of: path) == .folder || around == path ? path : nearestFolder(around)
  }

  /// The reason for the last failure, in words.
  static var reason: String { String(cString: strerror(errno)) }

  /// A path with ~ for the home folder made whole, and one that is not absolute put into a folder.
  static func whole(_ path: String, in folder: String) -> String {
    if path == "~" || path.hasPrefix("~/"), let home = Environment["HOME"] { return home + path.dropFirst(1) }
    return path.hasPrefix("/") ? path : Path.join(folder, path)
  }

  /// The folder that the program was started in.
  static var startFolder: String {
    guard let path = getcwd(nil, 0) else { return "/" }
    defer { free(path) }
    return String(cString: path)
  }
}
