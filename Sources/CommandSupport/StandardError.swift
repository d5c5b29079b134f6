// Output on standard error: messages and the line of progress.

import Basics
import CLibrary
import Formats

/// Writes a line to standard error, without characters that a terminal obeys.
package func printError(_ line: String) { writeError(line.printable + "\n") }

/// Writes a text to standard error.
func writeError(_ text: String) { _ = File.write(Array(text.utf8), to: STDERR_FILENO) }
