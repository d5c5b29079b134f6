// The built program with its window on a private X server, and synthetic input for it.

import Foundation
import Graphics
import TestSupport
import X11
import X11TestSupport

/// A running `inkling` with private folders.
final class Application {
  struct Area: Decodable, Equatable {
    let x: Int
    let y: Int
    let width: Int
    let height: Int
    var center: (x: Int, y: Int) { (x + width / 2, y + height / 2) }
  }

  enum Failure: Error {
    case noServer
    /// What was found of the window before the time limit.
    case noWindow(found: Bool, isVisible: Bool, corner: UInt?, isRunning: Bool)
  }

  /// The folders of one user.
  final class Home {
    private let temporary: TemporaryFolder
    var folder: URL { temporary.url }
    var saves: URL { folder.appendingPathComponent("saves") }
    var journals: URL { folder.appendingPathComponent("state/inkling") }

    init() throws { temporary = try TemporaryFolder() }

    var environment: [String: String] {
      [
        "HOME": folder.path, "XDG_STATE_HOME": folder.path + "/state",
        "XDG_CONFIG_HOME": folder.path + "/config",
        "XDG_DATA_HOME": folder.path + "/data", "XDG_PICTURES_DIR": saves.path, "XMODIFIERS": "",
      ]
    }

    /// The lines of all journals: the steps of the pages' histories.
    func steps() -> [String] {
      let files =
        (try? FileManager.default.contentsOfDirectory(at: journals, includingPropertiesForKeys: nil)) ?? []
      return files.sorted { $0.path < $1.path }.flatMap { file in
        // The bytes of pictures are no text.
        String(decoding: (try? Data(contentsOf: file)) ?? Data(), as: UTF8.self).split(separator: "\n").map(
          String.init)
      }
    }

    func saved(_ ending: String = "pgm") -> [URL] {
      let files =
        (try? FileManager.default.contentsOfDirectory(at: saves, includingPropertiesForKeys: nil)) ?? []
      return files.filter { $0.pathExtension == ending }.sorted { $0.path < $1.path }
    }
  }

  static let executable = builtProgram("inkling")

  let server: String
  let home: Home
  let child: Child
  let other: RawClient
  let window: UInt
  let input: SyntheticInput
  let areas: [String: Area]
  /// The colour of the paper in the depths of the tests.
  private let papers: [UInt]

  /// Starts the program, and returns when its window is visible and painted.
  init(
    on server: String, home: Home, size: String = "800x600", scale: String? = nil, isDark: Bool = false,
    saves: String? = nil, _ words: [String] = [], environment: [String: String] = [:], before: [String] = []
  ) throws {
    self.server = server
    self.home = home
    // The error handlers of this display are needed by the raw client too: windows may be gone before a request.
    _ = try Display(named: server)
    guard let other = RawClient(server) else { throw Failure.noServer }
    self.other = other
    var merged = home.environment.merging(environment) { $1 }
    merged["DISPLAY"] = server
    let scaling = scale.map { ["--scale", $0] } ?? []
    let layout = try Child([Self.executable, "layout", "--size", size] + scaling, environment: merged)
    let described = try JSONDecoder().decode([String: Area].self, from: layout.output.readDataToEndOfFile())
    areas = described
    layout.wait()
    papers = isDark ? [UInt(Palette.dark.paper.rgb)] : Self.whites
    let papers = papers
    child = try Child(
      before + [Self.executable, "--size", size, "--save-dir", saves ?? home.saves.path] + scaling
        + (isDark ? ["--theme", "dark"] : []) + words,
      environment: merged)
    let process = UInt(child.identifier)
    var found: UInt?
    var isVisible = false
    var corner: UInt?
    let isThere = eventually {
      found = other.windows().first { other.value("_NET_WM_PID", of: $0)?.words == [process] }
      guard let window = found, let page = described["page"] else { return false }
      isVisible = other.isVisible(window)
      guard isVisible else { return false }
      corner = other.pixel(of: window, x: page.x + 2, y: page.y + 2)
      return papers.contains(corner ?? 0)
    }
    guard isThere, let found else {
      throw Failure.noWindow(
        found: found != nil, isVisible: isVisible, corner: corner, isRunning: kill(child.identifier, 0) == 0)
    }
    window = found
    input = try SyntheticInput(on: found, display: server)
    other.focus(found)
    input.settle()
  }

