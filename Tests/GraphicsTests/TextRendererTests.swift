import Graphics
import Testing

@Suite struct TextRendererTests {
  @Test(arguments: [true, false]) func everyPrintableCharacterLeavesInk(builtIn: Bool) {
    let textRenderer = TextRenderer(builtIn: builtIn)
    for code in UInt8(0x21)...0x7E {
      let text = String(UnicodeScalar(code))
      var bitmap = Bitmap(width: 60, height: 60)
      bitmap.paint(
        .text(text, PicturePoint(10, 40), size: 24, Color(0)), clip: bitmap.bounds, textRenderer: textRenderer
      )
      #expect(bitmap.pixels.contains { $0 != 0xFF_FFFF }, "nothing seen of \(text)")
      #expect(textRenderer.width(of: text, size: 24) > 2)
    }
  }

  @Test(arguments: [true, false]) func textStaysWithinTheWidthThatItMeasures(builtIn: Bool) {
    let textRenderer = TextRenderer(builtIn: builtIn)
    for text in ["Predict", "Save", "not sure", "99.8 %", "/home/someone/Pictures/7.pgm"] {
      let width = textRenderer.width(of: text, size: 15)
      var bitmap = Bitmap(width: Int(width) + 40, height: 40)
      bitmap.paint(
        .text(text, PicturePoint(20, 26), size: 15, Color(0)), clip: bitmap.bounds, textRenderer: textRenderer
      )
      let columns = bitmap.pixels.indices.filter { bitmap.pixels[$0] != 0xFF_FFFF }.map { $0 % bitmap.width }
      #expect((columns.min() ?? 0) >= 18)
      #expect((columns.max() ?? 0) <= 22 + Int(width))
    }
  }

  @Test func longTextLosesItsMiddle() {
    let textRenderer = TextRenderer(builtIn: true)
    let path = "/home/someone/Pictures/Inkling/7-2026-11-20-185501.pgm"
    let short = textRenderer.shortened(path, to: 200, size: 14)
    #expect(textRenderer.width(of: short, size: 14) <= 200)
    #expect(short.hasPrefix("/home") && short.hasSuffix(".pgm") && short.contains("…"))
    #expect(textRenderer.shortened("7.pgm", to: 200, size: 14) == "7.pgm")
  }

  /// The time grows with the length, not with its square: with the square this would take hours.
  @Test func aVeryLongTextIsShortenedToo() {
    let textRenderer = TextRenderer(builtIn: true)
    let short = textRenderer.shortened(String(repeating: "7", count: 1_000_000), to: 200, size: 14)
    #expect(textRenderer.width(of: short, size: 14) <= 200)
    #expect(textRenderer.width(of: short + "77", size: 14) > 200)
  }
}
