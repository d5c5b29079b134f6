// The comparison's figures for programs.

import Basics
import ClassicalMethods
import Evaluation
import Reports

/// `compare.json`.
enum ComparisonJSON {
  /// The figures, the best method first.
  static func text(of comparison: Comparison) -> String {
    let methods = comparison.entries.enumerated().map { place, entry in
      method(entry, chance: comparison.chance(at: place))
    }
    return """
      {"quick": \(comparison.isQuick), "train": \(comparison.trainCount), "test": \(comparison.test.count),
      "machine": \(JSON.string(comparison.machine).text),
      "methods": [
      \(methods.map(\.text).joined(separator: ",\n"))
      ]}
      """
  }

  private static func method(_ entry: Comparison.Entry, chance: Double?) -> JSON {
    let (finding, measures) = (entry.finding, entry.measures)
    return .object([
      ("method", .string(finding.method)), ("parameters", parameters(finding.parameters)),
      ("accuracy", .number(measures.accuracy)), ("standard_error", .number(measures.standardError)),
      ("train_seconds", finding.trainSeconds.map { .number($0) } ?? .null),
      ("predict_seconds", .number(finding.predictSeconds)), ("bytes", .integer(finding.bytes)),
      ("memory", finding.memory.map { .integer($0) } ?? .null),
      ("mcnemar_p", chance.map { .number($0) } ?? .null),
      ("precision", .array((0..<10).map { .number(measures.precision(of: $0)) })),
      ("recall", .array((0..<10).map { .number(measures.recall(of: $0)) })),
      (
        "confusion",
        .array(
          (0..<10).map { row in
            .array((0..<10).map { .integer(measures.confusion[row * 10 + $0]) })
          })
      ),
      (
        "validation",
        .array(
          finding.trials.map { trial in
            .object([("parameters", parameters(trial.parameters)), ("accuracy", .number(trial.accuracy))])
          })
      ),
      ("error_by_amount", points(finding.amounts, "pictures")),
      ("error_by_passes", points(finding.passes, "passes")),
    ])
  }

  private static func parameters(_ list: [MethodResult.Parameter]) -> JSON {
    .object(
      list.map { parameter in
        let whole = Int(parameter.value).map { JSON.integer($0) }
        return (
          parameter.name, whole ?? Double(parameter.value).map { .number($0) } ?? .string(parameter.value)
        )
      })
  }

  private static func points(_ list: [MethodResult.Point], _ name: String) -> JSON {
    .array(list.map { .object([(name, .integer($0.count)), ("error", .number($0.error))]) })
  }
}
