// The window is compared with stored pictures: half the size, in grey, with the built-in font, so that they are the
// same on every machine. INKLING_WRITE_REFERENCES=1 writes them again; inspect them before they are stored.

import App
import Basics
import Formats
import Foundation
import Graphics
import Ink
import Recognition
import Testing
import X11

@Suite struct ReferenceTests {
  static let names = [
    "seven", "several", "keys", "models", "empty", "opening", "looking", "sums", "text", "choices",
  ]

  /// The state of each picture, in a window of a size.
  static func state(
    _ name: String, size: WindowSize = WindowSize(width: 640, height: 480), scale: Double = 1,
    language: Language = .english
  ) -> WindowState {
    var driver = Driver(models: ["inkling", "cnn-adam", "mlp"])
    driver.send(.windowOpened(size, scale: scale))
    driver.send(.languageSet(language))
    if name == "empty" { return driver.state }
    if ["sums", "choices"].contains(name) { driver.click(.sums) }
    if name == "text" { driver.click(.text) }
    driver.draw([(0.25, 0.25), (0.5, 0.24), (0.72, 0.22), (0.55, 0.55), (0.42, 0.85)])
    driver.answer(name == "several" ? "4096" : "7", confidence: 0.97)
    switch name {
    case "sums": driver.answerLine("12×3=35")
    case "choices":
      driver.answerLine("12×3=36", doubted: 6)
      driver.key(.character(" "), text: " ")
    case "text":
      driver.send(
        .answered(
          model: 0, WrittenLine.answer("hello", doubted: 1, revision: driver.state.revision, mode: .text)))
    case "several": driver.key(.character("t"))
    case "keys": driver.key(.function(1))
    case "models":
      driver.key(.character("a"))
      driver.answer("1", confidence: 0.8, model: 1)
    case "looking":
      driver.key(.character("v"))
      let area = driver.layout.areas.inside
      driver.send(
        .inspected(
          model: 0,
          InspectionImage(
            picture: Bitmap(width: area.width, height: area.height, color: Color(0x80_9070)),
            revision: driver.state.revision)))
    case "opening":
      driver.send(.folderProposed("/home/anna/Pictures"))
      driver.send(
        .folderListed(
          "/home/anna/Pictures/",
          entries: [.init(name: "scan.png", isFolder: false), .init(name: "Inkling", isFolder: true)],
          problem: nil))
      driver.send(.recentFilesFound(["/home/anna/Pictures/Inkling/seven.png"]))
      driver.key(.down)
    default: break
    }
    return driver.state
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

  @Test(arguments: names) func theWindowIsTheStoredPicture(name: String) throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
      "References")
    let file = folder.appendingPathComponent(name + ".pgm").path
    let image = Self.small(View.picture(of: Self.state(name), renderer: TextRenderer(builtIn: true)))
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
    #expect(far < 40, "\(far) pixels differ clearly")
  }

  @Test(arguments: names) func repaintingTheDamageGivesTheWholePicture(name: String) {
    let renderer = TextRenderer(builtIn: true)
    let before = Self.state("empty")
    let after = Self.state(name)
    let (old, new) = (
      View.scene(of: before, renderer: renderer), View.scene(of: after, renderer: renderer)
    )
    var bitmap = View.picture(of: before, renderer: renderer)
    var raster = PageRaster(before.page, width: old.page.width, height: old.page.height)
    let changed = raster.show(after.page).moved(x: new.page.x, y: new.page.y)
    if new.page != old.page {
      raster = PageRaster(after.page, width: new.page.width, height: new.page.height)
    }
    for area in new.damage(after: old) + [changed] {
      new.paint(into: &bitmap, clip: area, ink: raster, renderer: renderer)
    }
    let isSame = bitmap == View.picture(of: after, renderer: renderer)
    #expect(isSame)
  }
}
