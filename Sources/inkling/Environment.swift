// The environment's variables, read once.

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The environment's variables.
enum Environment {
  /// Those that decide where files are.
  static let all: [String: String] = {
    var result: [String: String] = [:]
    for name in ["INKLING_DATA", "INKLING_MODELS", "XDG_DATA_HOME", "HOME"] {
      if let value = getenv(name) { result[name] = String(cString: value) }
    }
    return result
  }()
}
