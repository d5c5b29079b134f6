// The progress of a training as text for one line of a terminal.

import Basics
package import Training

/// The progress of a training as text for one line of a terminal.
package struct TrainingProgressText: Sendable {
  private let progress: TrainingRun.Progress
  private let epochs: Int
  private let network: Int
  private let networks: Int

  /// Makes the text of a step's progress.
  ///
  /// - Parameters:
  ///   - progress: The step's progress.
  ///   - epochs: The epochs of each network.
  ///   - network: The current network, counted from 1.
  ///   - networks: The number of networks.
  package init(_ progress: TrainingRun.Progress, epochs: Int, network: Int, of networks: Int) {
    self.progress = progress
    self.epochs = epochs
    self.network = network
    self.networks = networks
  }

  /// The completed share of the whole training.
  package var share: Double {
    let epoch = Double(progress.epoch - 1) + Double(progress.step) / Double(progress.stepsPerEpoch)
    return (Double(network - 1) + epoch / Double(epochs)) / Double(networks)
  }

  /// Seconds until the last network is trained.
  private var secondsLeft: Double {
    progress.secondsLeft + Double(networks - network) * progress.secondsOfNetwork
  }

  /// A text of at most `columns` characters: abbreviated if the full text is too long, then with fewer parts.
  package func fitting(_ columns: Int) -> String {
    var parts = parts
    let full = parts.map(\.full).joined(separator: ", ")
    if full.count <= columns { return full }
    func text() -> String { parts.map { $0.short ?? $0.full }.joined(separator: ", ") }
    while parts.count > 1, text().count > columns {
      let lowest = parts.map(\.rank).max()
      parts.removeAll { $0.rank == lowest }
    }
    return String(text().prefix(columns))
  }

  private struct Part {
    let full: String
    var short: String?
    /// The importance: 0 for the part that is left out last.
    let rank: Int
  }

  /// The parts of the text, in order.
  private var parts: [Part] {
    let accuracy = progress.accuracy.map { NumberText.percent($0) + " %" }
    let speed = Int(clamping: min(progress.speed, 1e9))
    let parts: [Part?] = [
      networks > 1
        ? Part(full: "network \(network) of \(networks)", short: "net \(network)/\(networks)", rank: 4) : nil,
      Part(full: "epoch \(progress.epoch)/\(epochs)", rank: 0),
      Part(full: "loss \(NumberText.fixed(progress.loss, 4))", rank: 2),
      accuracy.map { Part(full: "validation \($0)", short: "valid \($0)", rank: 3) },
      Part(full: "\(speed) samples/s", short: "\(speed)/s", rank: 5),
      Part(full: Self.clock(secondsLeft) + " left", rank: 1),
    ]
    return parts.compactMap(\.self)
  }

  /// Hours, minutes and seconds, as 1:02:05 or 2:05.
  private static func clock(_ seconds: Double) -> String {
    let whole = Int(clamping: min(max(0, seconds), 1e9))
    func two(_ number: Int) -> String { NumberText.padded("\(number)", to: 2) }
    let (hours, minutes) = (whole / 3600, whole / 60 % 60)
    return (hours > 0 ? "\(hours):\(two(minutes))" : "\(minutes)") + ":\(two(whole % 60))"
  }
}
