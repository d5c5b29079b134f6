// The comparison's figures for programs.

import Basics
import ClassicalMethods
import Evaluation

extension ComparisonReport {
  /// The content of `compare.json`, the most accurate method first.
  var json: String {
    let methods = entries.indices.map { json(of: entries[$0], chance: chance(at: $0)).text }
    return """
      {"quick": \(comparison.isQuick), "train": \(comparison.train.count), "test": \(test.count),
      "machine": \(JSONText.quoted(machine)),
      "methods": [
      \(methods.joined(separator: ",\n"))
      ]}
      """
  }

  private func json(of entry: Entry, chance: Double?) -> JSON {
    let (result, measures) = (entry.result, entry.measures)
    func ofDigits(_ figure: (Int) -> JSON) -> JSON { .array((0..<10).map(figure)) }
    let validation: [JSON] = result.trials.map { (trial: MethodResult.Trial) -> JSON in
      .object([("parameters", Self.json(trial.parameters)), ("accuracy", .number(trial.accuracy))])
    }
    let members: [(String, JSON)] = [
      ("method", .string(result.method)), ("parameters", Self.json(result.parameters)),
      ("accuracy", .number(measures.accuracy)), ("standard_error", .number(measures.standardError)),
      ("train_seconds", Self.json(result.trainSeconds)), ("predict_seconds", .number(result.predictSeconds)),
      ("bytes", .integer(result.bytes)), ("memory", result.memory.map(JSON.integer) ?? .null),
      ("mcnemar_p", Self.json(chance)),
      ("precision", ofDigits { .number(measures.precision(of: $0)) }),
      ("recall", ofDigits { .number(measures.recall(of: $0)) }),
      ("confusion", ofDigits { .array(measures.confusions(of: $0).map(JSON.integer)) }),
      ("validation", .array(validation)),
      ("error_by_amount", Self.json(result.errorByAmount, "pictures")),
      ("error_by_passes", Self.json(result.errorByPasses, "passes")),
    ]
    return .object(members)
  }

  private static func json(_ number: Double?) -> JSON { number.map(JSON.number) ?? .null }

  private static func json(_ parameters: [MethodResult.Parameter]) -> JSON {
    .object(
      parameters.map { (parameter: MethodResult.Parameter) -> (String, JSON) in
        if let integer = Int(parameter.value) { return (parameter.name, .integer(integer)) }
        if let number = Double(parameter.value) { return (parameter.name, .number(number)) }
        return (parameter.name, .string(parameter.value))
      })
  }

  private static func json(_ points: [MethodResult.Point], _ unit: String) -> JSON {
    .array(
      points.map { (point: MethodResult.Point) -> JSON in
        .object([(unit, .integer(point.count)), ("error", .number(point.error))])
      })
  }
}
