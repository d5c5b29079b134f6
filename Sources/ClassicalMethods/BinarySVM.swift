// The support vector machine of two digits, by sequential minimal optimisation as in LIBSVM.
//
// Each step selects two multipliers that violate the optimality conditions: i with the largest −y_i g_i among those that
// may grow, and j, of those that may shrink, with the greatest decrease of the objective by a second-order
// estimate, (b_ij)² / a_ij (Fan, Chen, Lin 2005). It solves for the two exactly, and updates every gradient by two
// rows of the kernel.

import Kernels

/// The problem of two digits: gradients, multipliers, and cached rows of the kernel.
final class BinarySVM {
  /// The support vectors' rows among the samples, their signed weights, and the constant.
  struct Solution: Sendable {
    var rows: [Int] = []
    var weights: [Double] = []
    var constant = 0.0
    var steps = 0
  }

  private let samples: [Int]
  private let count: Int
  private let cost: Double
  private let kernel: KernelMatrixCache
  /// Holds the three arrays below.
  private let memory: AlignedBuffer<Double>
  /// y: 1 for the first digit, −1 for the second.
  private let sign: UnsafeMutablePointer<Double>
  /// α: the multipliers, 0…C.
  private let alpha: UnsafeMutablePointer<Double>
  /// −y_i ∂f/∂α_i with ∂f/∂α_i = Σ_j α_j y_i y_j K_ij − 1: the larger, the more y_i α_i should grow.
  private let ascent: UnsafeMutablePointer<Double>

  /// The tolerance of the optimality conditions: LIBSVM's and scikit-learn's default.
  private static let tolerance = 1e-3
  /// The value that replaces a curvature that is not positive: LIBSVM's.
  private static let leastCurvature = 1e-12

  init(
    _ pictures: Matrix, norms: [Float], positive: [Int], negative: [Int], cost: Double, gamma: Double,
    cacheBytes: Int
  ) {
    samples = positive + negative
    count = samples.count
    self.cost = cost
    kernel = KernelMatrixCache(
      pictures, norms: norms, samples: samples, gamma: Float(gamma), cacheBytes: cacheBytes)
    memory = AlignedBuffer(count: 3 * count)
    sign = memory.pointer
    alpha = memory.pointer + count
    ascent = memory.pointer + 2 * count
    for i in 0..<count {
      sign[i] = i < positive.count ? 1 : -1
      ascent[i] = sign[i]
    }
  }

  private func mayGrow(_ i: Int) -> Bool { sign[i] > 0 ? alpha[i] < cost : alpha[i] > 0 }
  private func mayShrink(_ i: Int) -> Bool { sign[i] > 0 ? alpha[i] > 0 : alpha[i] < cost }

  /// Optimises until the conditions hold or `isStopped` returns true.
  func solve(_ isStopped: () -> Bool) -> Solution {
    guard count > 0 else { return Solution() }
    // Far more steps than any problem of this size has needed; they bound a numerical standstill.
    let most = max(10_000_000, 100 * count)
    var steps = 0
    while steps < most {
      if steps % 256 == 0, isStopped() { break }
      guard let (i, j) = violatingPair() else { break }
      optimize(i, j)
      steps += 1
    }
    return solution(steps: steps)
  }

  /// The pair to change, or nil at the optimum.
  private func violatingPair() -> (Int, Int)? {
    var top = -Double.infinity
    var bottom = Double.infinity
    var first: Int?
    for i in 0..<count {
      let value = ascent[i]
      if value > top, mayGrow(i) {
        top = value
        first = i
      }
      if value < bottom, mayShrink(i) { bottom = value }
    }
    guard let first, top - bottom > Self.tolerance else { return nil }
    let row = kernel.row(first) { most in rowsNeededSoon(most, top, bottom) }
    var best = -Double.infinity
    var second: Int?
    for j in 0..<count {
      let gap = top - ascent[j]
      guard gap > 0, mayShrink(j) else { continue }
      // K_ii + K_jj − 2 K_ij; the diagonal of an RBF kernel is 1.
      let curvature = max(Self.leastCurvature, 2 - 2 * Double(row[j]))
      let gain = gap * gap / curvature
      if gain > best {
        best = gain
        second = j
      }
    }
    return second.map { (first, $0) }
  }

  /// Rows that will probably be needed soon: those that violate the conditions most and are not cached.
  private func rowsNeededSoon(_ most: Int, _ top: Double, _ bottom: Double) -> [Int] {
    var candidates: [(violation: Double, row: Int)] = []
    for i in 0..<count where !kernel.has(i) {
      var violation = 0.0
      if mayGrow(i) { violation = max(violation, ascent[i] - bottom) }
      if mayShrink(i) { violation = max(violation, top - ascent[i]) }
      if violation > 0 { candidates.append((violation, i)) }
    }
    guard candidates.count > most else { return candidates.map(\.row) }
    candidates.sort { $0.violation > $1.violation }
    return candidates.prefix(most).map(\.row)
  }

  /// Solves for two multipliers; the others are fixed.
  private func optimize(_ i: Int, _ j: Int) {
    // Computing a row may evict another, but never the last one computed: hence j, i, and j again.
    _ = kernel.row(j)
    let rowI = kernel.row(i)
    let rowJ = kernel.row(j)
    let curvature = max(Self.leastCurvature, 2 - 2 * Double(rowI[j]))
    // Along y_i Δα_i = −y_j Δα_j = t the objective is least at t = (ascent_i − ascent_j) / curvature.
    var t = (ascent[i] - ascent[j]) / curvature
    t = min(t, sign[i] > 0 ? cost - alpha[i] : alpha[i])
    t = min(t, sign[j] > 0 ? alpha[j] : cost - alpha[j])
    let (oldI, oldJ) = (alpha[i], alpha[j])
    alpha[i] = snappedToBounds(alpha[i] + sign[i] * t)
    alpha[j] = snappedToBounds(alpha[j] - sign[j] * t)
    let (changeI, changeJ) = (sign[i] * (alpha[i] - oldI), sign[j] * (alpha[j] - oldJ))
    for k in 0..<count { ascent[k] -= changeI * Double(rowI[k]) + changeJ * Double(rowJ[k]) }
  }

  /// A multiplier, set to the bound that it equals but for rounding.
  private func snappedToBounds(_ value: Double) -> Double {
    if value < 1e-12 * cost { return 0 }
    if value > cost * (1 - 1e-12) { return cost }
    return value
  }

  private func solution(steps: Int) -> Solution {
    // The constant is the mean over the free multipliers; without one, the middle of the interval that it may lie in.
    var solution = Solution(steps: steps)
    var sum = 0.0
    var free = 0
    var top = -Double.infinity
    var bottom = Double.infinity
    for i in 0..<count {
      if alpha[i] > 0, alpha[i] < cost {
        sum += ascent[i]
        free += 1
      } else {
        if mayGrow(i) { top = max(top, ascent[i]) }
        if mayShrink(i) { bottom = min(bottom, ascent[i]) }
      }
      if alpha[i] > 0 {
        solution.rows.append(samples[i])
        solution.weights.append(sign[i] * alpha[i])
      }
    }
    solution.constant =
      free > 0 ? sum / Double(free) : top.isFinite && bottom.isFinite ? (top + bottom) / 2 : 0
    return solution
  }
}
