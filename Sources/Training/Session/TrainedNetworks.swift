// The finished networks of an ensemble, while others are still to be trained.

package import NeuralNetwork

/// The finished networks of an ensemble and their epochs.
package struct TrainedNetworks: Sendable {
  /// The networks, in the order of their seeds.
  package private(set) var networks: [Network] = []
  /// The epochs of all networks.
  package private(set) var history = History()

  /// No networks.
  package init() {}

  /// Appends the next network of the ensemble.
  package mutating func append(_ network: Network, _ history: History) {
    networks.append(network)
    self.history.append(history)
  }

  /// Saves the networks in the checkpoint of the network that is being trained.
  package func save(in checkpoint: inout Checkpoint) {
    guard !networks.isEmpty else { return }
    checkpoint[text: "trained.history"] = history.csv
    checkpoint[floats: "trained.parameters"] = networks.flatMap(\.parameters)
    checkpoint[floats: "trained.statistics"] = networks.flatMap(\.statistics)
  }

  /// Reads the networks of a checkpoint, at most `most`; `template` is a network of their architecture.
  package init(
    in checkpoint: Checkpoint, like template: Network, most: Int
  ) throws(CheckpointError) {
    guard let csv = checkpoint[text: "trained.history"] else { return }
    let (size, statisticsSize) = (template.parameters.count, template.statistics.count)
    guard let history = History(csv: csv), let parameters = checkpoint[floats: "trained.parameters"],
      let statistics = checkpoint[floats: "trained.statistics"], size > 0, parameters.count % size == 0,
      parameters.count / size <= most, statistics.count == parameters.count / size * statisticsSize,
      parameters.allSatisfy(\.isFinite), statistics.allSatisfy(\.isFinite)
    else {
      throw CheckpointError(
        description:
          "the networks that it holds are not this recipe's; start the training anew without --resume")
    }
    self.history = history
    networks = (0..<(parameters.count / size)).map { index in
      template.replacing(
        parameters: parameters[(index * size)..<((index + 1) * size)],
        statistics: statistics[(index * statisticsSize)..<((index + 1) * statisticsSize)])
    }
  }
}
