// Kills, lost servers and other windows lose no completed stroke.

import Foundation
import TestSupport
import Testing
import X11
import X11TestSupport

@Suite("The page survives the end of the program", .timeLimit(.minutes(15)))
struct SurvivalTests {
  static let isThorough = ProcessInfo.processInfo.environment["INKLING_THOROUGH"] == "1"

  @Test("kill -9 while drawing loses no stroke that had ended")
  func killed() throws {
    let server = try PrivateServer(screen: "1024x768x24")
    let home = try Application.Home()
    var drawn = 0
    for round in 0..<(Self.isThorough ? 30 : 2) {
      let app = try Application(on: server.name, home: home)
      if drawn > 0 { #expect(app.waits { $0 > 50 }, "the page is shown again") }
      for _ in 0...(round % 3) {
        let y = 0.1 + 0.8 * Double(drawn % 9) / 9
        app.draw([(0.2, y), (0.5, y)])
        drawn += 1
      }
      #expect(eventually { home.steps().count == drawn })
      // The kill comes during the next stroke.
      let (x, y) = app.center("page")
      app.input.move(toX: x, y: y)
      app.input.press()
      app.input.move(through: (0..<round % 7).map { (x + $0, y) })
      app.child.stop(SIGKILL)
      app.input.release()
      #expect(home.steps().count == drawn)
    }
  }

  @Test("the end of the server ends the program, and the stroke under way is kept")
  func serverKilled() throws {
    let server = try PrivateServer(screen: "1024x768x24")
    let home = try Application.Home()
    let app = try Application(on: server.name, home: home)
    app.drawSeven()
    #expect(eventually { home.steps().count == 1 })
    let (x, y) = app.center("page")
    #expect(!app.hasInk(atX: x, y: y), "the seven does not cover the middle")
    app.input.move(toX: x, y: y)
    app.input.press()
    app.input.move(toX: x - 30, y: y)
    #expect(eventually { app.hasInk(atX: x, y: y) })
    server.kill()
    let status = app.child.wait()
    #expect(status == 0 || status == 1, "it is not ended by a signal")
    #expect(home.steps().count == 2)
  }

  @Test("two windows side by side keep a page each")
  func twoWindows() throws {
    let server = try PrivateServer(screen: "1700x700x24")
    let home = try Application.Home()
    let first = try Application(on: server.name, home: home)
    let second = try Application(on: server.name, home: home)
    // Without a window manager both windows are in the corner; the second is moved beside the first.
    first.other.move(second.window, x: 850, y: 0)
    first.drawSeven()
    second.draw([(0.2, 0.5), (0.8, 0.5)])
    #expect(first.waits { $0 > 300 })
    #expect(second.waits { $0 > 100 })
    #expect(eventually { home.steps().count == 2 })
    for app in [first, second] {
      app.other.focus(app.window)
      app.input.tap(.character("q"), with: .control)
      #expect(app.child.wait() == 0)
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: home.journals.path).count == 2)
  }

  @Test("a wrong DISPLAY gives one sentence", arguments: [":4711", ""])
  func wrongDisplay(name: String) throws {
    let child = try Child(
      ["/bin/sh", "-c", "\(Application.executable) 2>&1"], environment: ["DISPLAY": name])
    let text = String(decoding: child.output.readDataToEndOfFile(), as: UTF8.self)
    #expect(child.wait() == 1)
    #expect(text.contains("DISPLAY") && text.split(separator: "\n").count == 1, "\(text)")
  }

  @Test("reports the end of the start to the launcher")
  func startup() throws {
    let server = try PrivateServer(screen: "1024x768x24")
    let other = try #require(RawClient(server.name))
    other.selectRootEvents()
    let app = try Application(
      on: server.name, home: try Application.Home(),
      environment: ["DESKTOP_STARTUP_ID": "launcher/1_TIME4242"])
    #expect(app.other.value("_NET_STARTUP_ID", of: app.window)?.text == "launcher/1_TIME4242")
    #expect(app.other.value("_NET_WM_USER_TIME", of: app.window)?.words == [4242])
    let message = other.awaitMessage("_NET_STARTUP_INFO_BEGIN")
    #expect(message != nil)
    let icons = try #require(app.other.value("_NET_WM_ICON", of: app.window)?.words)
    #expect(icons[0] == 16 && icons[16 * 16 + 2] == 32)
  }

  @Test("gives the reading and the drawing to programs that paste")
  func copies() throws {
    let server = try PrivateServer(screen: "1024x768x24")
    let app = try Application(on: server.name, home: try Application.Home())
    app.drawSeven()
    #expect(app.waits { $0 > 300 })
    app.input.tap(.character("c"), with: .control)
    app.input.settle()
    var targets = ""
    _ = try eventually {
      let clip = try Child([
        "xclip", "-display", server.name, "-selection", "clipboard", "-o", "-t", "TARGETS",
      ])
      targets = String(decoding: clip.output.readDataToEndOfFile(), as: UTF8.self)
      clip.wait()
      return targets.contains("image/png")
    }
    #expect(targets.contains("image/png") && targets.contains("UTF8_STRING"))
    let clip = try Child([
      "xclip", "-display", server.name, "-selection", "clipboard", "-o", "-t", "image/png",
    ])
    let picture = clip.output.readDataToEndOfFile()
    clip.wait()
    #expect(picture.starts(with: [0x89, 0x50, 0x4E, 0x47]))
  }
}
