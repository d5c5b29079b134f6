// Other programs: xdotool types, xclip pastes, a file is dropped, the files for the desktop are installed.

import Foundation
import TestSupport
import Testing
import X11
import X11TestSupport

@Suite("Other programs", .timeLimit(.minutes(15)))
struct OtherProgramsTests {
  static func has(_ program: String) -> Bool {
    (try? Child(["/bin/sh", "-c", "command -v \(program) >/dev/null"]).wait()) == 0
  }

  @Test("xdotool types a name into the field of Save as")
  func typing() throws {
    let server = try PrivateServer(screen: "1024x768x24")
    let home = try Application.Home()
    let app = try Application(on: server.name, home: home)
    app.drawSeven()
    #expect(app.waits { $0 > 300 })
    app.input.tap(.character("s"), with: [.control, .shift])
    app.input.tap(.character("a"), with: .control)
    let name = home.folder.path + "/Käse 7.pgm"
    // For a letter that the keyboard lacks, xdotool assigns it to a key for the time of the delay. The window must
    // look the key up in that time, so the delay of that letter is long.
    for (letters, delay) in [(home.folder.path + "/K", "3"), ("ä", "1500"), ("se 7.pgm", "3")] {
      let typing = try Child(
        ["xdotool", "type", "--delay", delay, letters], environment: ["DISPLAY": server.name])
      #expect(typing.wait() == 0)
    }
    app.input.tap(.enter)
    #expect(eventually { FileManager.default.fileExists(atPath: name) })
  }

  /// Starts xclip, and waits until it owns the clipboard.
  private func clip(_ bytes: Data, type: String, on app: Application) throws -> Child {
    let owner = try Child(
      ["xclip", "-display", app.server, "-selection", "clipboard", "-i", "-quiet", "-t"] + [type])
    try owner.input.write(contentsOf: bytes)
    try owner.input.close()
    try #require(eventually { app.other.hasOwner("CLIPBOARD") })
    return owner
  }

  @Test("xclip's text is pasted into the field of Save as")
  func pastesText() throws {
    let server = try PrivateServer(screen: "1024x768x24")
    let home = try Application.Home()
    let app = try Application(on: server.name, home: home)
    let name = home.folder.path + "/Würfel №7.pgm"
    let owner = try clip(Data(name.utf8), type: "UTF8_STRING", on: app)
    defer { owner.stop(SIGKILL) }
    app.drawSeven()
    #expect(app.waits { $0 > 300 })
    app.input.tap(.character("s"), with: [.control, .shift])
    try #require(eventually { app.darkness(of: "status") > 400 })
    app.input.settle()
    let proposed = app.darkness(of: "status")
    app.input.tap(.character("u"), with: .control)
    try #require(eventually { app.darkness(of: "status") < proposed - 200 })
    let empty = app.darkness(of: "status")
    app.input.tap(.character("v"), with: .control)
    try #require(eventually { app.darkness(of: "status") > empty + 200 })
    app.input.tap(.enter)
    #expect(eventually { FileManager.default.fileExists(atPath: name) })
  }

  @Test("xclip's picture is pasted on the page")
  func pastesPicture() throws {
    let server = try PrivateServer(screen: "1024x768x24")
    let app = try Application(on: server.name, home: try Application.Home())
    var picture = Data("P5\n28 28\n255\n".utf8)
    for _ in 0..<28 { picture += [UInt8](repeating: 255, count: 10) + [UInt8](repeating: 0, count: 18) }
    let owner = try clip(picture, type: "image/x-portable-graymap", on: app)
    defer { owner.stop(SIGKILL) }
    app.input.tap(.character("v"), with: .control)
    #expect(app.waits { $0 > 1000 })
  }

