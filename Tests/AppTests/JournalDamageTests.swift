// Journals whose file is damaged, is in use, or cannot be written for a while.

import App
import Formats
import Foundation
import Ink
import Testing

/// A generator that gives the same numbers in each run.
struct Repeatable: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state ^ state >> 29
  }
}

@Suite final class JournalDamageTests {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent("inkling-\(UUID().uuidString)")
    .path
  var path: String { folder + "/page-1.journal" }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  func stroke(_ seed: Int) -> Stroke {
    Stroke(
      (0..<4).map {
        Stroke.Sample(Point(x: Double(seed * 40 + $0), y: Double($0 * seed)), time: Double($0) / 64)
      },
      width: 10 + Double(seed) / 3)
  }

  /// Writes steps to a new journal, and returns the page that was restored before.
  func page(appending entries: [JournalEntry]) throws -> Page {
    let journal = try #require(Journal(folder: folder))
    for entry in entries { #expect(journal.append(entry)) }
    return journal.page
  }

  func content(_ name: String = "page-1.journal") throws -> Data {
    try Data(contentsOf: URL(fileURLWithPath: folder + "/" + name))
  }

  func put(_ data: Data, _ name: String = "page-1.journal") throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try data.write(to: URL(fileURLWithPath: folder + "/" + name))
  }

  func names() throws -> Set<String> { Set(try FileManager.default.contentsOfDirectory(atPath: folder)) }

  func clear() throws { try FileManager.default.removeItem(atPath: folder) }

  // MARK: Values

  @Test("every stroke, erasing, picture and drawing is restored exactly, with any numbers")
  func allValues() throws {
    var random = Repeatable(state: 7)
    let numbers: [Double] = [
      0, -0.0, 0.001, -0.001, 1.0 / 256, 1.0 / 512, 33.3333, 40, 112, 1023.999, 1024, 1e9, -1e9, 1e300,
      -1e300,
      1e-300, .leastNonzeroMagnitude, .greatestFiniteMagnitude, .infinity, -.infinity, .nan,
    ]
    func number() -> Double {
      Bool.random(using: &random)
        ? numbers.randomElement(using: &random) ?? 0 : Double.random(in: -2000...2000, using: &random)
    }
    func anyStroke() -> Stroke {
      let samples = (0..<Int.random(in: 0...5, using: &random)).map { _ in
        Stroke.Sample(Point(x: number(), y: number()), time: Bool.random(using: &random) ? number() : nil)
      }
      return Stroke(samples, width: number())
    }
    for _ in 0..<60 {
      var drawn = Page()
      do {
        let journal = try #require(Journal(folder: folder))
        for _ in 0..<8 {
          let entry: JournalEntry
          switch Int.random(in: 0..<10, using: &random) {
          case 0:
            let point = { Point(x: Double.random(in: 0...1024), y: Double.random(in: 0...1024)) }
            let (start, end, width) = (point(), point(), number())
            drawn.erase(along: [start, end], width: width)
            entry = .erase(path: [start, end], width: width)
          case 1:
            let sides = (Int.random(in: 0...7, using: &random), Int.random(in: 0...7, using: &random))
            var picture = GrayImage(width: sides.0, height: sides.1)
            for index in picture.pixels.indices {
              picture.pixels[index] =
                Bool.random(using: &random) ? 10 : UInt8.random(in: 0...255, using: &random)
            }
            drawn.open(picture)
            entry = .picture(picture)
          case 2:
            let strokes = (0..<Int.random(in: 0...3, using: &random)).map { _ in anyStroke() }
            drawn.open(Drawing(strokes))
            entry = .drawing(strokes)
          case 3:
            drawn.undo()
            entry = .undo
          case 4:
            drawn.redo()
            entry = .redo
          case 5:
            drawn.clear()
            entry = .clear
          default:
            let stroke = anyStroke()
            drawn.add(stroke)
            entry = .stroke(stroke)
          }
          #expect(journal.append(entry))
        }
      }
      let journal = try #require(Journal(folder: folder))
      #expect(journal.notice == nil)
      #expect(journal.page == drawn)
      #expect(journal.page.canUndo == drawn.canUndo && journal.page.canRedo == drawn.canRedo)
      try clear()
    }
  }

