// All colours of the window, of images and of reports; each has one meaning.

/// The colours of the window and of images of a reading, on a light or a dark background.
package struct Palette: Sendable, Hashable {
  /// The background.
  package let window: Color
  /// The page.
  package let paper: Color
  /// Strokes on the page, and strong answers of a layer.
  package let ink: Color
  /// Text.
  package let text: Color
  /// Text that explains.
  package let quiet: Color
  /// Controls that cannot be used now.
  package let faint: Color
  /// Borders.
  package let line: Color
  /// The background of bars, sliders and tiles.
  package let track: Color
  /// The background of a control under the pointer.
  package let raised: Color
  /// The background of a pressed control.
  package let sunken: Color
  /// The answer, and controls that lead to one.
  package let accent: Color
  /// Text on the accent.
  package let onAccent: Color
  /// An uncertain answer.
  package let unsure: Color
  /// Errors.
  package let wrong: Color
  /// A right answer to an exercise.
  package let good: Color
  /// Input that spoke for the answer.
  package let speaksFor: Color
  /// Input that spoke against the answer.
  package let speaksAgainst: Color

  /// The window's colours on a light background.
  package static let light = makeLight(window: 0xF5_F3EE, track: 0xE7_E3DA)
  /// The light colours for an image in a file, which is shown on white.
  package static let lightFile = makeLight(window: 0xFF_FFFF, track: 0xEE_EBE4)
  /// The window's colours on a dark background.
  package static let dark = makeDark(track: 0x2A_2E34)
  /// The dark colours for an image in a file.
  package static let darkFile = makeDark(track: 0x26_2A30)

  private static func makeLight(window: UInt32, track: UInt32) -> Palette {
    Palette(
      window: Color(window), paper: Color(0xFF_FFFF), ink: Color(0x16_1A22), text: Color(0x22_252B),
      quiet: Color(0x5F_636B), faint: Color(0x7C_7A74), line: Color(0x8B_877E), track: Color(track),
      raised: Color(0xFF_FFFF), sunken: Color(0xE7_E3DA), accent: Color(0x2A_56C6),
      onAccent: Color(0xFF_FFFF),
      unsure: Color(0x8F_5600), wrong: Color(0xB8_3030), good: Color(0x1E_7B34), speaksFor: Color(0xD9_5B10),
      speaksAgainst: Color(0x1F_6FD6))
  }

  private static func makeDark(track: UInt32) -> Palette {
    Palette(
      window: Color(0x16_181B), paper: Color(0x20_2327), ink: Color(0xF1_EDE4), text: Color(0xE7_E5DF),
      quiet: Color(0x9B_9FA8), faint: Color(0x76_7B84), line: Color(0x75_7B86), track: Color(track),
      raised: Color(0x26_2A30), sunken: Color(0x12_1416), accent: Color(0x8F_B0FF),
      onAccent: Color(0x10_1628),
      unsure: Color(0xE3_B05A), wrong: Color(0xF2_8B82), good: Color(0x6C_D08A), speaksFor: Color(0xF3_9A63),
      speaksAgainst: Color(0x6D_B3F2))
  }
}

/// The colours of a report's pages and plots, on a light or a dark background.
package struct ReportPalette: Sendable {
  /// The background.
  package let page: Color
  /// The background of tables and plots.
  package let card: Color
  /// Text.
  package let text: Color
  /// Text that explains.
  package let soft: Color
  /// Borders and grids.
  package let rule: Color
  /// Meters.
  package let accent: Color
  /// The series of a plot, and the ten classes.
  package let series: [Color]

  /// On a light background.
  package static let light = ReportPalette(
    page: Color(0xFB_FAF7), card: Color(0xFF_FFFF), text: Color(0x1D_2026), soft: Color(0x5C_6370),
    rule: Color(0xE4_E1D9), accent: Color(0x1F_6FB4),
    series: [
      0x1B_6EC2, 0xC4_511A, 0x23_854A, 0x8A_4FBF, 0xB8_336A, 0x8A_6D00, 0x0F_8793, 0x6B_5B4B, 0x4C_5FD5,
      0xA6_3D2F, 0x4D_7C0F, 0x7A_7F87,
    ].map { Color($0) })
  /// On a dark background.
  package static let dark = ReportPalette(
    page: Color(0x14_161A), card: Color(0x1C_1F25), text: Color(0xE8_E6E1), soft: Color(0xA2_A9B4),
    rule: Color(0x31_363F), accent: Color(0x6D_B3F2),
    series: [
      0x6D_B3F2, 0xF3_9A63, 0x63_CF8D, 0xC4_9BF0, 0xF2_8BB3, 0xE0_C04A, 0x55_CCD8, 0xC3_B09B, 0x9A_A7FF,
      0xF0_8A7C, 0xA5_D65C, 0xB3_B8C0,
    ].map { Color($0) })
  /// Negative numbers, on any background.
  package static let negative = Color(0x26_76DC)
  /// Positive numbers, on any background.
  package static let positive = Color(0xE0_6214)
}

/// The colours of the marks on a checked page, on paper and in its report.
package struct MarkPalette: Sendable {
  /// Ticks.
  package let right: Color
  /// Crosses, and the right answers beside them.
  package let wrong: Color
  /// Question marks.
  package let unsure: Color
  /// Answers to exercises that have none yet.
  package let suggested: Color

  /// On paper, and on a light background.
  package static let light = MarkPalette(
    right: Color(0x1E_7B34), wrong: Color(0xC6_1A1A), unsure: Color(0x9A_5B00),
    suggested: Color(0xC6_1A1A))
  /// On a dark background.
  package static let dark = MarkPalette(
    right: Color(0x6C_D08A), wrong: Color(0xF5_857C), unsure: Color(0xE3_B05A),
    suggested: Color(0xF5_857C))

  /// The same colours with another one for answers to exercises that have none yet.
  package func suggesting(_ color: Color) -> MarkPalette {
    MarkPalette(right: right, wrong: wrong, unsure: unsure, suggested: color)
  }
}
