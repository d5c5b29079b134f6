// The schedule of the learning rate from the first step to the last, and its notation in recipes.

import Basics
import CLibrary

/// A rule for the factor of the learning rate.
package enum Schedule: Sendable, Hashable {
  /// Always 1.
  case constant
  /// Multiplied by a factor after each epoch.
  case exponential(factor: Double)
  /// From 1/start up to 1 during the first share of all steps, then down to 1/(start·end), both along half a cosine
  /// (Smith and Topin 2017, as in PyTorch's OneCycleLR).
  case oneCycle(rise: Double, start: Double, end: Double)
  /// Multiplied by a factor after some epochs without improvement on validation data.
  case plateau(factor: Double, patience: Int, least: Double)

  /// The factor for a step; `reductions` is the number of plateaus so far.
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

extension Schedule {
  /// The notation of each case in recipes.
  static let notation = [
    "constant", "exponential FACTOR", "one-cycle RISE START END", "plateau FACTOR PATIENCE LEAST",
  ]

  /// The notation for error messages.
  static var expectedNotation: String {
    let quoted = notation.map { "'\($0)'" }
    return quoted.dropLast().joined(separator: ", ") + " or " + (quoted.last ?? "")
  }

  /// The schedule in the notation of recipes.
  package var text: String {
    switch self {
    case .constant: "constant"
    case .exponential(let factor): "exponential \(RecipeField.short(factor))"
    case .oneCycle(let rise, let start, let end):
      "one-cycle \(RecipeField.short(rise)) \(RecipeField.short(start)) \(RecipeField.short(end))"
    case .plateau(let factor, let patience, let least):
      "plateau \(RecipeField.short(factor)) \(patience) \(RecipeField.short(least))"
    }
  }

  /// Reads the notation of recipes.
  init?(_ text: String) {
    let words = text.split(separator: " ")
    let numbers = words.dropFirst().compactMap { Double($0) }
    guard let kind = words.first, numbers.count == words.count - 1,
      numbers.allSatisfy({ $0.isFinite && $0 >= 0 })
    else { return nil }
    switch (kind, numbers.count) {
    case ("constant", 0):
      self = .constant
    case ("exponential", 1) where numbers[0] > 0 && numbers[0] <= 1:
      self = .exponential(factor: numbers[0])
    case ("one-cycle", 3) where numbers[0] <= 1 && numbers[1] >= 1 && numbers[2] >= 1:
      self = .oneCycle(rise: numbers[0], start: numbers[1], end: numbers[2])
    case ("plateau", 3) where numbers[0] > 0 && numbers[0] < 1:
      guard let patience = Int(exactly: numbers[1]) else { return nil }
      self = .plateau(factor: numbers[0], patience: patience, least: numbers[2])
    default:
      return nil
    }
  }
}
