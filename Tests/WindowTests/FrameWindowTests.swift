// A frame on an opened picture, marked by the pointer of the server.

import Foundation
import TestSupport
import Testing
import X11
import X11TestSupport

@Suite(
  "A frame on a picture", .timeLimit(.minutes(15)),
  .enabled(if: WindowDrawingTests.hasModel, "there is no model in Models"))
struct FrameWindowTests {
  /// Writes a white sheet, 400 × 400, with a 3 above and a 5 below on the right.
  private func writeSheet(to file: URL, in folder: URL) throws {
    var sheet = [UInt8](repeating: 255, count: 400 * 400)
    for (line, x, y) in [(4, 50, 50), (6, 260, 250)] {
      let digit = folder.appendingPathComponent("digit\(line).pgm")
      let drawn = try Child([
        Application.executable, "render", "Assets/digits.jsonl", "--line", "\(line)", "--size", "100",
        "--out",
        digit.path,
      ]).wait()
      try #require(drawn == 0)
      for (i, level) in try Data(contentsOf: digit).suffix(100 * 100).enumerated() {
        sheet[(y + i / 100) * 400 + x + i % 100] = level
      }
    }
    try (Data("P5\n400 400\n255\n".utf8) + Data(sheet)).write(to: file)
  }

  @Test("is dragged after F or its button, is read alone, and is removed by Escape and by a click")
  func frame() throws {
    let server = try PrivateServer(screen: "1024x768x24")
    let home = try Application.Home()
    let file = home.folder.appendingPathComponent("sheet.pgm")
    try writeSheet(to: file, in: home.folder)
    let app = try Application(on: server.name, home: home, [file.path])
    try #require(eventually { app.title == "3 5 · Inkling" }, "\(app.title)")
    app.input.tap(.character("f"))
    app.draw([(0.55, 0.55), (0.95, 0.95)])
    #expect(eventually { app.title == "5 · Inkling" }, "\(app.title)")
    app.input.tap(.escape)
    #expect(eventually { app.title == "3 5 · Inkling" }, "\(app.title)")
    app.click("frame")
    app.draw([(0.5, 0.45), (0.3, 0.2), (0.05, 0.05)])
    #expect(eventually { app.title == "3 · Inkling" }, "\(app.title)")
    app.click("frame")
    app.click("page")
    #expect(eventually { app.title == "3 5 · Inkling" }, "\(app.title)")
    #expect(home.steps().allSatisfy { !$0.hasPrefix("stroke") }, "nothing was drawn")
    app.input.tap(.character("q"), with: .control)
    #expect(app.child.wait() == 0)
  }
}
