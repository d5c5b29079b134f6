// The rule by which a model says "that is no digit", and how often the rule errs.

/// When a symbol is refused: its best label, the probability of no label counted in, is less probable than a threshold.
public struct Refusal: Sendable, Hashable {
  /// A symbol is refused when (probability of its best label) × (1 − probability of no label) is below this.
  public var threshold: Double
  /// The share of foreign symbols (letters, scribbles) that the rule let through on validation data.
  public var falseAccept: Double?
  /// The share of true labels that the rule refused on validation data.
  public var falseReject: Double?

  /// Makes a rule.
  public init(threshold: Double, falseAccept: Double? = nil, falseReject: Double? = nil) {
    self.threshold = threshold
    self.falseAccept = falseAccept
    self.falseReject = falseReject
  }

  /// The rule of a model that was given none: nothing is refused.
  public static let never = Refusal(threshold: 0)

  /// Whether a symbol with this confidence is refused.
  public func refuses(confidence: Double) -> Bool { confidence < threshold }
}
