// The window in use: pointer and key events of the server, and their effects.

import Foundation
import TestSupport
import Testing
import X11
import X11TestSupport

@Suite("The window", .timeLimit(.minutes(15)))
struct WindowDrawingTests {
  static let hasModel =
    (try? FileManager.default.contentsOfDirectory(atPath: "Models"))?.contains {
      $0.hasSuffix(".safetensors")
    } ?? false

  @Test("draws, clears, undoes and redoes, by the pointer and by keys")
  func draws() throws {
    let server = try PrivateServer(screen: "1024x768x24")
    let home = try Application.Home()
    let app = try Application(on: server.name, home: home, ["--no-live"])
    #expect(app.title == "Inkling")
    app.drawSeven()
    #expect(app.waits { $0 > 300 })
    app.click("clear")
    #expect(app.waits { $0 == 0 })
    app.click("undo")
    #expect(app.waits { $0 > 300 })
    app.input.tap(.delete)
    #expect(app.waits { $0 == 0 })
    app.input.tap(.character("z"), with: .control)
    #expect(app.waits { $0 > 300 })
    app.input.tap(.character("z"), with: .control)
    #expect(app.waits { $0 == 0 })
    app.input.tap(.character("z"), with: [.control, .shift])
    #expect(app.waits { $0 > 300 })
    #expect(home.steps().count { $0.hasPrefix("stroke") } == 1)
    app.input.tap(.character("q"), with: .control)
    #expect(app.child.wait() == 0)
  }

  /// Servers that lack an extension, or have another format of pixels.
  static let servers: [(depth: Int, options: [String])] = [
    (24, ["-extension", "MIT-SHM"]), (24, ["-extension", "XTEST"]), (24, ["-extension", "XInputExtension"]),
    (16, []), (30, []),
  ]

  @Test("works on servers that lack an extension, or have another format of pixels", arguments: servers)
  func plainServers(depth: Int, options: [String]) throws {
    let server = try PrivateServer(screen: "1024x768x\(depth)", options: options)
    let app = try Application(on: server.name, home: try Application.Home())
    app.drawSeven()
    #expect(app.waits { $0 > 300 })
    app.input.tap(.character("q"), with: .control)
    #expect(app.child.wait() == 0)
  }

  @Test(
    "works with a server that cannot share memory, such as one in another container",
    .enabled(if: canSeparate, "another container cannot be made here"))
  func otherContainer() throws {
    let server = try PrivateServer(screen: "1024x768x24")
    let app = try Application(on: server.name, home: try Application.Home(), before: ["unshare", "--ipc"])
    app.drawSeven()
    #expect(app.waits { $0 > 300 })
    app.input.tap(.character("q"), with: .control)
    #expect(app.child.wait() == 0)
  }

  /// Whether this user can start a program that shares no memory with others.
  static let canSeparate = (try? Child(["unshare", "--ipc", "true"]).wait()) == 0

  @Test("saves a PGM that netpbm reads, never over another file")
  func saves() throws {
    let server = try PrivateServer(screen: "1024x768x24")
    let home = try Application.Home()
    let app = try Application(on: server.name, home: home, ["--save-size", "200"])
    app.drawSeven()
    app.click("save")
    #expect(eventually { home.saved().count == 1 })
    app.input.tap(.character("s"), with: .control)
    try #require(eventually { home.saved().count == 2 })
    for file in home.saved() {
      let reading = try Child(["pnmtoplainpnm", file.path])
      let text = String(decoding: reading.output.readDataToEndOfFile(), as: UTF8.self)
      #expect(reading.wait() == 0)
      let words = text.split(whereSeparator: \.isWhitespace)
      #expect(words.prefix(4) == ["P2", "200", "200", "255"])
      let levels = words.dropFirst(4).compactMap { Int($0) }
      #expect(levels.count == 40000 && levels[0] == 255)
      #expect(levels.count { $0 < 128 } > 500)
    }
  }

  @Test("can be used by the keyboard alone, also with a window manager", arguments: [false, true])
  func keyboard(isManaged: Bool) throws {
    let server = try PrivateServer(screen: "1024x768x24")
    let manager = isManaged ? try Self.manager(on: server) : nil
    defer { manager?.stop(SIGKILL) }
    let home = try Application.Home()
    let app = try Application(on: server.name, home: home)
    app.drawSeven()
    #expect(app.waits { $0 > 300 })
    app.input.tap(.character("s"), with: .control)
    #expect(eventually { home.saved().count == 1 })
    if isManaged {
      app.other.message(
        "_NET_CLOSE_WINDOW", to: app.other.root, about: app.window, [0, 2], mask: RawClient.managerMask)
    } else {
      app.input.tap(.character("q"), with: .control)
    }
    #expect(app.child.wait() == 0)
    #expect(home.steps().count == 1)
  }

