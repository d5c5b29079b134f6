// How far a training is, in words that fit into one line of a terminal.

import Basics
import NeuralNetwork
package import Training

/// How far a training is, in words that fit into one line of a terminal.
package struct TrainingWords: Sendable {
  private let progress: TrainingRun.Progress
  private let epochs: Int
  private let network: Int
  private let networks: Int

  /// Of a step's progress, the epochs of each network, and which of how many networks it is, from 1.
  package init(_ progress: TrainingRun.Progress, epochs: Int, network: Int, of networks: Int) {
    self.progress = progress
    self.epochs = epochs
    self.network = network
    self.networks = networks
  }

  /// The share of the whole training that is done.
  package var share: Double {
    let epoch = Double(progress.epoch - 1) + Double(progress.step) / Double(progress.stepsPerEpoch)
    return (Double(network - 1) + epoch / Double(epochs)) / Double(networks)
  }

  /// Seconds until the last network is done.
  private var secondsLeft: Double {
    progress.secondsLeft + Double(networks - network) * progress.secondsOfNetwork
  }

  /// Words of at most so many characters: shorter ones where the full ones are too long, and then fewer.
  package func fitting(_ columns: Int) -> String {
    var words = parts.map { (text: $0.full, rank: $0.rank) }
    if Self.joined(words).count > columns { words = parts.map { ($0.short, $0.rank) } }
    while words.count > 1, Self.joined(words).count > columns {
      let last = words.map(\.rank).max()
      words.removeAll { $0.rank == last }
    }
    return String(Self.joined(words).prefix(columns))
  }

  /// What there is to say, in order, and how much each part matters: rank 0 is the last to be left out.
  private var parts: [(full: String, short: String, rank: Int)] {
    var parts: [(full: String, short: String, rank: Int)] = []
    if networks > 1 { parts.append(("network \(network) of \(networks)", "net \(network)/\(networks)", 4)) }
    let epoch = "epoch \(progress.epoch)/\(epochs)"
    let loss = "loss \(NumberText.fixed(progress.loss, 4))"
    parts += [(epoch, epoch, 0), (loss, loss, 2)]
    if let accuracy = progress.accuracy.map({ NumberText.percent($0) + " %" }) {
      parts.append(("validation \(accuracy)", "valid \(accuracy)", 3))
    }
    let speed = Int(clamping: min(progress.speed, 1e9))
    let left = Self.clock(secondsLeft) + " left"
    return parts + [("\(speed) samples/s", "\(speed)/s", 5), (left, left, 1)]
  }

  private static func joined(_ words: [(text: String, rank: Int)]) -> String {
    words.map(\.text).joined(separator: ", ")
  }

  /// Hours, minutes and seconds, as 1:02:05 or 2:05.
  private static func clock(_ seconds: Double) -> String {
    let whole = Int(clamping: min(max(0, seconds), 1e9))
    func two(_ number: Int) -> String { (number < 10 ? "0" : "") + "\(number)" }
    let (hours, minutes) = (whole / 3600, whole / 60 % 60)
    return (hours > 0 ? "\(hours):\(two(minutes))" : "\(minutes)") + ":\(two(whole % 60))"
  }
}
