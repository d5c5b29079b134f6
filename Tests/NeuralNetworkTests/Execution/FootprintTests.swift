#if canImport(Glibc)
import Foundation
import TestSupport
import Testing

/// The memory and allocations of training and inference, measured on the benchmark program while it runs a case.
@Suite struct FootprintTests {
  /// The program, beside the tests.
  private static let program = URL(filePath: builtProgram("inkling-bench"))

  /// The benchmark program while it runs a case.
  private final class Bench {
    private let process = Process()
    private let (input, output, errors) = (Pipe(), Pipe(), Pipe())

    init(_ name: String, threads: Int, environment: [String: String] = [:]) throws {
      process.executableURL = FootprintTests.program
      process.arguments = [name, "--threads", "\(threads)"]
      process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
      (process.standardInput, process.standardOutput, process.standardError) = (input, output, errors)
      try process.run()
    }

    /// Runs the case `count` times.
    func run(_ count: Int) throws {
      try input.fileHandleForWriting.write(contentsOf: Data("\(count)\n".utf8))
      _ = output.fileHandleForReading.availableData
    }

    /// The peak of its resident memory, in MiB.
    func peak() throws -> Int {
      let status = try String(contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8)
      let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") })
      return try #require(Int(line.split { !$0.isNumber }[0])) / 1024
    }

    /// Ends the program and gives its standard error.
    func end() throws -> String {
      try input.fileHandleForWriting.close()
      let words = errors.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      return String(decoding: words, as: UTF8.self)
    }
  }

  @Test(arguments: [
    ("two-stage train", 300), ("two-stage batch", 40), ("two-stage one", 40), ("batch-norm batch", 40),
  ])
  func memoryStaysWithinBounds(_ name: String, _ limit: Int) throws {
    let bench = try Bench(name, threads: 2)
    try bench.run(3)
    let peak = try bench.peak()
    #expect(peak < limit)
    _ = try bench.end()
  }

  #if DEBUG
  private static let isOptimized = false
  #else
  private static let isOptimized = true
  #endif

  private static func clang(_ words: String...) -> Bool {
    (try? ProgramRun(["clang"] + words).status) == 0
  }

  @Test(
    .enabled(if: isOptimized, "only optimized code keeps its closures off the heap"),
    .enabled(if: clang("--version"), "there is no clang to build the counter with"), arguments: [1, 2])
  func inferenceAllocatesNothing(_ threads: Int) throws {
    let counter = FileManager.default.temporaryDirectory.appendingPathComponent(
      "inkling-\(UUID().uuidString).so")
    defer { try? FileManager.default.removeItem(at: counter) }
    let source = Recorded.url("count_allocations.c").path()
    try #require(Self.clang("-shared", "-fPIC", "-O1", source, "-o", counter.path))
    /// The allocations of a program that runs inference `runs` times.
    func allocations(_ runs: Int) throws -> Int {
      let bench = try Bench("two-stage one", threads: threads, environment: ["LD_PRELOAD": counter.path])
      try bench.run(runs)
      return try #require(Int(try bench.end().split { !$0.isNumber }.last ?? ""))
    }
    // The list of the times grows sometimes.
    #expect(try allocations(310) - allocations(10) < 30)
  }
}
#endif
