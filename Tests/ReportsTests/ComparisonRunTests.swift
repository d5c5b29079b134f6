import ClassicalMethods
import Formats
import Foundation
import NeuralNetwork
import Recognition
import Reports
import Synchronization
import Testing
import Training

/// Events of a run, in words.
private final class EventLog: Sendable {
  private let lines = Mutex<[String]>([])

  var all: [String] { lines.withLock { $0 } }

  func add(_ event: ComparisonRun.Event) {
    let line: String? =
      switch event {
      case .started(let contenders, let stored, _): "started \(contenders), stored \(stored)"
      case .progress(let name, let number, let count, nil): "\(name) \(number)/\(count)"
      case .progress: nil
      case .measured(let result, _): "measured \(result.method)"
      case .notStored: "not stored"
      }
    if let line { lines.withLock { $0.append(line) } }
  }
}

@Suite final class ComparisonRunTests {
  private let folder: String
  private let comparison: MethodComparison
  private let log = EventLog()

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("comparison-\(UUID())").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    // Ten patterns, each with a small shift from sample to sample.
    var pictures = Matrix(rows: 120, columns: 784)
    for index in pictures.values.indices {
      let (row, column) = (index / 784, index % 784)
      pictures.values[index] = Float((column * (row % 10 + 3) + row) % 17) / 17
    }
    let samples = Samples(pictures: pictures, labels: (0..<120).map { UInt8($0 % 10) })
    comparison = MethodComparison(train: samples, test: samples.at(0..<40), isQuick: false)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  private func contenders(_ names: String...) throws -> [Contender] {
    try names.map { name in .method(try #require(ClassicalMethod.all.first { $0.name == name })) }
  }

  private func run(
    _ contenders: [Contender], isStopped: @escaping @Sendable () -> Bool = { false }
  ) throws -> String {
    try ComparisonRun(
      comparison, contenders: contenders, folder: folder, threads: 2, isStopped: isStopped,
      report: { [log] in log.add($0) }
    ).run()
  }

  private func text(_ name: String) throws -> String {
    try String(contentsOfFile: folder + "/" + name, encoding: .utf8)
  }

  @Test func writesAllFilesOfTheReport() throws {
    let page = try run(try contenders("pca-nearest-mean", "knn"))
    #expect(page == folder + "/report.html")
    #expect(try text("report.html").contains("Made by <code>inkling compare</code>"))
    #expect(try text("report.md").contains("\n| knn | 100.00 | 0.00 | "))
    #expect(try text("compare.json").contains("\"method\": \"knn\""))
    for plot in ["accuracy-time", "pca-plane"] {
      let svg = try text("plots/\(plot).svg")
      // A file on its own contains its colours, without variables.
      #expect(svg.hasPrefix("<svg") && svg.contains("<style>") && !svg.contains("var("))
    }
    #expect(
      log.all == [
        "started 2, stored 0", "pca-nearest-mean 1/2", "measured pca-nearest-mean", "knn 2/2", "measured knn",
      ])
  }

  @Test func aSecondRunUsesStoredResultsAndWritesTheSameReport() throws {
    _ = try run(try contenders("pca-nearest-mean", "knn"))
    let names = ["report.html", "report.md", "compare.json", "plots/accuracy-time.svg"]
    let before = try names.map(text)
    _ = try run(try contenders("pca-nearest-mean", "knn"))
    #expect(try names.map(text) == before)
    #expect(log.all.last == "started 0, stored 2")
  }

  @Test func resultsOfOtherDataAndDamagedOnesAreMeasuredAgain() throws {
    _ = try run(try contenders("pca-nearest-mean", "knn"))
    let path = folder + "/finished/knn.json"
    let other = try text("finished/knn.json").replacingOccurrences(
      of: "\"study\": \"1 ", with: "\"study\": \"2 ")
    try Data(other.utf8).write(to: URL(fileURLWithPath: path))
    _ = try run(try contenders("knn"))
    #expect(log.all.last == "measured knn")
    try Data("{\"study\":".utf8).write(to: URL(fileURLWithPath: path))
    _ = try run(try contenders("pca-nearest-mean", "knn"))
    #expect(Array(log.all.suffix(3)) == ["started 1, stored 1", "knn 1/1", "measured knn"])
  }

  @Test func anInterruptedRunKeepsWhatItMeasured() throws {
    let log = log
    let error = try #require(throws: ComparisonError.self) {
      try self.run(
        try self.contenders("pca-nearest-mean", "knn"), isStopped: { log.all.contains("knn 2/2") })
    }
    guard case .stopped(finished: 1, of: 2, _) = error else {
      Issue.record("\(error)")
      return
    }
    #expect(!FileManager.default.fileExists(atPath: folder + "/compare.json"))
    _ = try run(try contenders("pca-nearest-mean", "knn"))
    #expect(Array(log.all.suffix(3)) == ["started 1, stored 1", "knn 1/1", "measured knn"])
  }

  @Test func aFolderThatCannotBeMadeIsAFileError() throws {
    try Data().write(to: URL(fileURLWithPath: folder + "/finished"))
    let error = try #require(throws: ComparisonError.self) { try self.run([]) }
    guard case .file = error else {
      Issue.record("\(error)")
      return
    }
  }

  @Test func aModelBringsItsHistoryAndMustReadPicturesOfThisSize() throws {
    func write(_ architecture: String) throws -> Contender {
      let network = Network(try Architecture(architecture), seed: 1)
      let labels = Classes.digits
      let model = try Model(name: "small", networks: [network], classes: labels)
      try Data(model.bytes).write(to: URL(fileURLWithPath: folder + "/small.safetensors"))
      return .model(name: "small", title: "A small network", path: folder + "/small.safetensors")
    }
    var history = History()
    history.rows = (1...3).map {
      History.Row(
        epoch: $0, learningRate: 0.1, loss: 1, accuracy: 0.5 + 0.125 * Double($0), speed: 100,
        seconds: 4 * Double($0))
    }
    try Data(history.csv.utf8).write(to: URL(fileURLWithPath: folder + "/small.csv"))
    _ = try run([try write("784-8s-10")])
    let json = try text("compare.json")
    #expect(json.contains("\"architecture\": \"784-8s-10\"") && json.contains("\"train_seconds\": 12.0"))
    #expect(
      json.contains(
        "\"error_by_passes\": [{\"passes\": 1, \"error\": 0.375}, {\"passes\": 2, \"error\": 0.25}, "
          + "{\"passes\": 3, \"error\": 0.125}]"))
    #expect(try text("report.html").contains("<b>A small network</b>"))
    let larger = try write("900-8s-10")
    let error = try #require(throws: ComparisonError.self) { try self.run([larger]) }
    guard case .unsuitableModel = error else {
      Issue.record("\(error)")
      return
    }
  }
}
