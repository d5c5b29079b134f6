// A font of the machine, found by Fontconfig and opened by FreeType.
#if Fonts

import Basics
internal import CFontconfig
internal import CFreeType

/// An open font file.
final class FontFace: Alphabet {
  private let library: FT_Library
  private let face: FT_Face
  private var size = 0.0
  let capitalHeight: Double

  /// The installed font that fits a name such as `sans` or `serif:bold` best; nil where no font is installed.
  static func named(_ name: String) -> FontFace? {
    guard let (path, index) = installedFont(name) else { return nil }
    return FontFace(path: path, index: index)
  }

  init?(path: String, index: Int) {
    var library: FT_Library?
    guard FT_Init_FreeType(&library) == 0, let library else { return nil }
    var face: FT_Face?
    guard FT_New_Face(library, path, FT_Long(index), &face) == 0, let face, face.pointee.units_per_EM > 0
    else {
      FT_Done_FreeType(library)
      return nil
    }
    self.library = library
    self.face = face
    var height = 0.72
    if FT_Load_Char(face, FT_ULong(0x48), FT_Int32(FT_LOAD_NO_SCALE)) == 0 {
      height = Double(face.pointee.glyph.pointee.metrics.horiBearingY) / Double(face.pointee.units_per_EM)
    }
    capitalHeight = height
  }

  deinit {
    FT_Done_Face(face)
    FT_Done_FreeType(library)
  }

  func advance(of character: Unicode.Scalar, size: Double) -> Double {
    guard load(character, size: size) else { return 0 }
    // 16.16 fixed point, and not rounded by hinting.
    return Double(face.pointee.glyph.pointee.linearHoriAdvance) / 65536
  }

  func glyph(of character: Unicode.Scalar, size: Double, offset: Double) -> Glyph {
    guard load(character, size: size), let slot = face.pointee.glyph else { return Glyph() }
    FT_Outline_Translate(&slot.pointee.outline, FT_Pos(clamping: offset * 64), 0)
    guard FT_Render_Glyph(slot, FT_RENDER_MODE_NORMAL) == 0 else { return Glyph() }
    let bitmap = slot.pointee.bitmap
    let (width, height) = (Int(bitmap.width), Int(bitmap.rows))
    var glyph = Glyph(width: width, height: height)
    glyph.left = Int(slot.pointee.bitmap_left)
    glyph.top = Int(slot.pointee.bitmap_top)
    glyph.levels.reserveCapacity(width * height)
    guard let buffer = bitmap.buffer else { return glyph }
    for row in 0..<height {
      glyph.levels += UnsafeBufferPointer(start: buffer + row * Int(bitmap.pitch), count: width)
    }
    return glyph
  }

  private func load(_ character: Unicode.Scalar, size: Double) -> Bool {
    if size != self.size {
      guard FT_Set_Char_Size(face, 0, FT_F26Dot6(clamping: size * 64), 72, 72) == 0 else { return false }
      self.size = size
    }
    return FT_Load_Char(face, FT_ULong(character.value), inkling_ft_load_flags()) == 0
  }
}

/// The file of the font that fits a name best, and the face's number in it.
private func installedFont(_ name: String) -> (path: String, index: Int)? {
  guard FcInit() == FcTrue,
    let pattern = Array(name.utf8 + [0]).withUnsafeBufferPointer({ bytes in
      bytes.baseAddress.flatMap { FcNameParse($0) }
    })
  else { return nil }
  defer { FcPatternDestroy(pattern) }
  _ = FcPatternAddBool(pattern, FC_SCALABLE, FcTrue)
  _ = FcConfigSubstitute(nil, pattern, FcMatchPattern)
  FcDefaultSubstitute(pattern)
  var result = FcResultNoMatch
  guard let match = FcFontMatch(nil, pattern, &result) else { return nil }
  defer { FcPatternDestroy(match) }
  var file: UnsafeMutablePointer<FcChar8>?
  guard FcPatternGetString(match, FC_FILE, 0, &file) == FcResultMatch, let file else { return nil }
  var index: Int32 = 0
  _ = FcPatternGetInteger(match, FC_INDEX, 0, &index)
  let path = file.withMemoryRebound(to: CChar.self, capacity: 1) { String(cString: $0) }
  return (path, Int(index))
}

#endif
