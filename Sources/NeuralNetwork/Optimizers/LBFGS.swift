import Basics

/// L-BFGS (Nocedal 1980; Liu and Nocedal 1989), Newton's method for many parameters.
///
/// The curvature is guessed from the last few steps and the changes of the gradient over them. It wants the loss
/// and gradient of all samples.
///
/// The iterates are those of SciPy's L-BFGS-B without bounds: ten pairs, the same line search, a first step of
/// length 1, and a new start from the steepest descent where a line search fails. Everything is in Double.
public struct LBFGS: Sendable, Hashable {
  /// How an iteration ended.
  public enum Outcome: Sendable, Hashable {
    /// A lower point was found.
    case progressed
    /// The gradient is as good as 0, or the loss no longer falls.
    case converged
    /// No lower point was found in the direction of steepest descent.
    case stuck
  }

  /// The loss at a point, and its gradient written to the second argument.
  public typealias Evaluation<Failure: Error> = (_ point: [Double], _ gradient: inout [Double])
    throws(Failure)
    -> Double

  /// Where it stands.
  public private(set) var point: [Double]
  /// The loss there; infinite before the first iteration.
  public private(set) var value = Double.infinity
  /// The gradient there.
  public private(set) var gradient: [Double]
  /// Iterations made.
  public private(set) var iterations = 0
  /// Evaluations made.
  public private(set) var evaluations = 0

  /// How many pairs are kept at most.
  let history: Int
  private(set) var steps: [[Double]] = []
  private(set) var changes: [[Double]] = []

  /// The largest element of the gradient that counts as 0, SciPy's.
  public static let gradientTolerance = 1e-5
  /// The relative fall of the loss that counts as none, SciPy's.
  public static let valueTolerance = 1e7 * Double.ulpOfOne
  /// Evaluations in one line search before it is given up, SciPy's.
  static let longestSearch = 20

  /// A descent from a point.
  public init(start: [Double], history: Int = 10) {
    precondition(history > 0)
    point = start
    gradient = [Double](repeating: 0, count: start.count)
    self.history = history
  }

  /// One iteration: a direction, a line search, a new pair.
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
        let isOver = isFlat || fall <= Self.valueTolerance * max(abs(before), abs(value), 1)
        return isOver ? .converged : .progressed
      }
      if steps.isEmpty { return .stuck }
      steps = []
      changes = []
    }
  }

  private var isFlat: Bool {
    gradient.allSatisfy { abs($0) <= Self.gradientTolerance }
  }

  /// Minus the gradient times the guessed inverse of the curvature, by the two loops over the pairs.
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

  /// Goes along a direction; false, and nothing changed, where no good step was found.
  private mutating func search<Failure: Error>(along direction: [Double], _ evaluate: Evaluation<Failure>)
    throws(Failure) -> Bool
  {
    let slope = dot(gradient, direction)
    guard slope < 0 else { return false }
    let length = dot(direction, direction).squareRoot()
    var step = iterations == 0 ? min(1 / length, LineSearch.largestStep) : 1
    var lines = LineSearch(value: value, slope: slope, step: step)
    var there = point
    var gradientThere = gradient
    for _ in 0..<Self.longestSearch {
      there = point
      add(direction, times: step, to: &there)
      let valueThere = try evaluate(there, &gradientThere)
      evaluations += 1
      let slopeThere = dot(gradientThere, direction)
      let decision =
        valueThere.isFinite
        ? lines.next(value: valueThere, slope: slopeThere) : lines.nextAfterOverflow()
      switch decision {
      case .evaluate(let next): step = next
      case .giveUp where valueThere >= value: return false
      case .accept, .giveUp:
        // A pair without curvature would make the guess useless.
        if slopeThere - slope > Double.ulpOfOne * -slope { remember(direction, step, gradientThere) }
        point = there
        value = valueThere
        gradient = gradientThere
        return true
      }
    }
    return false
  }

  private mutating func remember(_ direction: [Double], _ step: Double, _ gradientThere: [Double]) {
    if steps.count == history {
      steps.removeFirst()
      changes.removeFirst()
    }
    steps.append(direction.map { $0 * step })
    changes.append(zip(gradientThere, gradient).map { $0 - $1 })
  }
}

extension LBFGS {
  /// The state as bytes: a run that goes on from them takes the same steps.
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

  /// The state from bytes, or nil where they are none.
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

/// The sum of the products, in four sums that do not wait for each other.
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
