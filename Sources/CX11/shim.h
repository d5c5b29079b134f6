// Xlib and MIT-SHM for Swift: the headers, and what Swift cannot import from them, which is functions
// with a variable number of arguments, and the XInput 2 records (their header is a package of its own
// that the build shall not need, since libXi is loaded at run time).
#ifndef INKLING_CX11_SHIM_H
#define INKLING_CX11_SHIM_H

#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <X11/Xatom.h>
#include <X11/XKBlib.h>
#include <X11/Xresource.h>
#include <X11/cursorfont.h>
#include <X11/keysym.h>
#include <X11/extensions/XShm.h>
#include <stddef.h>
#include <sys/ipc.h>
#include <sys/shm.h>

// Makes an input context that draws nothing into the window by itself.
static inline XIC cx11_create_input_context(XIM method, Window window) {
  return XCreateIC(method, XNInputStyle, XIMPreeditNothing | XIMStatusNothing, XNClientWindow, window,
                   XNFocusWindow, window, NULL);
}

// The events that an input context wants to see before the program.
static inline long cx11_filter_events(XIC context) {
  unsigned long mask = 0;
  XGetICValues(context, XNFilterEvents, &mask, NULL);
  return (long)mask;
}

// Lets Xlib tell when the input method's own program has died, after which its handles are void.
static inline void cx11_set_destroy_callback(XIM method, XIMCallback *callback) {
  XSetIMValues(method, XNDestroyCallback, callback, NULL);
}

// XInput 2 as far as it is used here; the layouts are those of XInput2.h.
enum {
  CX11_XIAllMasterDevices = 1,
  CX11_XI_DeviceChanged = 1,
};

typedef struct {
  int deviceid;
  int mask_len;
  unsigned char *mask;
} CX11InputMask;

typedef struct {
  int type;
  unsigned long serial;
  Bool send_event;
  Display *display;
  int extension;
  int evtype;
  Time time;
  int deviceid;
  int sourceid;
  int reason;
} CX11DeviceChanged;

typedef struct {
  int deviceid;
  char *name;
  int use;
  int attachment;
  Bool enabled;
  int num_classes;
  void *classes;
} CX11DeviceInfo;

_Static_assert(sizeof(CX11DeviceInfo) == 4 * sizeof(void *) + (sizeof(void *) - 4) / 4 * 8,
               "the record that XIQueryDevice returns");

#endif
