// Chooses the threshold of refusal: as many foreign symbols refused as the digits that may be lost allow.

import Basics
package import Recognition

extension Refusal {
  /// The rule that refuses at most a share of digits, from confidences on validation data.
  ///
  /// Digits read wrong count as digits: refusing them costs nothing that was right, but a threshold is
  /// chosen by what people draw, not by what the model happens to read right.
  package static func chosen(digits: [Double], foreign: [Double], allowed: Double) -> Refusal {
    guard !digits.isEmpty else { return .never }
    let sorted = digits.sorted()
    let lost = min(sorted.count - 1, Int(clamping: Double(sorted.count) * allowed))
    // At the confidence of the first digit that must be kept, it is kept: the rule refuses what is below.
    let threshold = min(0.95, sorted[lost])
    let falseReject = Double(digits.count { $0 < threshold }) / Double(digits.count)
    let falseAccept =
      foreign.isEmpty ? nil : Double(foreign.count { $0 >= threshold }) / Double(foreign.count)
    return Refusal(threshold: threshold, falseAccept: falseAccept, falseReject: falseReject)
  }
}
