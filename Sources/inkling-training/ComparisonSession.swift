// A comparison at work: what was found before is kept, the rest is found, and the report is written.

import Basics
import ClassicalMethods
import CommandSupport
import Evaluation
import Formats
import NeuralNetwork
import Recognition
import Reports
import Training

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A comparison at work.
struct ComparisonSession {
  private let study: MethodComparison
  private let rivals: [Rival]
  private let folder: String
  private let threads: Int
  private let mark: String
  private var line = ProgressLine()

  init(_ study: MethodComparison, rivals: [Rival], folder: String, threads: Int) {
    self.study = study
    self.rivals = rivals
    self.folder = folder
    self.threads = threads
    mark = study.mark
  }

  /// Finds what is not known yet, then writes the report.
  mutating func run() throws(Failure) {
    do throws(FileError) {
      for name in ["finished", "plots"] { try Path.makeFolder(Path.join(folder, name)) }
    } catch {
      throw .couldNot("\(error)")
    }
    var findings: [MethodResult] = []
    var open: [Rival] = []
    for rival in rivals {
      if let finding = kept(rival) { findings.append(finding) } else { open.append(rival) }
    }
    let effort = ExecutionContext(threads: threads, isStopped: { Interruption.isRequested })
    do throws(Stopped) { try announce(open, known: findings.count, effort) } catch {
      throw stopped(findings.count)
    }
    for (place, rival) in open.enumerated() {
      if Interruption.isRequested { throw stopped(findings.count) }
      findings.append(try find(rival, place + 1, of: open.count, known: findings.count))
    }
    do throws(Stopped) { try write(findings, effort) } catch { throw stopped(findings.count) }
  }

  /// What is said when somebody pressed Ctrl-C.
  private mutating func stopped(_ known: Int) -> Failure {
    line.clear()
    return .couldNot(
      "stopped; what is known of \(known) of \(rivals.count) methods is kept in "
        + "'\(Path.join(folder, "finished"))', and the same command goes on from there")
  }

  private func path(_ rival: Rival) -> String {
    Path.join(Path.join(folder, "finished"), rival.name + ".json")
  }

  /// What an earlier run found about a method with the same data; nil where it found nothing that can be read.
  private func kept(_ rival: Rival) -> MethodResult? {
    guard let bytes = try? File.read(path(rival)),
      let finding = try? MethodResult(json: bytes, study: mark(rival)),
      finding.answers.count == study.test.count
    else { return nil }
    return finding
  }

  /// A model's findings hold for that very file alone.
  private func mark(_ rival: Rival) -> String {
    guard case .model(let name) = rival, let path = ShippedFiles.path(name, ending: "safetensors") else {
      return mark
    }
    var status = stat()
    stat(path, &status)
    return "\(mark) \(status.st_size) \(status.st_mtim.tv_sec)"
  }

  private mutating func announce(_ open: [Rival], known: Int, _ effort: ExecutionContext) throws(Stopped) {
    guard !open.isEmpty else {
      return line.settle("all \(known) methods are known already: writing the report")
    }
    let speed = try MethodComparison.speed(effort)
    let expected = open.reduce(0) { sum, rival in
      switch rival {
      case .method(let contender): sum + study.expectedSeconds(contender, speed: speed)
      case .model: sum + 3 * Double(study.test.count) / 10_000 / speed
      }
    }
    let before = known > 0 ? "\(known) methods are known already; " : ""
    line.settle(
      "\(before)\(open.count) methods on \(study.train.count) training and \(study.test.count) test pictures: "
        + "about \(Self.duration(expected))")
  }

  private mutating func find(
    _ rival: Rival, _ number: Int, of count: Int, known: Int
  ) throws(Failure) -> MethodResult {
    let name = rival.name
    let finding: MethodResult
    switch rival {
    case .method(let contender):
      // The line is drawn from the thread that computes; nobody else draws meanwhile.
      nonisolated(unsafe) var line = line
      line.show("\(number)/\(count) \(name)", now: true)
      do throws(Stopped) {
        finding = try study.find(
          contender,
          ExecutionContext(
            threads: threads,
            report: { share in
              line.show(
                "\(number)/\(count) \(name) \(ProgressLine.bar(share)) \(Int(clamping: share * 100)) %")
            }, isStopped: { Interruption.isRequested }))
      } catch {
        self.line = line
        throw stopped(known)
      }
      self.line = line
    case .model:
      line.show("\(number)/\(count) \(name)", now: true)
      finding = try examine(name)
    }
    let measures = finding.measures(study.test.labels)
    line.settle(
      "\(name): \(percent(measures.accuracy)) ± \(percent(measures.standardError)), "
        + "trained in \(finding.trainSeconds.map(Self.duration) ?? "?"), read in \(Self.duration(finding.predictSeconds))"
    )
    do throws(FileError) {
      try File.write(Array(finding.json(study: mark(rival)).utf8), to: path(rival), replacing: true)
    } catch {
      // The report can still be written; only a continued run would have to find this again.
      line.settle("could not keep it: \(error)")
    }
    return finding
  }

