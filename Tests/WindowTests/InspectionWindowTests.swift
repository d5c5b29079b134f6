// The inspection in the window: V opens it beside the page, and it follows the pen.

import Foundation
import TestSupport
import Testing
import X11
import X11TestSupport

@Suite(
  "The inspection", .timeLimit(.minutes(15)),
  .enabled(if: WindowDrawingTests.hasModel, "there is no model in Models"))
struct InspectionWindowTests {
  let server: PrivateServer
  let app: Application
  /// The layout with the inspection.
  let areas: [String: Application.Area]
  let inside: Application.Area

  init() throws {
    server = try PrivateServer(screen: "1600x1200x24")
    app = try Application(on: server.name, home: try Application.Home(), size: "1280x900")
    let layout = try Child([Application.executable, "layout", "--size", "1280x900", "--look"])
    areas = try JSONDecoder().decode(
      [String: Application.Area].self, from: layout.output.readDataToEndOfFile())
    layout.wait()
    inside = try #require(areas["inside"])
  }

  /// Rows of pixels through the picture: its input, its influences, its layers.
  private func rows() -> [[UInt]] {
    [4, 7, 12, 30, 45, 60].map { part in
      let y = inside.y + inside.height * part / 64
      return app.other.pixels(of: app.window, x: inside.x, y: y, count: inside.width)
    }
  }

  /// Whether the picture has the colour of input that speaks for the answer.
  private var hasInfluence: Bool {
    rows().joined().contains { pixel in
      let (red, green, blue) = (pixel >> 16 & 0xFF, pixel >> 8 & 0xFF, pixel & 0xFF)
      return red > green + 40 && green > blue + 20
    }
  }

  @Test("is opened by V and by its control, shows the reading of the page, and is closed")
  func opens() throws {
    app.drawSeven()
    #expect(eventually { app.title == "7 · Inkling" }, "\(app.title)")
    app.input.tap(.character("v"))
    #expect(eventually { hasInfluence })
    let center = try #require(areas["look"]).center
    app.input.click(atX: center.x, y: center.y)
    #expect(app.waits { $0 > 300 }, "the page has its former size")
    #expect(eventually { !hasInfluence })
    app.click("look")
    #expect(eventually { hasInfluence })
    app.input.tap(.escape)
    #expect(eventually { !hasInfluence })
  }

  @Test("follows the pen at 30 frames a second and more")
  func follows() throws {
    app.input.tap(.character("v"))
    let page = try #require(areas["page"])
    let position = { (index: Int) -> (x: Int, y: Int) in
      // A spiral: the picture changes with every sample.
      let angle = Double(index) * 0.09
      let radius = 0.03 + 0.4 * Double(index) / 375
      return (
        page.x + Int(Double(page.width) * (0.5 + radius * cos(angle))),
        page.y + Int(Double(page.height) * (0.5 + radius * sin(angle)))
      )
    }
    let paper = app.other.pixel(of: app.window, x: inside.x + 1, y: inside.y + 1)
    #expect(paper != nil)
    app.input.move(toX: position(0).x, y: position(0).y)
    app.input.press()
    var frames = 0
    let first = rows()
    var before = first
    var index = 1
    let start = ContinuousClock.now
    while index <= 375 {
      // 125 samples a second, as of a usual mouse.
      if ContinuousClock.now - start >= .milliseconds(8 * index) {
        app.input.move(toX: position(index).x, y: position(index).y)
        index += 1
      }
      let now = rows()
      if now != before { frames += 1 }
      before = now
    }
    let (seconds, attoseconds) = (ContinuousClock.now - start).components
    let rate = Double(frames) / (Double(seconds) + Double(attoseconds) / 1e18)
    app.input.release()
    FileHandle.standardError.write(Data("figure: look inside: \(rate) frames a second\n".utf8))
    // The rate is a figure of the long tests of a release build; the other tests only require that it follows.
    if SurvivalTests.isThorough { #expect(rate >= 30) }
    #expect(eventually { rows() != first })
  }
}
