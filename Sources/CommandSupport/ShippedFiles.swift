// The models, recipes and sample drawings that ship with Inkling, found from the program's own path.

import Basics
import CLibrary
import Formats

/// The models, recipes and sample drawings that ship with Inkling.
package enum ShippedFiles {
  /// The folders that may hold models and recipes, in the order of the search: `$INKLING_MODELS`;
  /// `share/inkling/models` of an installation; `Models` in a folder above the program (a build); `Models` here.
  package static var folders: [String] {
    let named = Environment["INKLING_MODELS"].map { [$0] } ?? []
    return named + folders(installed: "share/inkling/models", built: "Models")
  }

  /// The path of a file of `Assets`, in a build or an installation.
  package static func asset(_ name: String) -> String? {
    folders(installed: "share/inkling/assets", built: "Assets").lazy.map { "\($0)/\(name)" }.first(
      where: isFile)
  }

  /// A folder beside the installed program's `bin`, then a folder of every folder above the program, then here.
  private static func folders(installed: String, built: String) -> [String] {
    var parents = program.split(separator: "/").dropLast()
    var folders =
      parents.isEmpty ? [] : ["/" + (parents.dropLast() + [installed[...]]).joined(separator: "/")]
    while !parents.isEmpty {
      folders.append("/" + (parents + [built[...]]).joined(separator: "/"))
      parents = parents.dropLast()
    }
    return folders + [built]
  }

  /// The path of the file of this name or of a shipped file; nil where there is neither.
  ///
  /// A name without an ending is a shipped file's first: a file of that name here can be the program `inkling`.
  package static func path(_ name: String, ending: String) -> String? {
    let hasEnding = name.hasSuffix("." + ending)
    let file = hasEnding ? name : "\(name).\(ending)"
    let shipped =
      name.contains("/") ? nil : folders.lazy.map { "\($0)/\(file)" }.first(where: isFile)
    let own = isFile(name) ? name : nil
    return hasEnding ? own ?? shipped : shipped ?? own
  }

  /// The sorted names of the shipped files with this ending, without it.
  package static func names(ending: String) -> [String] {
    // Only the first folder that has any counts.
    let files = folders.lazy.map { folder in
      ((try? Path.names(in: folder)) ?? []).filter { $0.hasSuffix("." + ending) }
    }.first { !$0.isEmpty }
    return (files ?? []).map { String($0.dropLast(ending.count + 1)) }.sorted()
  }

  /// The failure that neither a file nor a shipped one has a name.
  static func missing(_ kind: String, _ name: String, ending: String) -> Failure {
    let names = names(ending: ending).joined(separator: ", ")
    let others = names.isEmpty ? "" : ", or one of the shipped \(kind)s: \(names)"
    return .noInput("there is no \(kind) '\(name)'; name a .\(ending) file\(others)")
  }

  /// The program's path.
  static var program: String {
    guard let real = realpath("/proc/self/exe", nil) else { return "" }
    defer { free(real) }
    return String(nameBytes: real)
  }

  private static func isFile(_ path: String) -> Bool { Path.kind(of: path) == .file }
}
