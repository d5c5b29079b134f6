// Files dropped by another program: the source's side of XDND, played step by step.

import Foundation
import TestSupport
import Testing
import X11

@Suite("Drag and drop")
struct DropTests {
  typealias Scene = WindowTests.Scene

  /// Answers the window's request for what was dropped.
  func hand(over text: String?, from scene: Scene) -> Event? {
    let other = scene.other
    for _ in 0..<2000 {
      other.serveRequests { requestor, target, property in
        guard let text, target == "text/uri-list" else { return false }
        other.set(property, of: requestor, type: target, bytes: Array(text.utf8))
        return true
      }
      let end = scene.display.events(waiting: .milliseconds(10)).first {
        switch $0 {
        case .dropped, .dropLeft: true
        default: false
        }
      }
      if let end { return end }
    }
    return nil
  }

  /// Holds something over the window; returns the flags of its answer.
  func enter(_ scene: Scene, types: [String]) throws -> UInt {
    let (other, id) = (scene.other, scene.window.identifier)
    let atoms = types.map(other.atom)
    other.set("XdndTypeList", of: other.window, type: "ATOM", words: atoms)
    let many: UInt = types.count > 3 ? 1 : 0
    other.message("XdndEnter", to: id, [other.window, 5 << 24 | many] + atoms.prefix(3))
    other.message("XdndPosition", to: id, [other.window, 0, 30 << 16 | 40, 0, other.atom("XdndActionCopy")])
    let status = try #require(other.awaitMessage("XdndStatus") { _ = scene.display.events(waiting: .zero) })
    #expect(status[0] == id)
    return status[1] & 1
  }

  @Test("files are taken, whether their type is among the first three or in the list", arguments: [1, 5])
  func files(count: Int) throws {
    let scene = try Scene()
    let (other, id) = (scene.other, scene.window.identifier)
    #expect(try enter(scene, types: Array(repeating: "x/y", count: count - 1) + ["text/uri-list"]) == 1)
    other.own("XdndSelection")
    other.message("XdndDrop", to: id, [other.window, 0, 0])
    let event = hand(over: "file:///tmp/a%20b.pgm\r\nhttp://x/\r\n", from: scene)
    #expect(event == .dropped(paths: ["/tmp/a b.pgm"], x: 30, y: 40))
    let finished = try #require(other.awaitMessage("XdndFinished"))
    #expect(finished[0] == id && finished[1] == 1 && other.name(finished[2]) == "XdndActionCopy")
  }

  @Test("what is no file is refused before it is dropped")
  func refused() throws {
    let scene = try Scene()
    let (other, id) = (scene.other, scene.window.identifier)
    #expect(try enter(scene, types: ["text/plain"]) == 0)
    other.message("XdndDrop", to: id, [other.window, 0, 0])
    let answer = other.awaitMessage("XdndFinished") { _ = scene.display.events(waiting: .zero) }
    #expect(answer?[1] == 0)
  }

  @Test("a source that hands nothing over, or something useless, is told", arguments: [nil, "", "http://x/"])
  func useless(text: String?) throws {
    let scene = try Scene()
    let (other, id) = (scene.other, scene.window.identifier)
    #expect(try enter(scene, types: ["text/uri-list"]) == 1)
    other.own("XdndSelection")
    other.message("XdndDrop", to: id, [other.window, 0, 0])
    #expect(hand(over: text, from: scene) == .dropLeft)
    #expect(other.awaitMessage("XdndFinished")?[1] == 0)
  }

  @Test("a source that goes away again is told to the application")
  func leaves() throws {
    let scene = try Scene()
    let (other, id) = (scene.other, scene.window.identifier)
    #expect(try enter(scene, types: ["text/uri-list"]) == 1)
    other.message("XdndLeave", to: id, [other.window])
    #expect(scene.display.waits { $0 == .dropLeft })
    other.message("XdndPosition", to: id, [other.window, 0, 0, 0, 0])
    #expect(
      !scene.display.events(waiting: .milliseconds(20)).contains {
        if case .dropHovering = $0 { true } else { false }
      })
  }
}
