// The journal: every step of the page's history is written to a file before the next event is handled.

import Basics
import CLibrary
package import Formats
package import Ink

/// The journal of a window: a file that only this window writes.
///
/// The file is locked (flock) while its window is open, so that a second window uses the next file. The system keeps
/// what was written even when the program is killed. The file always contains the first steps of the history without
/// a gap: a step that cannot be written, and all steps after it, stay in memory until they can be written.
package final class Journal {
  /// Writes all bytes to a file; false, with errno set, where that fails.
  package typealias Writer = (_ bytes: [UInt8], _ file: Int32) -> Bool

  private var file: Int32
  /// The file's path.
  package let path: String
  /// The restored page.
  package let page: Page
  /// What the user must know about the restored page; nil where it is complete.
  package let notice: String?
  /// Why the usual file is not used, which holds as long as the window is open; nil where it is used.
  package let lastingNotice: String?

  private let write: Writer
  /// The length of the file without a step that was only written in part.
  private var end: Int
  /// The steps that could not be written yet.
  private var pending: [UInt8] = []
  /// The content that must replace the damaged or long content of the file; nil where nothing must be replaced.
  private var replacement: [UInt8]?
  /// The error number of the last failed write.
  private var errorCode: Int32 = 0

  /// The length in bytes above which the history is discarded at the next start, which keeps only the page.
  private static let maximumLength = 4 << 20
  /// The number of windows that can be open at once.
  private static let maximumWindows = 64
  /// The number of damaged journals that are kept for one file.
  private static let maximumDamaged = 1000

  /// Opens the first journal of a folder that no other window uses; nil, with errno set, where there is none.
  ///
  /// Names of anything but a regular file, and of files that cannot be opened and read, are skipped.
  package convenience init?(folder: String) { self.init(folder: folder, writing: File.write) }

  /// Opens a journal that a function writes.
  package init?(folder: String, writing write: @escaping Writer) {
    guard (try? Path.makeFolder(folder)) != nil else { return nil }
    var problem: (name: String, errorCode: Int32)?
    for number in 1...Self.maximumWindows {
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
      let skipped = problem.map { name, errorCode in
        "\(name) cannot be used: \(Self.reason(errorCode)); this page is saved in page-\(number).journal."
      }
      notice = start.notice
      lastingNotice = skipped
      self.path = path
      self.write = write
      page = start.page
      self.file = start.file
      end = start.end
      replacement = start.replacement
      errorCode = start.errorCode
      return
    }
    errno = problem?.errorCode ?? EBUSY
    return nil
  }

  private static func reason(_ errorCode: Int32) -> String {
    switch errorCode {
    case ELOOP: "it is a link"
    case EISDIR: "it is a folder"
    case EINVAL: "it is not a regular file"
    default: String(cString: strerror(errorCode))
    }
  }

  /// Opens and locks a journal; nil, with errno set, where another window uses it or it is not a regular file.
  private static func lock(_ path: String) -> Int32? {
    while true {
      // A link may lead to another file, and opening a pipe may block: both are refused.
      let flags = O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK
      let file = open(path.nameBytes, flags, 0o600)
      guard file >= 0 else { return nil }
      var opened = stat()
      guard fstat(file, &opened) == 0, opened.st_mode & S_IFMT == S_IFREG else {
        close(file)
        errno = EINVAL
        return nil
      }
      guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
        keepingError { close(file) }
        return nil
      }
      // Another window may have replaced the file between the two calls.
      var present = stat()
      if lstat(path.nameBytes, &present) == 0, opened.st_ino == present.st_ino { return file }
      close(file)
    }
  }

  deinit { Self.release(file) }

  /// Unlocks and closes a journal's file.
  ///
  /// Closing alone keeps the lock while a program that another thread has just started holds a copy of the descriptor.
  private static func release(_ file: Int32) {
    flock(file, LOCK_UN)
    close(file)
  }

  // MARK: Writing

  /// Whether the file lacks steps.
  package var isBehind: Bool { !pending.isEmpty || replacement != nil }

  /// The system's message why the file lacks steps.
  package var problem: String { String(cString: strerror(errorCode)) }

  /// Appends a step; false where it could not be written, and the file lacks it.
  package func append(_ entry: JournalEntry) -> Bool {
    pending += JournalText.bytes(of: entry)
    return catchUp()
  }

  /// Writes the steps that the file lacks; false where that fails.
  package func catchUp() -> Bool {
    if writePending() { return true }
    errorCode = errno
    return false
  }

  private func writePending() -> Bool {
    if let content = replacement {
      guard let newFile = Self.replace(path, with: content + pending, writing: write) else { return false }
      close(file)
      file = newFile
      end = content.count + pending.count
      replacement = nil
      pending = []
      return true
    }
    if pending.isEmpty { return true }
    // A step that was written in part would damage the next one.
    guard cutToEnd() else { return false }
    guard write(pending, file) else {
      Self.keepingError { _ = cutToEnd() }
      return false
    }
    end += pending.count
    pending = []
    return true
  }

  private func cutToEnd() -> Bool {
    var status = stat()
    guard fstat(file, &status) == 0 else { return false }
    return Int(status.st_size) <= end || ftruncate(file, off_t(end)) == 0
  }

  /// Cleans up after a failed call, whose error stays in `errno`.
  private static func keepingError(_ work: () -> Void) {
    let code = errno
    work()
    errno = code
  }

  // MARK: Starting

  /// The state of a journal after its file was read.
  private struct Start {
    var page = Page()
    var file: Int32
    var end = 0
    var replacement: [UInt8]?
    var errorCode: Int32 = 0
    var notice: String?
  }

  /// Restores the page of a journal; nil, with errno set, where the file cannot be read, or a damaged one not be copied.
  private static func start(_ file: Int32, at path: String, writing write: Writer) -> Start? {
    guard let bytes = try? File.content(of: file, at: path) else { return nil }
    let content = JournalText.content(of: bytes)
    var start = Start(file: file, end: content.used)
    for entry in content.entries { start.page.apply(entry) }
    if content.isDamaged {
      guard let copy = keepDamaged(bytes, of: file, at: path) else { return nil }
      start.notice =
        "The saved page was damaged. The readable part is shown; the damaged file is kept as \(copy)."
    }
    if content.isDamaged || !content.entries.isEmpty && !content.hasChecksums {
      // All lines of a journal have checksums, or none.
      start.replacement = content.entries.flatMap { JournalText.bytes(of: $0) }
    } else if content.used < bytes.count {
      ftruncate(file, off_t(content.used))
    }
    if bytes.count > maximumLength {
      let shorter = snapshot(of: start.page)
      // The page itself may be nearly as long as its history.
      if shorter.count < bytes.count / 2 { start.replacement = shorter }
    }
    if let replacement = start.replacement {
      if let newFile = replace(path, with: replacement, writing: write) {
        close(file)
        start.file = newFile
        start.end = replacement.count
        start.replacement = nil
      } else if content.isDamaged || !content.hasChecksums {
        start.errorCode = errno
      } else {
        // A journal that is only too long can still be used.
        start.replacement = nil
      }
    }
    return start
  }

  /// The steps that make a page, without its history.
  private static func snapshot(of page: Page) -> [UInt8] {
    var entries: [JournalEntry] = []
    if let picture = page.picture {
      entries.append(.picture(picture))
    } else if page.width != page.height {
      entries.append(.sides(width: page.width, height: page.height))
    }
    entries += page.drawing.strokes.map { .stroke($0) }
    entries += page.labels.map { .label($0) }
    return entries.flatMap { JournalText.bytes(of: $0) }
  }

  /// Links a damaged journal to a second name, or copies it where the file system has no links; returns the name.
  private static func keepDamaged(_ bytes: [UInt8], of file: Int32, at path: String) -> String? {
    for number in 1...maximumDamaged {
      let other = "\(path).damaged-\(number)"
      if link(path.nameBytes, other.nameBytes) == 0 { return Path.name(of: other) }
      if errno == EEXIST { continue }
      let copy = open(other.nameBytes, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
      guard copy >= 0 else {
        if errno == EEXIST { continue }
        return nil
      }
      if File.write(bytes, to: copy), fsync(copy) == 0 {
        close(copy)
        return Path.name(of: other)
      }
      keepingError {
        close(copy)
        unlink(other.nameBytes)
      }
      return nil
    }
    errno = EEXIST
    return nil
  }

  /// Replaces a journal by a locked one with other content; nil, with errno set, where that fails.
  private static func replace(_ path: String, with bytes: [UInt8], writing write: Writer) -> Int32? {
    let temporary = path + ".new"
    // A killed program may have left such a file. The lock of the journal excludes other windows.
    unlink(temporary.nameBytes)
    let flags = O_RDWR | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC | O_NOFOLLOW
    let file = open(temporary.nameBytes, flags, 0o600)
    guard file >= 0 else { return nil }
    if flock(file, LOCK_EX | LOCK_NB) == 0, write(bytes, file), fsync(file) == 0,
      rename(temporary.nameBytes, path.nameBytes) == 0
    {
      File.syncFolder(of: path)
      return file
    }
    keepingError {
      close(file)
      unlink(temporary.nameBytes)
    }
    return nil
  }
}
