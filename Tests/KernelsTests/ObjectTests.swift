#if arch(x86_64)
import Foundation
import TestSupport
import Testing

/// The rules for kernel objects: they define no weak symbols, which the linker could choose for the rest of the
/// program, and code outside of them runs on every x86-64 processor.
@Suite struct ObjectTests {
  /// The folder of this build's objects, beside the test bundle.
  static let products =
    Bundle.allBundles.lazy.map(\.bundleURL).first { $0.pathExtension == "xctest" }?
    .deletingLastPathComponent()
    ?? URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()

  static func tool(_ name: String) -> URL? {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
    for folder in folders {
      let swift = URL(fileURLWithPath: folder + "/swift").resolvingSymlinksInPath()
        .deletingLastPathComponent()
      for candidate in [swift.appendingPathComponent(name), URL(fileURLWithPath: "\(folder)/\(name)")]
      where FileManager.default.isExecutableFile(atPath: candidate.path) {
        return candidate
      }
    }
    return nil
  }

  static func lines(_ tool: URL, _ arguments: [String]) throws -> [Substring] {
    let run = try ProgramRun([tool.path] + arguments)
    // The testing library may write its report to standard error.
    return (run.text + run.errors).split(separator: "\n")
  }

  static func objects(of target: String) -> [String] {
    let folder = products.appendingPathComponent("\(target).build")
    let files = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
    return files.filter { $0.hasSuffix(".o") }.map { folder.appendingPathComponent($0).path }
  }

  @Test(
    .enabled(if: tool("llvm-nm") != nil, "there is no llvm-nm"),
    arguments: ["KernelsBaseline", "KernelsV3", "KernelsV4"])
  func kernelsDefineNoWeakCode(_ target: String) throws {
    let nm = try #require(Self.tool("llvm-nm"))
    let objects = Self.objects(of: target)
    try #require(!objects.isEmpty)
    let weak = try Self.lines(nm, objects).filter { $0.contains(" W ") }
    #expect(weak.isEmpty)
  }

  /// Some tests on an emulated processor of 2008, which has no wide instructions.
  @Test(.enabled(if: tool("qemu-x86_64") != nil, "there is no qemu-x86_64 (package qemu-user)"))
  func theBaselineRunsOnAnOldProcessor() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: Self.products.path)
    let qemu = try #require(Self.tool("qemu-x86_64"))
    let bundle = try #require(files.first { $0.hasSuffix(".xctest") })
    let said = try Self.lines(
      qemu,
      [
        "-cpu", "Nehalem", Self.products.appendingPathComponent(bundle).path, "--testing-library",
        "swift-testing", "--filter", "InstructionSetTests/(theBaseline|instructionSetsAgree)",
      ])
    // A filter that matches no test passes, too.
    for test in ["theBaselineIsAlwaysAvailable", "instructionSetsAgreeOnActivations"] {
      #expect(said.contains { $0.contains(test) && $0.contains(" passed after") }, "\(said.suffix(5))")
    }
    #expect(said.last?.contains(" passed after") == true, "\(said.suffix(5))")
  }

  /// Reads all code of the programs, which contain every target, function by function.
  @Test(
    .enabled(if: tool("llvm-objdump") != nil, "there is no llvm-objdump"),
    arguments: ["inkling", "inkling-training", "inkling-bench"])
  func noWideInstructionIsOutsideTheKernels(_ program: String) throws {
    let objdump = try #require(Self.tool("llvm-objdump"))
    // Lists the functions that use wide registers: `inside` once for those of the kernels, the others by name.
    let search = """
      "$0" -d --no-show-raw-insn "$1" | awk '
        /^[0-9a-f]+ <.*>:$/ { name = $2; if (name ~ /KernelsV[34]/) name = "inside" }
        /%[yz]mm[0-9]|%k[0-7]/ { if (!seen[name]++) print name }'
      """
    let file = Self.products.appendingPathComponent(program).path
    let wide = try Self.lines(URL(fileURLWithPath: "/bin/sh"), ["-c", search, objdump.path, file])
    #expect(wide == ["inside"])
  }
}
#endif
