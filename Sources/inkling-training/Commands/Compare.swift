// `inkling compare`: classical methods and models on the same digits, as a report.

import Basics
import ClassicalMethods
import CommandSupport
import Datasets
import Evaluation
import Recognition
import Reports
import Synchronization

extension Command {
  static let compare = Command(
    "compare", position: 110, summary: "Compare classical methods and models on digits, and write a report",
    options: [
      .flag("quick", "train on the first 10,000 pictures and test on the first 2,000, in less than a minute"),
      .value("methods", "NAMES", "only these methods, separated by commas", repeats: true),
      .value("out", "FOLDER", "the folder for the report (default: 'comparison' here)"),
      .value("data", "DIR", "the folder with MNIST (default: $INKLING_DATA)"),
      .value("threads", "N", "the number of threads (default: 2)"),
    ],
    discussion: """
      Methods: \(ClassicalMethod.all.map(\.name).joined(separator: ", ")),
      and the shipped models: \(ShippedFiles.names(ending: "safetensors").joined(separator: ", ")).
      Settings are chosen on the first 10,000 training pictures, never on the test pictures. FOLDER gets report.html, report.md, \
      compare.json, plots/, and finished/ with the results of each method: after Ctrl-C the same command continues.
      """
  ) { arguments throws(Failure) in
    let contenders = try Contender.chosen(arguments.texts("methods"))
    let threads = try arguments.integer("threads", in: 1...64) ?? 2
    let locator = DatasetLocator(of: arguments)
    let comparison = try Failure.wrapping { () throws(DataError) in
      MethodComparison(
        train: Samples(try locator.mnist(.train)), test: Samples(try locator.mnist(.test)),
        isQuick: arguments.has("quick"))
    }
    Interruption.watch()
    let line = Mutex(ProgressLine())
    let run = ComparisonRun(
      comparison, contenders: contenders, folder: arguments.text("out") ?? "comparison", threads: threads,
      isStopped: { Interruption.isRequested },
      report: { event in line.withLock { $0.show(event, of: comparison) } })
    defer { line.withLock { $0.clear() } }
    printLine(try Failure.wrapping(ComparisonError.self, try run.run()))
  }
}

extension Contender {
  /// All contenders: the classical methods, then the shipped models with the flagship at the end.
  fileprivate static var all: [Contender] {
    func order(_ name: String) -> Int { name == "mlp" ? 0 : name == Model.flagship ? 2 : 1 }
    let names = ShippedFiles.names(ending: "safetensors").sorted { (order($0), $0) < (order($1), $1) }
    return ClassicalMethod.all.map { .method($0) }
      + names.map { name in
        .model(
          name: name, title: name == Model.flagship ? "Inkling, the flagship" : "Network \(name)",
          path: ShippedFiles.path(name, ending: "safetensors") ?? name)
      }
  }

  /// The contenders that lists of names select, in the usual order; all if there is no list.
  fileprivate static func chosen(_ lists: [String]) throws(Failure) -> [Contender] {
    if lists.isEmpty { return all }
    let names = lists.flatMap { $0.split(separator: ",").map(String.init) }
    let known = all.map(\.name)
    guard !names.isEmpty else {
      throw .usage("--methods takes names separated by commas: \(known.joined(separator: ","))")
    }
    for name in names where !known.contains(name) {
      throw .unknown("method", name, among: known)
    }
    return all.filter { names.contains($0.name) }
  }
}

extension ProgressLine {
  /// Shows an event of a comparison.
  fileprivate mutating func show(_ event: ComparisonRun.Event, of comparison: MethodComparison) {
    switch event {
    case .started(0, let stored, _):
      settle("all \(stored) methods have stored results: writing the report")
    case .started(let contenders, let stored, let seconds):
      let known = stored > 0 ? "\(stored) methods have stored results; " : ""
      settle(
        "\(known)\(contenders) methods on \(comparison.train.count) training and \(comparison.test.count) test "
          + "pictures: about \(Self.duration(seconds))")
    case .progress(let name, let number, let count, nil):
      show("\(number)/\(count) \(name)", now: true)
    case .progress(let name, let number, let count, let share?):
      show("\(number)/\(count) \(name) \(Self.bar(share)) \(Int(clamping: share * 100)) %")
    case .measured(let result, let measures):
      settle(
        "\(result.method): \(NumberText.percent(measures.accuracy)) % ± \(NumberText.percent(measures.standardError)) %, trained in "
          + "\(result.trainSeconds.map(Self.duration) ?? "?"), read in \(Self.duration(result.predictSeconds))"
      )
    case .notStored(let error): settle("the result was not stored: \(error)")
    }
  }

  private static func duration(_ seconds: Double) -> String {
    switch seconds {
    case ..<0.01: "\(NumberText.fixed(seconds * 1000, 1)) ms"
    case ..<10: "\(NumberText.fixed(seconds, 2)) s"
    case ..<120: "\(NumberText.fixed(seconds, 0)) s"
    default: "\(NumberText.fixed(seconds / 60, 0)) minutes"
    }
  }
}

extension ComparisonError: CommandError {
  var failure: Failure {
    switch self {
    case .stopped: Failure(Interruption.exitCode ?? .couldNot, description)
    case .file(let error): Failure(error)
    case .modelFile, .unsuitableModel: .badData(description)
    case .modelResult(let error): Failure(error)
    }
  }
}
