// The contrast of the window's colours.

import Graphics
import Testing

@Suite struct PaletteTests {
  @Test func contrastIsThatOfWCAG() {
    #expect(abs(Color(0).contrast(with: Color(0xFF_FFFF)) - 21) < 0.01)
    #expect(abs(Color(0x76_7676).contrast(with: Color(0xFF_FFFF)) - 4.54) < 0.01)
    #expect(Color(0x12_3456).contrast(with: Color(0x12_3456)) == 1)
  }

  @Test(arguments: [Palette.light, .dark, .lightFile, .darkFile]) func textIsLegible(palette: Palette) {
    let grounds = [palette.window, palette.paper, palette.raised, palette.track]
    for ground in grounds {
      for text in [palette.text, palette.quiet, palette.accent, palette.unsure, palette.wrong] {
        #expect(text.contrast(with: ground) >= 4.5, "\(text) on \(ground)")
      }
    }
    #expect(palette.onAccent.contrast(with: palette.accent) >= 4.5)
    #expect(palette.good.contrast(with: palette.window) >= 4.5)
  }

  @Test(arguments: [Palette.light, .dark]) func controlsAndBordersStandOut(palette: Palette) {
    for ground in [palette.window, palette.paper, palette.raised] {
      for color in [palette.line, palette.faint, palette.accent, palette.unsure] {
        #expect(color.contrast(with: ground) >= 3, "\(color) on \(ground)")
      }
    }
  }

  @Test func marksAreLegibleOnThePage() {
    for (marks, palette) in [(MarkPalette.light, Palette.light), (.dark, .dark)] {
      for color in [marks.right, marks.wrong, marks.unsure, palette.accent] {
        #expect(color.contrast(with: palette.paper) >= 4.5)
      }
      // The offered answer differs from ink in colour, not only in brightness.
      #expect(palette.accent != palette.ink && marks.suggesting(palette.accent).suggested == palette.accent)
    }
  }
}
