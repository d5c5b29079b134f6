// The page outlives the program: every step of its history is in a file before the next event is looked at.

import Basics
import Formats
import Glibc
package import Ink

/// A window's journal: a file that only this window writes.
///
/// A page's file is locked (flock) while its window lives, so that a second window takes the next one. The system
/// keeps what was written whatever becomes of the program. The file always holds the steps of the history from its
/// beginning: a step that cannot be written, and all that follow it, wait in memory until they can be written.
package final class Journal {
  /// Writes all bytes to a file; false, with errno set, where that was not possible.
  package typealias Writer = (_ bytes: [UInt8], _ file: Int32) -> Bool

  private var file: Int32
  /// The file's path.
  package let path: String
  /// The page as it was left.
  package let page: Page
  /// What a person must be told about the restored page, in sentences; nil where it is whole.
  package let notice: String?

  private let write: Writer
  /// How long the file is without steps that were only written in part.
  private var end: Int
  /// The steps that could not be written yet.
  private var waiting: [UInt8] = []
  /// What the file must hold in place of its damaged or long content, until it does.
  private var replacement: [UInt8]?
  /// Why it could not be written the last time.
  private var code: Int32 = 0

  /// A history longer than this starts anew from the page as it is when the program starts.
  private static let longest = 4 << 20
  /// So many windows can be open at once.
  private static let mostWindows = 64
  /// So many damaged journals are kept beside one.
  private static let mostDamaged = 1000

  /// Takes the first journal in a folder that no other window holds; nil, with errno set, where none can be had.
  ///
  /// A name that stands for anything but a regular file, or for a file that cannot be opened and read, is passed over.
  package convenience init?(folder: String) { self.init(folder: folder, writing: FileAccess.write) }

  /// Takes a journal that is written by a function.
  package init?(folder: String, writing write: @escaping Writer) {
    // A journal is nobody else's business; its file is private even where the folder is not.
    guard (try? Path.makeFolder(folder)) != nil else { return nil }
    var problem: (name: String, code: Int32)?
    for number in 1...Self.mostWindows {
      let name = "page-\(number).journal"
      let path = "\(folder)/\(name)"
      guard let file = Self.lock(path) else {
        if errno != EWOULDBLOCK, problem == nil { problem = (name, errno) }
        continue
      }
      let start = Self.start(file, at: path, writing: write)
      guard let start else {
        problem = problem ?? (name, errno)
        close(file)
        continue
      }
      let skipped = problem.map { name, code in
        "\(name) cannot be used: \(Self.reason(code)); this page is kept in page-\(number).journal."
      }
      let sentences = [start.notice, skipped].compactMap { $0 }
      notice = sentences.isEmpty ? nil : sentences.joined(separator: " ")
      self.path = path
      self.write = write
      page = start.page
      self.file = start.file
      end = start.end
      replacement = start.replacement
      code = start.code
      return
    }
    errno = problem?.code ?? EBUSY
    return nil
  }

  private static func reason(_ code: Int32) -> String {
    switch code {
    case ELOOP: "it is a link"
    case EISDIR: "it is a folder"
    case EINVAL: "it is not a regular file"
    default: String(cString: strerror(code))
    }
  }

  /// Opens a journal and takes its lock; nil, with errno set, where another window has it or it is no regular file.
  private static func lock(_ path: String) -> Int32? {
    while true {
      // A link could lead to a file that is no journal, and a pipe could have no other end.
      let flags = O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK
      let file = open(path, flags, 0o600)
      guard file >= 0 else { return nil }
      var mine = stat()
      guard fstat(file, &mine) == 0, mine.st_mode & S_IFMT == S_IFREG else {
        close(file)
        errno = EINVAL
        return nil
      }
      guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
        let reason = errno
        close(file)
        errno = reason
        return nil
      }
      // Its owner may have put another journal in its place between the two calls.
      var present = stat()
      if lstat(path, &present) == 0, mine.st_ino == present.st_ino { return file }
      close(file)
    }
  }

  deinit { close(file) }

  // MARK: Noting

  /// Whether there are steps that the file lacks.
  package var isBehind: Bool { !waiting.isEmpty || replacement != nil }

  /// Why the file lacks steps, in the system's words.
  package var problem: String { String(cString: strerror(code)) }

  /// Notes a step; false where the file lacks it now, and perhaps some before it.
  package func note(_ entry: JournalEntry) -> Bool {
    waiting += JournalText.bytes(of: entry)
    return catchUp()
  }

  /// Writes what the file lacks; false where it still lacks it.
  package func catchUp() -> Bool {
    if writeWaiting() { return true }
    code = errno
    return false
  }

  private func writeWaiting() -> Bool {
    if let content = replacement {
      guard let other = Self.replace(path, with: content + waiting, writing: write) else { return false }
      close(file)
      file = other
      end = content.count + waiting.count
      replacement = nil
      waiting = []
      return true
    }
    if waiting.isEmpty { return true }
    // A part of a step would swallow the next one.
    guard cutToEnd() else { return false }
    guard write(waiting, file) else {
      let reason = errno
      _ = cutToEnd()
      errno = reason
      return false
    }
    end += waiting.count
    waiting = []
    return true
  }

  private func cutToEnd() -> Bool {
    var status = stat()
    guard fstat(file, &status) == 0 else { return false }
    return Int(status.st_size) <= end || ftruncate(file, off_t(end)) == 0
  }

  // MARK: Starting

  /// How a journal goes on.
  private struct Start {
    var page = Page()
    var file: Int32
    var end = 0
    var replacement: [UInt8]?
    var code: Int32 = 0
    var notice: String?
  }

  /// Restores the page that a journal holds; nil, with errno set, where it cannot be read or not be kept aside.
  private static func start(_ file: Int32, at path: String, writing write: Writer) -> Start? {
    guard let bytes = FileAccess.bytes(of: file) else { return nil }
    let content = JournalText.content(of: bytes)
    var start = Start(file: file, end: content.used)
    for entry in content.entries { start.page.take(entry) }
    if content.isDamaged {
      guard let aside = keepAside(bytes, of: file, at: path) else { return nil }
      start.notice =
        "The kept page was damaged; what could be read is shown, and the damaged file is kept as \(aside)."
    }
    if content.isDamaged || !content.entries.isEmpty && !content.hasChecksums {
      // A journal has checksums in all lines or in none.
      start.replacement = content.entries.flatMap { JournalText.bytes(of: $0) }
    } else if content.used < bytes.count {
      ftruncate(file, off_t(content.used))
    }
    if bytes.count > longest {
      let shorter = snapshot(of: start.page)
      // The page as it is may be nearly all that there is.
      if shorter.count < bytes.count / 2 { start.replacement = shorter }
    }
    if let replacement = start.replacement {
      if let other = replace(path, with: replacement, writing: write) {
        close(file)
        start.file = other
        start.end = replacement.count
        start.replacement = nil
      } else if content.isDamaged || !content.hasChecksums {
        start.code = errno
      } else {
        // The long one does as well.
        start.replacement = nil
      }
    }
    return start
  }

  /// The steps that make a page as it is, without its history.
  private static func snapshot(of page: Page) -> [UInt8] {
    var entries: [JournalEntry] = []
    if let picture = page.picture {
      entries.append(.picture(picture))
    } else if page.width != page.height {
      entries.append(.sides(width: page.width, height: page.height))
    }
    entries += page.drawing.strokes.map { .stroke($0) }
    return entries.flatMap { JournalText.bytes(of: $0) }
  }

  /// Gives a damaged journal a second name, or copies it where files cannot have two; returns the name.
  private static func keepAside(_ bytes: [UInt8], of file: Int32, at path: String) -> String? {
    for number in 1...mostDamaged {
      let other = "\(path).damaged-\(number)"
      if link(path, other) == 0 { return Path.name(of: other) }
      if errno == EEXIST { continue }
      let copy = open(other, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
      guard copy >= 0 else {
        if errno == EEXIST { continue }
        return nil
      }
      let isWhole = FileAccess.write(bytes, to: copy) && fsync(copy) == 0
      let reason = errno
      close(copy)
      if isWhole { return Path.name(of: other) }
      unlink(other)
      errno = reason
      return nil
    }
    errno = EEXIST
    return nil
  }

  /// Puts a locked journal of other content in a journal's place; nil, with errno set, where that was not possible.
  private static func replace(_ path: String, with bytes: [UInt8], writing write: Writer) -> Int32? {
    let temporary = path + ".new"
    // One that was left by a program that was killed; who holds the journal's lock is alone here.
    unlink(temporary)
    let flags = O_RDWR | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC | O_NOFOLLOW
    let file = open(temporary, flags, 0o600)
    guard file >= 0 else { return nil }
    if flock(file, LOCK_EX | LOCK_NB) == 0, write(bytes, file), fsync(file) == 0, rename(temporary, path) == 0
    {
      let folder = open(Path.folder(of: path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
      if folder >= 0 {
        fsync(folder)
        close(folder)
      }
      return file
    }
    let reason = errno
    close(file)
    unlink(temporary)
    errno = reason
    return nil
  }
}
