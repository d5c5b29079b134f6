// The rule by which a model refuses a symbol, and its error rates.

/// The rule by which a model refuses a symbol: its confidence is below a threshold.
public struct Refusal: Sendable, Hashable {
  /// A symbol with a lower `Answer.confidence` is refused.
  public var threshold: Double
  /// The share of letters and scribbles in the validation data that are not refused.
  public var falseAccept: Double?
  /// The share of digits in the validation data that are refused.
  public var falseReject: Double?

  /// Creates a rule.
  ///
  /// - Parameters:
  ///   - threshold: the least confidence that is not refused.
  ///   - falseAccept: the share of other symbols that are not refused.
  ///   - falseReject: the share of digits that are refused.
  public init(threshold: Double, falseAccept: Double? = nil, falseReject: Double? = nil) {
    self.threshold = threshold
    self.falseAccept = falseAccept
    self.falseReject = falseReject
  }

  /// Refuses nothing.
  public static let never = Refusal(threshold: 0)

  /// Whether a symbol is refused.
  ///
  /// - Parameter confidence: the symbol's confidence.
  /// - Returns: whether the confidence is below the threshold.
  public func refuses(confidence: Double) -> Bool { confidence < threshold }
}
