// Tests of the window on a real X server: its image, its properties and its events.

import Basics
import Foundation
import Graphics
import TestSupport
import Testing
import X11
import X11TestSupport

@Suite("A window")
struct WindowTests {
  /// A server, a shown window on it with the pattern, and another program.
  struct Scene {
    let server: PrivateServer
    let display: Display
    let window: Window
    let other: RawClient

    init(
      screen: String = "800x600x24", options: [String] = [],
      _ adjust: (inout Window.Settings) -> Void = { _ in }
    ) throws {
      server = try PrivateServer(screen: screen, options: options)
      display = try Display(named: server.name)
      var settings = Window.Settings(title: "Inkling", width: 320, height: 240)
      adjust(&settings)
      window = try Window(on: display, settings)
      other = try #require(RawClient(server.name))
      presentPattern()
      window.show()
      try #require(display.waits { $0 == .presented })
    }

    /// Presents an image as large as the window in which each pixel of a row and of a column differs.
    func presentPattern(changed: [Rectangle]? = nil) {
      let (width, height) = (window.width, window.height)
      let pixels = (0..<height).flatMap { y in (0..<width).map { x in Self.color(x, y) } }
      let image = Bitmap(width: width, height: height, pixels: pixels)
      window.present(image, changed: changed ?? [image.bounds])
    }

    static func color(_ x: Int, _ y: Int) -> UInt32 { UInt32(x & 0xFF) << 16 | UInt32(y & 0xFF) << 8 | 0x40 }

    /// Waits for a condition while it handles the window's events.
    func eventually(_ condition: () -> Bool) -> Bool {
      TestSupport.eventually(pace: 0) {
        _ = display.events(waiting: .milliseconds(1))
        return condition()
      }
    }

    /// Whether the screen shows the pattern, to the nearest level that it can show.
    func showsPattern(_ format: PixelFormat) -> Bool {
      for y in stride(from: 0, to: window.height, by: 37) {
        let row = other.pixels(of: window.identifier, x: 0, y: y, count: window.width)
        let expected = (0..<window.width).map { UInt(format.word(Self.color($0, y))) }
        if row != expected { return false }
      }
      return true
    }
  }

  static func format(_ depth: Int) -> PixelFormat {
    switch depth {
    case 16:
      PixelFormat(red: 0xF800, green: 0x7E0, blue: 0x1F, depth: 16, bitsPerPixel: 16, isBigEndian: false)
    case 30:
      PixelFormat(
        red: 0x3FF0_0000, green: 0xFFC00, blue: 0x3FF, depth: 30, bitsPerPixel: 32, isBigEndian: false)
    default:
      PixelFormat(
        red: 0xFF0000, green: 0xFF00, blue: 0xFF, depth: depth, bitsPerPixel: 32, isBigEndian: false)
    }
  }

  @Test("windows on several threads are opened and closed at once")
  func severalThreads() throws {
    let server = try PrivateServer()
    DispatchQueue.concurrentPerform(iterations: 4) { _ in
      for _ in 0..<20 {
        guard let display = try? Display(named: server.name),
          let window = try? Window(on: display, Window.Settings(title: "Inkling", width: 32, height: 24)),
          let input = try? SyntheticInput(on: window.identifier, display: server.name)
        else {
          Issue.record("a window could not be opened")
          return
        }
        window.present(Bitmap(width: 32, height: 24), changed: [])
        window.show()
        input.move(toX: 3, y: 4)
        #expect(display.waits { $0 == .presented })
        // Without further events the input method is opened; it is closed with the window.
        _ = display.events(waiting: .milliseconds(1))
      }
    }
  }

  @Test(
    "an image is shown at every depth, with shared memory and without",
    arguments: [16, 24, 30, 32], [[], ["-extension", "MIT-SHM"]])
  func showsPixels(depth: Int, options: [String]) throws {
    let scene = try Scene(screen: "800x600x\(depth == 32 ? 24 : depth)", options: options) {
      if depth == 32 { $0.depth = 32 }
    }
    #expect(scene.window.depth == depth)
    #expect(scene.window.isSharingMemory == options.isEmpty)
    #expect(scene.showsPattern(Self.format(depth)))
  }

  @Test("only the changed parts are shown, in one frame")
  func changesParts() throws {
    let scene = try Scene()
    scene.window.present(
      Bitmap(width: 320, height: 240),
      changed: [
        Rectangle(x: 10, y: 20, width: 2, height: 1), Rectangle(x: 318, y: 20, width: 9, height: 9),
        Rectangle(x: -5, y: -5, width: 3, height: 3),
      ])
    #expect(!scene.window.isReady)
    #expect(scene.display.waits { $0 == .presented })
    let row = scene.other.pixels(of: scene.window.identifier, x: 0, y: 20, count: 320)
    for x in 0..<320 {
      #expect(row[x] == ([10, 11, 318, 319].contains(x) ? 0xFFFFFF : UInt(Scene.color(x, 20))))
    }
  }

  @Test("the image is shown again after another window covered it")
  func exposure() throws {
    let scene = try Scene()
    scene.other.cover(scene.window.identifier)
    #expect(scene.display.waits { $0 == .presented })
    #expect(scene.showsPattern(Self.format(24)))
  }

