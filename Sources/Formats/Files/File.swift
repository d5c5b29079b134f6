// The reading of a whole file or of standard input.

import Basics
import CLibrary

/// Files as bytes.
///
/// They are read whole, and written so that a failure never leaves an incomplete file.
public enum File {
  /// Reads a file.
  ///
  /// A file over the limit is refused before memory is allocated. Pipes and devices are read until they end or exceed
  /// the limit.
  ///
  /// - Parameters:
  ///   - path: The path of the file; `-` is standard input.
  ///   - limit: The most bytes that are read.
  ///   - onlyRegular: Whether pipes and devices are refused. A pipe without a writer would block forever.
  /// - Returns: The bytes of the file.
  /// - Throws: `FileError` if the file cannot be read.
  public static func read(
    _ path: String, limit: Int = SizeLimit.fileBytes, onlyRegular: Bool = false
  ) throws(FileError) -> [UInt8] {
    if path == "-" { return try content(of: STDIN_FILENO, at: path, limit: limit, onlyRegular: false) }
    let descriptor = open(path.nameBytes, O_RDONLY | O_CLOEXEC | (onlyRegular ? O_NONBLOCK | O_NOCTTY : 0))
    guard descriptor >= 0 else {
      // The error for a socket.
      if onlyRegular, errno == ENXIO { throw FileError(.read, path, .notRegular) }
      throw FileError(.read, path, code: errno)
    }
    defer { close(descriptor) }
    return try content(of: descriptor, at: path, limit: limit, onlyRegular: onlyRegular)
  }

  /// Reads an open file from its present position.
  package static func content(
    of descriptor: Int32, at path: String, limit: Int = SizeLimit.fileBytes, onlyRegular: Bool = true
  ) throws(FileError) -> [UInt8] {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw FileError(.read, path, code: errno) }
    if status.st_mode & S_IFMT == S_IFDIR { throw FileError(.read, path, .folder) }
    if onlyRegular, status.st_mode & S_IFMT != S_IFREG { throw FileError(.read, path, .notRegular) }
    let size = Int(status.st_size)
    let isRegular = status.st_mode & S_IFMT == S_IFREG
    let limit = isRegular ? limit : min(limit, SizeLimit.streamBytes)
    if size > limit { throw FileError(.read, path, .tooLong(limit: limit)) }
    return try readAll(descriptor, path, expecting: isRegular ? size : 0, limit)
  }

  /// Reads a file and decodes its bytes.
  ///
  /// - Parameters:
  ///   - path: The path of the file; `-` is standard input.
  ///   - limit: The most bytes that are read.
  ///   - decode: Makes the result from the bytes.
  /// - Returns: The result of `decode`.
  /// - Throws: `ReadError` if the file cannot be read or decoded.
  public static func read<Content>(
    _ path: String, limit: Int = SizeLimit.fileBytes,
    as decode: ([UInt8]) throws(FormatError) -> Content
  ) throws(ReadError) -> Content {
    let bytes: [UInt8]
    do { bytes = try read(path, limit: limit) } catch { throw .file(error) }
    do { return try decode(bytes) } catch { throw .format(error, path: path) }
  }

  private static func readAll(
    _ descriptor: Int32, _ path: String, expecting size: Int, _ limit: Int
  ) throws(FileError) -> [UInt8] {
    var bytes: [UInt8] = []
    // One byte more than expected, so that the end of the file is found without growing the array.
    var capacity = size + 1
    while true {
      let (piece, code) = readPiece(descriptor, capacity)
      if code == EINTR { continue }
      if code != 0 { throw FileError(.read, path, code: code) }
      if piece.isEmpty { return bytes }
      if bytes.isEmpty { bytes = piece } else { bytes += piece }
      if bytes.count > limit { throw FileError(.read, path, .tooLong(limit: limit)) }
      capacity = max(size + 1 - bytes.count, 1 << 16)
    }
  }

  /// Reads at most `capacity` bytes; `code` is the value of `errno`, or 0.
  static func readPiece(_ descriptor: Int32, _ capacity: Int) -> (piece: [UInt8], code: Int32) {
    var code: Int32 = 0
    let piece = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
      let got = CLibrary.read(descriptor, buffer.baseAddress, capacity)
      code = got < 0 ? errno : 0
      count = max(0, got)
    }
    return (piece, code)
  }
}
