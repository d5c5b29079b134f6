// One border between two digits: sequential minimal optimisation, as in LIBSVM.
//
// Each step takes two multipliers that break the conditions of the optimum, i with the largest −y_i g_i among those that
// may grow, and j, of those that may shrink, with the greatest decrease of the objective by a second-order
// estimate, (b_ij)² / a_ij (Fan, Chen, Lin 2005), solves for the two exactly, and corrects every gradient by two
// rows of the kernel.

/// The problem of two digits: gradients, multipliers, and rows of the kernel as far as there is room.
final class BinarySVM {
  /// What remains: the support vectors' rows among the samples, their signed weights, the constant.
  struct Outcome: Sendable {
    var rows: [Int] = []
    var weights: [Double] = []
    var constant = 0.0
    var steps = 0
  }

  private let rows: [Int]
  private let count: Int
  private let cost: Double
  private let kernel: KernelRows
  /// 1 for the first digit, −1 for the second, by place.
  private let sign: UnsafeMutablePointer<Double>
  private let alpha: UnsafeMutablePointer<Double>
  /// ∂f/∂α = Σ_j α_j y_i y_j K_ij − 1, multiplied by −y_i: the larger, the more a multiplier wants to grow.
  private let pull: UnsafeMutablePointer<Double>
  private(set) var outcome = Outcome()

  /// The conditions of the optimum may be broken by this much: LIBSVM's and scikit-learn's default.
  private static let tolerance = 1e-3
  /// A curvature that is not positive counts as this: LIBSVM's.
  private static let leastCurvature = 1e-12

  init(
    _ pictures: Matrix, norms: [Float], positive: [Int], negative: [Int], cost: Double, gamma: Double,
    cacheBytes: Int
  ) {
    rows = positive + negative
    count = rows.count
    self.cost = cost
    kernel = KernelRows(pictures, norms: norms, rows: rows, gamma: Float(gamma), cacheBytes: cacheBytes)
    sign = .allocate(capacity: max(1, count))
    alpha = .allocate(capacity: max(1, count))
    pull = .allocate(capacity: max(1, count))
    alpha.initialize(repeating: 0, count: max(1, count))
    for i in 0..<count {
      sign[i] = i < positive.count ? 1 : -1
      pull[i] = sign[i]
    }
  }

  deinit {
    sign.deallocate()
    alpha.deallocate()
    pull.deallocate()
  }

  private func mayGrow(_ i: Int) -> Bool { sign[i] > 0 ? alpha[i] < cost : alpha[i] > 0 }
  private func mayShrink(_ i: Int) -> Bool { sign[i] > 0 ? alpha[i] > 0 : alpha[i] < cost }

  /// Steps until the conditions hold.
  func solve(_ isStopped: () -> Bool) {
    guard count > 0 else { return }
    // Far more than any problem of this size has needed; a numerical standstill must still end.
    let most = max(10_000_000, 100 * count)
    var steps = 0
    while steps < most {
      if steps % 256 == 0, isStopped() { break }
      guard let (i, j) = select() else { break }
      step(i, j)
      steps += 1
    }
    outcome.steps = steps
    finish()
  }

  /// The pair to change, or nil at the optimum.
  private func select() -> (Int, Int)? {
    var top = -Double.infinity
    var bottom = Double.infinity
    var first = -1
    for i in 0..<count {
      let value = pull[i]
      if value > top, mayGrow(i) {
        top = value
        first = i
      }
      if value < bottom, mayShrink(i) { bottom = value }
    }
    guard first >= 0, top - bottom > Self.tolerance else { return nil }
    let row = kernel.row(first) { wanted in mostWanted(wanted, top, bottom) }
    var best = -Double.infinity
    var second = -1
    for j in 0..<count {
      let gap = top - pull[j]
      guard gap > 0, mayShrink(j) else { continue }
      // K_ii + K_jj − 2 K_ij, with ones on an RBF kernel's diagonal.
      let curvature = max(Self.leastCurvature, 2 - 2 * Double(row[j]))
      let gain = gap * gap / curvature
      if gain > best {
        best = gain
        second = j
      }
    }
    return second >= 0 ? (first, second) : nil
  }

  /// Places whose rows will probably be asked for soon: those that break the conditions most, without a row yet.
  private func mostWanted(_ wanted: Int, _ top: Double, _ bottom: Double) -> [Int] {
    var candidates: [(Double, Int)] = []
    for i in 0..<count where !kernel.has(i) {
      var want = 0.0
      if mayGrow(i) { want = max(want, pull[i] - bottom) }
      if mayShrink(i) { want = max(want, top - pull[i]) }
      if want > 0 { candidates.append((want, i)) }
    }
    guard candidates.count > wanted else { return candidates.map(\.1) }
    candidates.sort { $0.0 > $1.0 }
    return candidates.prefix(wanted).map(\.1)
  }

  /// Solves for two multipliers, the others held.
  private func step(_ i: Int, _ j: Int) {
    // Making one row may take the place of another, but never of the one made last: ask for j, i, and j again.
    _ = kernel.row(j) { _ in [] }
    let rowI = kernel.row(i) { _ in [] }
    let rowJ = kernel.row(j) { _ in [] }
    let curvature = max(Self.leastCurvature, 2 - 2 * Double(rowI[j]))
    // Along y_i Δα_i = −y_j Δα_j = t the objective falls fastest at t = (pull_i − pull_j) / curvature.
    var t = (pull[i] - pull[j]) / curvature
    t = min(t, sign[i] > 0 ? cost - alpha[i] : alpha[i])
    t = min(t, sign[j] > 0 ? alpha[j] : cost - alpha[j])
    let (oldI, oldJ) = (alpha[i], alpha[j])
    alpha[i] = snapped(alpha[i] + sign[i] * t)
    alpha[j] = snapped(alpha[j] - sign[j] * t)
    let (changeI, changeJ) = (sign[i] * (alpha[i] - oldI), sign[j] * (alpha[j] - oldJ))
    for k in 0..<count { pull[k] -= changeI * Double(rowI[k]) + changeJ * Double(rowJ[k]) }
  }

  /// A multiplier within rounding of a bound is at it.
  private func snapped(_ value: Double) -> Double {
    if value < 1e-12 * cost { return 0 }
    if value > cost * (1 - 1e-12) { return cost }
    return value
  }

  private func finish() {
    // The constant is the pull of the free multipliers; without one, the middle of where it may lie.
    var sum = 0.0
    var free = 0
    var top = -Double.infinity
    var bottom = Double.infinity
    for i in 0..<count {
      if alpha[i] > 0, alpha[i] < cost {
        sum += pull[i]
        free += 1
      } else {
        if mayGrow(i) { top = max(top, pull[i]) }
        if mayShrink(i) { bottom = min(bottom, pull[i]) }
      }
      if alpha[i] > 0 {
        outcome.rows.append(rows[i])
        outcome.weights.append(sign[i] * alpha[i])
      }
    }
    outcome.constant =
      free > 0 ? sum / Double(free) : top.isFinite && bottom.isFinite ? (top + bottom) / 2 : 0
  }
}
