// What the symbols of a page tell about each other.

/// How symbols vouch for each other: beside a sure digit a doubtful symbol is likelier one too; where none is sure and
/// something is refused, as of a letter or a half-erased digit, what looks like a digit is likelier a part of it.
package enum PageRefusalRule {
  /// A symbol of a page, as its network sees it.
  package struct Member {
    package var confidence: Double
    /// Whether it was read as a bare stroke, which many things have: it vouches for nothing.
    package var isStroke: Bool
    /// Its height against its line's.
    package var height: Double

    package init(confidence: Double, isStroke: Bool, height: Double) {
      self.confidence = confidence
      self.isStroke = isStroke
      self.height = height
    }

    /// Whether it vouches for others.
    var isSure: Bool { !isStroke && confidence >= PageRefusalRule.sure }
    /// Whether it is a comma, a dash or what is left of something.
    var isLowStroke: Bool { isStroke && height < PageRefusalRule.lowestStroke }
  }

  /// As sure as this, a symbol vouches for others.
  private static let sure = 0.98
  /// What stands beside a sure digit is refused below this, where the model's own threshold is not lower.
  private static let leastBesideSure = 0.3
  /// Where none is sure all are refused if one is below this, where the model's own is not higher.
  private static let leastAmongDoubtful = 0.93
  /// A bare stroke lower than this is no one.
  private static let lowestStroke = 0.6

  /// Which of a page's symbols are refused.
  package static func refused(_ members: [Member], by refusal: Refusal) -> [Bool] {
    // A model without a rule refuses nothing.
    guard refusal.threshold > 0 else { return members.map { _ in false } }
    // One symbol alone is judged by the model's rule, unless it is but a stroke.
    if members.count > 1 || members.first?.isStroke == true, !members.contains(where: \.isSure) {
      let least = max(refusal.threshold, leastAmongDoubtful)
      let isRefused = members.contains { $0.isLowStroke || $0.confidence < least }
      return members.map { _ in isRefused }
    }
    let least = members.count > 1 ? min(refusal.threshold, leastBesideSure) : refusal.threshold
    return members.map { $0.isLowStroke || $0.confidence < least }
  }
}
