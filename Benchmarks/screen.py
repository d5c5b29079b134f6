"""A screen without a monitor, and a hand on its mouse: what the measurements of windows need of Xlib and XTEST."""
import ctypes
import os
import subprocess
import time

x11 = ctypes.CDLL("libX11.so.6")
xtst = ctypes.CDLL("libXtst.so.6")
Window, Atom, pointer = ctypes.c_ulong, ctypes.c_ulong, ctypes.c_void_p
x11.XOpenDisplay.restype = x11.XGetImage.restype = pointer
x11.XDefaultRootWindow.restype, x11.XInternAtom.restype = Window, Atom
ignore = ctypes.CFUNCTYPE(ctypes.c_int, pointer, pointer)(lambda *_: 0)


class Image(ctypes.Structure):
    """The beginning of an XImage."""
    _fields_ = [("sides", ctypes.c_int * 4), ("data", pointer)]


class Screen:
    """An Xvfb of our own; what is left of a program dies with it."""

    def __init__(self, width=1280, height=1024):
        read, write = os.pipe()
        self.server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp"],
            pass_fds=[write], stderr=subprocess.DEVNULL)
        os.close(write)
        self.name = ":" + os.fdopen(read).readline().strip()
        x11.XSetErrorHandler(ignore)  # windows may be gone when they are asked about
        self.display = pointer(x11.XOpenDisplay(self.name.encode()))
        self.root = Window(x11.XDefaultRootWindow(self.display))
        self.title_atom = Atom(x11.XInternAtom(self.display, b"_NET_WM_NAME", 0))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.server.kill()
        self.server.wait()

    def pixel(self, x, y):
        """What is seen at a place, 0xRRGGBB; black where no window is."""
        all_planes, z_pixmap = ctypes.c_ulong(-1), 2
        image = pointer(x11.XGetImage(self.display, self.root, x, y, 1, 1, all_planes, z_pixmap))
        data = pointer(ctypes.cast(image, ctypes.POINTER(Image)).contents.data)
        value = ctypes.cast(data, ctypes.POINTER(ctypes.c_uint32))[0]
        x11.XFree(data)
        x11.XFree(image)
        return value & 0xFFFFFF

    def windows(self):
        """The windows on the screen."""
        root, parent, list_of, count = Window(), Window(), ctypes.POINTER(Window)(), ctypes.c_uint()
        x11.XQueryTree(self.display, self.root, *map(ctypes.byref, (root, parent, list_of, count)))
        found = list_of[:count.value]
        if count.value:
            x11.XFree(list_of)
        return found

    def title(self, window):
        kind, form, count, rest, data = Atom(), ctypes.c_int(), ctypes.c_ulong(), ctypes.c_ulong(), pointer()
        x11.XGetWindowProperty(
            self.display, Window(window), self.title_atom, ctypes.c_long(0), ctypes.c_long(256), 0, Atom(0),
            *map(ctypes.byref, (kind, form, count, rest, data)))
        text = ctypes.string_at(data, count.value).decode() if data.value else ""
        if data.value:
            x11.XFree(data)
        return text

    def titles(self):
        return [title for title in map(self.title, self.windows()) if title]

    def move(self, x, y):
        xtst.XTestFakeMotionEvent(self.display, -1, x, y, ctypes.c_ulong(0))
        x11.XFlush(self.display)

    def button(self, down):
        xtst.XTestFakeButtonEvent(self.display, 1, int(down), ctypes.c_ulong(0))
        x11.XFlush(self.display)

    def escape(self):
        key = x11.XKeysymToKeycode(self.display, ctypes.c_ulong(0xFF1B))
        for down in (1, 0):
            xtst.XTestFakeKeyEvent(self.display, key, down, ctypes.c_ulong(0))
        x11.XFlush(self.display)

    def wait(self, condition, seconds=60):
        """The seconds until a condition holds."""
        start = time.perf_counter()
        while not condition():
            if time.perf_counter() - start > seconds:
                raise RuntimeError("the window did not come to what was waited for")
        return time.perf_counter() - start
