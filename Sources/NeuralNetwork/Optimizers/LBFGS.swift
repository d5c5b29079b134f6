import Basics

/// L-BFGS (Nocedal 1980; Liu and Nocedal 1989), Newton's method for many parameters.
///
/// The curvature is estimated from the last few steps and the changes of the gradient over them. The method needs the
/// loss and gradient of all samples.
///
/// The iterates are those of SciPy's L-BFGS-B without bounds: ten pairs, the same line search, a first step of
/// length 1, and a restart from the steepest descent where a line search fails. All values are in Double.
public struct LBFGS: Sendable, Hashable {
  /// How an iteration ended.
  public enum Outcome: Sendable, Hashable {
    /// A lower point was found.
    case progressed
    /// The gradient is 0 within the tolerance, or the loss no longer falls.
    case converged
    /// The line search along the steepest descent found no lower point.
    case stuck
  }

  /// The loss at a point, and its gradient written to the second argument.
  public typealias Evaluation<Failure: Error> = (_ point: [Double], _ gradient: inout [Double])
    throws(Failure)
    -> Double

  /// The current point.
  public private(set) var point: [Double]
  /// The loss at the point; infinite before the first iteration.
  public private(set) var value = Double.infinity
  /// The gradient at the point.
  public private(set) var gradient: [Double]
  /// Iterations made.
  public private(set) var iterations = 0
  /// Evaluations made.
  public private(set) var evaluations = 0

  /// The most pairs that are kept.
  let history: Int
  private(set) var steps: [[Double]] = []
  private(set) var changes: [[Double]] = []

  /// The largest element of the gradient that counts as 0, SciPy's.
  public static let gradientTolerance = 1e-5
  /// The smallest relative decrease of the loss that counts as progress, SciPy's.
  public static let valueTolerance = 1e7 * Double.ulpOfOne
  /// The most evaluations in one line search, SciPy's.
  static let longestSearch = 20

  /// Starts at a point.
  ///
  /// - Parameters:
  ///   - start: The first point.
  ///   - history: The most pairs that are kept.
  public init(start: [Double], history: Int = 10) {
    precondition(history > 0)
    point = start
    gradient = [Double](repeating: 0, count: start.count)
    self.history = history
  }

  /// Makes one iteration: a direction, a line search, a new pair.
  ///
  /// - Parameter evaluate: Gives the loss at a point and writes its gradient.
  /// - Returns: How the iteration ended.
  /// - Throws: What `evaluate` throws.
  public mutating func iterate<Failure: Error>(_ evaluate: Evaluation<Failure>) throws(Failure) -> Outcome {
    if evaluations == 0 {
      value = try evaluate(point, &gradient)
      evaluations = 1
    }
    if isFlat { return .converged }
    while true {
      let direction = self.direction()
      let before = value
      if try search(along: direction, evaluate) {
        iterations += 1
        let fall = before - value
        let hasConverged = isFlat || fall <= Self.valueTolerance * max(abs(before), abs(value), 1)
        return hasConverged ? .converged : .progressed
      }
      if steps.isEmpty { return .stuck }
      steps = []
      changes = []
    }
  }

  private var isFlat: Bool {
    gradient.allSatisfy { abs($0) <= Self.gradientTolerance }
  }

  /// Minus the gradient times the estimated inverse of the curvature, by two loops over the pairs.
  private func direction() -> [Double] {
    var result = gradient.map { -$0 }
    var shares = [Double](repeating: 0, count: steps.count)
    for pair in steps.indices.reversed() {
      shares[pair] = dot(steps[pair], result) / dot(steps[pair], changes[pair])
      add(changes[pair], times: -shares[pair], to: &result)
    }
    if let step = steps.last, let change = changes.last {
      let scale = dot(step, change) / dot(change, change)
      for i in result.indices { result[i] *= scale }
    }
    for pair in steps.indices {
      let share = dot(changes[pair], result) / dot(steps[pair], changes[pair])
      add(steps[pair], times: shares[pair] - share, to: &result)
    }
    return result
  }

