// The window where something is missing: it works, or says what to do, and the drawing stays.

import Foundation
import TestSupport
import Testing
import X11
import X11TestSupport

@Suite("In trouble", .timeLimit(.minutes(15)))
struct TroubleTests {
  let server: PrivateServer
  let home: Application.Home

  init() throws {
    server = try PrivateServer(screen: "1024x768x24")
    home = try Application.Home()
  }

  /// Draws, has something go wrong, and sees that the window goes on as if nothing had been.
  private func survives(_ app: Application, _ act: () -> Void) {
    app.drawSeven()
    #expect(app.waits { $0 > 300 })
    let ink = app.ink()
    act()
    // The seven's end may not have been on the page when its ink was counted.
    #expect(app.ink() >= ink, "the drawing stays")
    app.click("clear")
    #expect(app.waits { $0 == 0 })
    app.hand.tap(.character("q"), with: .control)
    #expect(app.child.wait() == 0)
  }

  private func saveFails(in folder: String) throws {
    let app = try Application(on: server.name, home: home, saves: folder)
    survives(app) {
      app.click("save")
      #expect(app.tellsFailure())
    }
  }

  @Test("where no font is installed, words are drawn by the pen")
  func noFonts() throws {
    let file = home.folder.appendingPathComponent("fonts.conf")
    try Data("<?xml version=\"1.0\"?><fontconfig></fontconfig>".utf8).write(to: file)
    let app = try Application(on: server.name, home: home, environment: ["FONTCONFIG_FILE": file.path])
    survives(app) {
      // The button's word is light on its colour.
      #expect(app.pixels(of: "predict").count { $0 & 0xFF_0000 > 0xC0_0000 } > 40)
    }
  }

  @Test("a save folder that cannot be made, or not be written in, is told")
  func noSaveFolder() throws {
    let file = home.folder.appendingPathComponent("a file")
    try Data().write(to: file)
    try saveFails(in: file.path + "/below")
  }

  @Test("a save folder on a read-only file system is told")
  func readOnly() throws { try saveFails(in: "/proc/inkling") }

  /// Whether a tiny file system can be mounted, which root may do in most places but not in all containers.
  private static let canMount: Bool = {
    guard let home = try? Application.Home() else { return false }
    return mount("none", home.folder.path, "tmpfs", 0, "size=16k") == 0 && umount(home.folder.path) == 0
  }()

  @Test(
    "a save folder that is full is told, and nothing half-written is left",
    .enabled(if: canMount, "a tiny file system cannot be mounted here"))
  func full() throws {
    let folder = home.folder.appendingPathComponent("small")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    try #require(mount("none", folder.path, "tmpfs", 0, "size=16k") == 0)
    defer { umount(folder.path) }
    try saveFails(in: folder.path)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
  }

  /// The beginning of a command line that has standard error in a file.
  private var tellingErrors: [String] { ["/bin/sh", "-c", "exec \"$0\" \"$@\" 2>\"$HOME/errors\""] }

  private func errors() -> String {
    (try? String(contentsOf: home.folder.appendingPathComponent("errors"), encoding: .utf8)) ?? ""
  }

  private func quit(_ app: Application) -> Int32 {
    app.hand.tap(.character("q"), with: .control)
    return app.child.wait()
  }

  /// Saves a picture that takes a while, and quits before it is made.
  private func saveAndQuit(_ app: Application) -> Int32 {
    app.drawSeven()
    let (x, y) = app.center("save")
    app.hand.click(atX: x, y: y)
    return quit(app)
  }

  @Test("a save that is under way is finished when the window is closed")
  func saveAtTheEnd() throws {
    let app = try Application(on: server.name, home: home, ["--save-size", "3000"], before: tellingErrors)
    #expect(saveAndQuit(app) == 0)
    let file = try #require(home.saved().first)
    #expect(try Data(contentsOf: file).count > 9_000_000)
    #expect(errors().isEmpty)
  }

