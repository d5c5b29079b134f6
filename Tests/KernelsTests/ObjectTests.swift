#if arch(x86_64)
import Foundation
import Testing

/// The rules for kernel objects: nothing in them may be chosen for the rest of the program, and nothing outside
/// them may need more than any x86-64 has.
@Suite struct ObjectTests {
  /// Where this build's objects are, beside the test bundle, and the toolchain's tools.
  static let products =
    Bundle.allBundles.lazy.map(\.bundleURL).first { $0.pathExtension == "xctest" }?
    .deletingLastPathComponent()
    ?? URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()

  static func tool(_ name: String) -> URL? {
    let places = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
    for place in places {
      let swift = URL(fileURLWithPath: place + "/swift").resolvingSymlinksInPath().deletingLastPathComponent()
      for candidate in [swift.appendingPathComponent(name), URL(fileURLWithPath: "\(place)/\(name)")]
      where FileManager.default.isExecutableFile(atPath: candidate.path) {
        return candidate
      }
    }
    return nil
  }

  static func lines(_ tool: URL, _ arguments: [String]) throws -> [Substring] {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = tool
    process.arguments = arguments
    process.standardOutput = pipe
    process.standardError = pipe  // the testing library may tell its story there
    try process.run()
    let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return text.split(separator: "\n")
  }

  static func objects(of target: String) -> [String] {
    let folder = products.appendingPathComponent("\(target).build")
    let files = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
    return files.filter { $0.hasSuffix(".o") }.map { folder.appendingPathComponent($0).path }
  }

  @Test(arguments: ["KernelsBaseline", "KernelsV3", "KernelsV4"])
  func kernelsDefineNoWeakCode(_ target: String) throws {
    guard let nm = Self.tool("llvm-nm") else { return }
    let objects = Self.objects(of: target)
    try #require(!objects.isEmpty)
    let weak = try Self.lines(nm, objects).filter { $0.contains(" W ") }
    #expect(weak.isEmpty)
  }

  /// The same tests on a processor of 2008, where it can be imitated: nothing wide is run by accident.
  @Test func theBaselineRunsOnAnOldProcessor() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: Self.products.path)
    guard let qemu = Self.tool("qemu-x86_64"), let bundle = files.first(where: { $0.hasSuffix(".xctest") })
    else { return }
    let said = try Self.lines(
      qemu,
      [
        "-cpu", "Nehalem", Self.products.appendingPathComponent(bundle).path, "--testing-library",
        "swift-testing", "--filter", "LevelTests/(theBaseline|levelsAgree)",
      ])
    #expect(said.last?.contains("passed") == true)
  }

  @Test func noWideInstructionStandsOutsideTheKernels() throws {
    guard let objdump = Self.tool("llvm-objdump") else { return }
    for target in ["Kernels", "KernelsBaseline", "Neural"] {
      let objects = Self.objects(of: target)
      try #require(!objects.isEmpty)
      let wide = try Self.lines(objdump, ["-d", "--no-show-raw-insn"] + objects).first {
        $0.contains("%zmm") || $0.contains("%ymm")
      }
      #expect(wide == nil)
    }
    let kernels = try Self.lines(objdump, ["-d", "--no-show-raw-insn"] + Self.objects(of: "KernelsV4"))
    #expect(kernels.contains { $0.contains("vfmadd") && $0.contains("%zmm") })
  }
}
#endif
