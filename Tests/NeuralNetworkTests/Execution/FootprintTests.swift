#if canImport(Glibc)
import Foundation
import TestSupport
import Testing

/// What training and answering take of the machine's memory, seen from outside: the program of the benchmarks runs a
/// case, block by block.
@Suite struct FootprintTests {
  /// The program, beside the tests.
  private static let program = URL(filePath: builtProgram("inkling-bench"))

  /// The program at work on a case.
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

    /// Lets it do its work so many times.
    func work(_ count: Int) throws {
      try input.fileHandleForWriting.write(contentsOf: Data("\(count)\n".utf8))
      _ = output.fileHandleForReading.availableData
    }

    /// The most memory that it has had resident, in MiB.
    func peak() throws -> Int {
      let status = try String(contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8)
      let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") })
      return try #require(Int(line.split { !$0.isNumber }[0])) / 1024
    }

    /// Ends it, and gives what it said on standard error.
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
    try bench.work(3)
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
  func answeringAllocatesNothing(_ threads: Int) throws {
    let counter = FileManager.default.temporaryDirectory.appendingPathComponent(
      "inkling-\(UUID().uuidString).so")
    defer { try? FileManager.default.removeItem(at: counter) }
    let source = Recorded.place("count_allocations.c").path()
    try #require(Self.clang("-shared", "-fPIC", "-O1", source, "-o", counter.path))
    /// Allocations of a program that answers so many times.
    func allocations(_ answers: Int) throws -> Int {
      let bench = try Bench("two-stage one", threads: threads, environment: ["LD_PRELOAD": counter.path])
      try bench.work(answers)
      return try #require(Int(try bench.end().split { !$0.isNumber }.last ?? ""))
    }
    // The list of the times grows now and then.
    #expect(try allocations(310) - allocations(10) < 30)
  }
}
#endif
