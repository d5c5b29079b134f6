// A file that has no name yet: what is written before it may be seen.

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A file in the folder of another, that gets the other's name when it is complete.
final class TemporaryFile {
  let descriptor: Int32
  private let target: String
  /// The target's name as the person gave it, for errors.
  private let shownPath: String
  /// The hidden name, or nil for a file without any.
  private var name: String?

  /// Linux's flag for a file without a name, which its header composes in a way that Swift cannot see.
  private static let nameless: Int32 = 0o20_000_000 | O_DIRECTORY

  init(for target: String, called shownPath: String) throws(FileError) {
    self.target = target
    self.shownPath = shownPath
    let folder = Path.folder(of: target)
    let opened = open(folder, Self.nameless | O_WRONLY | O_CLOEXEC, 0o666)
    if opened >= 0 {
      descriptor = opened
      return
    }
    switch errno {
    // What file systems and kernels without nameless files answer.
    case EOPNOTSUPP, EISDIR, EINVAL: break
    default: throw FileError(.write, shownPath, code: errno)
    }
    Self.removeLeftovers(in: folder)
    let name = Self.hiddenName(for: target)
    descriptor = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    if descriptor < 0 { throw FileError(.write, shownPath, code: errno) }
    self.name = name
  }

  private static func hiddenName(for target: String) -> String {
    let chance = String(UInt64.random(in: 0...UInt64.max), radix: 36)
    return Path.join(Path.folder(of: target), "\(hiddenStart)\(getpid())-\(chance)\(hiddenEnd)")
  }

  private static let hiddenStart = ".inkling-"
  private static let hiddenEnd = ".part"
  /// Seconds after which a hidden file is nobody's; a process of another machine or container may be at it before.
  private static let patience = 60

  /// Removes what programs have left that were killed while they wrote.
  private static func removeLeftovers(in folder: String) {
    guard let stream = opendir(folder) else { return }
    defer { closedir(stream) }
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      guard name.hasPrefix(hiddenStart), name.hasSuffix(hiddenEnd),
        let writer = pid_t(name.dropFirst(hiddenStart.count).prefix { $0 != "-" }), writer > 0
      else { continue }
      let path = Path.join(folder, name)
      var status = stat()
      guard kill(writer, 0) != 0, errno == ESRCH, lstat(path, &status) == 0, status.st_uid == geteuid(),
        status.st_mtim.tv_sec + patience < time(nil)
      else { continue }
      unlink(path)
    }
  }

  /// Gives the file its name and brings the folder to the disk.
  func publish(replacing: Bool, syncing: Bool) throws(FileError) {
    if replacing {
      try takeHiddenName()
      if let name, rename(name, target) != 0 { throw FileError(.write, shownPath, code: errno) }
    } else if let name {
      // A link fails where the name is taken, in one step; a rename would replace.
      if link(name, target) != 0 { try renameWhereLinksAreMissing(name, code: errno) }
      unlink(name)
    } else if linkDescriptor(to: target) != 0 {
      throw FileError(.write, shownPath, code: errno)
    }
    name = nil
    close(descriptor)
    guard syncing else { return }
    let folder = open(Path.folder(of: target), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    if folder >= 0 {
      fsync(folder)
      close(folder)
    }
  }

  /// Removes what was written.
  func discard() {
    close(descriptor)
    if let name { unlink(name) }
  }

  private func linkDescriptor(to path: String) -> Int32 {
    linkat(AT_FDCWD, "/proc/self/fd/\(descriptor)", AT_FDCWD, path, AT_SYMLINK_FOLLOW)
  }

  private func takeHiddenName() throws(FileError) {
    if name != nil { return }
    Self.removeLeftovers(in: Path.folder(of: target))
    let hidden = Self.hiddenName(for: target)
    if linkDescriptor(to: hidden) != 0 { throw FileError(.write, shownPath, code: errno) }
    name = hidden
  }

  /// On a file system without links (FAT), an empty file reserves the name, and is then replaced.
  private func renameWhereLinksAreMissing(_ name: String, code: Int32) throws(FileError) {
    guard code == EPERM || code == EOPNOTSUPP || code == ENOSYS || code == EMLINK else {
      throw FileError(.write, shownPath, code: code)
    }
    let reserved = open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    if reserved < 0 { throw FileError(.write, shownPath, code: errno) }
    close(reserved)
    if rename(name, target) != 0 {
      let code = errno
      unlink(target)
      throw FileError(.write, shownPath, code: code)
    }
  }
}
