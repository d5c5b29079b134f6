// An X server of the test's own, which ends with the test whatever happens to it.

import Foundation

/// A running Xvfb on a free display.
package final class PrivateServer: @unchecked Sendable {
  /// Its name for `DISPLAY`.
  package let name: String
  private let shell: Child
  private let processIdentifier: Int32

  /// Starts a server; the options come after those for the screen.
  package init(screen: String = "800x600x24", options: [String] = []) throws {
    // The shell waits for the end of its input, which comes at the latest when the test's process dies.
    let server =
      "Xvfb -displayfd 3 -nolisten tcp -noreset -screen 0 \(screen) \(options.joined(separator: " "))"
    let script =
      "\(server) 3>&1 >/dev/null 2>&1 & echo $!; read _; kill -9 $! 2>/dev/null; wait $! 2>/dev/null"
    shell = try Child(["/bin/sh", "-c", script])
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

  /// Ends the server as an accident would.
  package func kill() {
    Foundation.kill(processIdentifier, SIGKILL)
  }

  deinit {
    try? shell.input.write(contentsOf: [10])
    shell.wait()
  }
}

package struct ServerFailure: Error {
  package let output: String
}
