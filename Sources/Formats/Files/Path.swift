// Paths of files: their parts, and the files and folders that they name.

import Basics
import CLibrary

/// Paths of files.
public enum Path {
  /// The kind of a file.
  public enum Kind: Sendable {
    /// A regular file.
    case file
    /// A folder.
    case folder
    /// A device, a pipe or a socket.
    case device
  }

  /// The folder that holds a file.
  ///
  /// - Parameter path: The path of the file.
  /// - Returns: The path of the folder; "." for a name without a folder.
  public static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// The name of a file without its folders.
  ///
  /// - Parameter path: The path of the file.
  /// - Returns: The last component of the path.
  public static func name(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return path }
    return String(path[path.index(after: slash)...])
  }

  /// The ending of a file's name.
  ///
  /// - Parameter path: The path of the file.
  /// - Returns: The ending in small letters without its dot; empty if the name has none.
  public static func ending(of path: String) -> String {
    let name = name(of: path)
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return "" }
    return name[name.index(after: dot)...].lowercased()
  }

  /// The path of a file in a folder.
  ///
  /// - Parameters:
  ///   - folder: The path of the folder; empty for none.
  ///   - name: The name of the file.
  /// - Returns: Both, separated by one slash.
  public static func join(_ folder: String, _ name: String) -> String {
    if folder.isEmpty { return name }
    return folder.hasSuffix("/") ? folder + name : folder + "/" + name
  }

  /// The kind of a file.
  ///
  /// Links are followed.
  ///
  /// - Parameter path: The path of the file.
  /// - Returns: The kind, or nil if there is no such file.
  public static func kind(of path: String) -> Kind? {
    var status = stat()
    guard stat(path.nameBytes, &status) == 0 else { return nil }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return .file
    case S_IFDIR: return .folder
    default: return .device
    }
  }

  /// The names in a folder, sorted by their bytes.
  ///
  /// - Parameters:
  ///   - folder: The path of the folder.
  ///   - includingHidden: Whether names that begin with a dot are listed.
  /// - Returns: The names without their folder; "." and ".." are never listed.
  /// - Throws: `FileError` if the folder cannot be read.
  public static func names(in folder: String, includingHidden: Bool = false) throws(FileError) -> [String] {
    guard let stream = opendir(folder.nameBytes) else { throw FileError(.read, folder, code: errno) }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = String(namedBy: &entry.pointee.d_name)
      if includingHidden ? name != "." && name != ".." : !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Makes a folder and the folders that hold it, as far as they are missing.
  ///
  /// - Parameter path: The path of the folder.
  /// - Throws: `FileError` if a folder cannot be made.
  public static func makeFolder(_ path: String) throws(FileError) {
    if mkdir(path.nameBytes, 0o777) == 0 || kind(of: path) == .folder { return }
    guard errno == ENOENT, folder(of: path) != path else { throw FileError(.write, path, code: errno) }
    try makeFolder(folder(of: path))
    if mkdir(path.nameBytes, 0o777) != 0, kind(of: path) != .folder {
      throw FileError(.write, path, code: errno)
    }
  }
}
