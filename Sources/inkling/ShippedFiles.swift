// Where the models and recipes that ship with Inkling are, wherever it runs from.

import Basics
import Formats

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The models and recipes that ship with Inkling.
enum ShippedFiles {
  /// The folders that may hold them, the most particular first: `$INKLING_MODELS`; `Models` in one of the
  /// folders above the program (a build); `share/inkling/models` beside its `bin` (an installation); `Models` here.
  static var folders: [String] {
    var folders: [String] = []
    if let folder = Environment["INKLING_MODELS"] { folders.append(folder) }
    var parts = program.split(separator: "/").dropLast()
    if !parts.isEmpty {
      folders.append("/" + (parts.dropLast() + ["share/inkling/models"]).joined(separator: "/"))
    }
    while !parts.isEmpty {
      folders.append("/" + parts.joined(separator: "/") + "/Models")
      parts = parts.dropLast()
    }
    return folders + ["Models"]
  }

  /// The path of a file of `Assets`, in a build or an installation.
  static func asset(_ name: String) -> String? {
    var parts = program.split(separator: "/").dropLast()
    var places = ["/" + (parts.dropLast() + ["share/inkling/assets"]).joined(separator: "/")]
    while !parts.isEmpty {
      places.append("/" + parts.joined(separator: "/") + "/Assets")
      parts = parts.dropLast()
    }
    return (places + ["Assets"]).lazy.map { "\($0)/\(name)" }.first(where: isFile)
  }

  /// The path of a file that is there under this very name, or of a shipped one; nil where there is none.
  ///
  /// A bare word names a shipped one first: the program itself, called `inkling` too, may lie here.
  static func path(_ name: String, ending: String) -> String? {
    let hasEnding = name.hasSuffix("." + ending)
    let file = hasEnding ? name : "\(name).\(ending)"
    let shipped =
      name.contains("/") ? nil : folders.lazy.map { "\($0)/\(file)" }.first(where: isFile)
    let own = isFile(name) ? name : nil
    return hasEnding ? own ?? shipped : shipped ?? own
  }

  /// The names of the shipped files with this ending, in order.
  static func names(ending: String) -> [String] {
    var names: Set<String> = []
    for folder in folders {
      for name in (try? Path.names(in: folder)) ?? [] where name.hasSuffix("." + ending) {
        names.insert(String(name.dropLast(ending.count + 1)))
      }
      // The first folder that has any is the one that ships.
      if !names.isEmpty { break }
    }
    return names.sorted()
  }

  private static var program: String {
    guard let real = realpath("/proc/self/exe", nil) else { return "" }
    defer { free(real) }
    return String(cString: real)
  }

  private static func isFile(_ path: String) -> Bool { Path.kind(of: path) == .file }
}
