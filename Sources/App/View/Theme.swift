// The colours: few, each with one meaning, in a light and a dark room.

package import Graphics

/// The window's colours.
package enum Theme: String, Sendable, Hashable, CaseIterable {
  case light
  case dark

  /// What lies behind everything.
  package var window: Color { pick(0xF5_F3EE, 0x16_181B) }
  /// The page.
  package var paper: Color { pick(0xFF_FFFF, 0x20_2327) }
  /// What is drawn on the page.
  package var ink: Color { pick(0x16_1A22, 0xF1_EDE4) }
  /// Words that say something.
  package var text: Color { pick(0x22_252B, 0xE7_E5DF) }
  /// Words that explain.
  package var quiet: Color { pick(0x66_6A72, 0x9B_9FA8) }
  /// What cannot be pressed now.
  package var faint: Color { pick(0xB4_B2AC, 0x55_5A62) }
  /// Borders.
  package var line: Color { pick(0xD9_D5CC, 0x36_3A41) }
  /// The ground of bars and sliders.
  package var track: Color { pick(0xE7_E3DA, 0x2A_2E34) }
  /// A control's ground, under the pointer.
  package var raised: Color { pick(0xFF_FFFF, 0x26_2A30) }
  /// A control's ground, pressed.
  package var sunken: Color { pick(0xE7_E3DA, 0x12_1416) }
  /// The answer, and what leads to one.
  package var accent: Color { pick(0x2A_56C6, 0x8F_B0FF) }
  /// Words on the accent.
  package var onAccent: Color { pick(0xFF_FFFF, 0x10_1628) }
  /// The answer, when it is not sure.
  package var unsure: Color { pick(0xA8_6A0C, 0xE3_B05A) }
  /// What went wrong.
  package var wrong: Color { pick(0xB8_3030, 0xF2_8B82) }
  /// The veil behind a overlay.
  package var veil: Color { Color(window.rgb, alpha: 205) }

  /// The other room.
  package var other: Theme { self == .light ? .dark : .light }

  private func pick(_ light: UInt32, _ dark: UInt32) -> Color { Color(self == .light ? light : dark) }
}
