// The program that `Benchmarks/run` measures. It sets up a case once. Then each line on standard input starts a
// block of runs, and the answer is the median seconds of one run as JSON. A number is the number of runs; after any
// other word the runs take a third of a second.
//
//   inkling-bench CASE --threads N     a case of the networks, for example "two-stage train"
//   inkling-bench peak                 the kernels' speed and the processor's peak, as JSON
//   inkling-bench onnx TEXT FILE       an untrained network as ONNX, for other programs
//   inkling-bench material RECIPE DATA FOLDER   a recipe's training and validation images, for other programs
//   inkling-bench samples RECIPE DATA  the time to make a recipe's training samples on one thread, as JSON
//   inkling-bench classical METHOD DATA FILE   a classical method: its seconds as JSON, its predictions in FILE

import Basics
import CLibrary
import Formats
import NeuralNetwork

@main
enum Main {
  static func main() {
    var words = Array(CommandLine.arguments.dropFirst())
    var threads = 1
    if let index = words.firstIndex(of: "--threads"), index + 1 < words.count {
      threads = max(1, Int(words[index + 1]) ?? 1)
      words.removeSubrange(index...index + 1)
    }
    switch words.first {
    case "peak": print(PeakCases.json)
    case "onnx" where words.count == 3: attempt { try writeONNX(words[1], to: words[2]) }
    case "material" where words.count == 4:
      attempt { try MaterialCases.write(recipe: words[1], data: words[2], to: words[3]) }
    case "samples" where words.count == 3:
      attempt { try MaterialCases.json(recipe: words[1], data: words[2]) }
    case "classical" where words.count == 4:
      attempt { try ClassicalCases.run(words[1], data: words[2], to: words[3], threads: threads) }
    case .some(let name):
      guard let run = NetworkCases.run(named: name, threads: threads) else { fail("no case '\(name)'") }
      serve(run)
    case nil: fail("a case is missing")
    }
  }

  /// Answers each line with the median seconds of a block's runs.
  private static func serve(_ run: () -> Void) {
    for _ in 0..<3 { run() }
    while let line = readLine() {
      let count = Int(line)
      var times: [Double] = []
      let end = MonotonicClock.seconds + 0.35
      while times.isEmpty || count.map({ times.count < $0 }) ?? (MonotonicClock.seconds < end) {
        times.append(seconds(of: run))
      }
      print("{\"seconds\": \(median(times))}")
      fflush(nil)
    }
  }

  /// Prints the result, or the error.
  private static func attempt(_ work: () throws -> String?) {
    do { if let text = try work() { print(text) } } catch { fail("\(error)") }
  }

  private static func writeONNX(_ text: String, to path: String) throws -> String? {
    let network = Network(try Architecture(text), seed: 1)
    try File.write(ONNX([network]).bytes, to: path, replacing: true)
    return nil
  }

  private static func fail(_ message: String) -> Never {
    let line = Array("inkling-bench: \(message)\n".utf8)
    _ = line.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
    exit(64)
  }
}

/// The seconds that a piece of work takes.
func seconds(of run: () throws -> Void) rethrows -> Double {
  let start = MonotonicClock.seconds
  try run()
  return MonotonicClock.seconds - start
}

/// The median; of an even number of times the lower one in the middle.
func median(_ times: [Double]) -> Double { times.sorted()[(times.count - 1) / 2] }
