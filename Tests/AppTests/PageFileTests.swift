// The files that the window opens.

import App
import Formats
import Foundation
import Graphics
import Ink
import Testing

@Suite struct PageFileTests {
  private static let page = Page(
    proportion: 1024, to: 1024,
    drawing: Drawing([Stroke([Stroke.Sample(Point(x: 100, y: 100)), Stroke.Sample(Point(x: 500, y: 900))])]))

  /// The JPEG is of 9 × 7 pixels, by ImageMagick; the gzip file is `P2 1 1 1 0`.
  private static let samples: [String: [UInt8]] = [
    "pgm": PNM.pgm(page.image(longerSide: 16)), "pnm": PNM.pgm(page.image(longerSide: 16)),
    "pbm": Array("P1 2 1 10".utf8), "ppm": PNM.ppm(width: 1, height: 1, colors: [1, 2, 3]),
    "jsonl": StrokeFile.file([LabelledDrawing(page)]), "inkml": InkML.file(LabelledDrawing(page)),
    "unipen": Array(".SEGMENT DIGIT 0 ? \"1\"\n.PEN_DOWN\n1 2\n3 4\n.PEN_UP\n".utf8),
    "unp": Array(".SEGMENT DIGIT 0 ? \"1\"\n.PEN_DOWN\n1 2\n3 4\n.PEN_UP\n".utf8),
    "png": PNGEncoder.encode(page.image(longerSide: 16)), "jpg": jpeg, "jpeg": jpeg, "gz": gzip,
  ]
  private static let jpeg = decoded(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRT"
      + "c4UG1RV19iZ2hnPk1xeXBkeFxlZ2P/wAALCAAHAAkBAREA/8QAFQABAQAAAAAAAAAAAAAAAAAAAwT/xAAZEAEAAgMA"
      + "AAAAAAAAAAAAAAACAFIDBhb/2gAIAQEAAD8ATBpgqZTxgqZ//9k=")
  private static let gzip = decoded("H4sIAAAAAAACAwswUjAEQwMATWoQAAoAAAA=")

  private static func decoded(_ text: String) -> [UInt8] {
    Data(base64Encoded: text).map { [UInt8]($0) } ?? []
  }

  @Test func anInkMLFileBecomesStrokes() throws {
    let bytes = InkML.file(LabelledDrawing(Self.page))
    #expect(PageFile.canOpen("page.inkml"))
    #expect(try PageFile.document(bytes, from: "page.inkml") == .drawings([LabelledDrawing(Self.page)]))
  }

  #if Codecs
  @Test(arguments: Document.endings) func filesOfEveryEndingThatIsShownAreRead(ending: String) throws {
    let sample = try #require(Self.samples[ending], "a file whose name ends in .\(ending)")
    #expect(PageFile.canOpen("Page.\(ending.uppercased())"))
    switch try PageFile.document(sample, from: "page." + ending) {
    case .image(let image): #expect(image.width > 0 && image.height > 0)
    case .drawings(let drawings): #expect(drawings.first?.drawing.isEmpty == false)
    }
  }
  #endif

  @Test func otherFilesAreNeitherShownNorRead() {
    #expect(!PageFile.canOpen("notes.txt") && !PageFile.canOpen("png"))
    #expect(throws: PageFile.Problem.self) { try PageFile.document(Array("notes".utf8), from: "notes.txt") }
  }

  @Test func theEndingDecidesTheKindAndAnUnknownOneIsRefused() throws {
    let folder = NSTemporaryDirectory() + "inkling-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    func save(_ name: String, replacing: Bool = false) throws -> [UInt8] {
      let path = folder + "/" + name
      _ = try PageFile.save(Self.page, longerSide: 64, at: path, isProposal: false, replacing: replacing)
      return try File.read(path)
    }
    let svg = String(decoding: try save("seven.svg"), as: UTF8.self)
    #expect(svg.hasPrefix("<svg") && svg.contains("M100.0 100.0L500.0 900.0") && !svg.contains("<image"))
    let pdf = String(decoding: try save("seven.pdf"), as: Unicode.ASCII.self)
    #expect(pdf.hasPrefix("%PDF-1.4") && pdf.hasSuffix("%%EOF\n") && pdf.contains("/MediaBox"))
    for name in ["seven.jpg", "seven", "seven.txt"] {
      #expect(throws: PageFile.Problem.self) { try save(name) }
      #expect(!FileManager.default.fileExists(atPath: folder + "/" + name))
    }
    let pgm = try save("seven.pgm")
    do {
      _ = try save("seven.pgm")
      Issue.record("an existing file was replaced without a question")
    } catch let problem as PageFile.Problem {
      #expect(problem.isNameTaken)
    }
    #expect(try save("seven.pgm", replacing: true) == pgm)
  }

  @Test(arguments: ["jsonl", "inkml"]) func strokesAreReadAsTheyWereSaved(ending: String) throws {
    let path = NSTemporaryDirectory() + "inkling-\(UUID().uuidString).\(ending)"
    defer { try? FileManager.default.removeItem(atPath: path) }
    #expect(try PageFile.save(Self.page, longerSide: 64, at: path, isProposal: false) == path)
    let document = try PageFile.document(try PageFile.bytes(of: path), from: path)
    #expect(document == .drawings([LabelledDrawing(Self.page)]))
  }
}