  @Test(
    "all of an image is shown after a change of size",
    arguments: [(100, 80), (700, 500), (3000, 2000), (1, 1)])
  func resizes(width: Int, height: Int) throws {
    let scene = try Scene()
    scene.other.resize(scene.window.identifier, width: UInt32(width), height: UInt32(height))
    #expect(scene.display.waits { $0 == .resized(width: width, height: height) })
    #expect((scene.window.width, scene.window.height) == (width, height))
    scene.presentPattern(changed: [])
    #expect(scene.display.waits { $0 == .presented })
    if width < 800 { #expect(scene.showsPattern(Self.format(24))) }
  }

  @Test("a size that another program claims, and one that no screen has, take no memory")
  func hostileSizes() throws {
    let scene = try Scene()
    let (other, id) = (scene.other, scene.window.identifier)
    let before = (scene.window.width, scene.window.height)
    other.claimSize(of: id, width: 65_535, height: 65_535)
    other.claimDestruction(of: id)
    other.resize(id, width: 32_767, height: 32_767)
    let resized = scene.display.event {
      #expect($0 != .closed)
      return if case .resized = $0 { true } else { false }
    }
    guard case .resized(let width, let height) = resized else {
      Issue.record("no event")
      return
    }
    #expect((width, height) != before && width * height <= 1 << 25, "\(width) × \(height)")
    #expect((scene.window.width, scene.window.height) == (width, height))
    #expect(Window.drawnSize(width: 7680, height: 4320) == (7680, 4320))
    #expect(Window.drawnSize(width: -5, height: 1 << 40) == (1, 32_767))
  }

  @Test("the properties of ICCCM and EWMH are set")
  func properties() throws {
    let icon = Icon(width: 2, height: 1, pixels: [0xFF00_0000, 0x80FF_FFFF])
    let scene = try Scene { $0.icons = [icon, icon] }
    let (other, id) = (scene.other, scene.window.identifier)
    #expect(other.value("WM_CLASS", of: id)?.text == "inkling\0Inkling\0")
    #expect(other.value("WM_NAME", of: id)?.text == "Inkling")
    #expect(other.value("_NET_WM_NAME", of: id)?.type == "UTF8_STRING")
    #expect(other.value("_NET_WM_PID", of: id)?.words == [UInt(getpid())])
    #expect(other.value("WM_CLIENT_MACHINE", of: id)?.text == ProcessInfo.processInfo.hostName)
    #expect(Set(other.names("WM_PROTOCOLS", of: id)) == ["WM_DELETE_WINDOW", "_NET_WM_PING"])
    #expect(other.names("_NET_WM_WINDOW_TYPE", of: id) == ["_NET_WM_WINDOW_TYPE_NORMAL"])
    #expect(other.value("XdndAware", of: id)?.words == [5])
    #expect(
      other.value("_NET_WM_ICON", of: id)?.words == [
        2, 1, 0xFF00_0000, 0x80FF_FFFF, 2, 1, 0xFF00_0000, 0x80FF_FFFF,
      ])
    let hints = try #require(other.value("WM_HINTS", of: id)?.words)
    #expect(hints[0] & 1 == 1 && hints[1] == 1, "the window accepts the keyboard")
    let sizes = try #require(other.value("WM_NORMAL_HINTS", of: id)?.words)
    #expect(sizes[0] & 16 == 16, "the window has a smallest size")
  }

  @Test(
    "the title is set in Latin-1 where possible, and always in UTF-8",
    arguments: ["7 · Inkling", "数 · Inkling", ""])
  func title(text: String) throws {
    let scene = try Scene()
    scene.window.title = text
    scene.display.flush()
    let matches = scene.eventually {
      (scene.other.value("_NET_WM_NAME", of: scene.window.identifier)?.text ?? "") == text
    }
    #expect(matches)
    let old = try #require(
      scene.other.value("WM_NAME", of: scene.window.identifier) ?? (text.isEmpty ? .none : nil))
    #expect(old.type == (text.hasPrefix("数") ? "COMPOUND_TEXT" : "STRING"))
  }

  @Test("a ping is answered, and a request to close is an event")
  func protocols() throws {
    let scene = try Scene()
    let (other, id) = (scene.other, scene.window.identifier)
    other.selectRootEvents()
    other.message("WM_PROTOCOLS", to: id, [other.atom("_NET_WM_PING"), 77, id])
    other.message("WM_PROTOCOLS", to: id, [other.atom("WM_DELETE_WINDOW"), 78])
    #expect(scene.display.waits { $0 == .closed })
    #expect(other.awaitMessage("WM_PROTOCOLS") == [other.atom("_NET_WM_PING"), 77, id, 0, 0])
  }

  @Test("another thread wakes the window once by many calls")
  func wakes() throws {
    let server = try PrivateServer()
    let display = try Display(named: server.name)
    let waker = display.waker
    for _ in 0..<100_000 { waker.wake() }
    #expect(display.events(waiting: .seconds(60)) == [.woken])
    #expect(display.events(waiting: .zero) == [])
    Thread.detachNewThread { waker.wake() }
    #expect(display.events() == [.woken])
  }

  @Test("the pointer can have every shape")
  func shapes() throws {
    let scene = try Scene()
    let rings = [0, 1, 5, 40, 63, 1000].map { PointerShape.ring(diameter: $0) }
    for shape in [.hand, .text, .arrow] + rings + rings {
      scene.window.pointerShape = shape
      #expect(scene.window.pointerShape == shape)
    }
    #expect(scene.display.events(waiting: .zero).isEmpty)
    #expect(!scene.display.isLost)
  }
}
