// The window where something is missing: it works, or says what to do, and the drawing stays.

import Foundation
import Screen
import Testing

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