  /// Searches along a direction; false, and nothing is changed, where no good step was found.
  private mutating func search<Failure: Error>(along direction: [Double], _ evaluate: Evaluation<Failure>)
    throws(Failure) -> Bool
  {
    let slope = dot(gradient, direction)
    guard slope < 0 else { return false }
    let length = dot(direction, direction).squareRoot()
    var step = iterations == 0 ? min(1 / length, LineSearch.largestStep) : 1
    var lines = LineSearch(value: value, slope: slope, step: step)
    var newPoint = point
    var newGradient = gradient
    for _ in 0..<Self.longestSearch {
      newPoint = point
      add(direction, times: step, to: &newPoint)
      let newValue = try evaluate(newPoint, &newGradient)
      evaluations += 1
      let newSlope = dot(newGradient, direction)
      let decision =
        newValue.isFinite
        ? lines.next(value: newValue, slope: newSlope) : lines.nextAfterOverflow()
      switch decision {
      case .evaluate(let next): step = next
      case .giveUp where newValue >= value: return false
      case .accept, .giveUp:
        // A pair without curvature would spoil the estimate.
        if newSlope - slope > Double.ulpOfOne * -slope { remember(direction, step, newGradient) }
        point = newPoint
        value = newValue
        gradient = newGradient
        return true
      }
    }
    return false
  }

  private mutating func remember(_ direction: [Double], _ step: Double, _ newGradient: [Double]) {
    if steps.count == history {
      steps.removeFirst()
      changes.removeFirst()
    }
    steps.append(direction.map { $0 * step })
    changes.append(zip(newGradient, gradient).map { $0 - $1 })
  }
}

extension LBFGS {
  /// The state as bytes: a run that resumes from them makes the same steps.
  public var bytes: [UInt8] {
    var writer = ByteWriter()
    for number in [point.count, history, iterations, evaluations, steps.count] {
      writer.append(UInt64(number))
    }
    writer.append(value.bitPattern)
    for array in [point, gradient] + steps + changes {
      for element in array { writer.append(element.bitPattern) }
    }
    return writer.bytes
  }

  /// Reads a state, or gives nil for other bytes.
  ///
  /// - Parameter bytes: What `bytes` gave.
  public init?(bytes: [UInt8]) {
    var reader = ByteReader(bytes)
    var numbers: [Int] = []
    for _ in 0..<5 {
      guard let word = reader.word64(), let number = Int(exactly: word), number <= bytes.count else {
        return nil
      }
      numbers.append(number)
    }
    guard let value = reader.word64(), numbers[1] > 0, numbers[4] <= numbers[1],
      (2 + 2 * numbers[4]).multipliedReportingOverflow(by: 8 * numbers[0]) == (reader.remaining, false)
    else { return nil }
    func vector() -> [Double] {
      (0..<numbers[0]).map { _ in Double(bitPattern: reader.word64() ?? 0) }
    }
    point = vector()
    gradient = vector()
    steps = (0..<numbers[4]).map { _ in vector() }
    changes = (0..<numbers[4]).map { _ in vector() }
    history = numbers[1]
    iterations = numbers[2]
    evaluations = numbers[3]
    self.value = Double(bitPattern: value)
  }
}

/// The sum of the products, in four independent sums that the processor computes in parallel.
private func dot(_ a: [Double], _ b: [Double]) -> Double {
  precondition(a.count == b.count)
  return a.withUnsafeBufferPointer { a in
    b.withUnsafeBufferPointer { b in
      var sums: (Double, Double, Double, Double) = (0, 0, 0, 0)
      let whole = a.count & ~3
      var i = 0
      while i < whole {
        sums.0 += a[i] * b[i]
        sums.1 += a[i + 1] * b[i + 1]
        sums.2 += a[i + 2] * b[i + 2]
        sums.3 += a[i + 3] * b[i + 3]
        i += 4
      }
      var total = (sums.0 + sums.1) + (sums.2 + sums.3)
      for i in whole..<a.count { total += a[i] * b[i] }
      return total
    }
  }
}

private func add(_ vector: [Double], times factor: Double, to sum: inout [Double]) {
  precondition(vector.count == sum.count)
  vector.withUnsafeBufferPointer { vector in
    sum.withUnsafeMutableBufferPointer { sum in
      for i in vector.indices { sum[i] += factor * vector[i] }
    }
  }
}
