// Schedules as a recipe says them: a word and its numbers.

import Basics

extension Schedule {
  /// The schedule as a recipe says it.
  package var text: String {
    switch self {
    case .constant: "constant"
    case .exponential(let factor): "exponential \(plain("\(factor)"))"
    case .oneCycle(let rise, let start, let end):
      "one-cycle \(plain("\(rise)")) \(plain("\(start)")) \(plain("\(end)"))"
    case .plateau(let factor, let patience, let least):
      "plateau \(plain("\(factor)")) \(patience) \(plain("\(least)"))"
    }
  }

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
