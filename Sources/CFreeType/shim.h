// FreeType for Swift: the headers, and functions for the macros that Swift cannot import.
#ifndef INKLING_CFREETYPE_SHIM_H
#define INKLING_CFREETYPE_SHIM_H

#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_OUTLINE_H

// Light hinting changes heights but not widths, so text can start at any quarter of a pixel.
static inline FT_Int32 inkling_ft_load_flags(void) {
  return FT_LOAD_TARGET_LIGHT | FT_LOAD_NO_BITMAP;
}

#endif
