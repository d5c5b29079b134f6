// Detects when a quantity that should fall no longer falls.

/// Detects when a quantity that should fall no longer falls.
package struct PlateauDetector: Sendable, Equatable {
  /// The lowest value so far.
  package private(set) var best = Double.infinity
  /// The epochs since the lowest value or the last plateau.
  package private(set) var epochsWaited = 0
  /// The plateaus so far.
  package private(set) var plateaus = 0
  /// The epochs without a lower value that are no plateau yet; nil where there never is a plateau.
  package let patience: Int?

  /// More epochs than a run has.
  private static let mostEpochs = 1 << 30

  /// Starts a detector.
  package init(patience: Int?) { self.patience = patience }

  /// Continues from a checkpoint's numbers; nil where they are no state.
  init?(patience: Int?, numbers: ArraySlice<Double>) {
    guard numbers.count == 3, let best = numbers.first,
      let plateaus = numbers.last.flatMap(Int.init(exactly:)),
      let epochsWaited = Int(exactly: numbers[numbers.startIndex + 1]), !best.isNaN,
      (0...Self.mostEpochs).contains(epochsWaited), (0...Self.mostEpochs).contains(plateaus)
    else { return nil }
    (self.patience, self.best, self.epochsWaited, self.plateaus) = (patience, best, epochsWaited, plateaus)
  }

  /// The state as numbers for a checkpoint.
  var numbers: [Double] { [best, Double(epochsWaited), Double(plateaus)] }

  /// Adds an epoch's value; true when a plateau is reached, after which the waiting begins again.
  package mutating func isPlateau(after value: Double) -> Bool {
    if value < best {
      best = value
      epochsWaited = 0
      return false
    }
    epochsWaited += 1
    guard let patience, epochsWaited > patience else { return false }
    epochsWaited = 0
    plateaus += 1
    return true
  }
}
