/// Finds the length of a step along a direction.
///
/// The step satisfies the strong Wolfe conditions,
///
///     f(step) ≤ f(0) + decrease · step · f′(0)     and     |f′(step)| ≤ curvature · |f′(0)|
///
/// by the method of Moré and Thuente ("Line search algorithms with guaranteed sufficient decrease", 1994), with
/// the constants of L-BFGS-B: an interval that holds such a step is narrowed by cubic and quadratic fits.
struct LineSearch {
  /// A point on the line: the step, the function's value, its slope.
  struct Point {
    var step: Double
    var value: Double
    var slope: Double

    /// Adds a line through 0 to the function.
    mutating func tilt(by slope: Double) {
      value += step * slope
      self.slope += slope
    }
  }

  /// What the caller does next.
  enum Decision: Equatable {
    case evaluate(step: Double)
    /// The step satisfies the conditions.
    case accept
    /// The step is the best one found, but does not satisfy the conditions.
    case giveUp
  }

  static let decrease = 1e-3
  static let curvature = 0.9
  /// The relative width of the interval at which the search ends.
  static let narrowest = 0.1
  static let largestStep = 1e10

  private let start: Point
  /// The best point so far, one end of the interval.
  private var best: Point
  /// The other end.
  private var other: Point
  private var isBracketed = false
  /// In the first stage the search uses the function minus the required decrease.
  private var isFirstStage = true
  private var lower = 0.0
  private var upper: Double
  private var width = largestStep
  private var widthBefore = 2 * largestStep
  private var step: Double
  /// The longest step allowed.
  private var ceiling = largestStep

  /// Starts at a point with slope below 0; `step` is the first to evaluate.
  init(value: Double, slope: Double, step: Double) {
    start = Point(step: 0, value: value, slope: slope)
    best = start
    other = start
    upper = 5 * step
    self.step = step
  }

  /// Gives the next decision from the value and slope at the last step.
  mutating func next(value: Double, slope: Double) -> Decision {
    let needed = Self.decrease * start.slope
    let allowed = start.value + step * needed
    if isFirstStage, value <= allowed, slope >= 0 { isFirstStage = false }

    if value <= allowed, abs(slope) <= Self.curvature * -start.slope { return .accept }
    if isExhausted { return .giveUp }
    if step == ceiling, value <= allowed, slope <= needed { return .giveUp }
    if step == 0 { return .giveUp }

    var trial = Point(step: step, value: value, slope: slope)
    if isFirstStage, value <= best.value, value > allowed {
      best.tilt(by: -needed)
      other.tilt(by: -needed)
      trial.tilt(by: -needed)
      step = narrow(to: trial)
      best.tilt(by: needed)
      other.tilt(by: needed)
    } else {
      step = narrow(to: trial)
    }

    if isBracketed {
      // The interval must shrink by a third in two steps, else it is halved.
      if abs(other.step - best.step) >= 0.66 * widthBefore {
        step = best.step + 0.5 * (other.step - best.step)
      }
      widthBefore = width
      width = abs(other.step - best.step)
      lower = min(best.step, other.step)
      upper = max(best.step, other.step)
    } else {
      lower = step + 1.1 * (step - best.step)
      upper = step + 4 * (step - best.step)
    }
    step = min(max(step, 0), ceiling)
    if isExhausted { step = best.step }
    return step.isFinite ? .evaluate(step: step) : .giveUp
  }

  /// Whether the interval is too narrow for a further step, or the step is not in it.
  private var isExhausted: Bool {
    isBracketed && (step <= lower || step >= upper || upper - lower <= Self.narrowest * upper)
  }

  /// Gives the next decision where the function is infinite at the last step: to try half way.
  mutating func nextAfterOverflow() -> Decision {
    ceiling = best.step + 0.5 * (step - best.step)
    step = ceiling
    return .evaluate(step: step)
  }

  /// Narrows the interval by a point and gives the next step to evaluate: the paper's four cases.
  private mutating func narrow(to trial: Point) -> Double {
    let next: Double
    let signsDiffer = trial.slope * (best.slope / abs(best.slope)) < 0
    if trial.value > best.value {
      // Higher: the minimum lies between. The next step is the cubic's minimum, if that is nearer to the best point
      // than the quadratic's; else their mean.
      let cubic = Self.cubicMinimum(best, trial)
      let fall = (best.value - trial.value) / (trial.step - best.step)
      let quadratic = best.step + best.slope / (fall + best.slope) / 2 * (trial.step - best.step)
      next =
        abs(cubic - best.step) <= abs(quadratic - best.step) ? cubic : cubic + (quadratic - cubic) / 2
      isBracketed = true
    } else if signsDiffer {
      // Lower, and the slope has changed its sign: the minimum lies between. The farther of cubic and secant.
      let cubic = Self.cubicMinimum(trial, best)
      let secant = trial.step + trial.slope / (trial.slope - best.slope) * (best.step - trial.step)
      next = abs(cubic - trial.step) > abs(secant - trial.step) ? cubic : secant
      isBracketed = true
    } else if abs(trial.slope) < abs(best.slope) {
      next = stepBeyond(trial)
    } else if isBracketed {
      // Lower and at least as steep: the cubic through the other end.
      next = Self.cubicMinimum(trial, other)
    } else {
      next = trial.step > best.step ? upper : lower
    }

    if trial.value > best.value {
      other = trial
    } else {
      if signsDiffer { other = best }
      best = trial
    }
    return next
  }

  /// The third case: lower, the same sign of the slope, less steep, so the minimum lies beyond.
  private func stepBeyond(_ trial: Point) -> Double {
    let theta = 3 * (best.value - trial.value) / (trial.step - best.step) + best.slope + trial.slope
    let scale = max(abs(theta), abs(best.slope), abs(trial.slope))
    let inner = (theta / scale) * (theta / scale) - best.slope / scale * (trial.slope / scale)
    var gamma = scale * max(0, inner).squareRoot()
    if trial.step > best.step { gamma = -gamma }
    let ratio = (gamma - trial.slope + theta) / (gamma + (best.slope - trial.slope) + gamma)
    let cubic =
      ratio < 0 && gamma != 0
      ? trial.step + ratio * (best.step - trial.step) : trial.step > best.step ? upper : lower
    let secant = trial.step + trial.slope / (trial.slope - best.slope) * (best.step - trial.step)
    if isBracketed {
      let nearer = abs(cubic - trial.step) < abs(secant - trial.step) ? cubic : secant
      let limit = trial.step + 0.66 * (other.step - trial.step)
      return trial.step > best.step ? min(limit, nearer) : max(limit, nearer)
    }
    let farther = abs(cubic - trial.step) > abs(secant - trial.step) ? cubic : secant
    return min(max(farther, lower), upper)
  }

  /// The minimum of the cubic through two points with their slopes.
  private static func cubicMinimum(_ a: Point, _ b: Point) -> Double {
    let theta = 3 * (a.value - b.value) / (b.step - a.step) + a.slope + b.slope
    let scale = max(abs(theta), abs(a.slope), abs(b.slope))
    let inner = (theta / scale) * (theta / scale) - a.slope / scale * (b.slope / scale)
    var gamma = scale * inner.squareRoot()
    if b.step < a.step { gamma = -gamma }
    let ratio = (gamma - a.slope + theta) / (gamma - a.slope + gamma + b.slope)
    return a.step + ratio * (b.step - a.step)
  }
}
