// libjpeg for Swift: reading a whole picture in memory as grey, so that its setjmp stays in C.
#ifndef INKLING_CJPEG_SHIM_H
#define INKLING_CJPEG_SHIM_H

#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <jerror.h>
#include <jpeglib.h>

// What a call reads, what it found, and why it ended.
typedef struct {
  const unsigned char *bytes;
  size_t count;
  // How many bytes stand before the place where it ended.
  size_t position;
  unsigned width;
  unsigned height;
  char message[JMSG_LENGTH_MAX];
} inkling_jpeg;

typedef struct {
  struct jpeg_error_mgr base;
  jmp_buf jump;
  char *message;
} inkling_jpeg_errors;

static void inkling_jpeg_fail(j_common_ptr info) {
  inkling_jpeg_errors *errors = (inkling_jpeg_errors *)info->err;
  errors->base.format_message(info, errors->message);
  longjmp(errors->jump, 1);
}

// Of the library's warnings, those mean that picture data are missing or wrong: it would go on with grey.
static void inkling_jpeg_warn(j_common_ptr info, int level) {
  if (level >= 0) return;
  switch (info->err->msg_code) {
  case JWRN_HIT_MARKER:
  case JWRN_HUFF_BAD_CODE:
  case JWRN_JPEG_EOF:
    inkling_jpeg_fail(info);
  }
}

// A progressive picture of a few bytes can ask for thousands of passes over all its blocks.
enum { inkling_jpeg_most_scans = 100 };

static void inkling_jpeg_watch(j_common_ptr info) {
  if (((j_decompress_ptr)info)->input_scan_number > inkling_jpeg_most_scans) {
    inkling_jpeg_errors *errors = (inkling_jpeg_errors *)info->err;
    strcpy(errors->message, "more than 100 scans");
    longjmp(errors->jump, 1);
  }
}

// The grey of a row of inks, with the weights of luminance in 256ths. Adobe's programs, and so all others,
// store them inverted, 255 for no ink, and mark the file as theirs.
static void inkling_jpeg_gray(const unsigned char *inks, unsigned char *gray, unsigned width, int inverted) {
  for (unsigned x = 0; x < width; x++) {
    unsigned c = inks[4 * x], m = inks[4 * x + 1], y = inks[4 * x + 2], k = inks[4 * x + 3];
    if (!inverted) c = 255 - c, m = 255 - m, y = 255 - y, k = 255 - k;
    gray[x] = (unsigned char)((((77 * c + 150 * m + 29 * y) >> 8) * k + 127) / 255);
  }
}

// Without `levels`, finds the sizes; with them, width * height, decodes. 1, or 0 with a message.
static int inkling_jpeg_read(inkling_jpeg *state, unsigned char *levels) {
  struct jpeg_decompress_struct info;
  struct jpeg_progress_mgr progress;
  inkling_jpeg_errors errors;
  memset(&info, 0, sizeof info);
  info.err = jpeg_std_error(&errors.base);
  errors.base.error_exit = inkling_jpeg_fail;
  errors.base.emit_message = inkling_jpeg_warn;
  errors.message = state->message;
  if (setjmp(errors.jump)) {
    state->position = state->count - (info.src ? info.src->bytes_in_buffer : 0);
    if (state->position > state->count) state->position = state->count;
    jpeg_destroy_decompress(&info);
    return 0;
  }
  jpeg_create_decompress(&info);
  progress.progress_monitor = inkling_jpeg_watch;
  info.progress = &progress;
  jpeg_mem_src(&info, (unsigned char *)state->bytes, state->count);
  jpeg_read_header(&info, TRUE);
  if (!levels) {
    state->width = info.image_width;
    state->height = info.image_height;
    jpeg_destroy_decompress(&info);
    return 1;
  }
  int inks = info.jpeg_color_space == JCS_CMYK || info.jpeg_color_space == JCS_YCCK;
  info.out_color_space = inks ? JCS_CMYK : JCS_GRAYSCALE;
  // The exact transform whatever the library's default: the same bits on every machine.
  info.dct_method = JDCT_ISLOW;
  jpeg_start_decompress(&info);
  JSAMPARRAY row = inks ? info.mem->alloc_sarray((j_common_ptr)&info, JPOOL_IMAGE, 4 * info.output_width, 1) : NULL;
  while (info.output_scanline < info.output_height) {
    unsigned char *line = levels + (size_t)info.output_scanline * info.output_width;
    if (inks) {
      jpeg_read_scanlines(&info, row, 1);
      inkling_jpeg_gray(row[0], line, info.output_width, info.saw_Adobe_marker);
    } else {
      jpeg_read_scanlines(&info, &line, 1);
    }
  }
  jpeg_finish_decompress(&info);
  jpeg_destroy_decompress(&info);
  return 1;
}

#endif
