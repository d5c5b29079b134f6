// The window where something is missing or fails: it works or shows a message, and the drawing stays.

import Foundation
import TestSupport
import Testing
import X11
import X11TestSupport

@Suite("Failures", .timeLimit(.minutes(15)))
struct FailureTests {
  let server: PrivateServer
  let home: Application.Home

  init() throws {
    server = try PrivateServer(screen: "1024x768x24")
    home = try Application.Home()
  }

  /// Draws, causes a failure, and checks that the window can still be used.
  private func survives(_ app: Application, _ act: () -> Void) {
    app.drawSeven()
    #expect(app.waits { $0 > 300 })
    let ink = app.ink()
    act()
    // The end of the seven may have been drawn after its ink was counted.
    #expect(app.ink() >= ink, "the drawing stays")
    app.click("clear")
    #expect(app.waits { $0 == 0 })
    app.input.tap(.character("q"), with: .control)
    #expect(app.child.wait() == 0)
  }

  private func saveFails(in folder: String) throws {
    let app = try Application(on: server.name, home: home, saves: folder)
    survives(app) {
      app.click("save")
      #expect(app.showsFailure())
    }
  }

  @Test("without installed fonts, text is drawn with the built-in font")
  func noFonts() throws {
    let file = home.folder.appendingPathComponent("fonts.conf")
    try Data("<?xml version=\"1.0\"?><fontconfig></fontconfig>".utf8).write(to: file)
    let app = try Application(on: server.name, home: home, environment: ["FONTCONFIG_FILE": file.path])
    survives(app) {
      // The text of the button is light on a dark background.
      #expect(app.pixels(of: "predict").count { $0 & 0xFF_0000 > 0xC0_0000 } > 40)
    }
  }

  @Test("a save folder that cannot be made gives a message")
  func noSaveFolder() throws {
    let file = home.folder.appendingPathComponent("a file")
    try Data().write(to: file)
    try saveFails(in: file.path + "/below")
  }

  @Test("a save folder on a read-only file system gives a message")
  func readOnly() throws { try saveFails(in: "/proc/inkling") }

  /// Whether a small file system can be mounted; root can do that, except in some containers.
  private static let canMount: Bool = {
    guard let home = try? Application.Home() else { return false }
    return mount("none", home.folder.path, "tmpfs", 0, "size=16k") == 0 && umount(home.folder.path) == 0
  }()

  @Test(
    "a full save folder gives a message, and no file in part is left",
    .enabled(if: canMount, "a small file system cannot be mounted here"))
  func full() throws {
    let folder = home.folder.appendingPathComponent("small")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    try #require(mount("none", folder.path, "tmpfs", 0, "size=16k") == 0)
    defer { umount(folder.path) }
    try saveFails(in: folder.path)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
  }

  /// The start of a command line that writes standard error to a file.
  private var keepingErrors: [String] { ["/bin/sh", "-c", "exec \"$0\" \"$@\" 2>\"$HOME/errors\""] }

  private func errors() -> String {
    (try? String(contentsOf: home.folder.appendingPathComponent("errors"), encoding: .utf8)) ?? ""
  }

  private func quit(_ app: Application) -> Int32 {
    app.input.tap(.character("q"), with: .control)
    return app.child.wait()
  }

  /// Saves a picture that takes long, and quits before it is written.
  private func saveAndQuit(_ app: Application) -> Int32 {
    app.drawSeven()
    let (x, y) = app.center("save")
    app.input.click(atX: x, y: y)
    return quit(app)
  }

  @Test("a save under way is completed when the window is closed")
  func saveAtTheEnd() throws {
    let app = try Application(on: server.name, home: home, ["--save-size", "3000"], before: keepingErrors)
    #expect(saveAndQuit(app) == 0)
    let file = try #require(home.saved().first)
    #expect(try Data(contentsOf: file).count > 9_000_000)
    #expect(errors().isEmpty)
  }

  @Test("a save that fails after the window was closed is reported on standard error")
  func failedSaveAtTheEnd() throws {
    let app = try Application(
      on: server.name, home: home, saves: "/proc/inkling", ["--save-size", "3000"], before: keepingErrors)
    #expect(saveAndQuit(app) == 1)
    #expect(errors().contains("Not saved"), "\(errors())")
  }

