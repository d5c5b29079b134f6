"""The window under test: the program with private folders on a display of its own, and the parts of Xlib that it needs."""

import ctypes
import os
import random
import subprocess
import time

ClientMessage = 33
# Xlib keeps it for all connections: what hostile programs ask for may fail.
IGNORED = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)(lambda *_: 0)


class Failure(Exception):
    pass


class X:
    """The functions of Xlib that are needed, with a window of their own."""

    def __init__(self, display):
        self.lib = ctypes.CDLL("libX11.so.6")
        self.lib.XOpenDisplay.restype = ctypes.c_void_p
        for name in ["XDefaultRootWindow", "XCreateSimpleWindow", "XInternAtom", "XGetSelectionOwner"]:
            getattr(self.lib, name).restype = ctypes.c_ulong
        self.lib.XSetErrorHandler(IGNORED)
        self.display = ctypes.c_void_p(self.lib.XOpenDisplay(display.encode()))
        if not self.display:
            raise RuntimeError("no display")
        self.root = ctypes.c_ulong(self.lib.XDefaultRootWindow(self.display))
        self.own = ctypes.c_ulong(self.lib.XCreateSimpleWindow(self.display, self.root, 0, 0, 10, 10, 0, 0, 0))
        self.lib.XSelectInput(self.display, self.own, ctypes.c_long(1 << 22))

    def atom(self, name):
        return self.lib.XInternAtom(self.display, name.encode(), 0)

    def property(self, window, name, longs=16):
        kind, count, rest = ctypes.c_ulong(), ctypes.c_ulong(), ctypes.c_ulong()
        form, data = ctypes.c_int(), ctypes.c_void_p()
        self.lib.XGetWindowProperty(
            self.display, ctypes.c_ulong(window), ctypes.c_ulong(self.atom(name)), ctypes.c_long(0), ctypes.c_long(longs), 0,
            ctypes.c_ulong(0), ctypes.byref(kind), ctypes.byref(form), ctypes.byref(count), ctypes.byref(rest), ctypes.byref(data))
        if not data:
            return None
        if form.value == 32:
            words = ctypes.cast(data, ctypes.POINTER(ctypes.c_ulong))
            value = [words[i] for i in range(count.value)]
        else:
            value = ctypes.string_at(data, count.value)
        self.lib.XFree(data)
        return value

    def find(self, process):
        root, parent, children, count = ctypes.c_ulong(), ctypes.c_ulong(), ctypes.POINTER(ctypes.c_ulong)(), ctypes.c_uint()
        self.lib.XQueryTree(
            self.display, self.root, ctypes.byref(root), ctypes.byref(parent), ctypes.byref(children), ctypes.byref(count))
        for index in range(count.value):
            if self.property(children[index], "_NET_WM_PID") == [process]:
                return children[index]
        return None

    def is_visible(self, window):
        # The words of XWindowAttributes; the one at 23 is the state, and 2 is viewable.
        words = (ctypes.c_int * 64)()
        found = self.lib.XGetWindowAttributes(self.display, ctypes.c_ulong(window), words)
        return found != 0 and words[23] == 2

    def close(self):
        if self.display:
            self.lib.XCloseDisplay(self.display)
            self.display = None

    def sync(self):
        self.lib.XSync(self.display, 0)

    def geometry(self, window):
        root = ctypes.c_ulong()
        x, y, (w, h, border, depth) = ctypes.c_int(), ctypes.c_int(), [ctypes.c_uint() for _ in range(4)]
        found = self.lib.XGetGeometry(
            self.display, ctypes.c_ulong(window), ctypes.byref(root), ctypes.byref(x), ctypes.byref(y), ctypes.byref(w),
            ctypes.byref(h), ctypes.byref(border), ctypes.byref(depth))
        return (x.value, y.value, w.value, h.value) if found else None


