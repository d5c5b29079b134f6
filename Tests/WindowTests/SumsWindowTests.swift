// Sums in the window: drawn by synthetic input, answered, checked and corrected.

import Foundation
import TestSupport
import Testing
import X11
import X11TestSupport

@Suite(
  "Sums in the window", .timeLimit(.minutes(15)),
  .enabled(if: WindowDrawingTests.hasModel, "there is no model in Models"))
struct SumsWindowTests {
  let server: PrivateServer
  let home: Application.Home
  let app: Application

  init() throws {
    server = try PrivateServer(screen: "1280x1024x24")
    home = try Application.Home()
    app = try Application(on: server.name, home: home, size: "1100x800", ["--mode", "sums"])
  }

  /// The colour of the frame around a symbol in doubt.
  private static let unsure: UInt = 0x8F_5600
  /// The colour of an answer that is offered.
  private static let suggested: UInt = 0x2A_56C6

  @Test("a sum is answered as it is written, checked, and checked again after an edit")
  func checks() throws {
    let last = try #require(draw("12×3=", from: 0))
    let start = ContinuousClock.now
    #expect(eventually { app.title == "12×3= → 36 · Inkling" }, "\(app.title)")
    let milliseconds = (ContinuousClock.now - start) / .milliseconds(1)
    FileHandle.standardError.write(Data("figure: answer to a sum: \(milliseconds) ms\n".utf8))
    // The time is a figure of the long tests of a release build.
    if SurvivalTests.isThorough { #expect(milliseconds <= 150) }
    #expect(eventually { !pagePixels(of: Self.suggested).isEmpty }, "the answer is not on the page")
    draw("35", from: last)
    #expect(eventually { app.title == "12×3=35 ✗ 36 · Inkling" }, "\(app.title)")

    // The 3 of the question is erased with the right button, and a 7 is drawn in its place.
    let slot = Handwriting.slot(3)
    erase(slot)
    #expect(eventually { !app.title.hasPrefix("12×3") }, "\(app.title)")
    draw("7", in: slot)
    #expect(eventually { app.title.hasPrefix("12×7=35") }, "\(app.title)")
    erase(slot)
    draw("3", in: slot)
    #expect(eventually { app.title == "12×3=35 ✗ 36 · Inkling" }, "\(app.title)")
  }

  @Test("a click on a symbol in doubt offers what it may be, and Undo takes the choice back")
  func corrects() throws {
    draw("12×3=36", from: 0)
    try #require(eventually { app.title == "12×3=36 ? · Inkling" }, "\(app.title)")
    var frame: (x: Int, y: Int)?
    #expect(
      eventually {
        frame = frameCenter()
        return frame != nil
      })
    let (x, y) = try #require(frame)
    let steps = home.steps().count
    app.input.click(atX: x, y: y)
    app.input.settle()
    #expect(home.steps().count == steps, "the click has drawn")
    app.input.tap(.character("8"))
    #expect(eventually { app.title.contains("8") && app.title.contains("✗ 36") }, "\(app.title)")
    #expect(home.steps().last?.hasPrefix("label") == true)
    app.input.tap(.character("z"), with: .control)
    #expect(eventually { app.title == "12×3=36 ? · Inkling" }, "\(app.title)")
  }

