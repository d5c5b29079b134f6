// How large each character is written.

/// The usual size of each character, as a share of the height of capitals and digits: it tells a comma from a bracket.
public struct SizePrior: Sendable, Hashable {
  /// The mean of the binary logarithm of the longer side of each label's ink.
  public var means: [String: Double]
  /// The standard deviation of that logarithm.
  public var deviations: [String: Double]

  /// No character is so regular that its logarithm deviates less.
  public static let minDeviation = 0.35
  /// A size is so unlikely at most: what is far too large may still be the character.
  private static let maxDistance = 5.0

  /// Creates a prior.
  ///
  /// - Parameters:
  ///   - means: the mean of the binary logarithm of the size of each label.
  ///   - deviations: its standard deviation.
  public init(means: [String: Double], deviations: [String: Double]) {
    self.means = means
    self.deviations = deviations
  }

  /// The prior for the classes of a mode.
  package func projected(to classes: Classes) -> Projected { Projected(self, classes) }

  /// A prior in the order of some classes.
  package struct Projected {
    private let parameters: [(mean: Double, deviation: Double)?]

    fileprivate init(_ prior: SizePrior, _ classes: Classes) {
      parameters =
        classes.labels.map { label in
          guard let mean = prior.means[label], let deviation = prior.deviations[label] else { return nil }
          return (mean, max(deviation, SizePrior.minDeviation))
        } + (classes.hasBackground ? [nil] : [])
    }

    /// The logarithm of each class' likelihood of a size; a class without a prior is as likely as the mean of the
    /// others.
    package func evidence(_ relativeSize: Double) -> [Double] {
      let size = logarithm(max(relativeSize, 1e-3)) / logarithm(2)
      let known = parameters.map { parameters -> Double? in
        guard let parameters else { return nil }
        let distance = min(abs(size - parameters.mean) / parameters.deviation, SizePrior.maxDistance)
        return -distance * distance / 2 - logarithm(parameters.deviation)
      }
      let values = known.compactMap(\.self)
      let mean = values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
      return known.map { $0 ?? mean }
    }
  }
}
