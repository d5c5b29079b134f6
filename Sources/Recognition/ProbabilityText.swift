// Probabilities as text.

import Basics

/// Formats probabilities for the user.
public enum ProbabilityText {
  /// Formats a probability as per cent, rounded down: "99.8 %", "> 99.9 %", "< 0.1 %".
  ///
  /// It is never "100 %".
  ///
  /// - Parameter probability: the probability, from 0 to 1.
  /// - Returns: the text.
  public static func percent(_ probability: Double) -> String {
    let tenths = Int(clamping: (probability * 1000).rounded(.down))
    if probability >= 0.9995 { return "> 99.9 %" }
    if probability < 0.001 { return "< 0.1 %" }
    return "\(tenths / 10).\(tenths % 10) %"
  }
}
