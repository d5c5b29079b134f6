// Fetching a file over the network by the `curl` command, so that only a file that is right gets its name.

import Basics
package import Formats

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A file to be fetched from one of several places.
package struct Download: Sendable {
  /// Why a file could not be fetched.
  package enum Problem: Error, Sendable, Equatable, CustomStringConvertible {
    /// There is no `curl` command.
    case noCurl
    /// No place could be reached.
    case offline(String)
    /// Every place was tried, and the last of them went wrong like this.
    case failed(String)
    /// The file could not be kept.
    case file(FileError)

    /// One sentence.
    package var description: String {
      switch self {
      case .noCurl:
        "fetching needs the command 'curl', which is not installed: install it (apt install curl), or get the files by hand"
      case .offline(let reason):
        "no place to fetch from can be reached (\(reason)): connect to a network and run this again, or get the files by hand"
      case .failed(let reason): reason
      case .file(let error): error.description
      }
    }
  }

  /// What the fetching of a data set reports.
  package enum Event: Sendable {
    /// So many bytes of a file are here, of about how many where that is known, and whence they come.
    case progress(name: String, bytes: Int, of: Int?, from: String)
    /// A file was here already, and right.
    case present(path: String)
    /// A file was fetched, and is right.
    case fetched(path: String)
  }

  /// Where the file is, in the order in which the places are tried.
  package let addresses: [String]
  /// The name that it gets when it is complete and right.
  package let path: String
  /// More bytes than the file can have: what serves more is not it.
  package let limit: Int
  /// Seconds after which a place is given up that says nothing, or sends next to nothing.
  package let patience: Int

  /// Makes a download.
  package init(addresses: [String], path: String, limit: Int, patience: Int) {
    self.addresses = addresses
    self.path = path
    self.limit = limit
    self.patience = patience
  }

  /// The addresses of a file at places that hold several.
  static func addresses(of name: String, at places: [String]) -> [String] {
    places.map { "\($0.hasSuffix("/") ? String($0.dropLast()) : $0)/\(name)" }
  }

  /// Refuses a file that is there already and is not what would be fetched: nobody but its owner may remove it.
  static func expectRight(_ path: String, _ objection: ([UInt8]) -> String?) throws(DataError) {
    let bytes: [UInt8]
    do throws(FileError) { bytes = try File.read(path) } catch { throw .unreadable(error) }
    guard let wrong = objection(bytes) else { return }
    throw .damaged("'\(path)': \(wrong); to fetch it, remove this one or name another folder with --to")
  }

  /// The name under which bytes are kept until the file is complete, so that the next run goes on from there.
  var partPath: String { path + ".part" }

  /// Bytes a second below which a place is as good as silent: the largest file would take hours.
  private static let leastSpeed = 1024

  /// How often a place that breaks off is asked to go on, as long as it gets further each time.
  private static let attempts = 20

  /// Fetches the file: `objection` says what is wrong with bytes, or nil; `progress` hears how many there are.
  package func run(
    objection: ([UInt8]) -> String?, progress: (_ bytes: Int, _ address: String) -> Void
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
          guard let wrong = try check(objection) else { return }
          // What another place began may not fit what this one sent: once more from nothing.
          reasons.append("\(address): \(wrong)")
          if before == 0 { break }
          continue
        }
        reasons.append("\(address): \(Self.reason(ending, limit: limit))")
        if ending.code == Self.cannotWrite { throw .file(FileError(.write, partPath, .full)) }
        wasReached = wasReached || !Self.unreachable.contains(ending.code)
        // 33, and the answer 416 to one that wants to go on: it cannot; what is there may even be all.
        if before > 0, ending.code == 33 || ending.code == 22 {
          guard try check(objection) != nil else { return }
          continue
        }
        if ending.code == Self.tooMuch { unlink(partPath) }
        // Broken off, but further than before: it goes on. All else will not get better by trying again.
        guard now > before, Self.brokenOff.contains(ending.code) else { break }
      }
    }
    let last = reasons.last ?? "no place to fetch from"
    if !wasReached { throw .offline(last) }
    throw .failed(
      "'\(Path.name(of: path))' could not be fetched; the last try: \(last); run this again later, or get it by hand"
    )
  }

  /// Gives the file its name if it is right, else removes it and says what is wrong.
  private func check(_ objection: ([UInt8]) -> String?) throws(Problem) -> String? {
    do throws(FileError) {
      let wrong = objection(try File.read(partPath, limit: limit))
      if wrong == nil { try File.adopt(partPath, as: path) } else { unlink(partPath) }
      return wrong
    } catch {
      throw .file(error)
    }
  }

  private func size(of path: String) -> Int {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : 0
  }

  private func fetch(
    _ address: String, _ progress: (Int, String) -> Void
  ) throws(Problem) -> ChildProcess.Ending {
    let words = [
      "curl", "-q", "--fail", "--location", "--max-redirs", "5", "--proto", "=http,https", "--silent",
      "--show-error", "--connect-timeout", "\(patience)", "--speed-limit", "\(Self.leastSpeed)",
      "--speed-time", "\(patience)",
      "--max-filesize", "\(limit)", "--continue-at", "-", "--output", partPath, address,
    ]
    guard let curl = ChildProcess(words) else { throw .noCurl }
    var isTooMuch = false
    let ending = curl.wait {
      let bytes = size(of: partPath)
      progress(bytes, address)
      // Where a server does not say how much it sends, curl would go on for ever.
      isTooMuch = bytes > limit
      return !isTooMuch
    }
    return isTooMuch ? ChildProcess.Ending(code: Self.tooMuch, words: "") : ending
  }

  private static let cannotWrite: Int32 = 23
  private static let tooMuch: Int32 = 63
  /// No such host, no connection, no proxy.
  private static let unreachable: Set<Int32> = [5, 6, 7]
  /// Less than announced, an empty answer, an error while receiving, a broken stream of HTTP 2.
  ///
  /// A slow place is not asked again: the next one goes on from where it was.
  private static let brokenOff: Set<Int32> = [18, 52, 56, 92]

  private static func reason(_ ending: ChildProcess.Ending, limit: Int) -> String {
    if ending.code == tooMuch { return "it serves more than the \(limit) bytes that the file can have" }
    // "curl: (7) Failed to connect …": the program's own words, without its name.
    let line = ending.words.split(separator: "\n").last.map(String.init) ?? "curl ended with \(ending.code)"
    return line.hasPrefix("curl: ") ? String(line.dropFirst(6)) : line
  }
}

extension DataError {
  /// A file of a data set that could not be fetched, or not be kept.
  init(_ problem: Download.Problem) {
    if case .file(let error) = problem {
      self = .unreadable(error)
    } else {
      self = .unfetched(problem.description)
    }
  }
}
