// The networks of a recipe that are done, while others of it are still being trained.

package import NeuralNetwork

/// Trained networks that will answer together, and what their epochs were like.
package struct TrainedNetworks: Sendable {
  /// The networks, in the order of their seeds.
  package private(set) var networks: [Network] = []
  /// Their epochs, one network's after the other's.
  package private(set) var history = History()

  /// None yet.
  package init() {}

  /// Adds what came out of the next network's training.
  package mutating func append(_ network: Network, _ history: History) {
    networks.append(network)
    self.history.append(history)
  }
}

extension TrainedNetworks {
  /// Puts them into the checkpoint of the network that is being trained.
  package func save(in checkpoint: inout Checkpoint) {
    guard !networks.isEmpty else { return }
    checkpoint[text: "trained.history"] = history.csv
    checkpoint[floats: "trained.parameters"] = networks.flatMap(\.parameters)
    checkpoint[floats: "trained.statistics"] = networks.flatMap(\.statistics)
  }

  /// Those in a checkpoint of networks like this one.
  package init(in checkpoint: Checkpoint, like template: Network) throws(CheckpointError) {
    guard let csv = checkpoint[text: "trained.history"] else { return }
    let (weights, means) = (template.parameters.count, template.statistics.count)
    guard let history = History(csv: csv), let parameters = checkpoint[floats: "trained.parameters"],
      let statistics = checkpoint[floats: "trained.statistics"], weights > 0, parameters.count % weights == 0,
      statistics.count == parameters.count / weights * means
    else {
      throw CheckpointError(
        description:
          "the networks that it holds are not this recipe's; start the training anew without --resume")
    }
    self.history = history
    networks = (0..<(parameters.count / weights)).map { index in
      var network = template
      network.parameters = Array(parameters[(index * weights)..<((index + 1) * weights)])
      network.statistics = Array(statistics[(index * means)..<((index + 1) * means)])
      return network
    }
  }
}
