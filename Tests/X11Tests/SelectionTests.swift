// Copy and paste with other programs: between two windows of ours, with a raw client, and with xclip.

import Foundation
import TestSupport
import Testing
import X11

@Suite("Selections")
struct SelectionTests {
  typealias Scene = WindowTests.Scene

  static let large = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }

  /// A second window of ours on the same server.
  func neighbour(of scene: Scene) throws -> (Display, Window) {
    let display = try Display(named: scene.server.name)
    return (display, try Window(on: display, .init(title: "other", width: 100, height: 100)))
  }

  /// Serves both displays until one reports what is wanted.
  func serve(_ owner: Display, _ reader: Display, until isWanted: (Event) -> Bool) -> Event? {
    let deadline = ContinuousClock.now + .seconds(60)
    while ContinuousClock.now < deadline {
      _ = owner.events(waiting: .milliseconds(1))
      if let found = reader.events(waiting: .milliseconds(1)).first(where: isWanted) { return found }
    }
    return nil
  }

  func isAnswer(_ event: Event) -> Bool {
    switch event {
    case .received, .receivedNothing: true
    default: false
    }
  }

  @Test("text goes from one window to another", arguments: [Selection.clipboard, .primary])
  func text(selection: Selection) throws {
    let scene = try Scene()
    let (reader, window) = try neighbour(of: scene)
    #expect(scene.window.offer(Offer(text: "7 · é"), as: selection))
    #expect(scene.window.owns(selection))
    window.requestContents(of: selection)
    guard case .received(let contents) = serve(scene.display, reader, until: isAnswer) else {
      Issue.record("nothing received")
      return
    }
    #expect(contents.text == "7 · é")
    #expect(contents.selection == selection)
    window.offer(Offer(text: "8"), as: selection)
    #expect(serve(reader, scene.display) { $0 == .lostSelection(selection) } != nil)
    #expect(!scene.window.owns(selection))
  }

  @Test("what is large goes in pieces, and the best type wins")
  func large() throws {
    let scene = try Scene()
    let (reader, window) = try neighbour(of: scene)
    scene.window.offer(Offer(text: "7", more: ["image/png"]) { _ in Self.large })
    window.requestContents(of: .clipboard, types: ["image/webp", "image/png", "UTF8_STRING"])
    let answer = serve(scene.display, reader, until: isAnswer)
    #expect(answer == .received(Contents(selection: .clipboard, type: "image/png", bytes: Self.large)))
  }

  @Test("a window can paste what it copied itself, large things too")
  func toItself() throws {
    let scene = try Scene()
    scene.window.offer(Offer(types: ["image/png"]) { _ in Self.large })
    scene.window.requestContents(types: ["image/png"])
    let answer = scene.display.event(where: isAnswer)
    #expect(answer == .received(Contents(selection: .clipboard, type: "image/png", bytes: Self.large)))
  }

  @Test("nobody offers anything")
  func nobody() throws {
    let scene = try Scene()
    scene.window.requestContents(of: .primary)
    #expect(scene.display.waits { $0 == .receivedNothing(.primary) })
  }

  @Test("an owner that never answers is given up")
  func silent() throws {
    let scene = try Scene()
    scene.other.own("CLIPBOARD")
    scene.window.requestContents()
    #expect(scene.display.waits { $0 == .receivedNothing(.clipboard) })
  }

  @Test("an owner that cannot list its types is asked for each")
  func oldOwner() throws {
    let scene = try Scene()
    let other = scene.other
    other.own("CLIPBOARD")
    scene.window.requestContents()
    var received: Event?
    for _ in 0..<2000 where received == nil {
      other.serveRequests { requestor, target, property in
        guard target == "STRING" else { return false }
        other.set(property, of: requestor, type: "STRING", bytes: [0xE9, 0])
        return true
      }
      received = scene.display.events(waiting: .milliseconds(10)).first(where: isAnswer)
    }
    guard case .received(let contents) = received else {
      Issue.record("nothing received")
      return
    }
    #expect(contents.text == "é")
  }

  @Test("lists its types, tells its time, and answers several requests at once")
  func asOwner() throws {
    let scene = try Scene()
    let other = scene.other
    scene.window.offer(Offer(text: "7"), time: nil)
    func ask(_ target: String) -> RawClient.Value? {
      other.convert("CLIPBOARD", to: target, into: "ANSWER")
      for _ in 0..<3000 {
        _ = scene.display.events(waiting: .milliseconds(5))
        guard let granted = other.takeAnswer() else { continue }
        return granted ? other.value("ANSWER", of: other.window, deleting: true) : nil
      }
      return nil
    }
    let targets = try #require(ask("TARGETS")).words.map(other.name)
    #expect(Set(targets).isSuperset(of: ["TARGETS", "TIMESTAMP", "MULTIPLE", "UTF8_STRING", "STRING"]))
    #expect(ask("TIMESTAMP")?.type == "INTEGER")
    #expect(ask("TEXT")?.type == "UTF8_STRING")
    #expect(ask("image/tiff") == nil)
    let pairs = ["UTF8_STRING", "A", "image/tiff", "B", "STRING", "C"].map(other.atom)
    other.set("ANSWER", of: other.window, type: "ATOM_PAIR", words: pairs)
    let result = try #require(ask("MULTIPLE"))
    #expect(result.words.map(other.name) == ["UTF8_STRING", "A", "image/tiff", "", "STRING", "C"])
    #expect(other.value("A", of: other.window)?.text == "7")
    #expect(other.value("C", of: other.window)?.type == "STRING")
  }

  @Test("hands the clipboard over to its keeper at the end")
  func handsOver() throws {
    let scene = try Scene()
    let name = scene.server.name
    scene.window.offer(Offer(text: "7"))
    nonisolated(unsafe) let keeper = try #require(RawClient(name))
    keeper.own("CLIPBOARD_MANAGER")
    let kept = Kept()
    let thread = Thread {
      // On a thread of its own, as the window's waits for it.
      kept.text = keeper.keepClipboard() ?? ""
      kept.finish()
    }
    thread.start()
    scene.window.handOverClipboard(within: .seconds(60))
    kept.wait()
    #expect(kept.text == "7")
  }

  @Test("xclip reads text and image, and is read")
  func xclip() throws {
    let scene = try Scene()
    scene.window.offer(Offer(text: "7 · é", more: ["image/png"]) { _ in Self.large })
    for (type, expected) in [("UTF8_STRING", Array("7 · é".utf8)), ("image/png", Self.large)] {
      let reading = try Clip(scene.server.name, ["-o", "-t", type])
      let isRead = scene.eventually { reading.output != nil }
      reading.stop()
      try #require(isRead)
      #expect(reading.output == expected)
    }
    for (type, bytes) in [("UTF8_STRING", Array("ein Würfel".utf8)), ("image/png", Self.large)] {
      scene.window.offer(Offer(text: "mine"))
      let owner = try Clip(scene.server.name, ["-i", "-quiet", "-t", type], input: bytes)
      defer { owner.stop() }
      try #require(scene.display.waits { $0 == .lostSelection(.clipboard) })
      scene.window.requestContents(types: [type])
      let answer = scene.display.event(where: isAnswer)
      #expect(answer == .received(Contents(selection: .clipboard, type: type, bytes: bytes)))
    }
  }
}

/// What the keeper's thread hands back.
final class Kept: @unchecked Sendable {
  var text = ""
  private let semaphore = DispatchSemaphore(value: 0)
  func finish() { semaphore.signal() }
  func wait() { _ = semaphore.wait(timeout: .now() + 60) }
}

/// xclip as a program of its own.
final class Clip: @unchecked Sendable {
  private let child: Child
  private let lock = NSLock()
  private var bytes: [UInt8]?

  init(_ display: String, _ arguments: [String], input: [UInt8]? = nil) throws {
    child = try Child(["xclip", "-display", display, "-selection", "clipboard"] + arguments)
    if let input { try child.input.write(contentsOf: input) }
    try child.input.close()
    Thread.detachNewThread { [self] in
      let data = child.output.readDataToEndOfFile()
      lock.withLock { bytes = Array(data) }
    }
  }

  /// All that it has written, once it has ended.
  var output: [UInt8]? { lock.withLock { bytes } }

  func stop() { child.stop() }
}
