// Tests of copy and paste: between two windows, with a raw client, and with xclip.

import Foundation
import Synchronization
import TestSupport
import Testing
import X11
import X11TestSupport

@Suite("Selections")
struct SelectionTests {
  typealias Scene = WindowTests.Scene

  static let large = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }

  /// A second window on the same server.
  func secondWindow(of scene: Scene) throws -> (Display, Window) {
    let display = try Display(named: scene.server.name)
    return (display, try Window(on: display, .init(title: "other", width: 100, height: 100)))
  }

  /// Handles the events of both displays until the reader has the expected one.
  func serve(_ owner: Display, _ reader: Display, until isExpected: (Event) -> Bool) -> Event? {
    var found: Event?
    _ = eventually(pace: 0) {
      _ = owner.events(waiting: .milliseconds(1))
      found = reader.events(waiting: .milliseconds(1)).first(where: isExpected)
      return found != nil
    }
    return found
  }

  func isAnswer(_ event: Event) -> Bool {
    switch event {
    case .received, .receivedNothing: true
    default: false
    }
  }

  @Test("text is copied from one window to another", arguments: [Selection.clipboard, .primary])
  func text(selection: Selection) throws {
    let scene = try Scene()
    let (reader, window) = try secondWindow(of: scene)
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

  @Test("large data is sent in pieces, and the best type is chosen")
  func large() throws {
    let scene = try Scene()
    let (reader, window) = try secondWindow(of: scene)
    scene.window.offer(Offer(text: "7", more: ["image/png"]) { _ in Self.large })
    window.requestContents(of: .clipboard, types: ["image/webp", "image/png", "UTF8_STRING"])
    let answer = serve(scene.display, reader, until: isAnswer)
    #expect(answer == .received(Contents(selection: .clipboard, type: "image/png", bytes: Self.large)))
  }

  @Test("a window can paste its own data, also large data")
  func toItself() throws {
    let scene = try Scene()
    scene.window.offer(Offer(types: ["image/png"]) { _ in Self.large })
    scene.window.requestContents(types: ["image/png"])
    let answer = scene.display.event(where: isAnswer)
    #expect(answer == .received(Contents(selection: .clipboard, type: "image/png", bytes: Self.large)))
  }

  @Test("a selection without an owner is reported")
  func noOwner() throws {
    let scene = try Scene()
    scene.window.requestContents(of: .primary)
    #expect(scene.display.waits { $0 == .receivedNothing(.primary) })
  }

  @Test("a request to an owner that never answers fails")
  func silent() throws {
    let scene = try Scene()
    scene.other.own("CLIPBOARD")
    scene.window.requestContents()
    #expect(scene.display.waits { $0 == .receivedNothing(.clipboard) })
  }

  @Test("an owner that cannot list its types is asked for each one")
  func oldOwner() throws {
    let scene = try Scene()
    let other = scene.other
    other.own("CLIPBOARD")
    scene.window.requestContents()
    var received: Event?
    _ = eventually(pace: 0) {
      other.answerRequests { requestor, target, property in
        guard target == "STRING" else { return false }
        other.set(property, of: requestor, type: "STRING", bytes: [0xE9, 0])
        return true
      }
      received = scene.display.events(waiting: .milliseconds(10)).first(where: isAnswer)
      return received != nil
    }
    guard case .received(let contents) = received else {
      Issue.record("nothing received")
      return
    }
    #expect(contents.text == "é")
  }

  @Test("an owner lists its types, answers with its time, and answers several requests at once")
  func asOwner() throws {
    let scene = try Scene()
    let other = scene.other
    scene.window.offer(Offer(text: "7"))
    func ask(_ target: String) -> RawClient.Value? {
      other.convert("CLIPBOARD", to: target, into: "ANSWER")
      var isGranted: Bool?
      _ = scene.eventually {
        isGranted = other.readAnswer()
        return isGranted != nil
      }
      return isGranted == true ? other.value("ANSWER", of: other.window, deleting: true) : nil
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

  @Test("a request for very many types is refused, and each type is made once")
  func manyTypes() throws {
    let scene = try Scene()
    let other = scene.other
    let made = Mutex(0)
    scene.window.offer(
      Offer(text: "7", more: ["image/png"]) { type in
        guard type == "image/png" else { return nil }
        made.withLock { $0 += 1 }
        return Self.large
      })
    func ask(_ count: Int) -> Bool? {
      let pairs = (0..<count).flatMap { ["image/png", "P\($0)"].map(other.atom) }
      other.set("ANSWER", of: other.window, type: "ATOM_PAIR", words: pairs)
      other.convert("CLIPBOARD", to: "MULTIPLE", into: "ANSWER")
      var isGranted: Bool?
      _ = scene.eventually {
        isGranted = other.readAnswer()
        return isGranted != nil
      }
      return isGranted
    }
    #expect(ask(4000) == false)
    #expect(ask(60) == true)
    #expect(made.withLock { $0 } == 1)
    // Large data is sent in pieces, to a few requestors at a time.
    let granted = try #require(other.value("ANSWER", of: other.window)).words.count { $0 != 0 } - 60
    #expect((1...16).contains(granted), "\(granted)")
  }

  @Test("the clipboard manager saves the clipboard")
  func saves() throws {
    let scene = try Scene()
    let name = scene.server.name
    scene.window.offer(Offer(text: "7"))
    // Only the manager's thread uses it until that thread ends.
    nonisolated(unsafe) let manager = try #require(RawClient(name))
    manager.own("CLIPBOARD_MANAGER")
    let saved = SavedText()
    // The window's thread waits for the manager.
    Thread.detachNewThread { saved.set(manager.saveClipboard() ?? "") }
    scene.window.saveClipboard(within: .seconds(60))
    #expect(saved.get() == "7")
  }

  @Test("xclip reads text and images, and its own are read")
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

/// The text that the clipboard manager's thread has saved; the semaphore orders the two threads.
final class SavedText: @unchecked Sendable {
  private var text = ""
  private let semaphore = DispatchSemaphore(value: 0)

  func set(_ text: String) {
    self.text = text
    semaphore.signal()
  }

  /// Waits for the text, for a minute.
  func get() -> String {
    _ = semaphore.wait(timeout: .now() + 60)
    return text
  }
}

/// A running xclip.
final class Clip: Sendable {
  private let child: Child
  private let bytes = Mutex<[UInt8]?>(nil)

  init(_ display: String, _ arguments: [String], input: [UInt8]? = nil) throws {
    child = try Child(["xclip", "-display", display, "-selection", "clipboard"] + arguments)
    if let input { try child.input.write(contentsOf: input) }
    try child.input.close()
    Thread.detachNewThread { [self] in
      let data = child.output.readDataToEndOfFile()
      bytes.withLock { $0 = Array(data) }
    }
  }

  /// Its whole output, or nil while it runs.
  var output: [UInt8]? { bytes.withLock { $0 } }

  func stop() { child.stop() }
}
