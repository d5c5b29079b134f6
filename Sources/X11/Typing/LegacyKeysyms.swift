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
    return scalars
  }()

  /// Runs of consecutive keysyms: the first one, and the characters; a space marks a number without a character.
  private static let runs: [(first: UInt, characters: String)] = [
    (0x1A1, "Ą˘Ł ĽŚ  ŠŞŤŹ ŽŻ ą˛ł ľśˇ šşťź˝žżŔ  Ă ĹĆ Č Ę Ě  ĎĐŃŇ  Ő  ŘŮ Ű  Ţ ŕ  ă ĺć č"),
    (0x1E9, " ę ě  ďđńň  ő  řů ű  ţ˙"),
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
    (0x4A1, "\u{3002}\u{300C}\u{300D}\u{3001}\u{30FB}\u{30F2}\u{30A1}\u{30A3}\u{30A5}"),
    (0x4AA, "\u{30A7}\u{30A9}\u{30E3}\u{30E5}\u{30E7}\u{30C3}\u{30FC}\u{30A2}\u{30A4}"),
    (0x4B3, "\u{30A6}\u{30A8}\u{30AA}\u{30AB}\u{30AD}\u{30AF}\u{30B1}\u{30B3}\u{30B5}"),
    (0x4BC, "\u{30B7}\u{30B9}\u{30BB}\u{30BD}\u{30BF}\u{30C1}\u{30C4}\u{30C6}\u{30C8}"),
    (0x4C5, "\u{30CA}\u{30CB}\u{30CC}\u{30CD}\u{30CE}\u{30CF}\u{30D2}\u{30D5}\u{30D8}"),
    (0x4CE, "\u{30DB}\u{30DE}\u{30DF}\u{30E0}\u{30E1}\u{30E2}\u{30E4}\u{30E6}\u{30E8}"),
    (0x4D7, "\u{30E9}\u{30EA}\u{30EB}\u{30EC}\u{30ED}\u{30EF}\u{30F3}\u{309B}\u{309C}"),
    (0x5AC, "\u{60C}"),
    (0x5BB, "\u{61B}   \u{61F} \u{621}\u{622}\u{623}\u{624}\u{625}\u{626}\u{627}"),
    (0x5C8, "\u{628}\u{629}\u{62A}\u{62B}\u{62C}\u{62D}\u{62E}\u{62F}\u{630}\u{631}"),
    (0x5D2, "\u{632}\u{633}\u{634}\u{635}\u{636}\u{637}\u{638}\u{639}\u{63A}"),
    (0x5E0, "\u{640}\u{641}\u{642}\u{643}\u{644}\u{645}\u{646}\u{647}\u{648}\u{649}"),
    (0x5EA, "\u{64A}\u{64B}\u{64C}\u{64D}\u{64E}\u{64F}\u{650}\u{651}\u{652}"),
    (0x6A1, "ђѓёєѕіїјљњћќґўџ\u{2116}ЂЃЁЄЅІЇЈЉЊЋЌҐЎЏюабцдефгхийклмнопярстужвьызшэщчъЮА"),
    (0x6E2, "БЦДЕФГХИЙКЛМНОПЯРСТУЖВЬЫЗШЭЩЧЪ"),
    (0x7A1, "ΆΈΉΊΪ ΌΎΫ Ώ  ΅\u{2015} άέήίϊΐόύϋΰώ"),
    (0x7C1, "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣ ΤΥΦΧΨΩ"),
    (0x7E1, "αβγδεζηθικλμνξοπρσςτυφχψω"),
    (0x8A1, "\u{23B7}  \u{2320}\u{2321} \u{23A1}\u{23A3}\u{23A4}\u{23A6}\u{239B}"),
    (0x8AC, "\u{239D}\u{239E}\u{23A0}\u{23A8}\u{23AC}"),
    (0x8BC, "\u{2264}\u{2260}\u{2265}\u{222B}\u{2234}\u{221D}\u{221E}  \u{2207}  "),
    (0x8C8, "\u{223C}\u{2243}   \u{21D4}\u{21D2}\u{2261}"),
    (0x8D6, "\u{221A}   \u{2282}\u{2283}\u{2229}\u{222A}\u{2227}\u{2228}"),
    (0x8EF, "\u{2202}"),
    (0x8F6, "ƒ"),
    (0x8FB, "\u{2190}\u{2191}\u{2192}\u{2193}"),
    (0x9E0, "\u{25C6}\u{2592}\u{2409}\u{240C}\u{240D}\u{240A}  \u{2424}\u{240B}"),
    (0x9EA, "\u{2518}\u{2510}\u{250C}\u{2514}\u{253C}\u{23BA}\u{23BB}\u{2500}\u{23BC}"),
    (0x9F3, "\u{23BD}\u{251C}\u{2524}\u{2534}\u{252C}\u{2502}"),
    (0xAA1, "\u{2003}\u{2002}\u{2004}\u{2005}\u{2007}\u{2008}\u{2009}\u{200A}\u{2014}"),
    (0xAAA, "\u{2013}   \u{2026}\u{2025}\u{2153}\u{2154}\u{2155}\u{2156}\u{2157}"),
    (0xAB5, "\u{2158}\u{2159}\u{215A}\u{2105}  \u{2012}"),
    (0xAC3, "\u{215B}\u{215C}\u{215D}\u{215E}  \u{2122}"),
    (0xAD0, "\u{2018}\u{2019}\u{201C}\u{201D}\u{211E}\u{2030}\u{2032}\u{2033} "),
    (0xAD9, "\u{271D}"),
    (0xAEC, "\u{2663}\u{2666}\u{2665} \u{2720}\u{2020}\u{2021}\u{2713}\u{2717}"),
    (0xAF5, "\u{266F}\u{266D}\u{2642}\u{2640}\u{260E}\u{2315}\u{2117}\u{2038}\u{201A}"),
    (0xAFE, "\u{201E}"),
    (0xBC2, "\u{22A4} \u{230A}"),
    (0xBCA, "\u{2218} \u{2395} \u{22A5}\u{25CB}   \u{2308}"),
    (0xBDC, "\u{22A3}"),
    (0xBFC, "\u{22A2}"),
    (0xCDF, "\u{2017}\u{5D0}\u{5D1}\u{5D2}\u{5D3}\u{5D4}\u{5D5}\u{5D6}\u{5D7}\u{5D8}"),
    (0xCE9, "\u{5D9}\u{5DA}\u{5DB}\u{5DC}\u{5DD}\u{5DE}\u{5DF}\u{5E0}\u{5E1}\u{5E2}"),
    (0xCF3, "\u{5E3}\u{5E4}\u{5E5}\u{5E6}\u{5E7}\u{5E8}\u{5E9}\u{5EA}"),
    (0xDA1, "\u{E01}\u{E02}\u{E03}\u{E04}\u{E05}\u{E06}\u{E07}\u{E08}\u{E09}\u{E0A}"),
    (0xDAB, "\u{E0B}\u{E0C}\u{E0D}\u{E0E}\u{E0F}\u{E10}\u{E11}\u{E12}\u{E13}\u{E14}"),
    (0xDB5, "\u{E15}\u{E16}\u{E17}\u{E18}\u{E19}\u{E1A}\u{E1B}\u{E1C}\u{E1D}\u{E1E}"),
    (0xDBF, "\u{E1F}\u{E20}\u{E21}\u{E22}\u{E23}\u{E24}\u{E25}\u{E26}\u{E27}\u{E28}"),
    (0xDC9, "\u{E29}\u{E2A}\u{E2B}\u{E2C}\u{E2D}\u{E2E}\u{E2F}\u{E30}\u{E31}\u{E32}"),
    (0xDD3, "\u{E33}\u{E34}\u{E35}\u{E36}\u{E37}\u{E38}\u{E39}\u{E3A}"),
    (0xDDF, "\u{E3F}\u{E40}\u{E41}\u{E42}\u{E43}\u{E44}\u{E45}\u{E46}\u{E47}\u{E48}"),
    (0xDE9, "\u{E49}\u{E4A}\u{E4B}\u{E4C}\u{E4D}  \u{E50}\u{E51}\u{E52}\u{E53}\u{E54}"),
    (0xDF5, "\u{E55}\u{E56}\u{E57}\u{E58}\u{E59}"),
    (0xEA1, "\u{3131}\u{3132}\u{3133}\u{3134}\u{3135}\u{3136}\u{3137}\u{3138}\u{3139}"),
    (0xEAA, "\u{313A}\u{313B}\u{313C}\u{313D}\u{313E}\u{313F}\u{3140}\u{3141}\u{3142}"),
    (0xEB3, "\u{3143}\u{3144}\u{3145}\u{3146}\u{3147}\u{3148}\u{3149}\u{314A}\u{314B}"),
    (0xEBC, "\u{314C}\u{314D}\u{314E}\u{314F}\u{3150}\u{3151}\u{3152}\u{3153}\u{3154}"),
    (0xEC5, "\u{3155}\u{3156}\u{3157}\u{3158}\u{3159}\u{315A}\u{315B}\u{315C}\u{315D}"),
    (0xECE, "\u{315E}\u{315F}\u{3160}\u{3161}\u{3162}\u{3163}\u{11A8}\u{11A9}\u{11AA}"),
    (0xED7, "\u{11AB}\u{11AC}\u{11AD}\u{11AE}\u{11AF}\u{11B0}\u{11B1}\u{11B2}\u{11B3}"),
    (0xEE0, "\u{11B4}\u{11B5}\u{11B6}\u{11B7}\u{11B8}\u{11B9}\u{11BA}\u{11BB}\u{11BC}"),
    (0xEE9, "\u{11BD}\u{11BE}\u{11BF}\u{11C0}\u{11C1}\u{11C2}\u{316D}\u{3171}\u{3178}"),
    (0xEF2, "\u{317F}\u{3181}\u{3184}\u{3186}\u{318D}\u{318E}\u{11EB}\u{11F0}\u{11F9}"),
    (0x13BC, "ŒœŸ"),
    (0x20AC, "\u{20AC}"),
  ]
}
