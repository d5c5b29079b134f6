// The journal restores the page, and the settings are restored as they were written.

import App
import Formats
import Foundation
import Ink
import Testing

@Suite struct JournalTests {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent("inkling-\(UUID().uuidString)")
    .path

  func cleanUp() { try? FileManager.default.removeItem(atPath: folder) }

  func stroke(_ seed: Int) -> Stroke {
    var stroke = Stroke(width: Double(2 + seed) * 5.25)
    for index in 0..<20 {
      let point = Point(x: Double(seed * 31 + index * 7) * 1.37, y: Double(index * index) * 0.71 - 3)
      stroke.samples.append(.init(point, time: index % 3 == 0 ? nil : Double(index) * 0.0083))
    }
    return stroke
  }

  @Test func whatTheUserSaysAboutSymbolsIsRestored() throws {
    defer { cleanUp() }
    var page = Page()
    let labels = [
      InkLabel(Box(x: 1.25, y: 2, width: 30.1, height: 40), "8"),
      InkLabel(Box(x: 100, y: 2.5, width: 30, height: 1.0 / 3), "×"),
    ]
    do {
      let journal = try #require(Journal(folder: folder))
      page.add(stroke(1))
      #expect(journal.append(.stroke(stroke(1))))
      for label in labels {
        page.add(label)
        #expect(journal.append(.label(label)))
      }
    }
    var restored = try #require(Journal(folder: folder)).page
    #expect(restored == page && restored.labels == labels)
    restored.undo()
    #expect(restored.labels == [labels[0]] && restored.drawing.strokes.count == 1)
  }

  @Test func thePageIsRestored() throws {
    defer { cleanUp() }
    var page = Page()
    do {
      let journal = try #require(Journal(folder: folder))
      #expect(journal.page == Page())
      for seed in 0..<5 {
        page.add(stroke(seed))
        #expect(journal.append(.stroke(stroke(seed))))
      }
      let path = [Point(x: 0, y: 0), Point(x: 200, y: 100), Point(x: 300, y: 300)]
      var hasErased = false
      for (a, b) in zip(path, path.dropFirst()) {
        if page.erase(along: [a, b], width: 50, continuing: hasErased) { hasErased = true }
      }
      #expect(journal.append(.erase(path: path, width: 50)))
      page.undo()
      #expect(journal.append(.undo))
    }
    let journal = try #require(Journal(folder: folder))
    #expect(journal.page == page)
    #expect(journal.page.canRedo && journal.page.canUndo)
  }

  @Test func aLineCutShortLosesOnlyItself() throws {
    defer { cleanUp() }
    var path = ""
    do {
      let journal = try #require(Journal(folder: folder))
      path = journal.path
      for seed in 0..<3 { #expect(journal.append(.stroke(stroke(seed)))) }
    }
    let whole = try Data(contentsOf: URL(fileURLWithPath: path))
    for length in stride(from: 0, through: whole.count, by: 7) {
      try whole.prefix(length).write(to: URL(fileURLWithPath: path))
      let lines = whole.prefix(length).count { $0 == 0x0A }
      let journal = try #require(Journal(folder: folder))
      #expect(journal.page.drawing.strokes == (0..<lines).map(stroke))
      // The next step must not be joined to the broken line.
      #expect(journal.append(.stroke(stroke(9))))
    }
    let journal = try #require(Journal(folder: folder))
    #expect(journal.page.drawing.strokes.last == stroke(9))
  }

  @Test func picturesAndOpenedDrawingsAreRestored() throws {
    defer { cleanUp() }
    var picture = GrayImage(width: 12, height: 5)
    for index in picture.pixels.indices { picture.pixels[index] = UInt8(index * 4) }
    do {
      let journal = try #require(Journal(folder: folder))
      #expect(journal.append(.picture(picture)))
      #expect(journal.append(.stroke(stroke(1))))
    }
    do {
      let journal = try #require(Journal(folder: folder))
      #expect(journal.page.picture == picture)
      #expect(journal.page.drawing.strokes == [stroke(1)])
      #expect(journal.append(.drawing([stroke(2), stroke(3)])))
    }
    let journal = try #require(Journal(folder: folder))
    #expect(journal.page.picture == nil)
    #expect(journal.page.drawing.strokes == [stroke(2), stroke(3)])
  }

  @Test func twoWindowsHaveTwoJournals() throws {
    defer { cleanUp() }
    let first = try #require(Journal(folder: folder))
    let second = try #require(Journal(folder: folder))
    #expect(first.path != second.path)
    #expect(first.append(.stroke(stroke(1))))
    #expect(second.append(.stroke(stroke(2))))
  }

  @Test func aLongHistoryIsShortenedToThePage() throws {
    defer { cleanUp() }
    var path = ""
    do {
      let journal = try #require(Journal(folder: folder))
      path = journal.path
      for seed in 0..<3 { #expect(journal.append(.stroke(stroke(seed)))) }
    }
    var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    let count = bytes.count
    do {
      let journal = try #require(Journal(folder: folder))
      #expect(journal.append(.undo) && journal.append(.redo))
    }
    let steps = try Data(contentsOf: URL(fileURLWithPath: path)).dropFirst(count)
    while bytes.count < 5 << 20 { bytes += steps }
    try bytes.write(to: URL(fileURLWithPath: path))
    let journal = try #require(Journal(folder: folder))
    #expect(journal.page.drawing.strokes == (0..<3).map(stroke))
    let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
    #expect((size ?? 0) < 10_000)
    #expect(journal.append(.stroke(stroke(3))))
  }

  @Test func invalidBytesGiveAnEmptyPage() throws {
    defer { cleanUp() }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for text in [
      "\n", "stroke\n", "stroke 9999999999999999 1 2 3\n", "picture 9 9\nabc\n", "drawing 7\n", "\u{0}\n",
    ] {
      try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/page-1.journal"))
      #expect(Journal(folder: folder)?.page == Page())
    }
  }
}

@Suite struct SettingsTests {
  @Test func settingsAreReadAsTheyWereWritten() {
    var settings = Settings()
    settings.theme = .dark
    settings.penWidth = 33.25
    settings.isLive = false
    settings.model = "cnn adam"
    settings.size = WindowSize(width: 1200, height: 900)
    settings.folder = "/home/some one/Bilder ä/"
    #expect(Settings(text: settings.text) == settings)
    #expect(Settings(text: Settings().text) == Settings())
  }

  @Test func invalidLinesAreLeftOut() {
    let settings = Settings(
      text: "theme pink\npen -4\nlive perhaps\nwidth 99999999\nheight\n\nwhat is this\n")
    #expect(settings == Settings())
  }

  @Test func anOptionForOneStartIsNotRemembered() {
    var state = WindowState()
    _ = state.handle(.themeSet(.dark))
    let start = Settings(of: state)
    var settings = Settings()
    settings.remember(Settings(of: state), since: start)
    #expect(settings == Settings())
    _ = state.handle(.themeSet(.light))
    let then = Settings(of: state)
    settings.remember(then, since: start)
    #expect(settings.theme == .light && settings.size == nil)
    // A change back to the option is stored as well.
    _ = state.handle(.themeSet(.dark))
    settings.remember(Settings(of: state), since: then)
    #expect(settings.theme == .dark)
  }
}
