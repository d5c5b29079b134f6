// The overlay that opens files: recent files, buttons, and what is under the pointer.

import App
import Basics
import Formats
import Graphics
import Ink
import TestSupport
import Testing
import X11

@Suite struct OpeningTests {
  /// A driver with the overlay open on a folder of two files, after three files were opened.
  private func driver() -> Driver {
    var driver = Driver()
    for name in ["a/old.pgm", "b/seven.png", "b/new.pgm"] {
      driver.send(.pictureOpened(GrayImage(width: 4, height: 4, level: 200), path: "/\(name)"))
    }
    driver.key(.character("o"), [.control])
    driver.send(.folderProposed("/pages"))
    driver.send(
      .folderListed(
        "/pages/", entries: [.init(name: "x.png", isFolder: false), .init(name: "y.png", isFolder: false)],
        problem: nil))
    return driver
  }

  private func choice(_ driver: Driver) throws -> FileChoice {
    guard case .open(let choice) = driver.state.overlay else { throw NotOpen() }
    return choice
  }

  private struct NotOpen: Error {}

  private func press(_ driver: inout Driver, _ area: Rectangle) {
    let pointer = PointerState(x: area.x + area.width / 2, y: area.y + area.height / 2)
    driver.receive(.moved(pointer))
    driver.receive(.pressed(.primary, pointer))
    driver.receive(.released(.primary, pointer))
  }

  @Test func recentFilesAreNewestFirstWithoutRepetitionAndBounded() {
    var files = RecentFiles()
    for number in 0..<20 { files.add("/page\(number).pgm") }
    #expect(files.paths.count == RecentFiles.most && files.paths.first == "/page19.pgm")
    files.add("/page17.pgm")
    #expect(files.paths.prefix(2) == ["/page17.pgm", "/page19.pgm"])
    #expect(files.paths.count == RecentFiles.most)
    files.add("/two\nlines.pgm")
    #expect(!files.paths.contains { $0.contains("\n") }, "the settings are lines")
  }

  @Test func recentFilesAreKeptInTheSettings() {
    let driver = driver()
    let text = Settings(of: driver.state).text
    #expect(Settings(text: text).recentFiles.paths == ["/b/new.pgm", "/b/seven.png", "/a/old.pgm"])
    #expect(Settings(text: "recent relative.pgm\nrecent /a b.pgm\n").recentFiles.paths == ["/a b.pgm"])
    var kept = Settings(text: "recent /kept.pgm\n")
    kept.remember(Settings(of: WindowState()), since: Settings(of: WindowState()))
    #expect(kept.recentFiles.paths == ["/kept.pgm"], "a window that opened nothing changes nothing")
  }

  @Test func recentFilesThatExistAreTheFirstRowsUntilSomethingIsTyped() throws {
    var driver = driver()
    #expect(try choice(driver).matching.map(\.name) == ["..", "x.png", "y.png"])
    driver.key(.down)
    driver.key(.down)
    #expect(try choice(driver).path == "/pages/x.png")
    // One of the three is gone.
    driver.send(.recentFilesFound(["/b/new.pgm", "/a/old.pgm"]))
    #expect(try choice(driver).matching.map(\.name) == ["new.pgm", "old.pgm", "..", "x.png", "y.png"])
    #expect(try choice(driver).path == "/pages/x.png", "the chosen row stays the same file")
    driver.key(.pageUp)
    driver.key(.enter)
    #expect(driver.effects.last == .open("/b/new.pgm"))
    driver.type("x")
    #expect(try choice(driver).matching.map(\.name) == ["x.png"])
  }

  @Test func theButtonsOpenAndCancel() throws {
    var driver = driver()
    driver.send(.recentFilesFound(["/b/new.pgm"]))
    let rows = try #require(driver.layout.fileRows)
    for button in OverlayButton.allCases {
      #expect(driver.layout.areas.desk.contains(rows[button]) && !rows[button].isEmpty)
      #expect(rows[button].intersection(rows.list).isEmpty && rows[button].intersection(rows.field).isEmpty)
    }
    #expect(rows[.open].intersection(rows[.cancel]).isEmpty)
    driver.key(.down)
    press(&driver, rows[.open])
    #expect(driver.effects.last == .open("/b/new.pgm"))
    #expect(driver.state.overlay != nil, "it stays until the file is open")
    let strokes = driver.state.page.drawing.strokes.count
    press(&driver, rows[.cancel])
    #expect(driver.state.overlay == nil)
    #expect(driver.state.page.drawing.strokes.count == strokes, "nothing is drawn by that click")
  }

  @Test func rowsAndButtonsUnderThePointerStandOut() throws {
    var driver = driver()
    func marks(_ driver: Driver) -> [DrawCommand]? {
      View.scene(of: driver.state, renderer: driver.renderer).parts.first { $0.name == "open overlay" }?.marks
    }
    let rows = try #require(driver.layout.fileRows)
    for area in [rows.row(1), rows[.open], rows[.cancel]] {
      let before = marks(driver)
      driver.receive(
        .moved(PointerState(x: area.x + area.width / 2, y: area.y + area.height / 2)))
      #expect(marks(driver) != before)
      #expect(View.pointerShape(of: driver.state, layout: driver.layout.areas) == .hand)
    }
  }

  @Test func theFolderOfARecentFileIsShownWhereItFits() {
    var driver = driver()
    driver.send(.recentFilesFound(["/home/anna/Pictures/pages of the winter/new.pgm"]))
    func texts(_ marks: [DrawCommand]) -> [String] {
      marks.flatMap { mark -> [String] in
        switch mark {
        case .text(let text, _, _, _): [text]
        case .within(_, let marks): texts(marks)
        default: []
        }
      }
    }
    func shown(_ driver: Driver) -> [String] {
      View.scene(of: driver.state, renderer: driver.renderer).parts.filter { $0.name == "open overlay" }
        .flatMap { texts($0.marks) }
    }
    #expect(shown(driver).contains("/home/anna/Pictures/pages of the winter/"))
    driver.receive(.resized(width: 480, height: 360))
    #expect(!shown(driver).contains("/home/anna/Pictures/pages of the winter/"))
    #expect(!shown(driver).contains { $0.contains("…") })
  }
}
