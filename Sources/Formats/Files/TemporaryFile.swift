// A file that gets its name only when it is complete.

import Basics
import CLibrary

/// A file in the folder of its target that gets the target's name when it is complete.
final class TemporaryFile {
  let descriptor: Int32
  private let target: String
  /// The target's path as the user gave it, for errors.
  private let shownPath: String
  /// The hidden name, or nil for a file without a name.
  private var name: String?

  /// Linux's `O_TMPFILE`, a macro that Swift does not import.
  private static let unnamed: Int32 = 0o20_000_000 | O_DIRECTORY

  init(for target: String, called shownPath: String) throws(FileError) {
    self.target = target
    self.shownPath = shownPath
    let folder = Path.folder(of: target)
    let opened = open(folder.nameBytes, Self.unnamed | O_WRONLY | O_CLOEXEC, 0o666)
    if opened >= 0 {
      descriptor = opened
      return
    }
    switch errno {
    // The errors of file systems and kernels without unnamed files.
    case EOPNOTSUPP, EISDIR, EINVAL: break
    default: throw FileError(.write, shownPath, code: errno)
    }
    Self.removeLeftovers(in: folder)
    let name = Self.hiddenName(for: target)
    descriptor = open(name.nameBytes, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    if descriptor < 0 { throw FileError(.write, shownPath, code: errno) }
    self.name = name
  }

  private static func hiddenName(for target: String) -> String {
    let number = String(UInt64.random(in: 0...UInt64.max), radix: 36)
    return Path.join(Path.folder(of: target), "\(hiddenStart)\(getpid())-\(number)\(hiddenEnd)")
  }

  private static let hiddenStart = ".inkling-"
  private static let hiddenEnd = ".part"
  /// The age in seconds from which a hidden file counts as left over.
  ///
  /// Until then a process of another machine or container may still write it.
  private static let leftoverAge = 60

  /// Removes the hidden files of programs that were killed while they wrote.
  private static func removeLeftovers(in folder: String) {
    for name in (try? Path.names(in: folder, includingHidden: true)) ?? [] {
      guard name.hasPrefix(hiddenStart), name.hasSuffix(hiddenEnd),
        let writer = pid_t(name.dropFirst(hiddenStart.count).prefix { $0 != "-" }), writer > 0
      else { continue }
      let path = Path.join(folder, name)
      var status = stat()
      guard kill(writer, 0) != 0, errno == ESRCH, lstat(path.nameBytes, &status) == 0,
        status.st_uid == geteuid(),
        status.st_mtim.tv_sec + leftoverAge < time(nil)
      else { continue }
      unlink(path.nameBytes)
    }
  }

  /// Gives the file its name and writes the folder to the disk.
  func publish(replacing: Bool, syncing: Bool) throws(FileError) {
    if replacing {
      try addHiddenName()
      if let name, rename(name.nameBytes, target.nameBytes) != 0 {
        throw FileError(.write, shownPath, code: errno)
      }
    } else if let name {
      // A link fails if the name exists; a rename would replace the file.
      if link(name.nameBytes, target.nameBytes) != 0 { try renameWithoutLinks(name, code: errno) }
      unlink(name.nameBytes)
    } else if linkDescriptor(to: target) != 0 {
      throw FileError(.write, shownPath, code: errno)
    }
    name = nil
    close(descriptor)
    if syncing { File.syncFolder(of: target) }
  }

  /// Removes the file.
  func discard() {
    close(descriptor)
    if let name { unlink(name.nameBytes) }
  }

  private func linkDescriptor(to path: String) -> Int32 {
    linkat(AT_FDCWD, "/proc/self/fd/\(descriptor)", AT_FDCWD, path.nameBytes, AT_SYMLINK_FOLLOW)
  }

  private func addHiddenName() throws(FileError) {
    if name != nil { return }
    Self.removeLeftovers(in: Path.folder(of: target))
    let hidden = Self.hiddenName(for: target)
    if linkDescriptor(to: hidden) != 0 { throw FileError(.write, shownPath, code: errno) }
    name = hidden
  }

  /// On a file system without links (FAT), reserves the name by an empty file and then replaces that file.
  private func renameWithoutLinks(_ name: String, code: Int32) throws(FileError) {
    guard code == EPERM || code == EOPNOTSUPP || code == ENOSYS || code == EMLINK else {
      throw FileError(.write, shownPath, code: code)
    }
    let reserved = open(target.nameBytes, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    if reserved < 0 { throw FileError(.write, shownPath, code: errno) }
    close(reserved)
    if rename(name.nameBytes, target.nameBytes) != 0 {
      let code = errno
      unlink(target.nameBytes)
      throw FileError(.write, shownPath, code: code)
    }
  }
}
