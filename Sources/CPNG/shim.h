// libpng for Swift: reading and writing whole pictures in memory, so that its setjmp stays in C.
#ifndef INKLING_CPNG_SHIM_H
#define INKLING_CPNG_SHIM_H

#include <png.h>
#include <setjmp.h>
#include <string.h>

// What a call reads from or writes to, and why it ended.
typedef struct {
  const unsigned char *bytes;
  size_t count;
  size_t position;
  void (*sink)(void *context, const unsigned char *bytes, size_t count);
  void *context;
  char message[128];
} inkling_png;

static void inkling_png_fail(png_structp png, png_const_charp message) {
  inkling_png *state = (inkling_png *)png_get_error_ptr(png);
  strncpy(state->message, message, sizeof state->message - 1);
  png_longjmp(png, 1);
}

static void inkling_png_ignore(png_structp png, png_const_charp message) {
  (void)png;
  (void)message;
}

static void inkling_png_take(png_structp png, png_bytep to, size_t count) {
  inkling_png *state = (inkling_png *)png_get_io_ptr(png);
  if (count > state->count - state->position) {
    state->position = state->count;
    png_error(png, "the end of the file");
  }
  memcpy(to, state->bytes + state->position, count);
  state->position += count;
}

static void inkling_png_give(png_structp png, png_bytep bytes, size_t count) {
  inkling_png *state = (inkling_png *)png_get_io_ptr(png);
  state->sink(state->context, bytes, count);
}

static void inkling_png_flush(png_structp png) { (void)png; }

// Decodes into width * height * channels samples of 8 bits; 1, or 0 with a message.
// The sizes are those of the header, which the caller has read and checked.
static int inkling_png_read(
    inkling_png *state, unsigned char *samples, unsigned width, unsigned height, int channels) {
  png_structp png =
      png_create_read_struct(PNG_LIBPNG_VER_STRING, state, inkling_png_fail, inkling_png_ignore);
  png_infop info = png ? png_create_info_struct(png) : NULL;
  if (!info) {
    png_destroy_read_struct(&png, NULL, NULL);
    strcpy(state->message, "no memory");
    return 0;
  }
  if (setjmp(png_jmpbuf(png))) {
    png_destroy_read_struct(&png, &info, NULL);
    return 0;
  }
  png_set_read_fn(png, state, inkling_png_take);
  png_set_user_limits(png, width, height);
  png_set_chunk_malloc_max(png, 8u << 20);
  png_set_benign_errors(png, 1);
  png_set_crc_action(png, PNG_CRC_ERROR_QUIT, PNG_CRC_WARN_DISCARD);
  png_read_info(png, info);
  png_set_expand(png);
  png_set_scale_16(png);
  int passes = png_set_interlace_handling(png);
  png_read_update_info(png, info);
  // A transparent colour adds a channel that the header does not tell of: the caller asks again with it.
  if (png_get_image_width(png, info) != width || png_get_image_height(png, info) != height ||
      png_get_channels(png, info) != channels || png_get_rowbytes(png, info) != (size_t)width * channels) {
    int found = png_get_channels(png, info);
    png_destroy_read_struct(&png, &info, NULL);
    strcpy(state->message, "channels");
    return -found;
  }
  for (int pass = 0; pass < passes; pass++) {
    for (unsigned y = 0; y < height; y++) {
      png_read_row(png, samples + (size_t)y * width * channels, NULL);
    }
  }
  png_read_end(png, NULL);
  png_destroy_read_struct(&png, &info, NULL);
  return 1;
}

// Encodes grey (1 channel) or red, green and blue (3) in 8 bits; 1, or 0 with a message.
static int inkling_png_write(
    inkling_png *state, const unsigned char *samples, unsigned width, unsigned height, int channels) {
  png_structp png =
      png_create_write_struct(PNG_LIBPNG_VER_STRING, state, inkling_png_fail, inkling_png_ignore);
  png_infop info = png ? png_create_info_struct(png) : NULL;
  if (!info) {
    png_destroy_write_struct(&png, NULL);
    strcpy(state->message, "no memory");
    return 0;
  }
  if (setjmp(png_jmpbuf(png))) {
    png_destroy_write_struct(&png, &info);
    return 0;
  }
  png_set_write_fn(png, state, inkling_png_give, inkling_png_flush);
  png_set_IHDR(
      png, info, width, height, 8, channels == 1 ? PNG_COLOR_TYPE_GRAY : PNG_COLOR_TYPE_RGB,
      PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  png_write_info(png, info);
  for (unsigned y = 0; y < height; y++) {
    png_write_row(png, samples + (size_t)y * width * channels);
  }
  png_write_end(png, info);
  png_destroy_write_struct(&png, &info);
  return 1;
}

#endif