  @Test("a width outside the usable ones becomes the nearest of them")
  func widths() {
    #expect(Stroke(width: 0.001).width == Stroke.widths.lowerBound)
    #expect(Stroke(width: -.infinity).width == Stroke.widths.lowerBound)
    #expect(Stroke(width: .infinity).width == Stroke.widths.upperBound)
    #expect(Stroke(width: .nan).width == Stroke.usualWidth)
    var stroke = Stroke()
    stroke.width = 0
    #expect(stroke.width == Stroke.widths.lowerBound)
  }

  // MARK: Damage

  @Test("one byte that is changed, removed or inserted loses only the step that contains it")
  func oneByte() throws {
    let strokes = (1...4).map(stroke)
    _ = try page(appending: strokes.map { .stroke($0) })
    let whole = try content()
    try clear()
    for index in stride(from: 0, to: whole.count - 1, by: 5) {
      for change in 0..<3 {
        var bytes = whole
        switch change {
        case 0: bytes[index] = bytes[index] == 0xFF ? 0 : 0xFF
        case 1: bytes.remove(at: index)
        default: bytes.insert(0x0A, at: index)
        }
        // A newline beside another one makes an empty line, which is damage, too.
        if bytes == whole { continue }
        try put(bytes)
        do {
          let journal = try #require(Journal(folder: folder))
          let kept = journal.page.drawing.strokes
          // An empty line between two steps harms neither.
          #expect(kept.count >= 3 && kept == strokes.filter(kept.contains), "byte \(index), change \(change)")
          #expect(journal.notice?.contains("page-1.journal.damaged-1") == true)
          #expect(try content("page-1.journal.damaged-1") == bytes)
          #expect(journal.append(.stroke(stroke(9))))
        }
        let journal = try #require(Journal(folder: folder))
        #expect(journal.notice == nil, "the journal that goes on is whole")
        #expect(journal.page.drawing.strokes.last == stroke(9) && journal.page.drawing.strokes.count >= 4)
        try clear()
      }
    }
  }

  @Test("undo after a lost stroke undoes only that stroke")
  func undoOfLost() throws {
    _ = try page(appending: [.stroke(stroke(1)), .stroke(stroke(2)), .undo, .stroke(stroke(3))])
    let lines = try content().split(separator: 0x0A)
    var damaged = Data(lines[0] + [0x0A] + lines[1].dropFirst(4) + [0x0A])
    for line in lines[2...] { damaged += line + [0x0A] }
    try put(damaged)
    for _ in 0..<2 {
      let journal = try #require(Journal(folder: folder))
      #expect(journal.page.drawing.strokes == [stroke(1), stroke(3)])
    }
  }

  @Test("an earlier copy of a damaged journal is not changed")
  func keptBefore() throws {
    try put(Data("first".utf8), "page-1.journal.damaged-1")
    try put(Data("this is no journal\n".utf8))
    let journal = try #require(Journal(folder: folder))
    #expect(journal.notice?.contains("page-1.journal.damaged-2") == true)
    #expect(try content("page-1.journal.damaged-1") == Data("first".utf8))
    #expect(try content("page-1.journal.damaged-2") == Data("this is no journal\n".utf8))
  }

  @Test("other text without a newline is kept as a damaged journal, too")
  func otherText() throws {
    try put(Data("notes of mine".utf8))
    let journal = try #require(Journal(folder: folder))
    #expect(journal.notice != nil)
    #expect(try content("page-1.journal.damaged-1") == Data("notes of mine".utf8))
  }

  @Test("bytes of a picture are not read as steps when its line is damaged")
  func pictureLine() throws {
    var picture = GrayImage(width: 40, height: 30)
    let trap = Array("\nclear\nundo\nstroke 10240 1 1 -\n".utf8)
    picture.pixels.replaceSubrange(100..<100 + trap.count, with: trap)
    _ = try page(appending: [.stroke(stroke(1)), .picture(picture), .stroke(stroke(2)), .stroke(stroke(3))])
    let whole = try content()
    let start = try #require(whole.range(of: Data("picture".utf8))).lowerBound
    for offset in [0, 9, 12] {
      var bytes = whole
      bytes[start + offset] ^= 1
      try put(bytes)
      let journal = try #require(Journal(folder: folder))
      #expect(journal.page.drawing.strokes == [1, 2, 3].map(stroke), "offset \(offset)")
    }
  }

