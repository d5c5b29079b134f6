// Servers that are not there, go away, or make requests fail.

import Foundation
import TestSupport
import Testing
import X11

@Suite("Without its server")
struct LossTests {
  @Test("a wrong DISPLAY is told in a sentence", arguments: [":4711", "nowhere.invalid:0", "nonsense"])
  func wrongName(name: String) {
    #expect(throws: DisplayError.noServer(name: name)) { try Display(named: name) }
    #expect(DisplayError.noServer(name: name).description.contains(name))
  }

  @Test("an empty DISPLAY is told in a sentence")
  func noName() {
    #expect(throws: DisplayError.noName) { try Display(named: "") }
  }

  @Test("the window is told when the server dies, and everything after does nothing")
  func killed() throws {
    let scene = try WindowTests.Scene()
    scene.server.kill()
    var last: Event?
    while last != .lost { last = scene.display.events(waiting: .seconds(60)).last ?? .lost }
    #expect(scene.display.isLost)
    scene.paintEverything()
    scene.window.title = "after"
    scene.window.pointerShape = .hand
    scene.window.show()
    scene.window.offer(Offer(text: "7"))
    scene.window.requestContents()
    scene.window.handOverClipboard()
    scene.display.flush()
    #expect(scene.display.events(waiting: .seconds(5)).isEmpty)
  }

  @Test("a window that another program destroys is closed, and what is asked of it then fails quietly")
  func destroyed() throws {
    let scene = try WindowTests.Scene()
    scene.other.destroy(scene.window.identifier)
    #expect(scene.display.waits { $0 == .closed })
    scene.paintEverything()
    scene.window.title = "after"
    scene.window.pointerShape = .hand
    #expect(scene.display.events(waiting: .milliseconds(20)).contains(.lost) == false)
  }
}
