// The environment variables of the process.

import CLibrary

/// The environment variables of the process.
package enum Environment {
  /// The value of a variable, or nil if it is not set.
  package static subscript(name: String) -> String? { getenv(name).map { String(nameBytes: $0) } }

  /// All variables with their values.
  package static var all: [String: String] {
    var values: [String: String] = [:]
    var entry: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = environ
    while let text = entry?.pointee {
      let parts = String(nameBytes: text).split(
        separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if parts.count == 2 { values[String(parts[0])] = String(parts[1]) }
      entry = entry?.successor()
    }
    return values
  }
}
