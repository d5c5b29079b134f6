// Which symbols of a page are refused, by their own confidence and that of the others.

package import Preprocessing

/// The refusal rule for a page.
///
/// A confident symbol lowers the threshold for the others: beside a digit, an unclear symbol is probably a
/// digit too. On a page of several symbols without a confident one the threshold is higher, and all symbols
/// are refused if one is: what looks like a digit there is often part of a letter or of a half-erased digit.
package enum PageRefusalRule {
  /// What the rule uses of a symbol.
  package struct Evidence {
    package var confidence: Double
    /// Whether it was read as a single stroke.
    ///
    /// Many things look like one, so it is no evidence for its neighbours.
    package var isStroke: Bool
    /// The height as a share of the line's.
    package var height: Double

    package init(confidence: Double, isStroke: Bool, height: Double) {
      self.confidence = confidence
      self.isStroke = isStroke
      self.height = height
    }

    /// Whether it lowers the threshold for the others.
    func isConfident(_ costs: DecodingCosts) -> Bool { !isStroke && confidence >= costs.confident }
    /// Whether it is a comma, a dash or a remainder of something erased.
    func isLowStroke(_ costs: DecodingCosts) -> Bool { isStroke && height < costs.minStrokeHeight }
  }

  /// Applies the rule.
  ///
  /// - Parameters:
  ///   - symbols: all symbols of a page.
  ///   - refusal: the model's rule for a symbol alone; a threshold of 0 refuses nothing.
  ///   - costs: the thresholds for several symbols.
  ///   - isNumber: whether the symbols are known to be a number: the cell of a form has hardly anything else.
  /// - Returns: for each symbol whether it is refused.
  package static func refused(
    _ symbols: [Evidence], by refusal: Refusal, costs: DecodingCosts = .standard, isNumber: Bool = false
  ) -> [Bool] {
    guard refusal.threshold > 0 else { return symbols.map { _ in false } }
    // A symbol alone is judged by the model's threshold unless it is a single stroke.
    let isSeveral = symbols.count > 1
    if isSeveral || symbols.first?.isStroke == true, !symbols.contains(where: { $0.isConfident(costs) }) {
      let least = isNumber ? costs.minThresholdOfNumber : costs.minThresholdWithoutConfident
      let threshold = max(refusal.threshold, least)
      let isRefused = symbols.contains { $0.isLowStroke(costs) || $0.confidence < threshold }
      return symbols.map { _ in isRefused }
    }
    let beside = isNumber ? costs.maxThresholdInNumber : costs.maxThresholdBesideConfident
    let threshold = isSeveral ? min(refusal.threshold, beside) : refusal.threshold
    return symbols.map { $0.isLowStroke(costs) || $0.confidence < threshold }
  }
}
