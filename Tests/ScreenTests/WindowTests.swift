// The window on a real X server: shown, painted, sized, closed, and left without its server.

import Foundation
import Screen
import Testing

@Suite("A window", .serialized)
struct WindowTests {
  @Test("shows what is painted, with shared memory and without", arguments: [[], ["-extension", "MIT-SHM"]])
  func showsPixels(options: [String]) throws {
    let server = try PrivateServer(options: options)
    let display = try Display(named: server.name)
    let window = try Window(on: display, .init(title: "7 · Inkling", width: 320, height: 240))
    #expect(!window.isSharingMemory)
    window.paint { frame in
      #expect(frame.isNew)
      for y in 0..<frame.height {
        for x in 0..<frame.width { frame.pixels[y * frame.stride + x] = UInt32(x) << 16 | UInt32(y) }
      }
      return [PixelRectangle(x: 0, y: 0, width: frame.width, height: frame.height)]
    }
    #expect(window.isSharingMemory == options.isEmpty)
    window.show()
    #expect(display.waits { $0 == .presented })
    #expect(window.isReady)
  }
}
