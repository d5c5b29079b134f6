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
    func text() -> String { parts.map(\.short).joined(separator: ", ") }
    while parts.count > 1, text().count > columns {
      let lowest = parts.map(\.rank).max()
      parts.removeAll { $0.rank == lowest }
    }
    return String(text().prefix(columns))
  }

  private struct Part {
    let full: String
    let short: String
    /// The importance: 0 for the part that is left out last.
    let rank: Int

    init(_ full: String, short: String? = nil, rank: Int) {
      (self.full, self.short, self.rank) = (full, short ?? full, rank)
    }
  }

  /// The parts of the text, in order.
  private var parts: [Part] {
    var parts: [Part] = []
    if networks > 1 {
      parts.append(Part("network \(network) of \(networks)", short: "net \(network)/\(networks)", rank: 4))
    }
    parts.append(Part("epoch \(progress.epoch)/\(epochs)", rank: 0))
    parts.append(Part("loss \(NumberText.fixed(progress.loss, 4))", rank: 2))
    if let accuracy = progress.accuracy.map({ NumberText.percent($0) + " %" }) {
      parts.append(Part("validation \(accuracy)", short: "valid \(accuracy)", rank: 3))
    }
    let speed = Int(clamping: min(progress.speed, 1e9))
    parts.append(Part("\(speed) samples/s", short: "\(speed)/s", rank: 5))
    parts.append(Part(Self.clock(secondsLeft) + " left", rank: 1))
    return parts
  }

  /// Hours, minutes and seconds, as 1:02:05 or 2:05.
  private static func clock(_ seconds: Double) -> String {
    let whole = Int(clamping: min(max(0, seconds), 1e9))
    func two(_ number: Int) -> String { (number < 10 ? "0" : "") + "\(number)" }
    let (hours, minutes) = (whole / 3600, whole / 60 % 60)
    return (hours > 0 ? "\(hours):\(two(minutes))" : "\(minutes)") + ":\(two(whole % 60))"
  }
}
