// The choice of the refusal threshold: it refuses as many foreign symbols as a bound on refused digits allows.

import Basics
package import Recognition

extension Refusal {
  /// The rule that refuses at most a share of the digits, from confidences on validation data.
  ///
  /// Digits that are read wrong count as digits, since the threshold bounds the share of what people draw.
  package static func chosen(digits: [Double], foreign: [Double], allowed: Double) -> Refusal {
    guard !digits.isEmpty else { return .never }
    let sorted = digits.sorted()
    let lost = min(sorted.count - 1, Int(clamping: Double(sorted.count) * allowed))
    // The rule refuses confidences below the threshold, so the digit at the threshold is kept.
    let threshold = min(0.95, sorted[lost])
    let falseReject = Double(digits.count { $0 < threshold }) / Double(digits.count)
    let falseAccept =
      foreign.isEmpty ? nil : Double(foreign.count { $0 >= threshold }) / Double(foreign.count)
    return Refusal(threshold: threshold, falseAccept: falseAccept, falseReject: falseReject)
  }
}
