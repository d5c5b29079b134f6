// The structure of the package: which targets and folders may refer to which. The rules are in Scripts/structure.

import Foundation
import Testing

@Suite struct StructureTests {
  /// The folder of the package.
  private static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Runs Scripts/structure, and returns its exit code and what it printed.
  private func structure(_ arguments: String...) throws -> (code: Int32, text: String) {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", Self.root.appending(path: "Scripts/structure").path()] + arguments
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (process.terminationStatus, text)
  }

  @Test func targetsAndFoldersReferToEachOtherByTheRules() throws {
    let result = try structure("--check")
    #expect(result.code == 0, "\(result.text)")
  }

  @Test func brokenRulesAreFound() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "structure-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let files = [
      "Package.swift": """
      // swift-tools-version: 6.2
      import PackageDescription
      let package = Package(
        name: "Sample",
        targets: [
          .target(name: "Lower", dependencies: ["Upper"]), .target(name: "Upper"),
          .target(name: "Unused", dependencies: ["Upper"]),
        ])
      """,
      "Documentation/Architecture.md": """
      | target | what it is |
      |---|---|
      | `Lower` | values |
      | `Upper` | users of the values |
      """,
      "Sources/Lower/A/One.swift": "import Upper\nimport Foundation\nstruct One { let two: Two }\n",
      "Sources/Lower/B/Two.swift": "struct Two { let one: [One] }\nstruct Same {}\n",
      "Sources/Upper/Same.swift": "struct Same {}\n",
      "Sources/Unused/Unused.swift": "struct Unused {}\n",
    ]
    for (path, text) in files {
      let file = folder.appending(path: path)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
    let result = try structure("--root", folder.path(), "--check")
    #expect(result.code == 1)
    for problem in [
      "Lower imports Upper, which does not stand above it", "Lower: the folders A -> B -> A are a circle",
      "Lower/A/One.swift: imports Foundation", "the type Same is defined in Lower and Upper",
      "Unused depends on Upper and never imports it", "has no row for Unused",
    ] {
      #expect(result.text.contains(problem), "\(result.text)")
    }
  }

  @Test func thePictureOfTheDocumentationIsUpToDate() throws {
    let stored = try String(
      contentsOf: Self.root.appending(path: "Documentation/structure.svg"), encoding: .utf8)
    #expect(try structure().text == stored, "run Scripts/structure > Documentation/structure.svg")
  }
}