  @Test("a pipe is not opened, and does not block a save")
  func pipe() throws {
    let pipe = home.folder.appendingPathComponent("pipe.pgm").path
    try #require(mkfifo(pipe, 0o600) == 0)
    let app = try Application(on: server.name, home: home, [pipe])
    #expect(app.showsFailure())
    app.drawSeven()
    app.click("save")
    #expect(eventually { home.saved().count == 1 })
    #expect(quit(app) == 0)
  }

  @Test("steps that did not fit on the disk are written when there is space again")
  func journalBehind() throws {
    // Files may have 512 bytes, which is enough for one stroke.
    let script = "trap '' XFSZ; ulimit -S -f 1; exec \"$0\" \"$@\""
    do {
      let app = try Application(on: server.name, home: home, before: ["/bin/sh", "-c", script])
      for y in [0.2, 0.4, 0.6, 0.8] { app.draw([(0.2, y), (0.8, y)]) }
      #expect(app.showsFailure())
      let kept = home.steps().count
      #expect(kept < 4)
      app.input.tap(.character("z"), with: .control)
      app.input.settle()
      #expect(app.showsFailure(), "the message stays as long as the problem")
      #expect(home.steps().count == kept)
      let raise = try Child(["prlimit", "--pid", "\(app.child.identifier)", "--fsize=unlimited"])
      try #require(raise.wait() == 0)
      #expect(eventually { home.steps().count == 5 }, "the program tries again by itself")
      #expect(quit(app) == 0)
    }
    let app = try Application(on: server.name, home: home)
    let lines = { (y: Double) in
      app.areas["page"].map { app.hasInk(atX: $0.center.x, y: $0.y + Int(y * Double($0.height))) }
    }
    #expect(eventually { [0.2, 0.4, 0.6].allSatisfy { lines($0) == true } })
    #expect(lines(0.8) == false, "the last stroke was undone")
  }

  @Test("steps that could not be written before the end are reported on standard error")
  func journalBehindAtTheEnd() throws {
    let script = "trap '' XFSZ; ulimit -S -f 1; exec \"$0\" \"$@\" 2>\"$HOME/errors\""
    let app = try Application(on: server.name, home: home, before: ["/bin/sh", "-c", script])
    for y in [0.2, 0.4, 0.6, 0.8] { app.draw([(0.2, y), (0.8, y)]) }
    #expect(app.showsFailure())
    #expect(quit(app) == 1)
    #expect(errors().contains("page-1.journal"), "\(errors())")
  }

  @Test("damage of the stored page gives a message, and the readable part is shown")
  func damagedPage() throws {
    do {
      let app = try Application(on: server.name, home: home)
      for y in [0.2, 0.5, 0.8] { app.draw([(0.2, y), (0.8, y)]) }
      #expect(eventually { home.steps().count == 3 })
      #expect(quit(app) == 0)
    }
    let file = home.journals.appendingPathComponent("page-1.journal")
    var bytes = try Data(contentsOf: file)
    bytes[bytes.count / 2] = 0
    try bytes.write(to: file)
    let app = try Application(on: server.name, home: home)
    #expect(app.showsFailure())
    #expect(app.waits { $0 > 100 })
    #expect(FileManager.default.fileExists(atPath: file.path + ".damaged-1"))
  }

  @Test("without models it draws, and shows what to do for reading")
  func noModels() throws {
    // The program finds the shipped models relative to its own path, so the test starts a copy.
    let script = "cd \"$HOME\" && cp \"$0\" . && exec ./inkling \"$@\""
    let app = try Application(on: server.name, home: home, before: ["/bin/sh", "-c", script])
    survives(app) {
      app.click("predict")
      #expect(app.showsFailure())
      #expect(app.title == "Inkling")
    }
  }

  @Test("a model that cannot be read gives a message, and another one reads", arguments: ["not a model", ""])
  func unreadableModel(content: String) throws {
    let file = home.folder.appendingPathComponent("broken.safetensors")
    try Data(content.utf8).write(to: file)
    let app = try Application(on: server.name, home: home, ["--model", file.path])
    #expect(app.showsFailure())
    survives(app) {
      app.click("predict")
      #expect(eventually { app.title == "7 · Inkling" })
    }
  }
}
