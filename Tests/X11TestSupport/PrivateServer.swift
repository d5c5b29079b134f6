import Foundation
import TestSupport

/// An X server (Xvfb) on a free display, which ends with the test's process at the latest.
package final class PrivateServer: Sendable {
  /// The name for `DISPLAY`.
  package let name: String
  private let shell: Child
  private let processIdentifier: Int32

  /// Starts a server with a screen and more of its options.
  package init(screen: String = "800x600x24", options: [String] = []) throws {
    // The shell waits for the end of its input, which comes at the latest with the end of the test's process.
    let server =
      "Xvfb -displayfd 3 -nolisten tcp -noreset -screen 0 \(screen) \(options.joined(separator: " "))"
    // Without the program the output ends at once.
    let check = "command -v Xvfb >/dev/null || exit 127"
    let script =
      "\(server) 3>&1 >/dev/null 2>&1 & echo $!; read _; kill -9 $! 2>/dev/null; wait $! 2>/dev/null"
    shell = try Child(["/bin/sh", "-c", "\(check); \(script)"])
    var text = ""
    while text.split(separator: "\n").count < 2 || !text.hasSuffix("\n") {
      let data = shell.output.availableData
      if data.isEmpty { throw ServerFailure(output: text) }
      text += String(decoding: data, as: UTF8.self)
    }
    let lines = text.split(separator: "\n").compactMap { Int32($0) }
    guard lines.count == 2 else { throw ServerFailure(output: text) }
    processIdentifier = lines[0]
    name = ":\(lines[1])"
  }

  /// Kills the server.
  package func kill() {
    Foundation.kill(processIdentifier, SIGKILL)
  }

  deinit {
    try? shell.input.write(contentsOf: [10])
    shell.wait()
  }
}

package struct ServerFailure: Error, CustomStringConvertible {
  package let output: String

  package var description: String {
    "Xvfb does not start; is the package xvfb installed? It said '\(output)'"
  }
}