class Application:
    """The program with its window, and private folders."""

    def __init__(self, program, display, folder, more=None):
        self.folder, self.display = folder, display
        environment = {
            "PATH": os.environ["PATH"], "HOME": folder, "DISPLAY": display, "XDG_STATE_HOME": folder + "/state",
            "XDG_CONFIG_HOME": folder + "/config", "XDG_DATA_HOME": folder + "/data", "XMODIFIERS": "",
        }
        environment.update(more or {})
        self.errors = open(folder + ".errors", "wb+")
        self.process = subprocess.Popen(
            [program, "--size", "800x600", "--save-dir", folder + "/saves"], env=environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=self.errors)
        self.x = X(display)
        end = time.monotonic() + 30
        self.window = None
        # Before the window is visible, the pointer's events go elsewhere.
        while self.window is None or not self.x.is_visible(self.window):
            if self.process.poll() is not None or time.monotonic() > end:
                self.stop()
                raise Failure("the window does not open")
            self.window = self.window or self.x.find(self.process.pid)
            time.sleep(0.02)

    def draw(self, points):
        """Draws a stroke with the pointer, through points of the window."""
        test = ctypes.CDLL("libXtst.so.6")
        left, top = self.x.geometry(self.window)[:2]
        self.x.lib.XRaiseWindow(self.x.display, ctypes.c_ulong(self.window))
        for number, (x, y) in enumerate(points):
            test.XTestFakeMotionEvent(self.x.display, -1, left + x, top + y, ctypes.c_ulong(0))
            if number == 0:
                test.XTestFakeButtonEvent(self.x.display, 1, 1, ctypes.c_ulong(0))
        test.XTestFakeButtonEvent(self.x.display, 1, 0, ctypes.c_ulong(0))
        self.x.sync()

    def press(self, key, *modifiers):
        """Presses a key by its X name."""
        test = ctypes.CDLL("libXtst.so.6")
        self.x.lib.XStringToKeysym.restype = ctypes.c_ulong
        self.x.lib.XSetInputFocus(self.x.display, ctypes.c_ulong(self.window), 1, ctypes.c_ulong(0))
        codes = [
            self.x.lib.XKeysymToKeycode(self.x.display, ctypes.c_ulong(self.x.lib.XStringToKeysym(name.encode())))
            for name in modifiers + (key,)]
        for code in codes:
            test.XTestFakeKeyEvent(self.x.display, code, 1, ctypes.c_ulong(0))
        for code in reversed(codes):
            test.XTestFakeKeyEvent(self.x.display, code, 0, ctypes.c_ulong(0))
        self.x.sync()

    def memory(self):
        with open("/proc/%d/status" % self.process.pid) as file:
            return next(int(line.split()[1]) for line in file if line.startswith("VmRSS"))

    def answers(self):
        """Whether the window answers a ping within 10 seconds."""
        x = X(self.display)
        x.lib.XSelectInput(x.display, x.root, ctypes.c_long(1 << 19))
        token = random.getrandbits(31)
        words = [ClientMessage, 0, 1, 0, self.window, x.atom("WM_PROTOCOLS"), 32, x.atom("_NET_WM_PING"), token, self.window, 0, 0]
        x.lib.XSendEvent(x.display, ctypes.c_ulong(self.window), 0, ctypes.c_long(0), (ctypes.c_ulong * 24)(*words))
        x.sync()
        end = time.monotonic() + 10
        event = (ctypes.c_ulong * 24)()
        while time.monotonic() < end:
            while x.lib.XPending(x.display):
                x.lib.XNextEvent(x.display, event)
                if event[0] & 0xFFFFFFFF == ClientMessage and event[8] == token:
                    x.close()
                    return True
            if self.process.poll() is not None:
                break
            time.sleep(0.01)
        x.close()
        return False

    def check(self):
        code = self.process.poll()
        if code is not None and code not in (0, 1):
            raise Failure("the program ended with %d" % code)
        if code is None and not self.answers() and self.process.poll() is None:
            raise Failure("the window does not answer")

    def journal(self):
        """The steps of all journals: the first word of each line, and of a stroke its last point."""
        folder, steps = self.folder + "/state/inkling", []
        for name in sorted(os.listdir(folder)) if os.path.isdir(folder) else []:
            with open(os.path.join(folder, name), "rb") as file:
                for line in file.read().split(b"\n")[:-1]:
                    words = line.decode(errors="replace").split(" ")
                    steps.append(" ".join(words[:1] + words[-4:-2]) if words[0] == "stroke" else words[0])
        return steps

    def steps(self):
        """The number of strokes in the journals."""
        return sum(step.startswith("stroke") for step in self.journal())

    def stop(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self.errors.close()
        self.x.close()


class Server:
    """A virtual X server, for a with statement; its name is that of the display."""

    def __enter__(self):
        self.process = subprocess.Popen(
            ["Xvfb", "-displayfd", "1", "-nolisten", "tcp", "-noreset", "-screen", "0", "1024x768x24"], stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL)
        return ":" + self.process.stdout.readline().decode().strip()

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
