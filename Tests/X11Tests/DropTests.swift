// Tests of files dropped by another program: the test is the source of XDND.

import Foundation
import TestSupport
import Testing
import X11
import X11TestSupport

@Suite("Drag and drop")
struct DropTests {
  typealias Scene = WindowTests.Scene

  /// Answers the window's request for the dropped data; nil refuses it.
  func send(_ text: String?, from scene: Scene) -> Event? {
    let other = scene.other
    var end: Event?
    _ = eventually(pace: 0) {
      other.answerRequests { requestor, target, property in
        guard let text, target == "text/uri-list" else { return false }
        other.set(property, of: requestor, type: target, bytes: Array(text.utf8))
        return true
      }
      end = scene.display.events(waiting: .milliseconds(10)).first {
        switch $0 {
        case .dropped, .dropLeft: true
        default: false
        }
      }
      return end != nil
    }
    return end
  }

  /// Drags data over the window.
  ///
  /// - Returns: The bit of the answer that accepts it.
  func enter(_ scene: Scene, types: [String]) throws -> UInt {
    let (other, id) = (scene.other, scene.window.identifier)
    let atoms = types.map(other.atom)
    other.set("XdndTypeList", of: other.window, type: "ATOM", words: atoms)
    let hasMoreThanThree: UInt = types.count > 3 ? 1 : 0
    other.message("XdndEnter", to: id, [other.window, 5 << 24 | hasMoreThanThree] + atoms.prefix(3))
    other.message("XdndPosition", to: id, [other.window, 0, 30 << 16 | 40, 0, other.atom("XdndActionCopy")])
    let status = try #require(other.awaitMessage("XdndStatus") { _ = scene.display.events(waiting: .zero) })
    #expect(status[0] == id)
    return status[1] & 1
  }

  @Test(
    "files are accepted, whether their type is among the first three or only in the list", arguments: [1, 5])
  func files(count: Int) throws {
    let scene = try Scene()
    let (other, id) = (scene.other, scene.window.identifier)
    #expect(try enter(scene, types: Array(repeating: "x/y", count: count - 1) + ["text/uri-list"]) == 1)
    other.own("XdndSelection")
    other.message("XdndDrop", to: id, [other.window, 0, 0])
    let event = send("file:///tmp/a%20b.pgm\r\nhttp://x/\r\n", from: scene)
    #expect(event == .dropped(paths: ["/tmp/a b.pgm"], x: 30, y: 40))
    let finished = try #require(other.awaitMessage("XdndFinished"))
    #expect(finished[0] == id && finished[1] == 1 && other.name(finished[2]) == "XdndActionCopy")
  }

  @Test("other data than files is refused before it is dropped")
  func refused() throws {
    let scene = try Scene()
    let (other, id) = (scene.other, scene.window.identifier)
    #expect(try enter(scene, types: ["text/plain"]) == 0)
    other.message("XdndDrop", to: id, [other.window, 0, 0])
    let answer = other.awaitMessage("XdndFinished") { _ = scene.display.events(waiting: .zero) }
    #expect(answer?[1] == 0)
  }

  @Test("a source that sends nothing, or no file, gets a refusal", arguments: [nil, "", "http://x/"])
  func useless(text: String?) throws {
    let scene = try Scene()
    let (other, id) = (scene.other, scene.window.identifier)
    #expect(try enter(scene, types: ["text/uri-list"]) == 1)
    other.own("XdndSelection")
    other.message("XdndDrop", to: id, [other.window, 0, 0])
    #expect(send(text, from: scene) == .dropLeft)
    #expect(other.awaitMessage("XdndFinished")?[1] == 0)
  }

  @Test("the leaving of dragged files is an event")
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
