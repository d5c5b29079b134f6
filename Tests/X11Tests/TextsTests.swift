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

  /// A setting of the protocol XSETTINGS; type 0 is a whole number, 1 a text.
  private struct Setting {
    let type: UInt8
    let name: String
    let value: [UInt8]
  }

  /// The bytes of a manager's settings.
  private func bytes(of settings: [Setting], isBigEndian: Bool) -> [UInt8] {
    func number(_ value: Int, _ size: Int) -> [UInt8] {
      let bytes = (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
      return isBigEndian ? bytes.reversed() : bytes
    }
    func padded(_ text: [UInt8]) -> [UInt8] {
      text + [UInt8](repeating: 0, count: (4 - text.count % 4) % 4)
    }
    var bytes: [UInt8] = [isBigEndian ? 1 : 0, 0, 0, 0]
    bytes += number(7, 4)
    bytes += number(settings.count, 4)
    for setting in settings {
      let name = Array(setting.name.utf8)
      bytes += [setting.type, 0]
      bytes += number(name.count, 2)
      bytes += padded(name)
      bytes += number(3, 4)
      if setting.type == 1 {
        bytes += number(setting.value.count, 4)
        bytes += padded(setting.value)
      } else {
        bytes += number(Int(setting.value[0]), 4)
      }
    }
    return bytes
  }

  @Test("the desktop's settings name a dark theme", arguments: [false, true])
  func desktopSettings(isBigEndian: Bool) {
    let bytes = self.bytes(
      of: [
        Setting(type: 0, name: "Gtk/CursorThemeSize", value: [24]),
        Setting(type: 1, name: "Net/ThemeName", value: Array("Adwaita-dark".utf8)),
        Setting(type: 1, name: "Gtk/FontName", value: Array("Sans 10".utf8)),
      ], isBigEndian: isBigEndian)
    let desktop = DesktopSettings(bytes: bytes)
    #expect(desktop.integers == ["Gtk/CursorThemeSize": 24])
    #expect(desktop.texts["Gtk/FontName"] == "Sans 10" && desktop.prefersDark == true)
    for length in bytes.indices {
      // A value that was cut is left out, and nothing traps.
      #expect(DesktopSettings(bytes: Array(bytes[..<length])).texts.count <= 2)
    }
    #expect(DesktopSettings(bytes: [0, 0, 0, 0] + [UInt8](repeating: 255, count: 40)).prefersDark == nil)
    let light = self.bytes(
      of: [Setting(type: 1, name: "Net/ThemeName", value: Array("Adwaita".utf8))], isBigEndian: isBigEndian)
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

  @Test("a device is recognized by its name and by what it has")
  func kinds() {
    let axis = PressureAxis(number: 2, minimum: 0, maximum: 2047)
    func kind(_ name: String, _ axis: PressureAxis?, _ isTouchScreen: Bool = false) -> PointingDevice.Kind {
      PointingDevice(named: name, pressure: axis, isTouchScreen: isTouchScreen).kind
    }
    for name in ["Wacom Intuos Pro M Pen eraser", "Tablet Eraser (0)", "Stylus eraser"] {
      #expect(kind(name, axis) == .eraser)
    }
    #expect(kind("Wacom Intuos Pro M Pen stylus", axis) == .pen)
    #expect(kind("Wacom Intuos Pro M Finger touch", nil) == .touch)
    #expect(kind("ELAN Touchscreen", nil, true) == .touch)
    for name in ["Eraserhead Mouse", "SynPS/2 Synaptics TouchPad", ""] { #expect(kind(name, nil) == .other) }
  }

  @Test("pressure is the value of its axis, where the event has one")
  func pressure() throws {
    let axis = try #require(PressureAxis(number: 2, minimum: 100, maximum: 300))
    #expect(axis.pressure(mask: [0b111], values: [5, 6, 200]) == 0.5)
    #expect(axis.pressure(mask: [0b100], values: [250]) == 0.75, "values of other axes are left out")
    #expect(axis.pressure(mask: [0b1100], values: [300, 9]) == 1)
    #expect(axis.pressure(mask: [0b011], values: [5, 6]) == nil, "this axis has not changed")
    #expect(axis.pressure(mask: [], values: []) == nil && axis.pressure(mask: [0b100], values: []) == nil)
    #expect(
      axis.pressure(mask: [0b100], values: [900]) == 1 && axis.pressure(mask: [0b100], values: [-5]) == 0)
    #expect(axis.pressure(mask: [0b100], values: [.nan]) == nil)
    let far = try #require(PressureAxis(number: 17, minimum: 0, maximum: 1))
    #expect(far.pressure(mask: [1, 0, 2], values: [7, 0.25]) == 0.25)
    #expect(PressureAxis(number: 2, minimum: 5, maximum: 5) == nil)
    #expect(PressureAxis(number: -1, minimum: 0, maximum: 1) == nil)
  }

  @Test("the hand that holds a pen is not taken for a finger")
  func palm() {
    var palm = PalmRejection()
    #expect(!palm.rejects(.touch, at: 1000), "there is no pen")
    palm.penMoved(at: 1000, isDown: false)
    #expect(palm.rejects(.touch, at: 1000) && palm.rejects(.touch, at: 1600))
    #expect(!palm.rejects(.touch, at: 2000), "the pen has gone")
    for kind in [PointingDevice.Kind.pen, .eraser, .other] { #expect(!palm.rejects(kind, at: 1100)) }
    palm.penMoved(at: 3000, isDown: true)
    #expect(palm.rejects(.touch, at: 6000), "a pen that rests on the paper reports nothing")
    palm.penMoved(at: .max - 100, isDown: false)
    #expect(palm.rejects(.touch, at: 200), "the server's time has started anew")
  }
}
