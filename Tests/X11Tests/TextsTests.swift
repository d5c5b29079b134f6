// Tests without a server: the desktop's resources, lists of files, types of text, devices' names.

import Testing
import X11

@Suite("Texts from the desktop")
struct TextsTests {
  @Test("resources contain the resolution and the theme")
  func resources() {
    let resources = Resources(text: "! note\nXft.dpi:\t144\n*background: #102030\nbroken line\n *x :  y z \n")
    #expect(resources.dotsPerInch == 144)
    #expect(resources.prefersDark == true)
    #expect(resources["*x"] == "y z")
    #expect(Resources(text: "Xft.dpi: none\n").dotsPerInch == nil)
    #expect(Resources(text: "Xft.dpi: 1e9").dotsPerInch == nil)
    #expect(Resources(text: "").prefersDark == nil)
    #expect(Resources(text: "*background: white\ninkling.theme: Dark").prefersDark == true)
    #expect(Resources(text: "*background: rgb:ff/ff/e0").prefersDark == false)
    #expect(Resources(text: "*background: #fff").prefersDark == false)
    #expect(Resources(text: "*background: #zzz").prefersDark == nil)
  }

  /// The settings of a manager in an order of bytes.
  private func settings(_ entries: [(type: UInt8, name: String, value: [UInt8])], isBigEndian: Bool)
    -> [UInt8]
  {
    func number(_ value: Int, _ size: Int) -> [UInt8] {
      let bytes = (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
      return isBigEndian ? bytes.reversed() : bytes
    }
    func padded(_ text: [UInt8]) -> [UInt8] { text + [UInt8](repeating: 0, count: (4 - text.count % 4) % 4) }
    return [isBigEndian ? 1 : 0, 0, 0, 0] + number(7, 4) + number(entries.count, 4)
      + entries.flatMap { type, name, value in
        [type, 0] + number(name.utf8.count, 2) + padded(Array(name.utf8)) + number(3, 4)
          + (type == 1 ? number(value.count, 4) + padded(value) : number(Int(value[0]), 4))
      }
  }

  @Test("the desktop's settings name a dark theme", arguments: [false, true])
  func desktopSettings(isBigEndian: Bool) {
    let bytes = settings(
      [
        (0, "Gtk/CursorThemeSize", [24]), (1, "Net/ThemeName", Array("Adwaita-dark".utf8)),
        (1, "Gtk/FontName", Array("Sans 10".utf8)),
      ], isBigEndian: isBigEndian)
    let settings = DesktopSettings(bytes: bytes)
    #expect(settings.integers == ["Gtk/CursorThemeSize": 24])
    #expect(settings.texts["Gtk/FontName"] == "Sans 10" && settings.prefersDark == true)
    for length in bytes.indices {
      // A value that was cut is left out, and nothing traps.
      #expect(DesktopSettings(bytes: Array(bytes[..<length])).texts.count <= 2)
    }
    #expect(DesktopSettings(bytes: [0, 0, 0, 0] + [UInt8](repeating: 255, count: 40)).prefersDark == nil)
    let light = self.settings([(1, "Net/ThemeName", Array("Adwaita".utf8))], isBigEndian: isBigEndian)
    #expect(DesktopSettings(bytes: light).prefersDark == false)
  }

  @Test("addresses of files become paths")
  func fileList() {
    func paths(_ text: String) -> [String] { FileList.paths(in: Array(text.utf8), host: "here") }
    #expect(paths("file:///tmp/a%20b.pgm\r\nfile:///tmp/c\r\n") == ["/tmp/a b.pgm", "/tmp/c"])
    #expect(
      paths("# note\r\nfile://localhost/x\nfile://here/y\nfile://there/z\nfile:/w\n") == ["/x", "/y", "/w"])
    #expect(paths("FILE:///%C3%A9") == ["/é"])
    #expect(
      paths("http://example.org/\nfile:relative\nfile:///%\nfile:///%zz\nfile:///%00\nfile:///%FF\nfile://")
        == [])
    #expect(paths("") == [])
  }

  @Test("a text is offered under every type and read back from each")
  func textTypes() throws {
    let offer = Offer(text: "7 · é", more: ["image/png"]) { _ in [1, 2] }
    #expect(offer.bytes("image/png") == [1, 2])
    for type in Contents.textTypes {
      let bytes = try #require(offer.bytes(type))
      #expect(Contents(selection: .clipboard, type: type, bytes: bytes).text == "7 · é")
    }
    #expect(Contents(selection: .clipboard, type: "image/png", bytes: [1]).text == nil)
    #expect(Contents(selection: .clipboard, type: "UTF8_STRING", bytes: [55, 0]).text == "7")
    #expect(Offer(text: "数").bytes("STRING") == [63])
  }

  @Test("an eraser is recognized by its device's name")
  func eraser() {
    for name in ["Wacom Intuos Pro M Pen eraser", "Tablet Eraser (0)", "Stylus eraser"] {
      #expect(Stylus.tool(ofDeviceNamed: name) == .eraser)
    }
    for name in ["Wacom Intuos Pro M Pen stylus", "Eraserhead Mouse", ""] {
      #expect(Stylus.tool(ofDeviceNamed: name) == .tip)
    }
  }
}
