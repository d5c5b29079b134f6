// Reading a file, or standard input, whole.

import Basics

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Files as bytes: read whole, and written so that the old content or the new is there, never half.
public enum File {
  /// The bytes of a file; `-` is standard input.
  ///
  /// The file's size is asked first, so that one over the limit is refused before memory is taken;
  /// pipes and devices are read until they end or go over the limit. With `onlyRegular` they are refused
  /// at once: a pipe may have nobody at its other end, and would be waited for without an end.
  public static func read(
    _ path: String, limit: Int = SizeLimit.fileBytes, onlyRegular: Bool = false
  ) throws(FileError) -> [UInt8] {
    if path == "-" { return try readAll(STDIN_FILENO, path, expecting: 0, limit) }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | (onlyRegular ? O_NONBLOCK | O_NOCTTY : 0))
    guard descriptor >= 0 else {
      // What a socket's name answers.
      if onlyRegular, errno == ENXIO { throw FileError(.read, path, .notRegular) }
      throw FileError(.read, path, code: errno)
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw FileError(.read, path, code: errno) }
    if status.st_mode & S_IFMT == S_IFDIR { throw FileError(.read, path, .folder) }
    if onlyRegular, status.st_mode & S_IFMT != S_IFREG { throw FileError(.read, path, .notRegular) }
    let size = Int(status.st_size)
    if size > limit { throw FileError(.read, path, .tooLong(limit: limit)) }
    return try readAll(descriptor, path, expecting: size, limit)
  }

  private static func readAll(
    _ descriptor: Int32, _ path: String, expecting size: Int, _ limit: Int
  ) throws(FileError) -> [UInt8] {
    var bytes: [UInt8] = []
    // One byte more than expected, so that the end is met without growing.
    var room = size + 1
    while true {
      let (piece, code) = readPiece(descriptor, room)
      if code == EINTR { continue }
      if code != 0 { throw FileError(.read, path, code: code) }
      if piece.isEmpty { return bytes }
      if bytes.isEmpty { bytes = piece } else { bytes += piece }
      if bytes.count > limit { throw FileError(.read, path, .tooLong(limit: limit)) }
      room = max(size + 1 - bytes.count, 1 << 16)
    }
  }

  private static func readPiece(_ descriptor: Int32, _ room: Int) -> (piece: [UInt8], code: Int32) {
    var code: Int32 = 0
    let piece = [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
      let got = readBytes(descriptor, buffer.baseAddress, room)
      code = got < 0 ? errno : 0
      count = max(0, got)
    }
    return (piece, code)
  }
}

/// `read(2)`, which inside `File` is hidden by that type's own function.
private func readBytes(_ descriptor: Int32, _ to: UnsafeMutableRawPointer?, _ count: Int) -> Int {
  read(descriptor, to, count)
}
