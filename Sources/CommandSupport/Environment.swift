#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The environment's variables that decide where data is.
package enum Environment {
  /// Their values by name, without those that are not set.
  package static let all: [String: String] = {
    var result: [String: String] = [:]
    for name in ["INKLING_DATA", "XDG_DATA_HOME", "HOME"] {
      if let value = getenv(name) { result[name] = String(cString: value) }
    }
    return result
  }()
}
