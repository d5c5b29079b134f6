// Writing a file so that, whatever happens, either the old content or the new is there, never half of one.

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

extension File {
  /// Writes a file whole or not at all; `-` is standard output.
  ///
  /// The bytes go to a nameless file in the same folder (where the file system has none, to a hidden
  /// name that is removed on failure), are brought to the disk, and only then get their name. A file
  /// that exists is left alone unless `replacing`; two writers at once cannot both think they made it.
  /// A device or pipe, as `/dev/stdout`, is written to as it is. Who writes thousands of files may leave
  /// `syncing` to one `sync(2)` at the end.
  public static func write(
    _ bytes: [UInt8], to path: String, replacing: Bool = false, syncing: Bool = true
  ) throws(FileError) {
    if path == "-" { return try pour(bytes, into: STDOUT_FILENO, path) }
    var status = stat()
    var permissions: mode_t?
    if lstat(path, &status) == 0 {
      switch Path.kind(of: path) {
      case .folder: throw FileError(.write, path, .folder)
      case .device: return try writeToDevice(bytes, path)
      case .file, nil:
        guard replacing else { throw FileError(.write, path, .exists) }
        // Of the file that a link leads to, where it leads to one.
        if stat(path, &status) == 0 { permissions = status.st_mode & 0o777 }
      }
    } else if path.isEmpty || path.hasSuffix("/") {
      throw FileError(.write, path, .folder)
    }
    let temporary = try TemporaryFile(for: replacing ? resolved(path) : path, called: path)
    do throws(FileError) {
      try pour(bytes, into: temporary.descriptor, path)
      if let permissions { fchmod(temporary.descriptor, permissions) }
      if syncing, fsync(temporary.descriptor) != 0 { throw FileError(.write, path, code: errno) }
      try temporary.publish(replacing: replacing, syncing: syncing)
    } catch {
      temporary.discard()
      throw error
    }
  }

  /// Finds out whether a file could be written or replaced, before there is anything to write.
  ///
  /// A nameless file is made in its folder and forgotten: what permissions say is not all there is to know.
  public static func expectPlace(for path: String) throws(FileError) {
    switch Path.kind(of: path) {
    case .folder: throw FileError(.write, path, .folder)
    case .device: return
    case .file, nil: try TemporaryFile(for: resolved(path), called: path).discard()
    }
  }

  /// Gives a complete file its name, which must be free, and brings it to the disk.
  public static func adopt(_ temporary: String, as path: String) throws(FileError) {
    let descriptor = open(temporary, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileError(.read, temporary, code: errno) }
    let isSafe = fsync(descriptor) == 0
    close(descriptor)
    // A link fails where the name is taken; a rename would replace.
    guard isSafe, link(temporary, path) == 0 else { throw FileError(.write, path, code: errno) }
    unlink(temporary)
  }

  /// Where a link leads, so that replacing changes the file and leaves the link.
  private static func resolved(_ path: String) -> String {
    guard let real = realpath(path, nil) else { return path }
    defer { free(real) }
    return String(cString: real)
  }

  private static func writeToDevice(_ bytes: [UInt8], _ path: String) throws(FileError) {
    let descriptor = open(path, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileError(.write, path, code: errno) }
    defer { close(descriptor) }
    try pour(bytes, into: descriptor, path)
  }

  private static func pour(_ bytes: [UInt8], into descriptor: Int32, _ path: String) throws(FileError) {
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        writeBytes(descriptor, buffer.baseAddress.map { $0 + done }, bytes.count - done)
      }
      if count > 0 {
        done += count
      } else if count == 0 {
        throw FileError(.write, path, .full)
      } else if errno != EINTR {
        throw FileError(.write, path, code: errno)
      }
    }
  }
}

/// `write(2)`, which inside `File` is hidden by that type's own function.
private func writeBytes(_ descriptor: Int32, _ from: UnsafeRawPointer?, _ count: Int) -> Int {
  write(descriptor, from, count)
}