  @Test("a picture dropped on the window is on the page")
  func drop() throws {
    let server = try PrivateServer(screen: "1024x768x24")
    let home = try Application.Home()
    let file = home.folder.appendingPathComponent("a picture.pgm")
    let row =
      [UInt8](repeating: 255, count: 10) + [UInt8](repeating: 0, count: 8)
      + [UInt8](repeating: 255, count: 10)
    var picture = Data("P5\n28 28\n255\n".utf8)
    for _ in 0..<28 { picture += row }
    try picture.write(to: file)
    let app = try Application(on: server.name, home: home)
    let (other, id) = (app.other, app.window)
    let type = other.atom("text/uri-list")
    other.own("XdndSelection")
    other.message("XdndEnter", to: id, [other.window, 5 << 24, type])
    other.message(
      "XdndPosition", to: id, [other.window, 0, 200 << 16 | 200, 0, other.atom("XdndActionCopy")])
    #expect(try #require(other.awaitMessage("XdndStatus"))[1] & 1 == 1)
    other.message("XdndDrop", to: id, [other.window, 0, 0])
    let isShown = eventually {
      other.answerRequests { requestor, target, property in
        other.set(
          property, of: requestor, type: target,
          bytes: Array("file://\(file.path.replacingOccurrences(of: " ", with: "%20"))\r\n".utf8))
        return true
      }
      return app.ink() > 1000
    }
    #expect(isShown)
  }

  @Test(
    "the desktop's files are valid",
    .enabled(if: has("desktop-file-validate"), "desktop-file-utils is not installed"))
  func desktopEntry() throws {
    #expect(try Child(["desktop-file-validate", "Assets/org.inkling.Inkling.desktop"]).wait() == 0)
    if Self.has("appstreamcli") {
      #expect(
        try Child(["appstreamcli", "validate", "--no-net", "Assets/org.inkling.Inkling.metainfo.xml"]).wait()
          == 0)
    }
  }

  @Test("install copies all files, and uninstall removes them")
  func installs() throws {
    let home = try Application.Home()
    let prefix = home.folder.appendingPathComponent("a prefix")
    func run(_ words: [String]) throws -> Int32 { try Child(words).wait() }
    let options = ["--prefix", prefix.path]
    #expect(try run(["Scripts/install"] + options + ["--binary", Application.executable]) == 0)
    let program = prefix.appendingPathComponent("bin/inkling").path
    #expect(try run([program, "--version"]) == 0)
    for file in [
      "share/applications/org.inkling.Inkling.desktop", "share/metainfo/org.inkling.Inkling.metainfo.xml",
      "share/man/man1/inkling.1", "share/icons/hicolor/scalable/apps/inkling.svg",
      "share/icons/hicolor/48x48/apps/inkling.png", "share/inkling/assets/digits.jsonl",
      "share/bash-completion/completions/inkling", "share/zsh/site-functions/_inkling",
      "share/fish/vendor_completions.d/inkling.fish",
    ] {
      #expect(FileManager.default.fileExists(atPath: prefix.appendingPathComponent(file).path), "\(file)")
    }
    let entry = try String(
      contentsOf: prefix.appendingPathComponent("share/applications/org.inkling.Inkling.desktop"),
      encoding: .utf8)
    #expect(entry.contains("Exec=\"\(program)\" %f\n") && entry.contains("Exec=\"\(program)\" panel\n"))
    #expect(try run(["Scripts/uninstall"] + options) == 0)
    #expect(try FileManager.default.contentsOfDirectory(atPath: prefix.path).isEmpty)
    #expect(try run(["Scripts/uninstall"] + options) == 1)
    #expect(try run(["Scripts/install", "--nonsense"]) == 64)
    for script in ["install", "uninstall", "package"] {
      let help = try Child(["Scripts/\(script)", "--help"])
      let text = String(decoding: help.output.readDataToEndOfFile(), as: UTF8.self)
      #expect(help.wait() == 0 && text.contains("Scripts/\(script) ") && !text.contains("#"), "\(text)")
    }
  }

  @Test("the files of the icon are those that the command makes")
  func icons() throws {
    let home = try Application.Home()
    for name in ["inkling-16.png", "inkling-256.png", "inkling.svg"] {
      let made = home.folder.appendingPathComponent(name)
      let size = name.split(separator: "-").last?.split(separator: ".").first.map(String.init) ?? ""
      let words = Int(size) == nil ? [] : ["--size", size]
      #expect(try Child([Application.executable, "icon", "--out", made.path] + words).wait() == 0)
      #expect(try Data(contentsOf: made) == Data(contentsOf: URL(fileURLWithPath: "Assets/icons/\(name)")))
    }
  }
}
