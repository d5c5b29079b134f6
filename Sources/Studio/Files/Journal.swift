// The page outlives the program: every step of its history is in a file before the next event is looked at.

import Formats
import Glibc
public import Ink

/// A window's journal: a file that only this window writes.
///
/// A page's file is locked (flock) while its window lives, so that a second window takes the next one. The system
/// keeps what was written whatever becomes of the program.
public final class Journal {
  private let file: Int32
  /// The file's path.
  public let path: String
  /// The page as it was left.
  public let page: Page

  /// A history longer than this starts anew from the page as it is when the program starts.
  private static let longest = 4 << 20
  /// So many windows can be open at once.
  private static let mostWindows = 64

  /// Takes the first journal in a folder that no other window holds; nil, with errno set, where none can be had.
  public init?(folder: String) {
    // A journal is nobody else's business; its file is private even where the folder is not.
    guard (try? Path.makeFolder(folder)) != nil else { return nil }
    for number in 1...Self.mostWindows {
      let path = "\(folder)/page-\(number).journal"
      guard let file = Self.lock(path) else {
        if errno == EWOULDBLOCK { continue }
        return nil
      }
      self.path = path
      (page, self.file) = Self.restore(file, at: path)
      return
    }
    errno = EBUSY
    return nil
  }

  /// Opens a journal and takes its lock; nil, with errno set, where another window has it.
  private static func lock(_ path: String) -> Int32? {
    while true {
      let file = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
      guard file >= 0 else { return nil }
      guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
        let reason = errno
        close(file)
        errno = reason
        return nil
      }
      // Its owner may have put a shorter journal in its place between the two calls.
      var mine = stat()
      var present = stat()
      if fstat(file, &mine) == 0, stat(path, &present) == 0, mine.st_ino == present.st_ino { return file }
      close(file)
    }
  }

  deinit { close(file) }

  /// Notes a step; false, with errno set, where that was not possible.
  public func note(_ entry: JournalEntry) -> Bool {
    let end = lseek(file, 0, SEEK_END)
    if FileAccess.write(JournalText.bytes(of: entry), to: file) { return true }
    // A part of a line would swallow the next one.
    let reason = errno
    ftruncate(file, end)
    errno = reason
    return false
  }

  /// The page that a journal holds, and the journal to go on with.
  private static func restore(_ file: Int32, at path: String) -> (Page, Int32) {
    var page = Page()
    guard let bytes = FileAccess.bytes(of: file), !bytes.isEmpty else { return (page, file) }
    let (entries, used) = JournalText.entries(in: bytes)
    for entry in entries { page.take(entry) }
    if used < bytes.count { ftruncate(file, off_t(used)) }
    guard bytes.count > longest, let shorter = shortened(to: page, at: path) else { return (page, file) }
    close(file)
    return (page, shorter)
  }

  /// Puts a journal of the page as it is, without its history, in the long one's place.
  private static func shortened(to page: Page, at path: String) -> Int32? {
    var bytes: [UInt8] = []
    if let picture = page.picture { bytes += JournalText.bytes(of: .picture(picture)) }
    for stroke in page.drawing.strokes { bytes += JournalText.bytes(of: .stroke(stroke)) }
    guard bytes.count < longest / 2 else { return nil }
    let temporary = path + ".new"
    let file = open(temporary, O_RDWR | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0o600)
    guard file >= 0 else { return nil }
    if flock(file, LOCK_EX | LOCK_NB) == 0, FileAccess.write(bytes, to: file), fsync(file) == 0,
      rename(temporary, path) == 0
    {
      return file
    }
    close(file)
    unlink(temporary)
    return nil
  }
}