  /// A shipped model on the test pictures.
  private func examine(_ name: String) throws(Failure) -> MethodResult {
    let path = ShippedFiles.path(name, ending: "safetensors") ?? name
    let model = try Model(named: name)
    guard model.inputShape.count == study.test.pictures.columns, model.classes.labels.count == 10 else {
      throw .badData("'\(path)' does not read digits of 28 by 28 pixels: leave it out with --methods")
    }
    PeakMemory.forgetPeak()
    let networks = model.networks.map { Inference($0, threads: threads) }
    let outputs = model.classes.outputs
    let began = ProgressLine.seconds
    let rows = networks.map { $0.probabilities(study.test.pictures.values) }
    let answers: [UInt8]
    do throws(ModelResultError) {
      answers = try (0..<study.test.count).map { (index) throws(ModelResultError) in
        let answer = try model.answer(
          probabilities: rows.map { Array($0[(index * outputs)..<((index + 1) * outputs)]) })
        return UInt8(model.classes.labels[answer.best]) ?? 0
      }
    } catch {
      throw Failure(error)
    }
    let seconds = ProgressLine.seconds - began
    var status = stat()
    stat(path, &status)
    let parameters = model.networks.reduce(0) { $0 + $1.parameters.count }
    let epochs = TrainingFiles(model: path).epochs
    var finding = MethodResult(
      method: name,
      parameters: [
        MethodResult.Parameter(name: "architecture", value: ModelCard.architecture(of: model)),
        MethodResult.Parameter(name: "weights", value: "\(parameters)"),
      ], answers: answers,
      trainSeconds: epochs?.rows.last?.seconds,
      predictSeconds: seconds, bytes: Int(status.st_size))
    finding.memory = PeakMemory.peak
    // Networks that answer together were trained one after the other; the first one's epochs are shown.
    let rowCount = (epochs?.rows.count ?? 0) / max(1, model.networks.count)
    finding.passes = (epochs?.rows ?? []).prefix(rowCount).compactMap { row in
      row.accuracy.map { MethodResult.Point(count: row.epoch, error: 1 - $0) }
    }
    finding.pictures = model.networks.first.map(Self.firstLayer) ?? []
    return finding
  }

  /// The first layer's weights, one picture for each filter or unit, a hundred at most.
  private static func firstLayer(_ network: Network) -> [MethodResult.Picture] {
    guard let place = network.architecture.tensors.first(where: { $0.role == .weight }),
      let filters = place.shape.first, filters > 0
    else { return [] }
    let weights = Matrix(rows: filters, columns: place.count / filters, values: network[place])
    return Array(MethodResult.Picture.all(weights).prefix(100))
  }

  private func write(_ findings: [MethodResult], _ effort: ExecutionContext) throws(Stopped) {
    let components = try PrincipalComponents(study.train.pictures, components: 2, effort)
    let plane = try components.project(study.test.pictures, effort)
    let comparison = Comparison(
      findings, study: study, machine: "\(Self.processor), \(threads) threads", plane: plane
    ) { finding in
      if let contender = Contender.all.first(where: { $0.name == finding.method }) {
        return (contender.title, contender.about)
      }
      let title = finding.method == Model.flagship ? "Inkling, the flagship" : "Network \(finding.method)"
      return (title, (try? Model(named: finding.method))?.facts["about"] ?? "")
    }
    do throws(FileError) {
      let files = [("report.html", comparison.html), ("report.md", comparison.markdown)]
      for (name, text) in files {
        try File.write(Array(text.utf8), to: Path.join(folder, name), replacing: true)
      }
      for plot in comparison.plotFiles {
        let path = Path.join(Path.join(folder, "plots"), plot.name)
        try File.write(Array(plot.svg.utf8), to: path, replacing: true)
      }
      let json = ComparisonJSON.text(of: comparison) + "\n"
      try File.write(Array(json.utf8), to: Path.join(folder, "compare.json"), replacing: true)
    } catch {
      printError("inkling: \(error)")
      exit(Failure.Code.couldNot.rawValue)
    }
    print(Path.join(folder, "report.html"))
  }

  private static func duration(_ seconds: Double) -> String {
    switch seconds {
    case ..<0.01: "\(rounded(seconds * 1000, 1)) ms"
    case ..<10: "\(rounded(seconds, 2)) s"
    case ..<120: "\(rounded(seconds, 0)) s"
    default: "\(rounded(seconds / 60, 0)) minutes"
    }
  }

  /// The processor's name, as Linux tells it.
  private static var processor: String {
    guard let file = fopen("/proc/cpuinfo", "r") else { return "an unknown processor" }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 512)
    while fgets(&line, Int32(line.count), file) != nil {
      let text = line.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
      if text.hasPrefix("model name"), let colon = text.firstIndex(of: ":") {
        return text[text.index(after: colon)...].split(whereSeparator: \.isWhitespace).joined(separator: " ")
      }
    }
    return "an unknown processor"
  }
}
