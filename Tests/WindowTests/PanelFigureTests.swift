// The figures that the panel must reach; they are part of the long tests of a release build.

import Foundation
import TestSupport
import Testing
import X11TestSupport

@Suite(
  "Figures of the panel", .serialized,
  .enabled(if: SurvivalTests.isThorough, "it takes long: set INKLING_THOROUGH to 1"), .timeLimit(.minutes(5)))
struct PanelFigureTests {
  private func report(_ name: String, _ text: String) {
    FileHandle.standardError.write(Data("figure: \(name): \(text)\n".utf8))
  }

  @Test("from exec to the visible panel in 100 ms")
  func start() throws {
    let times = try (0..<7).map { _ in try PanelTests.Desk().startTime }.sorted()
    report("start of the panel", "\(times[3]), the slowest \(times[6])")
    #expect(times[3] <= .milliseconds(100))
  }

  @Test(
    "from pen up to the text in the other program in 150 ms",
    .enabled(if: WindowDrawingTests.hasModel, "there is no model in Models"))
  func latency() throws {
    let desk = try PanelTests.Desk()
    desk.drawSeven()
    #expect(desk.typing.receives("7"))
    var times: [Duration] = []
    for count in 2...12 {
      desk.drawSeven()
      let start = ContinuousClock.now
      let expected = String(repeating: "7", count: count)
      #expect(eventually(within: 20, pace: 1) { desk.printer.received == expected })
      times.append(.now - start)
    }
    times.sort()
    report("pen up to text", "\(times[5]), the slowest \(times[10])")
    #expect(times[10] <= .milliseconds(150))
  }

  @Test("an idle panel uses no processor time")
  func idle() throws {
    let desk = try PanelTests.Desk()
    func ticks() throws -> Int {
      let text = try String(contentsOfFile: "/proc/\(desk.child.identifier)/stat", encoding: .utf8)
      let fields = text.split(separator: ")").last?.split(separator: " ") ?? []
      return (Int(fields[11]) ?? 0) + (Int(fields[12]) ?? 0)
    }
    // The model is loaded in the background.
    var last = -1
    let isSettled = try eventually(pace: 500) {
      let now = try ticks()
      defer { last = now }
      return now == last
    }
    #expect(isSettled)
    let before = try ticks()
    _ = eventually(within: 3, pace: 100) { false }
    let used = try ticks() - before
    report("idle panel", "\(used) ticks of 10 ms in 3 s")
    #expect(used == 0)
  }
}