  @Test("a save that fails when the window is closed already is told on standard error")
  func failedSaveAtTheEnd() throws {
    let app = try Application(
      on: server.name, home: home, saves: "/proc/inkling", ["--save-size", "3000"], before: tellingErrors)
    #expect(saveAndQuit(app) == 1)
    #expect(errors().contains("Not saved"), "\(errors())")
  }

  @Test("a pipe is not opened, and holds up no save")
  func pipe() throws {
    let pipe = home.folder.appendingPathComponent("pipe.pgm").path
    try #require(mkfifo(pipe, 0o600) == 0)
    let app = try Application(on: server.name, home: home, [pipe])
    #expect(app.tellsFailure())
    app.drawSeven()
    app.click("save")
    #expect(eventually { home.saved().count == 1 })
    #expect(quit(app) == 0)
  }

  @Test("steps that the disk had no room for are kept when it has room again")
  func journalBehind() throws {
    // Files may have 512 bytes, which is more than one stroke.
    let script = "trap '' XFSZ; ulimit -S -f 1; exec \"$0\" \"$@\""
    do {
      let app = try Application(on: server.name, home: home, before: ["/bin/sh", "-c", script])
      for y in [0.2, 0.4, 0.6, 0.8] { app.draw([(0.2, y), (0.8, y)]) }
      #expect(app.tellsFailure())
      let kept = home.steps().count
      #expect(kept < 4)
      app.hand.tap(.character("z"), with: .control)
      app.hand.settle()
      #expect(app.tellsFailure(), "it is said as long as it lasts")
      #expect(home.steps().count == kept)
      let raise = try Child(["prlimit", "--pid", "\(app.child.identifier)", "--fsize=unlimited"])
      try #require(raise.wait() == 0)
      #expect(eventually { home.steps().count == 5 }, "it is tried again by itself")
      #expect(quit(app) == 0)
    }
    let app = try Application(on: server.name, home: home)
    let lines = { (y: Double) in
      app.areas["page"].map { app.hasInk(atX: $0.center.x, y: $0.y + Int(y * Double($0.height))) }
    }
    #expect(eventually { [0.2, 0.4, 0.6].allSatisfy { lines($0) == true } })
    #expect(lines(0.8) == false, "the last stroke was undone")
  }

  @Test("steps that could not be kept to the end are told on standard error")
  func journalBehindAtTheEnd() throws {
    let script = "trap '' XFSZ; ulimit -S -f 1; exec \"$0\" \"$@\" 2>\"$HOME/errors\""
    let app = try Application(on: server.name, home: home, before: ["/bin/sh", "-c", script])
    for y in [0.2, 0.4, 0.6, 0.8] { app.draw([(0.2, y), (0.8, y)]) }
    #expect(app.tellsFailure())
    #expect(quit(app) == 1)
    #expect(errors().contains("page-1.journal"), "\(errors())")
  }

  @Test("damage of the kept page is told, and what could be read is shown")
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
    #expect(app.tellsFailure())
    #expect(app.waits { $0 > 100 })
    #expect(FileManager.default.fileExists(atPath: file.path + ".damaged-1"))
  }

  @Test("without a folder of models it draws, and says what to do for reading")
  func noModels() throws {
    // The program finds the models that ship by where it stands, so a copy stands elsewhere.
    let script = "cd \"$HOME\" && cp \"$0\" . && exec ./inkling \"$@\""
    let app = try Application(on: server.name, home: home, before: ["/bin/sh", "-c", script])
    survives(app) {
      app.click("predict")
      #expect(app.tellsFailure())
      #expect(app.title == "Inkling")
    }
  }

  @Test("a model that cannot be read is told, and another one reads", arguments: ["not a model", ""])
  func unreadableModel(content: String) throws {
    let file = home.folder.appendingPathComponent("broken.safetensors")
    try Data(content.utf8).write(to: file)
    let app = try Application(on: server.name, home: home, ["--model", file.path])
    #expect(app.tellsFailure())
    survives(app) {
      app.click("predict")
      #expect(eventually { app.title == "7 · Inkling" })
    }
  }
}
