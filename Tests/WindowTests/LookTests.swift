// The look inside the model, in the real window: V opens it beside the page, and it follows the pen.

import Foundation
import TestSupport
import Testing
import X11
import X11TestSupport

@Suite(
  "The look inside", .timeLimit(.minutes(15)),
  .enabled(if: DrawingTests.hasModel, "there is no model in Models"))
struct LookTests {
  let server: PrivateServer
  let app: Application
  /// Where everything stands while somebody looks.
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

  /// The rows at some heights of the picture: its input, what speaks for and against, its layers.
  private func rows() -> [[UInt]] {
    [4, 7, 12, 30, 45, 60].map { part in
      let y = inside.y + inside.height * part / 64
      return app.other.pixels(of: app.window, x: inside.x, y: y, count: inside.width)
    }
  }

  /// Whether what speaks for the answer is there, in its colour.
  private var hasInfluence: Bool {
    rows().joined().contains { pixel in
      let (red, green, blue) = (pixel >> 16 & 0xFF, pixel >> 8 & 0xFF, pixel & 0xFF)
      return red > green + 40 && green > blue + 20
    }
  }

  @Test("opens by V and by its button, shows the reading of the page, and closes again")
  func opens() throws {
    app.drawSeven()
    #expect(eventually { app.title == "7 · Inkling" }, "\(app.title)")
    app.hand.tap(.character("v"))
    #expect(eventually { hasInfluence })
    let place = try #require(areas["look"]).center
    app.hand.click(atX: place.x, y: place.y)
    #expect(app.waits { $0 > 300 }, "the page is as large as before")
    #expect(eventually { !hasInfluence })
    app.click("look")
    #expect(eventually { hasInfluence })
    app.hand.tap(.escape)
    #expect(eventually { !hasInfluence })
  }

  @Test("follows the pen at 30 frames a second and more")
  func follows() throws {
    app.hand.tap(.character("v"))
    let page = try #require(areas["page"])
    let place = { (index: Int) -> (x: Int, y: Int) in
      // A spiral, which changes at every sample.
      let angle = Double(index) * 0.09
      let radius = 0.03 + 0.4 * Double(index) / 375
      return (
        page.x + Int(Double(page.width) * (0.5 + radius * cos(angle))),
        page.y + Int(Double(page.height) * (0.5 + radius * sin(angle)))
      )
    }
    let paper = app.other.pixel(of: app.window, x: inside.x + 1, y: inside.y + 1)
    #expect(paper != nil)
    app.hand.move(toX: place(0).x, y: place(0).y)
    app.hand.press()
    var frames = 0
    let first = rows()
    var before = first
    var index = 1
    let start = ContinuousClock.now
    while index <= 375 {
      // A hand's mouse: 125 samples a second.
      if ContinuousClock.now - start >= .milliseconds(8 * index) {
        app.hand.move(toX: place(index).x, y: place(index).y)
        index += 1
      }
      let now = rows()
      if now != before { frames += 1 }
      before = now
    }
    let (seconds, attoseconds) = (ContinuousClock.now - start).components
    let rate = Double(frames) / (Double(seconds) + Double(attoseconds) / 1e18)
    app.hand.release()
    FileHandle.standardError.write(Data("figure: look inside: \(rate) frames a second\n".utf8))
    // On a busy machine it is at least seen to follow; the figure is for the long tests of a release build.
    if SurvivalTests.isThorough { #expect(rate >= 30) }
    #expect(eventually { rows() != first })
  }
}
