// The window on a real X server: what it shows, what it says of itself, and what becomes of it.

import Basics
import Foundation
import TestSupport
import Testing
import X11

@Suite("A window")
struct WindowTests {
  /// A server, a window on it that has been painted and shown, and another program that looks at it.
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
      paintEverything()
      window.show()
      try #require(display.waits { $0 == .presented })
    }

    func paintEverything() {
      window.paint { frame in
        for y in 0..<frame.height {
          for x in 0..<frame.width { frame.pixels[y * frame.stride + x] = Self.color(x, y) }
        }
        return [Rectangle(x: 0, y: 0, width: frame.width, height: frame.height)]
      }
    }

    static func color(_ x: Int, _ y: Int) -> UInt32 { UInt32(x & 0xFF) << 16 | UInt32(y & 0xFF) << 8 | 0x40 }

    /// Whether the screen shows what was painted, to the nearest level that it can show.
    func showsPainting(_ format: PixelFormat) -> Bool {
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

  @Test("windows on several threads come and go at once")
  func severalThreads() throws {
    let server = try PrivateServer()
    DispatchQueue.concurrentPerform(iterations: 4) { _ in
      for _ in 0..<20 {
        guard let display = try? Display(named: server.name),
          let window = try? Window(on: display, Window.Settings(title: "Inkling", width: 32, height: 24)),
          let hand = try? SyntheticInput(on: window.identifier, display: server.name)
        else {
          Issue.record("a window could not be opened")
          return
        }
        window.paint { [Rectangle(x: 0, y: 0, width: $0.width, height: $0.height)] }
        window.show()
        hand.move(toX: 3, y: 4)
        #expect(display.waits { $0 == .presented })
        // When nothing more comes, the input method is opened; with the window it is closed.
        _ = display.events(waiting: .milliseconds(1))
      }
    }
  }

  @Test(
    "shows what is painted at every depth, with shared memory and without",
    arguments: [16, 24, 30, 32], [[], ["-extension", "MIT-SHM"]])
  func showsPixels(depth: Int, options: [String]) throws {
    let scene = try Scene(screen: "800x600x\(depth == 32 ? 24 : depth)", options: options) {
      if depth == 32 { $0.depth = 32 }
    }
    #expect(scene.window.depth == depth)
    #expect(scene.window.isSharingMemory == options.isEmpty)
    #expect(scene.showsPainting(Self.format(depth)))
  }

  @Test("puts only what changed, in one frame, and keeps the rest")
  func changesParts() throws {
    let scene = try Scene()
    let pixels = [UInt32](repeating: 0xFFFFFF, count: 320 * 240)
    scene.window.present(
      pixels, stride: 320,
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

  @Test("shows its picture again after another window lay over it, without being asked")
  func exposure() throws {
    let scene = try Scene()
    scene.other.raiseOver(scene.window.identifier)
    #expect(scene.display.waits { $0 == .presented })
    #expect(scene.showsPainting(Self.format(24)))
  }

  @Test(
    "follows its size, and asks for a new picture", arguments: [(100, 80), (700, 500), (3000, 2000), (1, 1)])
  func resizes(width: Int, height: Int) throws {
    let scene = try Scene()
    scene.other.resize(scene.window.identifier, width: UInt32(width), height: UInt32(height))
    #expect(scene.display.waits { $0 == .resized(width: width, height: height) })
    var wasNew = false
    scene.window.paint { frame in
      wasNew = frame.isNew
      return []
    }
    #expect(wasNew)
    #expect((scene.window.width, scene.window.height) == (width, height))
    scene.paintEverything()
    #expect(scene.display.waits { $0 == .presented })
    if width < 800 { #expect(scene.showsPainting(Self.format(24))) }
  }

  @Test("says of itself all that ICCCM and EWMH ask for")
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
    #expect(hints[0] & 1 == 1 && hints[1] == 1, "it takes the keyboard")
    let sizes = try #require(other.value("WM_NORMAL_HINTS", of: id)?.words)
    #expect(sizes[0] & 16 == 16, "a smallest size")
  }

  @Test(
    "the title is Latin-1 where it can be, and UTF-8 always", arguments: ["7 · Inkling", "数 · Inkling", ""])
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

  @Test("answers the window manager's ping, and passes its wish to close on")
  func protocols() throws {
    let scene = try Scene()
    let (other, id) = (scene.other, scene.window.identifier)
    other.listenToRoot()
    other.message("WM_PROTOCOLS", to: id, [other.atom("_NET_WM_PING"), 77, id])
    other.message("WM_PROTOCOLS", to: id, [other.atom("WM_DELETE_WINDOW"), 78])
    #expect(scene.display.waits { $0 == .closed })
    #expect(other.awaitMessage("WM_PROTOCOLS") == [other.atom("_NET_WM_PING"), 77, id, 0, 0])
  }

  @Test("another thread wakes it, once for many calls")
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

  @Test("the pointer takes every shape")
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

extension WindowTests.Scene {
  /// Whether a condition on the server becomes true within a minute.
  func eventually(_ condition: () -> Bool) -> Bool {
    let deadline = ContinuousClock.now + .seconds(60)
    while ContinuousClock.now < deadline {
      if condition() { return true }
      _ = display.events(waiting: .milliseconds(1))
    }
    return false
  }
}
