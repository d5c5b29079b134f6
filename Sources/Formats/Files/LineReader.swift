// Lines of a pipe or terminal as they come.

import CLibrary

/// Reads lines as they come, for example of standard input.
package struct LineReader {
  private let descriptor: Int32
  private let path: String
  /// The most bytes of a line.
  private let limit: Int
  private var pending: [UInt8] = []
  /// The bytes of `pending` that have no line end.
  private var searched = 0
  private var isAtEnd = false

  /// Makes a reader.
  ///
  /// - Parameters:
  ///   - descriptor: The open file to read.
  ///   - path: Its name, for messages.
  ///   - limit: The most bytes of a line.
  package init(_ descriptor: Int32 = STDIN_FILENO, path: String = "-", limit: Int = 1 << 25) {
    (self.descriptor, self.path, self.limit) = (descriptor, path, limit)
  }

  /// The next line without its end; waits for it.
  ///
  /// - Returns: The line, or nil at the end of the file.
  /// - Throws: `FileError` if the file cannot be read, or if a line is too long.
  package mutating func next() throws(FileError) -> [UInt8]? {
    while true {
      if let end = pending[searched...].firstIndex(of: 0x0A) {
        let line = Array(pending[..<end])
        pending.removeFirst(end + 1)
        searched = 0
        return line
      }
      searched = pending.count
      if searched > limit { throw FileError(.read, path, .tooLong(limit: limit)) }
      if isAtEnd {
        if pending.isEmpty { return nil }
        defer { (pending, searched) = ([], 0) }
        return pending
      }
      try readMore()
    }
  }

  private mutating func readMore() throws(FileError) {
    let (piece, code) = File.readPiece(descriptor, 1 << 16)
    if code == EINTR { return }
    if code != 0 { throw FileError(.read, path, code: code) }
    isAtEnd = piece.isEmpty
    pending += piece
  }
}
