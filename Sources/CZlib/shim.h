// zlib for Swift: the header, and as functions the macros that Swift cannot see.
#ifndef INKLING_CZLIB_SHIM_H
#define INKLING_CZLIB_SHIM_H

#include <zlib.h>

// 15 is the largest window; 16 more asks for a gzip header and trailer, a minus for neither.
static inline int inkling_inflate_init(z_stream *stream, int gzip) {
  return inflateInit2(stream, gzip ? 15 + 16 : -15);
}

static inline int inkling_deflate_init(z_stream *stream, int level) {
  return deflateInit2(stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
}

#endif
