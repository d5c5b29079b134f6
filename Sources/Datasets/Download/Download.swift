// The download of a file by the `curl` command. Only a complete and correct file gets its name.

import Basics
import CLibrary
package import Formats

/// A file to be fetched from one of several servers.
package struct Download: Sendable {
  /// Why a file could not be fetched.
  package enum Problem: Error, Sendable, Equatable, CustomStringConvertible {
    /// There is no `curl` command.
    case noCurl
    /// No server could be reached.
    case offline(String)
    /// All servers failed. The text describes the last failure.
    case failed(String)
    /// The file could not be written.
    case file(FileError)

    /// One sentence.
    package var description: String {
      switch self {
      case .noCurl:
        "the command 'curl' is not installed: install it (apt install curl), or get the files by hand"
      case .offline(let reason):
        "no server can be reached (\(reason)): check the network connection and run this again, or get the files by hand"
      case .failed(let reason): reason
      case .file(let error): error.description
      }
    }
  }

  /// A report while a data set is fetched.
  package enum Event: Sendable {
    /// The number of bytes received, the expected number if it is known, and the address.
    case progress(name: String, bytes: Int, of: Int?, from: String)
    /// A file existed already and is correct.
    case present(path: String)
    /// A file was fetched and is correct.
    case fetched(path: String)
  }

  /// The addresses of the file in the order in which they are tried.
  package let addresses: [String]
  /// The path that the file gets when it is complete and correct.
  package let path: String
  /// The most bytes that the file can have.
  ///
  /// A larger file is another one.
  package let limit: Int
  /// Seconds after which a server that sends nothing or almost nothing is given up.
  package let timeout: Int

  /// Makes a download.
  package init(addresses: [String], path: String, limit: Int, timeout: Int) {
    self.addresses = addresses
    self.path = path
    self.limit = limit
    self.timeout = timeout
  }

  /// Throws an error if an existing file is not the file that would be fetched.
  ///
  /// Only the user may remove it.
  static func expectCorrect(_ path: String, _ problem: ([UInt8]) -> String?) throws(DataError) {
    guard let problem = problem(try DataError.catching(File.read(path))) else { return }
    throw .damaged(
      "'\(path)': \(problem); remove the file to fetch it again, or name another folder with --to")
  }

  /// Fetches a file from one of several folders of servers, or checks the one that exists; see
  /// ``run(problem:progress:)``.
  static func fetch(
    _ name: String, from folders: [String], to path: String, limit: Int, timeout: Int,
    problem: ([UInt8]) -> String?, progress: (_ bytes: Int, _ address: String) -> Void
  ) throws(DataError) {
    if Path.kind(of: path) == .file { return try expectCorrect(path, problem) }
    let addresses = folders.map { "\($0.hasSuffix("/") ? String($0.dropLast()) : $0)/\(name)" }
    do {
      try Download(addresses: addresses, path: path, limit: limit, timeout: timeout)
        .run(problem: problem, progress: progress)
    } catch {
      if case .file(let error) = error { throw .unreadable(error) }
      throw .unfetched(error.description)
    }
  }

  /// The path of the incomplete file, which the next run continues.
  var partPath: String { path + ".part" }

  /// Bytes per second below which a server is given up: the largest file would take hours.
  private static let minimumSpeed = 1024

  /// The most attempts to continue with a server that breaks off, as long as each attempt makes progress.
  private static let attempts = 20

  /// Fetches the file.
  ///
  /// `problem` says what is wrong with its bytes, or nil; `progress` is called with their number.
  package func run(
    problem: ([UInt8]) -> String?, progress: (_ bytes: Int, _ address: String) -> Void
  ) throws(Problem) {
    var reasons: [String] = []
    var wasReached = false
    for address in addresses {
      for _ in 0..<Self.attempts {
        let before = size(of: partPath)
        let ending = try fetch(address, progress)
        let now = size(of: partPath)
        if ending.code == 0 {
          wasReached = true
          guard let wrong = try check(problem) else { return }
          // The part from another server may not match this one: one more attempt from the start.
          reasons.append("\(address): \(wrong)")
          if before == 0 { break }
          continue
        }
        reasons.append("\(address): \(Self.reason(ending, limit: limit))")
        if ending.code == Self.cannotWrite { throw .file(FileError(.write, partPath, .full)) }
        wasReached = wasReached || !Self.unreachable.contains(ending.code)
        // 33 and status 416: the server cannot continue. The part may even be the complete file.
        if before > 0, ending.code == 33 || ending.code == 22 {
          guard try check(problem) != nil else { return }
          continue
        }
        if ending.code == Self.tooMuch { unlink(partPath.nameBytes) }
        // Only a transfer that broke off after some progress is tried again.
        guard now > before, Self.brokenOff.contains(ending.code) else { break }
      }
    }
    let last = reasons.last ?? "no address"
    if !wasReached { throw .offline(last) }
    throw .failed(
      "'\(Path.name(of: path))' could not be fetched; the last error: \(last); run this again later, or get the file by hand"
    )
  }

  /// Gives the file its name if it is correct, else removes it and returns what is wrong.
  private func check(_ problem: ([UInt8]) -> String?) throws(Problem) -> String? {
    do throws(FileError) {
      let wrong = problem(try File.read(partPath, limit: limit))
      if wrong == nil { try File.publish(partPath, as: path) } else { unlink(partPath.nameBytes) }
      return wrong
    } catch {
      throw .file(error)
    }
  }

  private func size(of path: String) -> Int {
    var status = stat()
    return stat(path.nameBytes, &status) == 0 ? Int(status.st_size) : 0
  }

  private func fetch(
    _ address: String, _ progress: (Int, String) -> Void
  ) throws(Problem) -> ChildProcess.Ending {
    let words = [
      "curl", "-q", "--fail", "--location", "--max-redirs", "5", "--proto", "=http,https", "--silent",
      "--show-error", "--connect-timeout", "\(timeout)", "--speed-limit", "\(Self.minimumSpeed)",
      "--speed-time", "\(timeout)",
      "--max-filesize", "\(limit)", "--continue-at", "-", "--output", partPath, address,
    ]
    guard let curl = ChildProcess(words) else { throw .noCurl }
    var isTooMuch = false
    let ending = curl.wait {
      let bytes = size(of: partPath)
      progress(bytes, address)
      // If a server does not announce the length, curl itself has no limit.
      isTooMuch = bytes > limit
      return !isTooMuch
    }
    return isTooMuch ? ChildProcess.Ending(code: Self.tooMuch, errors: "") : ending
  }

  // Exit codes of curl.
  private static let cannotWrite: Int32 = 23
  private static let tooMuch: Int32 = 63
  /// No proxy, no such host, no connection.
  private static let unreachable: Set<Int32> = [5, 6, 7]
  /// Fewer bytes than announced, an empty response, an error while receiving, a broken stream of HTTP/2.
  ///
  /// A timeout is not among them: after a slow server the next server continues.
  private static let brokenOff: Set<Int32> = [18, 52, 56, 92]

  private static func reason(_ ending: ChildProcess.Ending, limit: Int) -> String {
    if ending.code == tooMuch {
      return "the server sends more than the \(limit) bytes that the file can have"
    }
    // The message without the name of the program, as in "curl: (7) Failed to connect …".
    let line = ending.errors.split(separator: "\n").last.map(String.init) ?? "curl ended with \(ending.code)"
    return line.hasPrefix("curl: ") ? String(line.dropFirst(6)) : line
  }
}
