// The reading of files whose format only their content tells.

import Basics
import Formats
import Foundation
import Ink
import Testing

@Suite("Documents")
struct DocumentTests {
  private static let image = GrayImage(width: 2, height: 1, pixels: [0, 255])
  private static let drawing = LabelledDrawing(
    Drawing([Stroke([Stroke.Sample(Point(x: 1, y: 2)), Stroke.Sample(Point(x: 3, y: 4))])]), label: "1")

  @Test("are images or drawings, as their content says")
  func content() throws {
    #expect(try Document(PNM.pgm(Self.image)) == .image(Self.image))
    #expect(
      try Document(StrokeFile.file([Self.drawing, Self.drawing])) == .drawings([Self.drawing, Self.drawing]))
    #expect(try Document(InkML.file(Self.drawing)) == .drawings([Self.drawing]))
    let unipen = Array(UNIPENTests.text.utf8)
    #expect(try Document(unipen) == .drawings(UNIPEN.drawings(unipen, isUpwards: true)))
    #expect(try Document.image(PNM.pgm(Self.image)) == Self.image)
    #expect(try Document.drawings(InkML.file(Self.drawing)) == [Self.drawing])
  }

  @Test("of an unknown format, or of the other kind, give an error with the formats that are read")
  func errors() {
    for bytes in [[], Array("%PDF-1.7".utf8), [0, 0, 8, 1, 0, 0, 0, 0]] {
      let error = #expect(throws: FormatError.self) { try Document(bytes) }
      #expect(error?.expected.contains("PNG, JPEG, JSON Lines, InkML or UNIPEN") == true)
    }
    let noImage = #expect(throws: FormatError.self) { try Document.image(InkML.file(Self.drawing)) }
    #expect(noImage?.expected.hasSuffix("PBM, PGM, PPM, PNG or JPEG") == true)
    let noDrawing = #expect(throws: FormatError.self) { try Document.drawings(PNM.pgm(Self.image)) }
    #expect(noDrawing?.expected.hasSuffix("JSON Lines, InkML or UNIPEN") == true)
  }

  @Test("that cannot be read or decoded give the cause")
  func files() throws {
    let folder = try TemporaryFolder()
    try File.write([1, 2, 3], to: folder["wrong"])
    for (name, expected) in [("none", "there is no such file"), ("wrong", "wrong': file, byte 0: expected")] {
      let error = #expect(throws: ReadError.self) { try File.read(folder[name], as: Document.init) }
      #expect(error?.description.contains(expected) == true, "\(String(describing: error))")
    }
  }

  #if Codecs
  @Test(
    "with light ink on transparency show the ink",
    arguments: [
      // A transparent pixel, white, and half transparent white.
      (
        "iVBORw0KGgoAAAANSUhEUgAAAAMAAAABCAYAAAAb4BS0AAAAD0lEQVR42mNgAIL/ENAAACNqB3pujqAlAAAAAElFTkSuQmCC",
        [255, 0, 127]
      ),
      // In greys: transparent white, a light grey, and transparent black.
      (
        "iVBORw0KGgoAAAANSUhEUgAAAAMAAAABCAQAAACx6dw/AAAAD0lEQVR42mP4z/DsPwMDAAyWAuU0XPOgAAAAAElFTkSuQmCC",
        [255, 25, 255]
      ),
      // A transparent pixel, black and white.
      (
        "iVBORw0KGgoAAAANSUhEUgAAAAMAAAABCAYAAAAb4BS0AAAADklEQVR42mNggID/IAAADv4E/Cz9ltwAAAAASUVORK5CYII=",
        [255, 0, 255]
      ),
    ])
  func transparency(file: String, levels: [UInt8]) throws {
    let bytes = try #require(Data(base64Encoded: file))
    #expect(try PNG.image([UInt8](bytes)).pixels == levels)
  }

  @Test(
    "may be compressed by gzip", .enabled(if: Tool.isInstalled("gzip"), "gzip is not installed"))
  func gzip() throws {
    for bytes in [
      PNM.pgm(Self.image), StrokeFile.file([Self.drawing]), InkML.file(Self.drawing),
      Array(UNIPENTests.text.utf8),
    ] {
      #expect(try Document(Tool.run("gzip", ["-c", "IN"], on: bytes)) == Document(bytes))
    }
  }
  #endif
}
