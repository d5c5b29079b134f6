// Pictures of the steps from a picture of a page to the network's inputs.

import Basics
package import Graphics
package import Ink
package import Preprocessing

/// The steps by which a picture is read, as pictures to look at.
package struct ReadingSteps {
  /// A step.
  package struct Step {
    /// The name, a file's name without its ending.
    package let name: String
    /// The picture.
    package let bitmap: Bitmap
  }

  /// The steps in their order.
  package private(set) var steps: [Step] = []

  /// The colours of the reasons for which marks are set aside, and of the boxes of lines and pieces.
  private static let colors: [IgnoredMark.Reason: Color] = [
    .line: Color(0xE0_4040), .edge: Color(0x90_50C0), .print: Color(0xD0_8000), .faint: Color(0x40_A0A0),
    .underline: Color(0xD0_40A0), .punctuation: Color(0x30_70E0),
    .letters: Color(0x60_8020),
  ]

  /// Makes the pictures of all steps for a picture.
  package init(of picture: GrayImage, by segmentation: Segmentation) {
    let extracted = segmentation.extractedInk(of: picture)
    let page = segmentation.lattice(of: picture)
    let scale = max(1, 600 / max(extracted.ink.width, extracted.ink.height, 1))
    func add(_ name: String, _ image: GrayImage, _ boxes: [(box: Box, color: Color)] = []) {
      var bitmap = Self.bitmap(image, scale: scale)
      for (box, color) in boxes { Self.frame(box.scaled(by: Double(scale)), color, on: &bitmap) }
      steps.append(Step(name: name, bitmap: bitmap))
    }
    if let sheet = extracted.sheet { add("0-flat", sheet.flattened(picture)) }
    if let paper = extracted.steps {
      let light = paper.evened.values.map { 255 - $0 }
      add("1-light", GrayImage(width: paper.evened.width, height: paper.evened.height, pixels: light))
      add("2-ink", paper.found.image)
      add(
        "3-ignored", paper.found.image,
        page.ignored.map { ($0.box, Self.colors[$0.reason] ?? Color(0xE0_4040)) })
    }
    add("4-kept", extracted.ink.image)
    let boxes = page.lines.enumerated().flatMap { number, line in
      line.pieces.map { ($0.box, number % 2 == 0 ? Color(0x20_8020) : Color(0x20_40C0)) }
    }
    add("5-pieces", page.placement.upright(extracted.ink).image, boxes)
    let inputs = zip(page.lines, page.symbolsByArrangement).flatMap { line, symbols in
      symbols.map { segmentation.input(of: $0, in: line).picture }
    }
    if let first = inputs.first {
      var sheet = GrayImage(width: inputs.count * (first.width + 2), height: first.height)
      for (number, input) in inputs.enumerated() {
        for y in 0..<input.height {
          for x in 0..<input.width { sheet[number * (first.width + 2) + x, y] = 255 - input[x, y] }
        }
      }
      steps.append(Step(name: "6-inputs", bitmap: Self.bitmap(sheet, scale: 3)))
    }
  }

  private static func bitmap(_ image: GrayImage, scale: Int) -> Bitmap {
    var pixels = [UInt32](repeating: 0, count: image.width * image.height * scale * scale)
    let width = image.width * scale
    for i in pixels.indices {
      pixels[i] = 0x01_0101 * UInt32(image[i % width / scale, i / width / scale])
    }
    return Bitmap(width: width, height: image.height * scale, pixels: pixels)
  }

  /// Draws the outline of a box.
  private static func frame(_ box: Box, _ color: Color, on bitmap: inout Bitmap) {
    let area = Rectangle(
      x: Int(clamping: box.x) - 1, y: Int(clamping: box.y) - 1, width: Int(clamping: box.width) + 2,
      height: Int(clamping: box.height) + 2)
    let sides = [
      Rectangle(x: area.x, y: area.y, width: area.width, height: 1),
      Rectangle(x: area.x, y: area.bottom - 1, width: area.width, height: 1),
      Rectangle(x: area.x, y: area.y, width: 1, height: area.height),
      Rectangle(x: area.right - 1, y: area.y, width: 1, height: area.height),
    ]
    for side in sides { bitmap.fill(side, color, clip: bitmap.bounds) }
  }
}
