// The window in use: everything that a person may press, by XTEST, at all sizes, scales and in both themes.

import Basics
import Foundation
import TestSupport
import Testing
import X11
import X11TestSupport

@Suite("The window in everyday use", .timeLimit(.minutes(30)))
struct EverydayUseTests {
  /// A window to use.
  struct Setting: Sendable, CustomTestStringConvertible {
    let size: String
    let scale: String
    let isDark: Bool
    var testDescription: String { "\(size), scale \(scale), \(isDark ? "dark" : "light")" }
  }

  private static let all = ["480x360", "960x680", "1366x768", "1600x1200", "3840x2160"].flatMap { size in
    ["1", "2"].flatMap { scale in [false, true].map { Setting(size: size, scale: scale, isDark: $0) } }
  }

  /// Ten minutes of use altogether where tests may take long; otherwise a short use of one small dark window.
  private static let settings =
    SurvivalTests.isThorough ? all : [Setting(size: "480x360", scale: "1", isDark: true)]
  private static var duration: Duration {
    SurvivalTests.isThorough ? .seconds(600 / all.count) : .seconds(3)
  }

  @Test("survives it, and Escape leaves nothing behind", arguments: settings)
  func use(setting: Setting) throws {
    let server = try PrivateServer(screen: "\(setting.size)x24")
    let home = try Application.Home()
    let app = try Application(
      on: server.name, home: home, size: setting.size, scale: setting.scale, isDark: setting.isDark)
    var random = SplitMix64(
      seed: UInt64(Self.all.firstIndex { $0.testDescription == "\(setting.testDescription)" } ?? 0))
    // A window without a page to read shows no answer that changes by itself.
    for overlay in [Key.function(1), .character("m"), .character("v")] {
      let before = steady(app)
      app.input.tap(overlay)
      #expect(eventually { steady(app) != before }, "\(overlay) opens something")
      app.input.tap(.escape)
      #expect(eventually { steady(app) == before }, "\(overlay): Escape leaves nothing behind")
    }
    let end = ContinuousClock.now + Self.duration
    var steps: [String] = []
    while ContinuousClock.now < end {
      steps.append(step(app, &random))
      #expect(kill(app.child.identifier, 0) == 0, "it has ended after \(steps.suffix(6))")
      if kill(app.child.identifier, 0) != 0 { return }
    }
    // Whatever was open is closed, the page is emptied, and a stroke is drawn and kept as in a new window.
    for _ in 0..<3 { app.input.tap(.escape) }
    app.input.tap(.delete)
    app.input.settle()
    #expect(app.waits { $0 == 0 }, "the page is empty after \(steps.suffix(6))")
    let count = home.steps().count
    app.draw([(0.3, 0.5), (0.7, 0.5)])
    #expect(eventually { home.steps().count > count })
    app.input.tap(.character("q"), with: .control)
    #expect(app.child.wait() == 0)
  }

  /// The pixels of the parts that overlays cover, with the pointer where no tooltip is.
  private func steady(_ app: Application) -> [UInt] {
    app.input.move(toX: 1, y: 1)
    app.input.settle()
    return app.pixels(of: "page") + app.pixels(of: "bar3") + app.pixels(of: "digits")
  }

  private func step(_ app: Application, _ random: inout SplitMix64) -> String {
    let controls = [
      "predict", "clear", "save", "undo", "redo", "open", "pen", "live", "help", "sums", "text", "digits",
      "copy", "frame", "model", "askAll", "look", "answer", "bar4",
    ]
    switch Int.random(in: 0..<8, using: &random) {
    case 0...2:
      app.draw(
        (0..<3).map { _ in (.random(in: 0.1...0.9, using: &random), .random(in: 0.1...0.9, using: &random)) },
        steps: 4)
      return "stroke"
    case 3, 4:
      let name = controls[Int.random(in: 0..<controls.count, using: &random)]
      app.click(name)
      return name
    case 5:
      let letters = Array("sflmav")
      let letter = letters[Int.random(in: 0..<letters.count, using: &random)]
      app.input.tap(.character(letter))
      return String(letter)
    case 6:
      let keys: [Key] = [.escape, .enter, .tab, .left, .right, .up, .down, .function(1), .delete]
      let key = keys[Int.random(in: 0..<keys.count, using: &random)]
      app.input.tap(key)
      return "\(key)"
    default:
      let letter = Array("zyos")[Int.random(in: 0..<4, using: &random)]
      app.input.tap(.character(letter), with: letter == "s" ? [.control, .shift] : .control)
      app.input.tap(.escape)
      return "Ctrl+\(letter)"
    }
  }
}