  /// Each digit once, half of them with a window manager; the long tests use all digits with and without one.
  static let digits: [(digit: Int, isManaged: Bool)] = (0...9).flatMap { digit in
    SurvivalTests.isThorough ? [(digit, false), (digit, true)] : [(digit, digit % 2 == 1)]
  }

  @Test(
    "reads, clears, restores and saves recorded digits",
    .enabled(if: hasModel, "there is no model in Models"), arguments: digits)
  func predicts(digit: Int, isManaged: Bool) throws {
    struct Sample: Decodable {
      let label: String
      let strokes: [[[Double]]]
    }
    let lines = try String(contentsOfFile: "Assets/digits.jsonl", encoding: .utf8).split(separator: "\n")
    let samples = try lines.map { try JSONDecoder().decode(Sample.self, from: Data($0.utf8)) }
    let sample = try #require(samples.first { $0.label == String(digit) })
    let server = try PrivateServer(screen: "1024x768x24")
    let manager = isManaged ? try Self.manager(on: server) : nil
    defer { manager?.stop(SIGKILL) }
    let home = try Application.Home()
    let app = try Application(on: server.name, home: home, ["--no-live"])
    let all = sample.strokes.joined()
    let (left, right) = (all.map { $0[0] }.min() ?? 0, all.map { $0[0] }.max() ?? 1)
    let (top, bottom) = (all.map { $0[1] }.min() ?? 0, all.map { $0[1] }.max() ?? 1)
    let scale = 0.6 / max(right - left, bottom - top, 1)
    for stroke in sample.strokes {
      app.draw(
        stroke.map {
          (0.5 + ($0[0] - (left + right) / 2) * scale, 0.5 + ($0[1] - (top + bottom) / 2) * scale)
        },
        steps: 3, awaitingPress: isManaged)
    }
    #expect(eventually { home.steps().count == sample.strokes.count })
    #expect(app.title == "Inkling")
    app.click("predict")
    #expect(eventually { app.title == "\(digit) · Inkling" }, "\(app.title)")
    let ink = app.steadyInk()
    app.click("clear")
    #expect(eventually { app.title == "Inkling" && app.ink() == 0 })
    app.click("undo")
    #expect(app.steadyInk() == ink)
    app.click("save")
    try #require(eventually { home.saved().count == 1 })
    let plain = try Child(["pnmtoplainpnm", home.saved()[0].path])
    let words = String(decoding: plain.output.readDataToEndOfFile(), as: UTF8.self).split(
      whereSeparator: \.isWhitespace)
    #expect(plain.wait() == 0 && words.first == "P2")
    #expect(words.dropFirst(4).count { Int($0) ?? 255 < 128 } > 500)
  }

  /// Starts Openbox, and waits until it is ready.
  static func manager(on server: PrivateServer) throws -> Child {
    let manager = try Child(["openbox"], environment: ["DISPLAY": server.name, "HOME": "/nonexistent"])
    let other = try #require(RawClient(server.name))
    try #require(eventually { other.value("_NET_SUPPORTING_WM_CHECK", of: other.root) != nil })
    // It announces itself before it is ready, and ignores windows that are mapped before.
    try #require(
      eventually(pace: 20) {
        other.show()
        return other.isVisible(other.window)
      })
    return manager
  }

  @Test(
    "Tab moves the focus, Space and Enter press the focused control",
    .enabled(if: hasModel, "there is no model in Models"))
  func movesFocus() throws {
    let server = try PrivateServer(screen: "1024x768x24")
    let app = try Application(on: server.name, home: try Application.Home(), ["--no-live"])
    app.drawSeven()
    #expect(app.waits { $0 > 300 })
    app.input.tap(.tab)
    app.input.tap(.character(" "))
    #expect(eventually { app.title == "7 · Inkling" }, "\(app.title)")
    app.input.tap(.tab)
    app.input.tap(.enter)
    #expect(app.waits { $0 == 0 })
    // Clear and Save are disabled on an empty page: the next control is Undo.
    app.input.tap(.tab)
    app.input.tap(.character(" "))
    #expect(app.waits { $0 > 300 })
    app.input.tap(.character("q"), with: .control)
    #expect(app.child.wait() == 0)
  }
}
