// The window's look against pictures that are kept: half the size, in grey, in the built-in alphabet, so that they
// are the same on every machine. INKLING_WRITE_REFERENCES=1 makes them anew; look at them before keeping them.

import App
import Formats
import Foundation
import Graphics
import Ink
import Recognition
import Testing
import X11

@Suite struct ReferenceTests {
  static let names = ["seven", "several", "keys", "models", "empty", "opening", "looking"]

  /// A session for each picture.
  static func session(_ name: String) -> WindowState {
    var driver = Driver(models: ["inkling", "cnn-adam", "mlp"])
    driver.session.setWindow(width: 640, height: 480, scale: 1)
    if name == "empty" { return driver.session }
    driver.draw([(0.25, 0.25), (0.5, 0.24), (0.72, 0.22), (0.55, 0.55), (0.42, 0.85)])
    driver.answer(name == "several" ? "4096" : "7", confidence: 0.97)
    switch name {
    case "several": driver.key(.character("t"))
    case "keys": driver.key(.function(1))
    case "models":
      driver.key(.character("a"))
      driver.answer("1", confidence: 0.8, model: 1)
      driver.key(.character("m"))
    case "looking":
      driver.key(.character("v"))
      let look = driver.session.look
      driver.session.take(
        InspectionImage(
          picture: Bitmap(width: look?.width ?? 0, height: look?.height ?? 0, color: Color(0x80_9070)),
          revision: driver.session.revision))
    case "opening":
      driver.effects = driver.session.beginOpen(in: "/home/anna/Pictures")
      driver.session.show(
        [.init(name: "scan.png", isFolder: false), .init(name: "Inkling", isFolder: true)],
        of: "/home/anna/Pictures/", problem: nil)
      driver.key(.down)
    default: break
    }
    return driver.session
  }

  /// The window at half its size, in grey.
  static func small(_ bitmap: Bitmap) -> GrayImage {
    var image = GrayImage(width: bitmap.width / 2, height: bitmap.height / 2)
    for y in 0..<image.height {
      for x in 0..<image.width {
        var sum = 0
        for (dx, dy) in [(0, 0), (1, 0), (0, 1), (1, 1)] {
          let pixel = Int(bitmap[2 * x + dx, 2 * y + dy])
          sum += 3 * (pixel >> 16) + 6 * (pixel >> 8 & 255) + (pixel & 255)
        }
        image[x, y] = UInt8(sum / 40)
      }
    }
    return image
  }

  @Test(arguments: names) func theWindowLooksAsItDid(name: String) throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
      "References")
    let file = folder.appendingPathComponent(name + ".pgm").path
    let image = Self.small(View.picture(of: Self.session(name), lettering: TextRenderer(builtIn: true)))
    if ProcessInfo.processInfo.environment["INKLING_WRITE_REFERENCES"] == "1" {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try File.write(PNM.pgm(image), to: file, replacing: true)
    }
    let reference = try PNM.image(try File.read(file))
    try #require(reference.width == image.width && reference.height == image.height)
    var sum = 0
    var far = 0
    for (a, b) in zip(image.pixels, reference.pixels) {
      let difference = abs(Int(a) - Int(b))
      sum += difference
      if difference > 48 { far += 1 }
    }
    #expect(Double(sum) / Double(image.pixels.count) < 0.5, "the mean difference is too large")
    #expect(far < 40, "\(far) pixels are far from what they were")
  }

  @Test(arguments: names) func whatIsRepaintedIsWhatWouldBePainted(name: String) {
    // From the empty window to this one by damage alone.
    let lettering = TextRenderer(builtIn: true)
    let before = Self.session("empty")
    let after = Self.session(name)
    let (old, new) = (
      View.scene(of: before, lettering: lettering), View.scene(of: after, lettering: lettering)
    )
    var bitmap = View.picture(of: before, lettering: lettering)
    var raster = PageRaster(before.page, width: old.page.width, height: old.page.height)
    let changed = raster.show(after.page).moved(x: new.page.x, y: new.page.y)
    if new.page != old.page {
      raster = PageRaster(after.page, width: new.page.width, height: new.page.height)
    }
    for area in new.damage(after: old) + [changed] {
      new.paint(into: &bitmap, clip: area, ink: raster, lettering: lettering)
    }
    let isSame = bitmap == View.picture(of: after, lettering: lettering)
    #expect(isSame)
  }
}
