// A server with another program that has the keyboard focus, for tests of typing.

import Foundation
import TestSupport
import Testing
import X11
import X11TestSupport

/// A running xev, which prints the text of each key.
///
/// It prints into a file: a full pipe would stop it, and it would look up the meaning of a key too late.
final class KeyPrinter {
  let window: UInt
  private let child: Child
  private let file: URL
  private let lines: FileHandle
  /// Bytes that are not a whole line yet.
  private var rest: [UInt8] = []
  private var text = ""

  deinit {
    try? lines.close()
    try? FileManager.default.removeItem(at: file)
  }

  init(on server: String, name: String, other: RawClient) throws {
    file = FileManager.default.temporaryDirectory.appendingPathComponent("inkling-\(UUID().uuidString).keys")
    try Data().write(to: file)
    lines = try FileHandle(forReadingFrom: file)
    child = try Child(
      ["sh", "-c", "exec stdbuf -oL xev -name \"$1\" > \"$2\"", "sh", name, file.path],
      environment: ["DISPLAY": server, "LC_ALL": "C.UTF-8"])
    var found: UInt?
    _ = eventually {
      found = other.windows().first {
        other.value("WM_NAME", of: $0)?.text == name && other.isVisible($0)
      }
      return found != nil
    }
    window = try #require(found)
  }

  /// The text that has arrived so far.
  var received: String {
    rest += (try? lines.readToEnd()) ?? Data()
    while let end = rest.firstIndex(of: 10) {
      handle(String(decoding: rest[..<end], as: UTF8.self))
      rest.removeFirst(end + 1)
    }
    return text
  }

  private func handle(_ line: String) {
    guard let range = line.range(of: "XmbLookupString gives "), let open = line.firstIndex(of: "("),
      let close = line[open...].firstIndex(of: ")"), !line[range.upperBound...].hasPrefix("0")
    else { return }
    let bytes = line[line.index(after: open)..<close].split(separator: " ").compactMap {
      UInt8($0, radix: 16)
    }
    text += String(decoding: bytes, as: UTF8.self)
  }
}

/// A server with a window manager or without one, and xev with the focus.
final class TypingDesk {
  let server: PrivateServer
  let other: RawClient
  let printer: KeyPrinter
  private let manager: Child?

  init(isManaged: Bool, options: [String] = []) throws {
    server = try PrivateServer(screen: "1280x800x24", options: options)
    // The error handlers of a display are needed by the raw client too: windows may be gone before a request.
    _ = try Display(named: server.name)
    manager = isManaged ? try WindowDrawingTests.manager(on: server) : nil
    other = try #require(RawClient(server.name))
    printer = try KeyPrinter(on: server.name, name: "keys", other: other)
    try focus(printer)
  }

  /// Gives a program the focus.
  func focus(_ printer: KeyPrinter) throws {
    try #require(
      eventually {
        other.focus(printer.window)
        return other.focusedWindow == printer.window
      })
  }

  /// Runs `inkling type`.
  func type(_ words: String...) throws -> ProgramRun {
    try ProgramRun([Application.executable, "type"] + words, environment: ["DISPLAY": server.name])
  }

  /// Whether a text arrives, and no more than that.
  func receives(_ text: String) -> Bool {
    _ = eventually { printer.received.unicodeScalars.count >= text.unicodeScalars.count }
    return printer.received == text
  }
}
