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
    checkpoint.save(networks, as: "trained")
  }

  /// Reads the networks of a checkpoint, at most `most`; `template` is a network of their architecture.
  package init(
    in checkpoint: Checkpoint, like template: Network, most: Int
  ) throws(CheckpointError) {
    guard let csv = checkpoint[text: "trained.history"] else { return }
    guard let history = History(csv: csv), let networks = checkpoint.networks("trained", like: template),
      networks.count <= most
    else { throw CheckpointError("the networks that it holds are not this recipe's") }
    (self.history, self.networks) = (history, networks)
  }
}