  @Test("a picture with a wrong level is restored, with a notice")
  func pictureLevel() throws {
    let picture = GrayImage(width: 40, height: 30)
    _ = try page(appending: [.picture(picture), .stroke(stroke(2))])
    var bytes = try content()
    bytes[200] = 9
    try put(bytes)
    let journal = try #require(Journal(folder: folder))
    #expect(journal.notice != nil)
    #expect(journal.page.picture?.pixels.count { $0 != 255 } == 1)
    #expect(journal.page.drawing.strokes == [stroke(2)])
  }

  @Test("a picture that was written in part loses only itself")
  func pictureCutShort() throws {
    _ = try page(appending: [.stroke(stroke(1)), .picture(GrayImage(width: 40, height: 30, level: 10))])
    try put(try content().dropLast(300))
    let journal = try #require(Journal(folder: folder))
    #expect(journal.page.picture == nil && journal.page.drawing.strokes == [stroke(1)])
    #expect(journal.notice == nil)
  }

  @Test("an opened drawing loses only the stroke that is damaged")
  func drawing() throws {
    _ = try page(appending: [.drawing([1, 2, 3].map(stroke)), .stroke(stroke(4))])
    let lines = try content().split(separator: 0x0A)
    for change in 0..<2 {
      var bytes = Data()
      for (index, line) in lines.enumerated() {
        bytes += index == 2 ? line.dropLast(change == 0 ? 1 : 0) : line
        if index != 2 || change == 0 { bytes.append(0x0A) }
      }
      try put(bytes)
      let journal = try #require(Journal(folder: folder))
      let kept = journal.page.drawing.strokes
      #expect(kept.first == stroke(1) && kept.last == stroke(4) && kept.count == (change == 0 ? 3 : 2))
    }
  }

