// Networks in a checkpoint: their weights and statistics under one name.

import NeuralNetwork

extension Checkpoint {
  /// Saves networks of one architecture, one after the other.
  mutating func save(_ networks: [Network], as name: String) {
    self[floats: "\(name).parameters"] = networks.flatMap(\.parameters)
    self[floats: "\(name).statistics"] = networks.flatMap(\.statistics)
  }

  /// Reads saved networks; nil where they are none of the template's architecture.
  func networks(_ name: String, like template: Network) -> [Network]? {
    let (size, statisticsSize) = (template.parameters.count, template.statistics.count)
    guard let parameters = self[floats: "\(name).parameters"],
      let statistics = self[floats: "\(name).statistics"], size > 0, parameters.count % size == 0,
      statistics.count == parameters.count / size * statisticsSize,
      parameters.allSatisfy(\.isFinite), statistics.allSatisfy(\.isFinite)
    else { return nil }
    return (0..<(parameters.count / size)).map { index in
      Network(
        template.architecture, parameters: Array(parameters[(index * size)..<((index + 1) * size)]),
        statistics: Array(statistics[(index * statisticsSize)..<((index + 1) * statisticsSize)]))
    }
  }
}
