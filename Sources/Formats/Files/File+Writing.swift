// The writing of files so that a failure leaves the old content, never an incomplete file.

import Basics
import CLibrary

extension File {
  /// Writes a file completely or not at all.
  ///
  /// The bytes go to an unnamed file in the same folder (on file systems without unnamed files, to a hidden file that is
  /// removed on failure), then to the disk, and only then the file gets its name. If two programs create the same file
  /// at once, exactly one succeeds. A device or a pipe, for example `/dev/stdout`, is written to directly.
  ///
  /// - Parameters:
  ///   - bytes: The content.
  ///   - path: The path of the file; `-` is standard output.
  ///   - replacing: Whether an existing file is replaced.
  ///   - syncing: Whether the file is written to the disk before the function returns. A writer of thousands of files
  ///     may do that once at the end.
  /// - Throws: `FileError` if the file cannot be written.
  public static func write(
    _ bytes: [UInt8], to path: String, replacing: Bool = false, syncing: Bool = true
  ) throws(FileError) {
    if path == "-" { return try writeAll(bytes, into: STDOUT_FILENO, path) }
    var status = stat()
    var permissions: mode_t?
    if lstat(path.nameBytes, &status) == 0 {
      switch Path.kind(of: path) {
      case .folder: throw FileError(.write, path, .folder)
      case .device: return try writeToDevice(bytes, path)
      case .file, nil:
        guard replacing else { throw FileError(.write, path, .exists) }
        // The permissions of the file that a link leads to, if it leads to one.
        if stat(path.nameBytes, &status) == 0 { permissions = status.st_mode & 0o777 }
      }
    } else if path.isEmpty || path.hasSuffix("/") {
      throw FileError(.write, path, .folder)
    }
    let temporary = try TemporaryFile(for: replacing ? resolved(path) : path, called: path)
    do throws(FileError) {
      try writeAll(bytes, into: temporary.descriptor, path)
      if let permissions { fchmod(temporary.descriptor, permissions) }
      if syncing, fsync(temporary.descriptor) != 0 { throw FileError(.write, path, code: errno) }
      try temporary.publish(replacing: replacing, syncing: syncing)
    } catch {
      temporary.discard()
      throw error
    }
  }

  /// Checks that a file can be written or replaced, before its content exists.
  ///
  /// The check makes an unnamed file in the folder and discards it, because permissions alone do not decide.
  ///
  /// - Parameter path: The path of the file.
  /// - Throws: `FileError` if the file could not be written.
  public static func expectWritable(_ path: String) throws(FileError) {
    switch Path.kind(of: path) {
    case .folder: throw FileError(.write, path, .folder)
    case .device: return
    case .file, nil: try TemporaryFile(for: resolved(path), called: path).discard()
    }
  }

  /// Writes a complete file to the disk and gives it its final name.
  ///
  /// - Parameters:
  ///   - temporary: The present path of the file.
  ///   - path: The final path, which must not exist.
  /// - Throws: `FileError` if the name exists or the file cannot be written.
  public static func publish(_ temporary: String, as path: String) throws(FileError) {
    let descriptor = open(temporary.nameBytes, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileError(.read, temporary, code: errno) }
    let isOnDisk = fsync(descriptor) == 0
    close(descriptor)
    // A link fails if the name exists; a rename would replace the file.
    guard isOnDisk, link(temporary.nameBytes, path.nameBytes) == 0 else {
      throw FileError(.write, path, code: errno)
    }
    unlink(temporary.nameBytes)
  }

  /// The target of a link: replacing changes the target and keeps the link.
  private static func resolved(_ path: String) -> String {
    guard let real = realpath(path.nameBytes, nil) else { return path }
    defer { free(real) }
    return String(nameBytes: real)
  }

  private static func writeToDevice(_ bytes: [UInt8], _ path: String) throws(FileError) {
    let descriptor = open(path.nameBytes, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileError(.write, path, code: errno) }
    defer { close(descriptor) }
    try writeAll(bytes, into: descriptor, path)
  }

  private static func writeAll(_ bytes: [UInt8], into descriptor: Int32, _ path: String) throws(FileError) {
    guard write(bytes, to: descriptor) else { throw FileError(.write, path, code: errno) }
  }

  /// Writes bytes to an open file; where the result is false, `errno` is the reason.
  package static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    bytes.withUnsafeBytes { buffer in
      var rest = buffer[...]
      while !rest.isEmpty {
        let count = CLibrary.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
        if count < 0, errno == EINTR { continue }
        if count == 0 { errno = ENOSPC }
        if count <= 0 { return false }
        rest = rest.dropFirst(count)
      }
      return true
    }
  }

  /// Writes the entries of the folder of a file to the disk.
  package static func syncFolder(of path: String) {
    let folder = open(Path.folder(of: path).nameBytes, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { return }
    fsync(folder)
    close(folder)
  }
}
