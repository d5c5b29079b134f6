// The keysyms that are older than Unicode, and the characters that they stand for.

import Basics

/// The characters of keysyms whose number is not made from the character's.
///
/// Layouts name Greek, Cyrillic and other letters by these keysyms. The table is made from the comments of
/// X11/keysymdef.h.
enum LegacyKeysyms {
  /// The character of a keysym, or nil where the table does not have it.
  static func scalar(of symbol: UInt) -> Unicode.Scalar? { scalars[symbol] }

  private static let scalars: [UInt: Unicode.Scalar] = {
    var scalars: [UInt: Unicode.Scalar] = [:]
    for (first, text) in runs {
      for (offset, scalar) in text.unicodeScalars.enumerated() where scalar != " " {
        scalars[first + UInt(offset)] = scalar
      }
    }
    for (first, characters) in alphabets {
      for (offset, character) in characters.enumerated() {
        scalars[first + UInt(offset)] = Unicode.Scalar(character)
      }
    }
    return scalars
  }()

  /// Alphabets whose keysyms have the order of Unicode: the first one, and the numbers of the characters.
  private static let alphabets: [(first: UInt, characters: ClosedRange<UInt32>)] = [
    // Arabic.
    (0x5C1, 0x621...0x63A),
    (0x5E0, 0x640...0x652),
    // Hebrew.
    (0xCE0, 0x5D0...0x5EA),
    // Thai.
    (0xDA1, 0xE01...0xE3A),
    (0xDDF, 0xE3F...0xE4D),
    (0xDF0, 0xE50...0xE59),
    // Hangul.
    (0xEA1, 0x3131...0x3163),
    (0xED4, 0x11A8...0x11C2),
  ]

  /// Runs of consecutive keysyms: the first one, and the characters; a space marks a number without a character.
  private static let runs: [(first: UInt, characters: String)] = [
    (0x1A1, "Ą˘Ł ĽŚ  ŠŞŤŹ ŽŻ ą˛ł ľśˇ šşťź˝žżŔ  Ă ĹĆ Č Ę Ě  ĎĐŃŇ  Ő  ŘŮ Ű  Ţ ŕ  ă ĺć č"),
    (0x1EA, "ę ě  ďđńň  ő  řů ű  ţ˙"),
    (0x2A1, "Ħ"),
    (0x2A6, "Ĥ  İ ĞĴ"),
    (0x2B1, "ħ"),
    (0x2B6, "ĥ  ı ğĵ"),
    (0x2C5, "ĊĈ"),
    (0x2D5, "Ġ  Ĝ"),
    (0x2DD, "ŬŜ"),
    (0x2E5, "ċĉ"),
    (0x2F5, "ġ  ĝ"),
    (0x2FD, "ŭŝ"),
    (0x3A2, "ĸŖ ĨĻ   ĒĢŦ"),
    (0x3B3, "ŗ ĩļ   ēģŧŊ ŋĀ"),
    (0x3C7, "Į"),
    (0x3CC, "Ė  Ī ŅŌĶ"),
    (0x3D9, "Ų   ŨŪ ā"),
    (0x3E7, "į"),
    (0x3EC, "ė  ī ņōķ"),
    (0x3F9, "ų   ũū"),
    (0x47E, "\u{203E}"),
    (0x4A1, "。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン゛゜"),
    (0x5AC, "\u{60C}"),
    (0x5BB, "\u{61B}   \u{61F}"),
    (0x6A1, "ђѓёєѕіїјљњћќґўџ№ЂЃЁЄЅІЇЈЉЊЋЌҐЎЏюабцдефгхийклмнопярстужвьызшэщчъ"),
    (0x6E0, "ЮАБЦДЕФГХИЙКЛМНОПЯРСТУЖВЬЫЗШЭЩЧЪ"),
    (0x7A1, "ΆΈΉΊΪ ΌΎΫ Ώ  ΅\u{2015} άέήίϊΐόύϋΰώ"),
    (0x7C1, "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣ ΤΥΦΧΨΩ"),
    (0x7E1, "αβγδεζηθικλμνξοπρσςτυφχψω"),
    (0x8A1, "⎷  ⌠⌡ ⎡⎣⎤⎦⎛⎝⎞⎠⎨⎬"),
    (0x8BC, "≤≠≥∫∴∝∞  ∇  ∼≃   ⇔⇒≡"),
    (0x8D6, "√   ⊂⊃∩∪∧∨"),
    (0x8EF, "∂"),
    (0x8F6, "ƒ"),
    (0x8FB, "←↑→↓"),
    (0x9E0, "◆▒␉␌␍␊  ␤␋┘┐┌└┼⎺⎻─⎼⎽├┤┴┬│"),
    (0xAA1, "\u{2003}\u{2002}\u{2004}\u{2005}\u{2007}\u{2008}\u{2009}\u{200A}\u{2014}\u{2013}"),
    (0xAAE, "\u{2026}\u{2025}⅓⅔⅕⅖⅗⅘⅙⅚℅  \u{2012}"),
    (0xAC3, "⅛⅜⅝⅞  ™"),
    (0xAD0, "\u{2018}\u{2019}\u{201C}\u{201D}℞\u{2030}\u{2032}\u{2033} ✝"),
    (0xAEC, "♣♦♥ ✠\u{2020}\u{2021}✓✗♯♭♂♀☎⌕℗\u{2038}\u{201A}\u{201E}"),
    (0xBC2, "⊤ ⌊"),
    (0xBCA, "∘ ⎕ ⊥○   ⌈"),
    (0xBDC, "⊣"),
    (0xBFC, "⊢"),
    (0xCDF, "\u{2017}"),
    (0xEEF, "ㅭㅱㅸㅿㆁㆄㆆㆍㆎ\u{11EB}\u{11F0}\u{11F9}"),
    (0x13BC, "ŒœŸ"),
    (0x20AC, "€"),
  ]
}
