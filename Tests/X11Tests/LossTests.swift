// Tests without a server, with a lost connection, and with requests that fail.

import Foundation
import TestSupport
import Testing
import X11
import X11TestSupport

@Suite("Lost connections")
struct LossTests {
  @Test("a wrong DISPLAY is an error that names it", arguments: [":4711", "nowhere.invalid:0", "nonsense"])
  func wrongName(name: String) {
    #expect(throws: DisplayError.noServer(name: name)) { try Display(named: name) }
    #expect(DisplayError.noServer(name: name).description.contains(name))
  }

  @Test("an empty DISPLAY is an error")
  func noName() {
    #expect(throws: DisplayError.noName) { try Display(named: "") }
  }

  @Test("the end of the server is an event, and all later calls do nothing")
  func killed() throws {
    let scene = try WindowTests.Scene()
    scene.server.kill()
    var last: Event?
    while last != .lost { last = scene.display.events(waiting: .seconds(60)).last ?? .lost }
    #expect(scene.display.isLost)
    scene.presentPattern()
    scene.window.title = "after"
    scene.window.pointerShape = .hand
    scene.window.show()
    scene.window.offer(Offer(text: "7"))
    scene.window.requestContents()
    scene.window.saveClipboard()
    scene.display.flush()
    #expect(scene.display.events(waiting: .seconds(5)).isEmpty)
  }

  @Test("a window that another program destroys is closed, and later calls have no effect")
  func destroyed() throws {
    let scene = try WindowTests.Scene()
    scene.other.destroy(scene.window.identifier)
    #expect(scene.display.waits { $0 == .closed })
    scene.presentPattern()
    scene.window.title = "after"
    scene.window.pointerShape = .hand
    #expect(scene.display.events(waiting: .milliseconds(20)).contains(.lost) == false)
  }
}
