// Makes one call of the system fail: a library for LD_PRELOAD.
//
// The calls on files below $FAULT_FOLDER are counted. The call number $FAULT_NUMBER fails with the error $FAULT_CODE; with
// $FAULT_KIND "from" all later ones fail too, with "short" a write takes only half of its bytes and succeeds. At the end
// of the process the number of calls is written to the file $FAULT_COUNT, and what failed to $FAULT_LOG. While the file
// $FAULT_SWITCH exists, the disk is full: all writes fail.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static atomic_long calls;
static long number = -1;
static int code, from, half;
static const char *folder, *log_path, *count_path, *switch_path;

static void *real(const char *name) { return dlsym(RTLD_NEXT, name); }

__attribute__((constructor)) static void begin(void) {
  folder = getenv("FAULT_FOLDER");
  log_path = getenv("FAULT_LOG");
  count_path = getenv("FAULT_COUNT");
  switch_path = getenv("FAULT_SWITCH");
  if (getenv("FAULT_NUMBER")) number = atol(getenv("FAULT_NUMBER"));
  if (getenv("FAULT_CODE")) code = atoi(getenv("FAULT_CODE"));
  const char *kind = getenv("FAULT_KIND");
  from = kind && !strcmp(kind, "from");
  half = kind && !strcmp(kind, "short");
}

static void note(const char *path, const char *text) {
  int (*real_open)(const char *, int, ...) = real("open");
  ssize_t (*real_write)(int, const void *, size_t) = real("write");
  if (!path) return;
  int file = real_open(path, O_WRONLY | O_CREAT | O_APPEND, 0600);
  if (file < 0) return;
  real_write(file, text, strlen(text));
  ((int (*)(int))real("close"))(file);
}

__attribute__((destructor)) static void end(void) {
  char text[32];
  snprintf(text, sizeof text, "%ld\n", atomic_load(&calls));
  note(count_path, text);
}

// Whether a call on a path fails now.
static int fails_on(const char *name, const char *path) {
  // Hidden files are those of Xlib.
  if (!folder || !path || strncmp(path, folder, strlen(folder)) || !strncmp(path + strlen(folder), ".X", 2)) return 0;
  long now = atomic_fetch_add(&calls, 1);
  if (number < 0 || (from ? now < number : now != number)) return 0;
  char text[PATH_MAX + 64];
  snprintf(text, sizeof text, "%ld %s %s\n", now, name, path + strlen(folder));
  note(log_path, text);
  return 1;
}

// The same for a call on an open file.
static int fails_at(const char *name, int file) {
  char link[64], path[PATH_MAX];
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  ssize_t (*real_readlink)(const char *, char *, size_t) = real("readlink");
  int kept = errno;
  ssize_t length = real_readlink(link, path, sizeof path - 1);
  errno = kept;
  if (length < 0) return 0;
  path[length] = 0;
  return fails_on(name, path);
}

// Whether an open file is in the folder.
static int is_below(int file) {
  char link[64], path[PATH_MAX];
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  ssize_t (*real_readlink)(const char *, char *, size_t) = real("readlink");
  ssize_t length = real_readlink(link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return folder && !strncmp(path, folder, strlen(folder));
}

#define FAIL_PATH(name, path) \
  if (fails_on(name, path) && !half) { errno = code; return -1; }
#define FAIL_FILE(name, file) \
  if (fails_at(name, file) && !half) { errno = code; return -1; }

int open(const char *path, int flags, ...) {
  va_list list;
  va_start(list, flags);
  mode_t mode = va_arg(list, mode_t);
  va_end(list);
  FAIL_PATH("open", path)
  return ((int (*)(const char *, int, ...))real("open"))(path, flags, mode);
}

int open64(const char *path, int flags, ...) {
  va_list list;
  va_start(list, flags);
  mode_t mode = va_arg(list, mode_t);
  va_end(list);
  FAIL_PATH("open", path)
  return ((int (*)(const char *, int, ...))real("open64"))(path, flags, mode);
}

ssize_t write(int file, const void *bytes, size_t count) {
  ssize_t (*real_write)(int, const void *, size_t) = real("write");
  int (*real_access)(const char *, int) = real("access");
  int kept = errno;
  int is_full = switch_path && real_access(switch_path, F_OK) == 0;
  errno = kept;
  int fails = fails_at("write", file);
  if (is_full && is_below(file)) { errno = ENOSPC; return -1; }
  if (fails) {
    if (half && count > 1) return real_write(file, bytes, count / 2);
    if (!half) {
      errno = code;
      return -1;
    }
  }
  return real_write(file, bytes, count);
}

ssize_t read(int file, void *bytes, size_t count) {
  if (fails_at("read", file) && !half && code != ENOSPC) { errno = code; return -1; }
  return ((ssize_t (*)(int, void *, size_t))real("read"))(file, bytes, count);
}

int fsync(int file) {
  FAIL_FILE("fsync", file)
  return ((int (*)(int))real("fsync"))(file);
}

int ftruncate(int file, off_t length) {
  FAIL_FILE("ftruncate", file)
  return ((int (*)(int, off_t))real("ftruncate"))(file, length);
}

int fstat(int file, struct stat *status) {
  FAIL_FILE("fstat", file)
  return ((int (*)(int, struct stat *))real("fstat"))(file, status);
}

int flock(int file, int operation) {
  FAIL_FILE("flock", file)
  return ((int (*)(int, int))real("flock"))(file, operation);
}

int link(const char *old, const char *new) {
  FAIL_PATH("link", new)
  return ((int (*)(const char *, const char *))real("link"))(old, new);
}

int linkat(int old_folder, const char *old, int new_folder, const char *new, int flags) {
  FAIL_PATH("linkat", new)
  return ((int (*)(int, const char *, int, const char *, int))real("linkat"))(old_folder, old, new_folder, new, flags);
}

int rename(const char *old, const char *new) {
  FAIL_PATH("rename", new)
  return ((int (*)(const char *, const char *))real("rename"))(old, new);
}

int unlink(const char *path) {
  FAIL_PATH("unlink", path)
  return ((int (*)(const char *))real("unlink"))(path);
}

int mkdir(const char *path, mode_t mode) {
  FAIL_PATH("mkdir", path)
  return ((int (*)(const char *, mode_t))real("mkdir"))(path, mode);
}

int lstat(const char *path, struct stat *status) {
  FAIL_PATH("lstat", path)
  return ((int (*)(const char *, struct stat *))real("lstat"))(path, status);
}
