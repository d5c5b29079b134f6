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

// Xkb's macros, which Swift cannot import: the group of a key that is in effect, or -1 for a key without symbols.
static inline int cx11_key_group(XkbDescPtr keyboard, KeyCode code, int group) {
  int count = XkbKeyNumGroups(keyboard, code);
  if (count == 0) return -1;
  if (group < count) return group;
  unsigned char info = XkbKeyGroupInfo(keyboard, code);
  switch (XkbOutOfRangeGroupAction(info)) {
    case XkbClampIntoRange: return count - 1;
    case XkbRedirectIntoRange: {
      int other = XkbOutOfRangeGroupNumber(info);
      return other < count ? other : 0;
    }
    default: return group % count;
  }
}

// The number of levels of a key in a group.
static inline int cx11_key_levels(XkbDescPtr keyboard, KeyCode code, int group) {
  return XkbKeyGroupWidth(keyboard, code, group);
}

static inline KeySym cx11_key_symbol(XkbDescPtr keyboard, KeyCode code, int group, int level) {
  return XkbKeySymEntry(keyboard, code, level, group);
}

// The kind of an event of the extension Xkb.
static inline int cx11_xkb_type(const XEvent *event) { return ((const XkbAnyEvent *)event)->xkb_type; }

// Whether a key has no symbol in any group and level.
static inline int cx11_key_is_empty(XkbDescPtr keyboard, KeyCode code) {
  int count = XkbKeyNumSyms(keyboard, code);
  for (int i = 0; i < count; i++)
    if (XkbKeySym(keyboard, code, i) != NoSymbol) return 0;
  return 1;
}

// The modifiers that select a level: of several combinations the one with the fewest, without those in `excluded`; -1
// where there is none.
static inline int cx11_level_modifiers(XkbDescPtr keyboard, KeyCode code, int group, int level, int excluded) {
  if (level == 0) return 0;
  XkbKeyTypePtr type = XkbKeyKeyType(keyboard, code, group);
  int best = -1;
  for (int i = 0; i < type->map_count; i++) {
    XkbKTMapEntryPtr entry = &type->map[i];
    int mask = entry->mods.mask;
    if (!entry->active || entry->level != level || (mask & excluded)) continue;
    if (best < 0 || __builtin_popcount(mask) < __builtin_popcount(best)) best = mask;
  }
  return best;
}

// The part of XInput 2 that is used here, with the layouts of XInput2.h.
enum {
  CX11_XIAllDevices = 0,
  CX11_XIAllMasterDevices = 1,
  CX11_XI_DeviceChanged = 1,
  CX11_XI_Motion = 6,
  CX11_XI_RawKeyPress = 13,
  CX11_XI_RawButtonPress = 15,
  CX11_XISlavePointer = 3,
  CX11_XISlaveKeyboard = 4,
  CX11_XIValuatorClass = 2,
  CX11_XITouchClass = 8,
  CX11_XIDirectTouch = 1,
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
  int mask_len;
  unsigned char *mask;
} CX11Bits;

typedef struct {
  int mask_len;
  unsigned char *mask;
  double *values;
} CX11Valuators;

// The beginning of the record up to the last member that is read.
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
  int detail;
  Window root;
  Window event;
  Window child;
  double root_x;
  double root_y;
  double event_x;
  double event_y;
  int flags;
  CX11Bits buttons;
  CX11Valuators valuators;
} CX11DeviceEvent;

typedef struct {
  int type;
  int sourceid;
} CX11Class;

typedef struct {
  int type;
  int sourceid;
  int number;
  Atom label;
  double min;
  double max;
  double value;
  int resolution;
  int mode;
} CX11ValuatorInfo;

typedef struct {
  int type;
  int sourceid;
  int mode;
  int num_touches;
} CX11TouchInfo;

typedef struct {
  int deviceid;
  char *name;
  int use;
  int attachment;
  Bool enabled;
  int num_classes;
  CX11Class **classes;
} CX11DeviceInfo;

_Static_assert(sizeof(CX11DeviceInfo) == 4 * sizeof(void *) + (sizeof(void *) - 4) / 4 * 8,
               "the record that XIQueryDevice returns");

#endif
