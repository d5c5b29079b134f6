// The path of the pen as a network's input.

import Preprocessing
import Testing

@Suite struct TrajectoryTests {
  private typealias Position = Trajectory.Position

  /// A seven: a bar to the right and a line down to the left, then a second stroke through it.
  private func seven(scale: Float = 1, shift: Float = 0, points: Int = 40) -> [[Position]] {
    let corners: [Position] = [Position(0, 0), Position(100, 0), Position(30, 200)]
    var stroke: [Position] = []
    for (start, end) in zip(corners, corners.dropFirst()) {
      for k in 0...points { stroke.append(start + (end - start) * (Float(k) / Float(points))) }
    }
    return [stroke, [Position(30, 100), Position(110, 100)]].map { $0.map { $0 * scale + shift } }
  }

  private func distance(_ a: [Float], _ b: [Float]) -> Float {
    zip(a, b).map { abs($0 - $1) }.max() ?? .infinity
  }

  @Test func placeSizeAndSpeedDoNotMatter() throws {
    let input = try #require(Trajectory.input(of: seven()))
    #expect(input.count == Trajectory.size)
    let moved = try #require(Trajectory.input(of: seven(scale: 7, shift: 3000)))
    #expect(distance(input, moved) < 0.02)
    let fast = try #require(Trajectory.input(of: seven(points: 3)))
    #expect(distance(input, fast) < 0.02)
  }

  @Test func theOrderOfStrokesAndTheRaisedPenAreSeen() throws {
    let input = try #require(Trajectory.input(of: seven()))
    let points = stride(from: 0, to: input.count, by: Trajectory.channels).map {
      Array(input[$0..<$0 + Trajectory.channels])
    }
    #expect(points.map { $0[7] }.reduce(0, +) == 2, "two strokes begin")
    #expect(points.contains { $0[6] == 0 } && points.contains { $0[6] == 1 })
    #expect(points[3][2] > 0.99, "the pen moves to the right at first")
    let other = try #require(Trajectory.input(of: seven().reversed()))
    #expect(distance(input, other) > 0.5)
  }

  @Test func aDotStaysSmallWhereTheSizeOfTheWritingIsKnown() throws {
    let dot = [[Position(0, 0), Position(3, 2), Position(1, 4)]]
    let alone = try #require(Trajectory.input(of: dot))
    let known = try #require(Trajectory.input(of: dot, dot: 24))
    #expect(abs((alone.map(abs).max() ?? 0) - 1) < 1e-5)
    let places = stride(from: 0, to: known.count, by: Trajectory.channels).flatMap {
      [known[$0], known[$0 + 1]]
    }
    #expect(places.allSatisfy { abs($0) < 0.2 })
  }

  @Test(
    arguments: [
      [[]], [[Position(5, 5)]], [[Position(0, 0), Position(0, 0)], [], [Position(1e-30, 0)]],
      [[Position(1e30, 0), Position(-1e30, 1e30)]],
    ] as [[[Trajectory.Position]]])
  func anyStrokesAreReadOrRefused(strokes: [[Trajectory.Position]]) {
    let input = Trajectory.input(of: strokes)
    #expect(input?.count ?? Trajectory.size == Trajectory.size)
    #expect(input?.allSatisfy(\.isFinite) ?? true)
    #expect(strokes != [[]] || input == nil)
  }

  @Test func coordinatesThatAreNotFiniteAreRefused() {
    #expect(Trajectory.input(of: [[Position(.nan, 0), Position(1, 1)]]) == nil)
    #expect(Trajectory.input(of: [[Position(.infinity, 0), Position(1, 1)]]) == nil)
  }
}
