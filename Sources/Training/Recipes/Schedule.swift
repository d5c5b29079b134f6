// How the learning rate goes from the first step to the last.

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A rule for the learning rate, as a factor of the recipe's.
package enum Schedule: Sendable, Hashable {
  /// The same all the time.
  case constant
  /// Multiplied by a factor after each epoch.
  case exponential(factor: Double)
  /// Up from 1/start to 1 during the first share of all steps, then down to 1/(start·end), both along
  /// half a cosine (Smith and Topin 2017, as PyTorch's OneCycleLR does it).
  case oneCycle(rise: Double, start: Double, end: Double)
  /// Multiplied by a factor when validation has not become better for some epochs.
  case plateau(factor: Double, patience: Int, least: Double)

  /// The factor for a step, where `reductions` says how often a plateau has been met.
  package func factor(step: Int, stepsPerEpoch: Int, epochs: Int, reductions: Int) -> Double {
    switch self {
    case .constant:
      return 1
    case .exponential(let factor):
      return pow(factor, Double(step / max(1, stepsPerEpoch)))
    case .oneCycle(let rise, let start, let end):
      let last = Double(max(1, stepsPerEpoch * epochs - 1))
      let top = max(1, rise * (last + 1) - 1)
      let step = Double(step)
      if step <= top { return Self.cosine(from: 1 / start, to: 1, at: step / top) }
      return Self.cosine(from: 1, to: 1 / (start * end), at: min(1, (step - top) / max(1, last - top)))
    case .plateau(let factor, _, let least):
      return max(least, pow(factor, Double(reductions)))
    }
  }

  private static func cosine(from: Double, to: Double, at share: Double) -> Double {
    to + (from - to) * (1 + cos(.pi * share)) / 2
  }
}

/// Watches a figure that should fall, and says when it no longer does.
package struct Plateau: Sendable, Equatable {
  /// The lowest figure so far.
  package private(set) var best = Double.infinity
  /// Epochs since it was lowest.
  package private(set) var waited = 0
  /// How often the patience has run out.
  package private(set) var reductions = 0
  /// Epochs that may pass without a new lowest figure.
  package let patience: Int

  /// Starts watching.
  package init(patience: Int) { self.patience = patience }

  /// Goes on watching where a checkpoint left off.
  package init(patience: Int, best: Double, waited: Int, reductions: Int) {
    self.patience = patience
    self.best = best
    self.waited = waited
    self.reductions = reductions
  }

  /// Takes an epoch's figure; true when the patience has run out, which starts it anew.
  package mutating func runsOut(after figure: Double) -> Bool {
    if figure < best {
      best = figure
      waited = 0
      return false
    }
    waited += 1
    guard waited > patience else { return false }
    waited = 0
    reductions += 1
    return true
  }
}
