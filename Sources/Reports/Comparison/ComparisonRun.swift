// A run of the comparison: it loads stored results, measures the other contenders, and writes the report.

import Basics
package import ClassicalMethods
package import Evaluation
package import Formats
import Recognition

/// A run of the comparison.
package struct ComparisonRun: Sendable {
  /// What a run reports, on the thread that called `run`.
  package enum Event: Sendable {
    /// Measuring begins; `stored` results of an earlier run are used.
    case started(contenders: Int, stored: Int, expectedSeconds: Double)
    /// A contender is being measured; the completed share is nil at the beginning and for models.
    case progress(name: String, number: Int, of: Int, share: Double?)
    /// A contender was measured.
    case measured(MethodResult, Measures)
    /// A result could not be stored, so that a continued run would have to measure it again.
    case notStored(FileError)
  }

  private let comparison: MethodComparison
  private let contenders: [Contender]
  private let folder: String
  private let threads: Int
  private let isStopped: @Sendable () -> Bool
  private let report: @Sendable (Event) -> Void
  private let key: String

  /// Prepares a run.
  ///
  /// - Parameters:
  ///   - comparison: The data.
  ///   - contenders: The contenders, in the order of their measurement.
  ///   - folder: The folder of the report; results are stored in its folder `finished`.
  ///   - threads: The number of threads.
  ///   - isStopped: Whether the run must stop; called often, from any thread.
  ///   - report: Receives the run's events.
  package init(
    _ comparison: MethodComparison, contenders: [Contender], folder: String, threads: Int,
    isStopped: @escaping @Sendable () -> Bool = { false },
    report: @escaping @Sendable (Event) -> Void = { _ in }
  ) {
    self.comparison = comparison
    self.contenders = contenders
    self.folder = folder
    self.threads = threads
    self.isStopped = isStopped
    self.report = report
    key = comparison.key
  }

  private var finishedFolder: String { Path.join(folder, "finished") }

  /// Measures the contenders without a stored result, then writes the report.
  ///
  /// - Returns: The path of the report's page.
  /// - Throws: `ComparisonError`; results that were already measured stay stored.
  package func run() throws(ComparisonError) -> String {
    do throws(FileError) { try Path.makeFolder(finishedFolder) } catch { throw .file(error) }
    var results: [MethodResult] = []
    var open: [Contender] = []
    for contender in contenders {
      if let result = storedResult(of: contender) { results.append(result) } else { open.append(contender) }
    }
    do throws(Stopped) {
      report(
        .started(
          contenders: open.count, stored: results.count, expectedSeconds: try expectedSeconds(open)))
    } catch {
      throw stopped(results.count)
    }
    for (index, contender) in open.enumerated() {
      if isStopped() { throw stopped(results.count) }
      let result = try measure(contender, number: index + 1, of: open.count, finished: results.count)
      results.append(result)
      report(.measured(result, result.measures(comparison.test.labels)))
      store(result, of: contender)
    }
    let plane: Matrix
    do throws(Stopped) { plane = try planeOfTestPictures() } catch { throw stopped(results.count) }
    let report = ComparisonReport(
      results.map(entry), of: comparison, machine: "\(Self.processorName), \(threads) threads",
      plane: plane)
    do throws(FileError) { return try report.write(to: folder) } catch { throw .file(error) }
  }

  private func stopped(_ finished: Int) -> ComparisonError {
    .stopped(finished: finished, of: contenders.count, folder: finishedFolder)
  }

  private func expectedSeconds(_ contenders: [Contender]) throws(Stopped) -> Double {
    guard !contenders.isEmpty else { return 0 }
    let context = ExecutionContext(threads: threads, isStopped: isStopped)
    let speed = try MethodComparison.matrixProductSpeed(context)
    return contenders.reduce(0) { sum, contender in
      switch contender {
      case .method(let method): sum + comparison.expectedSeconds(method, speed: speed)
      case .model: sum + 3 * Double(comparison.test.count) / 10_000 / speed
      }
    }
  }

  private func measure(
    _ contender: Contender, number: Int, of count: Int, finished: Int
  ) throws(ComparisonError) -> MethodResult {
    let (name, report) = (contender.name, report)
    report(.progress(name: name, number: number, of: count, share: nil))
    switch contender {
    case .method(let method):
      let context = ExecutionContext(
        threads: threads,
        report: { report(.progress(name: name, number: number, of: count, share: $0)) },
        isStopped: isStopped)
      do throws(Stopped) { return try comparison.measure(method, context) } catch { throw stopped(finished) }
    case .model(_, _, let path):
      return try MethodResult(modelFile: path, name: name, test: comparison.test, threads: threads)
    }
  }

  /// The test pictures' coordinates along the first two principal components of the training pictures.
  private func planeOfTestPictures() throws(Stopped) -> Matrix {
    let context = ExecutionContext(threads: threads, isStopped: isStopped)
    let components = try PrincipalComponents(comparison.train.pictures, components: 2, context)
    return try components.project(comparison.test.pictures, context)
  }

  private func entry(_ result: MethodResult) -> ComparisonReport.Entry {
    var (title, about) = (result.method, "")
    switch contenders.first(where: { $0.name == result.method }) {
    case .method(let method): (title, about) = (method.title, method.about)
    case .model(_, let modelTitle, let path):
      (title, about) = (modelTitle, (try? LoadedModel(path))?.model.facts["about"] ?? "")
    case nil: break
    }
    return .init(
      result: result, title: title, about: about, measures: result.measures(comparison.test.labels))
  }

  // MARK: - Stored results

  private func path(of contender: Contender) -> String {
    Path.join(finishedFolder, contender.name + ".json")
  }

  /// A valid result that an earlier run stored for the same data and, of a model, the same file.
  private func storedResult(of contender: Contender) -> MethodResult? {
    guard let bytes = try? File.read(path(of: contender)),
      let result = try? MethodResult(json: bytes, key: key(of: contender)),
      result.answers.count == comparison.test.count
    else { return nil }
    return result
  }

  private func key(of contender: Contender) -> String {
    guard case .model(_, _, let path) = contender, let bytes = try? File.read(path) else { return key }
    return "\(key) \(bytes.count) \(CRC32.checksum(bytes))"
  }

  private func store(_ result: MethodResult, of contender: Contender) {
    let text = result.json(key: key(of: contender))
    do throws(FileError) {
      try File.write(Array(text.utf8), to: path(of: contender), replacing: true)
    } catch {
      report(.notStored(error))
    }
  }

  /// The processor's name, from Linux' list of processors.
  private static var processorName: String {
    let text = String(decoding: (try? File.read("/proc/cpuinfo")) ?? [], as: UTF8.self)
    let line = text.split(whereSeparator: \.isNewline).first { $0.hasPrefix("model name") }
    let name = line?.split(separator: ":", maxSplits: 1).last?.split(whereSeparator: \.isWhitespace)
    return name?.joined(separator: " ") ?? "an unknown processor"
  }
}