  @Test("the mode is remembered, and its key and its control change it")
  func remembers() throws {
    app.input.tap(.character("s"))
    app.click("sums")
    app.input.tap(.character("q"), with: .control)
    #expect(app.child.wait() == 0)
    let settings = try String(
      contentsOf: home.folder.appendingPathComponent("config/inkling/settings"), encoding: .utf8)
    #expect(!settings.contains("mode digits"))
    let next = try Application(on: server.name, home: home, size: "1100x800", [])
    next.click("text")
    next.input.tap(.character("q"), with: .control)
    #expect(next.child.wait() == 0)
    #expect(
      try String(contentsOf: home.folder.appendingPathComponent("config/inkling/settings"), encoding: .utf8)
        .contains("mode text"))
  }

  // MARK: - Writing

  /// Writes signs beside each other, from a position in the line; returns the position behind them.
  @discardableResult private func draw(_ text: String, from start: Int) -> Int? {
    for (index, sign) in text.enumerated() { draw(String(sign), in: Handwriting.slot(start + index)) }
    return start + text.count
  }

  private func draw(_ sign: String, in slot: Handwriting.Slot) {
    for stroke in Handwriting.strokes(of: Character(sign)) {
      app.draw(stroke.map { (slot.x + $0.0 * slot.width, slot.y + $0.1 * slot.height) }, steps: 3)
    }
  }

  /// Moves the eraser over a place of the line.
  private func erase(_ slot: Handwriting.Slot) {
    guard let page = app.areas["page"] else { return }
    func position(_ x: Double, _ y: Double) -> (x: Int, y: Int) {
      (page.x + Int(x * Double(page.width)), page.y + Int(y * Double(page.height)))
    }
    let rows = stride(from: -0.1, through: 1.1, by: 0.06).enumerated().flatMap {
      index, y -> [(x: Int, y: Int)] in
      let ends = [slot.x + slot.width * 0.35, slot.x + slot.width * 0.5]
      return (index % 2 == 0 ? ends : ends.reversed()).map { position($0, slot.y + y * slot.height) }
    }
    app.input.move(toX: rows[0].x, y: rows[0].y)
    app.input.press(.secondary)
    app.input.move(through: rows)
    app.input.release(.secondary)
    app.input.settle()
  }

  // MARK: - Pixels

  private struct Pixel {
    let x: Int
    let y: Int
  }

  /// The pixels of the page with a colour.
  private func pagePixels(of color: UInt) -> [Pixel] {
    guard let page = app.areas["page"] else { return [] }
    return (page.y..<page.y + page.height).flatMap { y in
      app.other.pixels(of: app.window, x: page.x, y: y, count: page.width).enumerated().filter {
        $0.element & 0xFF_FFFF == color
      }.map { Pixel(x: page.x + $0.offset, y: y) }
    }
  }

  /// The middle of the first frame around a symbol in doubt.
  private func frameCenter() -> (x: Int, y: Int)? {
    let pixels = pagePixels(of: Self.unsure)
    guard let top = pixels.first else { return nil }
    let edge = pixels.filter { $0.y == top.y }
    var right = top.x
    for pixel in edge where pixel.x == right + 1 { right = pixel.x }
    let x = (top.x + right) / 2
    guard right - top.x > 4, let bottom = pixels.filter({ $0.x == x }).map(\.y).max() else { return nil }
    return (x, (top.y + bottom) / 2)
  }
}

/// Signs as a pen writes them.
enum Handwriting {
  /// A place in a line of writing, in parts of the page.
  struct Slot {
    let x: Double
    let y: Double
    let width: Double
    let height: Double
  }

  static func slot(_ index: Int) -> Slot {
    Slot(x: 0.06 + 0.11 * Double(index), y: 0.3, width: 0.075, height: 0.14)
  }

  /// Points on a part of an ellipse; angles are in degrees, clockwise from the right.
  private static func arc(
    _ centerX: Double, _ centerY: Double, _ radiusX: Double, _ radiusY: Double, _ from: Double, _ to: Double
  ) -> [(Double, Double)] {
    (0...12).map { step in
      let angle = (from + (to - from) * Double(step) / 12) * .pi / 180
      return (centerX + radiusX * cos(angle), centerY + radiusY * sin(angle))
    }
  }

  static func strokes(of sign: Character) -> [[(Double, Double)]] {
    switch sign {
    case "1": [[(0.3, 0.22), (0.55, 0), (0.55, 1)]]
    case "2": [arc(0.5, 0.28, 0.38, 0.28, 190, 400) + [(0.12, 1), (0.92, 0.98)]]
    case "3": [arc(0.45, 0.25, 0.36, 0.25, 205, 450) + arc(0.45, 0.74, 0.42, 0.26, -90, 160)]
    case "5": [[(0.8, 0), (0.25, 0.02), (0.2, 0.42)] + arc(0.45, 0.68, 0.38, 0.32, -120, 150)]
    case "6": [[(0.7, 0), (0.35, 0.3)] + arc(0.48, 0.7, 0.34, 0.3, 190, 550)]
    case "7": [[(0.1, 0), (0.9, 0), (0.4, 1)]]
    case "×": [[(0.1, 0.35), (0.8, 0.9)], [(0.8, 0.35), (0.1, 0.9)]]
    case "=": [[(0.05, 0.45), (0.9, 0.45)], [(0.05, 0.72), (0.9, 0.72)]]
    default: []
    }
  }
}
