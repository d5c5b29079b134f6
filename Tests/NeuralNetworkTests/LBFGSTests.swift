import Foundation
import NeuralNetwork
import Testing

@Suite struct LBFGSTests {
  struct Run: Decodable, Sendable {
    let name: String
    let start: [Double]
    /// For each iteration the evaluations so far, and the value at its end.
    let iterations: [[Double]]
    let end: [Double]
    let gradient: [Double]
  }

  static let functions: [String: @Sendable ([Double], inout [Double]) -> Double] = [
    "rosenbrock": rosenbrock, "wells": wells, "log sum": logSum,
  ]

  @Sendable static func rosenbrock(_ x: [Double], _ g: inout [Double]) -> Double {
    var value = 0.0
    for i in g.indices { g[i] = 0 }
    for i in 0..<x.count - 1 {
      let bend = x[i + 1] - x[i] * x[i]
      value += 100 * bend * bend + (1 - x[i]) * (1 - x[i])
      g[i] += -400 * x[i] * bend - 2 * (1 - x[i])
      g[i + 1] += 200 * bend
    }
    return value
  }

  @Sendable static func wells(_ x: [Double], _ g: inout [Double]) -> Double {
    var value = 0.0
    for i in x.indices {
      let scale = Double((i + 1) * (i + 1))
      value += scale * x[i] * x[i] / 50 - cos(3 * x[i])
      g[i] = scale * x[i] / 25 + 3 * sin(3 * x[i])
    }
    return value
  }

  @Sendable static func logSum(_ x: [Double], _ g: inout [Double]) -> Double {
    let top = x.max() ?? 0
    let powers = x.map { exp($0 - top) }
    let total = powers.reduce(0, +)
    for i in x.indices { g[i] = powers[i] / total + 0.1 * x[i] }
    return log(total) + top + 0.05 * x.map { $0 * $0 }.reduce(0, +)
  }

  @Test(arguments: ["rosenbrock", "wells", "log sum"])
  func itFollowsSciPysPath(name: String) throws {
    let run = try #require(try Recorded.read("lbfgs.json", as: [Run].self).first { $0.name == name })
    let function = try #require(Self.functions[name])
    var gradient = run.start
    _ = function(run.start, &gradient)
    #expect(zip(gradient, run.gradient).allSatisfy { abs($0 - $1) < 1e-9 * max(1, abs($1)) })

    var descent = LBFGS(start: run.start)
    var outcome = LBFGS.Outcome.progressed
    for (iteration, expected) in run.iterations.enumerated() {
      #expect(outcome == .progressed)
      outcome = descent.iterate(function)
      #expect(descent.iterations == iteration + 1)
      #expect(descent.evaluations == Int(expected[0]), "iteration \(iteration)")
      #expect(abs(descent.value - expected[1]) <= 1e-7 * max(1, abs(expected[1])), "iteration \(iteration)")
    }
    #expect(outcome == .converged)
    #expect(zip(descent.point, run.end).allSatisfy { abs($0 - $1) < 1e-5 })
  }

  @Test func itResumesFromItsBytes() throws {
    let run = try #require(try Recorded.read("lbfgs.json", as: [Run].self).first)
    var descent = LBFGS(start: run.start, history: 3)
    #expect(LBFGS(bytes: descent.bytes) == descent)
    for _ in 0..<5 { _ = descent.iterate(Self.rosenbrock) }
    var copy = try #require(LBFGS(bytes: descent.bytes))
    #expect(copy == descent)
    let outcomes = (copy.iterate(Self.rosenbrock), descent.iterate(Self.rosenbrock))
    #expect(outcomes.0 == outcomes.1)
    #expect(copy == descent)
    let bytes = descent.bytes
    for count in 0..<bytes.count { #expect(LBFGS(bytes: Array(bytes.prefix(count))) == nil) }
    for index in 0..<48 where index < 16 || index >= 32 {
      var changed = bytes
      changed[index] ^= 0x80
      _ = LBFGS(bytes: changed)
    }
  }

  @Test func aMinimumConvergesWithoutAnIteration() {
    var descent = LBFGS(start: [0, 0])
    let outcome = descent.iterate { (point: [Double], gradient: inout [Double]) in
      gradient = point
      return 0
    }
    #expect(outcome == .converged)
    #expect(descent.iterations == 0)
  }

  @Test func aWrongGradientEndsTheDescent() {
    var descent = LBFGS(start: [1, 1])
    let outcome = descent.iterate { (point: [Double], gradient: inout [Double]) in
      gradient = point.map { -2 * $0 }
      return point.map { $0 * $0 }.reduce(0, +)
    }
    #expect(outcome == .stuck)
    #expect(descent.point == [1, 1])
  }

  @Test func itShortensTheStepWhereTheFunctionOverflows() {
    var descent = LBFGS(start: [0.5])
    let barrier = { @Sendable (x: [Double], g: inout [Double]) -> Double in
      guard x[0] < 1 else { return .infinity }
      g[0] = 1 / (1 - x[0]) - 30
      return -log(1 - x[0]) - 30 * x[0]
    }
    for _ in 0..<50 where descent.iterate(barrier) == .progressed {}
    #expect(abs(descent.point[0] - (1 - 1.0 / 30)) < 1e-5)
  }

  @Test func itRestartsWhereASearchFails() {
    // The gradient does not fit the function for some calls. The pairs mislead, and the descent must restart.
    var calls = 0
    var descent = LBFGS(start: [3, -2])
    let rough = { (x: [Double], g: inout [Double]) -> Double in
      calls += 1
      let noise = (8...40).contains(calls) ? 1.0 : 0
      g = [2 * x[0], 20 * x[1]]
      return x[0] * x[0] + 10 * x[1] * x[1] + noise * Double(calls)
    }
    var outcomes: [LBFGS.Outcome] = []
    for _ in 0..<30 { outcomes.append(descent.iterate(rough)) }
    #expect(outcomes.contains(.stuck) || outcomes.contains(.converged))
    #expect(descent.evaluations == calls)
  }
}
