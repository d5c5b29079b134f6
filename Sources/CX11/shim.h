// Xlib and MIT-SHM for Swift: the headers, wrappers of functions with a variable number of arguments, which Swift
// cannot import, and the XInput 2 records, whose header is in a package that the build does not need, as libXi is
// loaded at run time.
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

// Makes an input context that draws nothing into the window.
static inline XIC cx11_create_input_context(XIM method, Window window) {
  return XCreateIC(method, XNInputStyle, XIMPreeditNothing | XIMStatusNothing, XNClientWindow, window,
                   XNFocusWindow, window, NULL);
}

// The mask of the events that an input context filters.
static inline long cx11_filter_events(XIC context) {
  unsigned long mask = 0;
  XGetICValues(context, XNFilterEvents, &mask, NULL);
  return (long)mask;
}

// Sets the callback for the end of the input method's program, after which its handles are invalid.
static inline void cx11_set_destroy_callback(XIM method, XIMCallback *callback) {
  XSetIMValues(method, XNDestroyCallback, callback, NULL);
}

// The part of XInput 2 that is used here, with the layouts of XInput2.h.
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