  /// The program ends before its folders are removed, because it would make them again.
  deinit { child.stop(SIGKILL) }

  var title: String { other.value("_NET_WM_NAME", of: window)?.text ?? "" }

  /// The middle of a named part of the window.
  func center(_ name: String) -> (x: Int, y: Int) { areas[name]?.center ?? (0, 0) }

  func click(_ name: String) {
    let (x, y) = center(name)
    input.click(atX: x, y: y)
    input.settle()
  }

  /// Draws a line through points that are given as parts of the page's width and height.
  ///
  /// A window manager grabs the pointer at each press until it has passed the event on, and the server then keeps only
  /// the last motion: with a window manager, `awaitingPress` waits for the first ink.
  func draw(_ parts: [(Double, Double)], steps: Int = 10, awaitingPress: Bool = false) {
    guard let page = areas["page"] else { return }
    let points = parts.map {
      (x: page.x + Int($0 * Double(page.width)), y: page.y + Int($1 * Double(page.height)))
    }
    guard let first = points.first else { return }
    input.move(toX: first.x, y: first.y)
    input.press()
    if awaitingPress { _ = eventually { hasInk(atX: first.x, y: first.y) } }
    var path: [(x: Int, y: Int)] = []
    for (a, b) in zip(points, points.dropFirst()) {
      for step in 1...steps {
        path.append((a.x + (b.x - a.x) * step / steps, a.y + (b.y - a.y) * step / steps))
      }
    }
    input.move(through: path)
    input.release()
    input.settle()
  }

  /// A seven.
  func drawSeven() { draw([(0.3, 0.25), (0.7, 0.25), (0.45, 0.8)]) }

  /// White at 16, 24 and 30 bits.
  private static let whites: [UInt] = [0xFFFF, 0xFF_FFFF, 0x3FFF_FFFF]

  /// Whether a pixel of the window is not white.
  func hasInk(atX x: Int, y: Int) -> Bool {
    other.pixel(of: window, x: x, y: y).map { !papers.contains($0) } ?? false
  }

  /// The amount of ink on the page: the number of pixels that are not white, on every fourth row.
  func ink() -> Int {
    guard let page = areas["page"] else { return 0 }
    return stride(from: page.y + 2, to: page.y + page.height - 2, by: 4).reduce(0) { sum, y in
      sum
        + other.pixels(of: window, x: page.x + 2, y: y, count: page.width - 4).count {
          !papers.contains($0)
        }
    }
  }

  /// The amount of ink once it no longer changes; the pointer goes to the page, where no tooltip is.
  func steadyInk() -> Int {
    let (x, y) = center("page")
    input.move(toX: x, y: y)
    input.settle()
    var last = -1
    _ = eventually(pace: 200) {
      let count = ink()
      defer { last = count }
      return count == last
    }
    return last
  }

  /// All pixels of a named part of the window.
  func pixels(of name: String) -> [UInt] {
    guard let area = areas[name] else { return [] }
    return (area.y..<area.y + area.height).flatMap { y in
      other.pixels(of: window, x: area.x, y: y, count: area.width)
    }
  }

  /// The number of dark pixels of a part, such as those of text on a light background.
  func darkness(of name: String) -> Int { pixels(of: name).count { $0 & 0xFF00 < 0x8000 } }

  /// Whether the line of messages shows a failure, in red, within the time limit.
  func showsFailure() -> Bool {
    eventually {
      pixels(of: "status").contains { pixel in
        let (red, green, blue) = (pixel >> 16 & 0xFF, pixel >> 8 & 0xFF, pixel & 0xFF)
        return red > green + 60 && red > blue + 60
      }
    }
  }

  func waits(forInk isExpected: (Int) -> Bool) -> Bool { eventually { isExpected(ink()) } }
}
