// A probability in words that never say more than is known.

import Basics

/// Probabilities as people read them.
public enum Chances {
  /// A probability as per cent, never rounded up to certainty: "99.8 %", "> 99.9 %", "< 0.1 %".
  public static func percent(_ probability: Double) -> String {
    let tenths = Int(clamping: (probability * 1000).rounded(.down))
    if probability >= 0.9995 { return "> 99.9 %" }
    if probability < 0.001 { return "< 0.1 %" }
    return "\(tenths / 10).\(tenths % 10) %"
  }
}
