// Output on standard error: messages and the line of progress.

import CLibrary

/// Writes a line to standard error.
package func printError(_ line: String) { writeError(line + "\n") }

/// Writes a text to standard error.
func writeError(_ text: String) {
  let bytes = Array(text.utf8)
  bytes.withUnsafeBytes { bytes in
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = write(STDERR_FILENO, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
      if count <= 0 { return }
      rest = rest.dropFirst(count)
    }
  }
}