  @Test("journals of earlier versions, without checksums, are read, and damage loses one step")
  func earlierVersion() throws {
    let text = "stroke 10240 256 512 0 512 768 -\nstroke 0 256 256 10000\nerase 6144 0 0 1 1\nclear\nundo\n"
    try put(Data(text.utf8))
    do {
      let journal = try #require(Journal(folder: folder))
      #expect(journal.notice == nil)
      #expect(
        journal.page.drawing.strokes == [
          Stroke([.init(Point(x: 1, y: 2), time: 0), .init(Point(x: 2, y: 3))], width: 40),
          Stroke([.init(Point(x: 1, y: 1), time: 1)], width: 0),
        ])
      #expect(journal.append(.stroke(stroke(1))))
    }
    #expect(Journal(folder: folder)?.page.drawing.strokes.count == 3)
    try put(Data(text.replacingOccurrences(of: "stroke 0", with: "strike 0").utf8))
    let journal = try #require(Journal(folder: folder))
    #expect(journal.notice != nil && journal.page.drawing.strokes.map(\.width) == [40])
  }

  // MARK: Names in use

  @Test(
    "a link, a folder or a pipe with the name of a journal is not used",
    arguments: ["link", "folder", "pipe"])
  func taken(by kind: String) throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let other = folder + "/letter"
    try Data("a letter\n".utf8).write(to: URL(fileURLWithPath: other))
    switch kind {
    case "link": try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: other)
    case "folder": try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    default: #expect(mkfifo(path, 0o600) == 0)
    }
    do {
      let journal = try #require(Journal(folder: folder))
      #expect(journal.path == folder + "/page-2.journal")
      // The page itself is complete; that another name is used holds as long as the window is open.
      #expect(journal.notice == nil && journal.lastingNotice?.contains("page-1.journal") == true)
      #expect(journal.append(.stroke(stroke(1))))
    }
    #expect(try Data(contentsOf: URL(fileURLWithPath: other)) == Data("a letter\n".utf8))
    #expect(try names() == ["letter", "page-1.journal", "page-2.journal"])
    #expect(Journal(folder: folder)?.page.drawing.strokes == [stroke(1)])
  }

  @Test("there is no journal where the folder cannot be made")
  func none() throws {
    try Data().write(to: URL(fileURLWithPath: folder))
    #expect(Journal(folder: folder + "/below") == nil)
  }

  @Test("a shortened journal keeps the sides of a page whose picture was cleared")
  func sides() throws {
    var wide = Page(picture: GrayImage(width: 300, height: 100))
    wide.clear()
    wide.add(stroke(1))
    _ = try page(appending: [.undo, .redo])
    let nothing = try content()
    try clear()
    _ = try page(appending: [.picture(GrayImage(width: 300, height: 100)), .clear, .stroke(stroke(1))])
    var bytes = try content()
    while bytes.count < 5 << 20 { bytes += nothing }
    try put(bytes)
    for _ in 0..<2 {
      let journal = try #require(Journal(folder: folder))
      #expect(journal.page == wide && journal.notice == nil)
    }
    #expect(try content().count < 10_000)
  }

  // MARK: Failed writes

  /// A disk with a limited number of free bytes.
  final class Disk {
    var free = Int.max

    func write(_ bytes: [UInt8], to file: Int32) -> Bool {
      let count = min(free, bytes.count)
      let written = bytes.withUnsafeBytes { Glibc.write(file, $0.baseAddress, count) }
      if free != Int.max { free -= count }
      errno = ENOSPC
      return written == bytes.count
    }
  }

  @Test(
    "steps after a failed write restore the right page, at any byte where the disk was full",
    arguments: [0, 1, 30, 60])
  func failedWrite(free: Int) throws {
    let disk = Disk()
    let steps: [JournalEntry] = [
      .stroke(stroke(1)), .stroke(stroke(2)), .undo, .stroke(stroke(3)), .undo, .redo, .stroke(stroke(4)),
      .undo,
    ]
    do {
      let journal = try #require(Journal(folder: folder, writing: disk.write))
      #expect(journal.append(steps[0]))
      disk.free = free
      #expect(!journal.append(steps[1]) && journal.isBehind)
      #expect(journal.problem.contains("space"))
      disk.free = 0
      for step in steps[2...4] { #expect(!journal.append(step)) }
      let copy = try content()
      #expect(
        String(decoding: copy, as: UTF8.self).split(separator: "\n").count == 1, "no part of a step is left")
      disk.free = .max
      #expect(journal.append(steps[5]) && !journal.isBehind)
      for step in steps[6...] { #expect(journal.append(step)) }
    }
    let journal = try #require(Journal(folder: folder))
    #expect(journal.notice == nil)
    #expect(journal.page.drawing.strokes == [stroke(1), stroke(3)])
    var page = journal.page
    page.undo()
    #expect(page.drawing.strokes == [stroke(1)])
  }

  @Test("a program that ends while the disk is full leaves an earlier state of the page")
  func endWhileFull() throws {
    let disk = Disk()
    do {
      let journal = try #require(Journal(folder: folder, writing: disk.write))
      #expect(journal.append(.stroke(stroke(1))) && journal.append(.stroke(stroke(2))))
      disk.free = 20
      #expect(!journal.append(.stroke(stroke(3))) && !journal.append(.undo) && !journal.catchUp())
    }
    #expect(Journal(folder: folder)?.page.drawing.strokes == [stroke(1), stroke(2)])
  }

  @Test("a damaged journal on a full disk is not changed until it can be replaced")
  func damagedOnFullDisk() throws {
    _ = try page(appending: [.stroke(stroke(1)), .stroke(stroke(2)), .stroke(stroke(3))])
    var bytes = try content()
    bytes[bytes.count / 2] = 0
    try put(bytes)
    let disk = Disk()
    disk.free = 0
    do {
      let journal = try #require(Journal(folder: folder, writing: disk.write))
      #expect(journal.isBehind && journal.page.drawing.strokes == [stroke(1), stroke(3)])
      #expect(!journal.append(.stroke(stroke(4))))
      #expect(try content() == bytes)
      disk.free = .max
      #expect(journal.catchUp() && !journal.isBehind)
      #expect(journal.append(.stroke(stroke(5))))
      #expect(Journal(folder: folder)?.path != journal.path, "its lock is still held")
    }
    let journal = try #require(Journal(folder: folder))
    #expect(journal.notice == nil)
    #expect(journal.page.drawing.strokes == [1, 3, 4, 5].map(stroke))
  }
}
