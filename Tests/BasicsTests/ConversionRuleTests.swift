// The rule that floating-point numbers are converted to integers by `init(clamping:)` only, checked in the sources.

import Foundation
import Testing

/// Searches the sources for conversions that the compiler does not check.
///
/// `Basics` hides the standard library's conversions in each file that imports it, and the package's settings make their
/// use an error. The compiler does not check that every file that converts to an integer imports `Basics`, nor the one
/// conversion that `Basics` itself needs.
@Suite struct ConversionRuleTests {
  /// A conversion without a label, or a reference to such an initializer, of Swift's, C's and FreeType's integers.
  ///
  /// A regular expression is immutable: sharing it is safe. So is that of `conversionTo64`.
  nonisolated(unsafe) private static let conversion =
    /\b(U?Int(8|16|32|64)?|C(Unsigned|Signed)?(Char|Short|Int|Long|LongLong)|FT_(Pos|Fixed|F26Dot6|Long|ULong|Int|UInt|Short))(\.init\b(?!\([a-zA-Z]+:)|\((?![a-zA-Z]+:))/
    .wordBoundaryKind(.simple)
  nonisolated(unsafe) private static let conversionTo64 =
    /\bInt64(\.init\b(?!\([a-zA-Z]+:)|\((?![a-zA-Z]+:))/
    .wordBoundaryKind(.simple)
  /// Texts that only the argument of a floating-point conversion contains.
  private static let marks = [".rounded(", ".squareRoot(", ".magnitudeSquared"]

  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// The sources by their paths, without comments.
  ///
  /// Only lines that can contain a conversion are kept. The kernels are left out: they import nothing and convert no
  /// floating-point number to an integer.
  private static func sources() throws -> [String: String] {
    let folder = root.appendingPathComponent("Sources")
    let words = ["Int", "Char", "Short", "Long", "FT_", "import Basics", "extension "]
    var sources: [String: String] = [:]
    let files = try #require(FileManager.default.enumerator(atPath: folder.path))
    for case let path as String in files where path.hasSuffix(".swift") {
      guard !path.hasPrefix("Kernel") || path.hasPrefix("Kernels/") else { continue }
      let text = try String(contentsOf: folder.appendingPathComponent(path), encoding: .utf8)
      // Regular expressions are slow; few lines can match.
      let code = text.components(separatedBy: "\n").filter { line in
        words.contains { line.contains($0) } && !line.drop { $0 == " " }.hasPrefix("//")
      }
      sources[path] = code.joined(separator: "\n") + "\n"
    }
    #expect(sources.count > 200)
    return sources
  }

  @Test func filesThatConvertToIntegersImportBasics() throws {
    for (path, text) in try Self.sources() where !path.hasPrefix("Basics/") {
      if text.firstMatch(of: Self.conversion) != nil {
        #expect(text.contains("import Basics\n"), "Sources/\(path) must import Basics")
      }
    }
  }

  @Test func theConversionThatBasicsDoesNotHideIsNotUsed() throws {
    for (path, text) in try Self.sources() where path != "Basics/CheckedConversion.swift" {
      #expect(text.firstMatch(of: Self.conversionTo64) == nil, "Sources/\(path): use Int64(clamping:)")
    }
  }

  @Test func plainConversionsHaveNoFloatingPointArgument() throws {
    for (path, text) in try Self.sources() where path != "Basics/CheckedConversion.swift" {
      for match in text.matches(of: Self.conversion) where match.0.hasSuffix("(") {
        let argument = String(Self.argument(text[match.range.upperBound...]))
        let isFloating =
          !argument.contains("clamping:") && Self.marks.contains { argument.contains($0) }
          || ["Double(", "Float("].contains { argument.hasPrefix($0) }
        #expect(!isFloating, "Sources/\(path): \(match.0)\(argument)) needs 'clamping:'")
      }
    }
  }

  @Test func usingAHiddenConversionIsAnError() throws {
    let manifest = try String(contentsOf: Self.root.appendingPathComponent("Package.swift"), encoding: .utf8)
    #expect(manifest.contains(".treatWarning(\"DeprecatedDeclaration\", as: .error)"))
    let hidden = try #require(try Self.sources()["Basics/CheckedConversion.swift"])
    for type in ["Int", "Int8", "Int16", "Int32", "UInt", "UInt8", "UInt16", "UInt32", "UInt64"] {
      #expect(hidden.contains("extension \(type) {"))
    }
  }

  @Test func theSearchDistinguishesConversions() {
    for text in [
      "Int(x)", "let a = UInt8(x.y)", "(Int32((a + b).rounded()))", "map(Int.init)", "Swift.Int(x)",
      "CInt(x)",
    ] {
      #expect(text.firstMatch(of: Self.conversion) != nil, "\(text)")
    }
    for text in ["Int(clamping: x)", "UInt8(truncatingIfNeeded: x)", "AnInt(x)", "[Int]()"] {
      #expect(text.firstMatch(of: Self.conversion) == nil, "\(text)")
    }
  }

  /// The text up to the parenthesis that ends the argument.
  private static func argument(_ text: Substring) -> Substring {
    var depth = 1
    let end = text.firstIndex { character in
      if character == "(" { depth += 1 }
      if character == ")" { depth -= 1 }
      return depth == 0
    }
    return text[..<(end ?? text.endIndex)]
  }
}
