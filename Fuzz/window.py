"""Sends random events of hostile programs to the window: window.py PROGRAM SECONDS FINDS [SEED]

First one program sends any event, property and selection, keys and buttons too; the window may be closed, and is then
started again. Then four programs at once send everything but keys, buttons and the request to close, while a person draws
by XTEST: every stroke must be in the journal, the window must show it, and the memory must stay what it was. A failure's
seed is written into the folder FINDS; the same seed sends the same events.
"""

import ctypes
import os
import random
import signal
import subprocess
import sys
import tempfile
import time

from application import Application, Failure, Server, X

EVENTS = list(range(2, 36))
KeyPress, KeyRelease, ButtonPress, ButtonRelease, MotionNotify = 2, 3, 4, 5, 6
EnterNotify, LeaveNotify, FocusIn, FocusOut = 7, 8, 9, 10
SelectionRequest, ClientMessage, SelectionNotify, PropertyNotify = 30, 33, 31, 28
INPUT = {KeyPress, KeyRelease, ButtonPress, ButtonRelease, MotionNotify, EnterNotify, LeaveNotify, FocusIn, FocusOut}
ATOMS = [
    "WM_PROTOCOLS", "WM_DELETE_WINDOW", "_NET_WM_PING", "TARGETS", "MULTIPLE", "TIMESTAMP", "INCR", "ATOM_PAIR", "CLIPBOARD",
    "PRIMARY", "CLIPBOARD_MANAGER", "SAVE_TARGETS", "UTF8_STRING", "STRING", "TEXT", "image/png", "image/x-portable-graymap",
    "text/uri-list", "XdndEnter", "XdndPosition", "XdndDrop", "XdndLeave", "XdndSelection", "XdndTypeList", "_INKLING_TRANSFER",
    "_INKLING_DROP", "_INKLING_FRAME", "_NET_WM_NAME", "WM_HINTS", "WM_NORMAL_HINTS", "_NET_WM_ICON", "ATOM", "INTEGER",
]
NUMBERS = [0, 1, 2, 3, 31, 32, 100, 255, 256, 32767, 32768, 65535, 65536, 2**31 - 1, 2**31, 2**32 - 1]
STROKES = 12
MEMORY = 256 << 10  # KiB that the window may grow by.


class Hostile:
    """A program that sends anything."""

    def __init__(self, display, window, seed, sends_input):
        self.x, self.window, self.chance, self.sends_input = X(display), window, random.Random(seed), sends_input
        self.atoms = [self.x.atom(name) for name in ATOMS]
        self.delete = self.x.atom("WM_DELETE_WINDOW")

    def number(self):
        chance = self.chance
        return chance.choice([
            chance.choice(NUMBERS), chance.choice(self.atoms), self.window, self.x.own.value, self.x.root.value,
            chance.getrandbits(32), chance.randint(0, 800)])

    def event(self):
        chance = self.chance
        kinds = EVENTS if self.sends_input else [kind for kind in EVENTS if kind not in INPUT]
        kind = chance.choice(kinds + [ClientMessage, SelectionRequest, SelectionNotify, PropertyNotify] * 4)
        # The fields of XEvent on 64-bit machines: type, serial, send_event, display, then words of eight bytes.
        words = [kind, 0, 1, 0, self.window] + [self.number() for _ in range(19)]
        if chance.random() < 0.5:
            words = words[:5] + [chance.getrandbits(32) | chance.getrandbits(32) << 32 for _ in range(19)]
        if kind == ClientMessage:
            words[5] = chance.choice(self.atoms)
            words[6] = 32
            if not self.sends_input:
                words = [self.atoms[0] if word == self.delete else word for word in words]
        raw = (ctypes.c_ulong * 24)(*words)
        self.x.lib.XSendEvent(self.x.display, ctypes.c_ulong(self.window), 0, ctypes.c_long(chance.choice([0, 0, -1 & 0x1FFFFFF])), raw)

    def set_property(self):
        chance = self.chance
        form = chance.choice([8, 16, 32])
        count = chance.choice([0, 1, 2, 7, 64, 1000])
        data = (ctypes.c_ulong * max(1, count))(*[self.number() for _ in range(max(1, count))])
        self.x.lib.XChangeProperty(
            self.x.display, ctypes.c_ulong(chance.choice([self.window, self.x.own.value])),
            ctypes.c_ulong(chance.choice(self.atoms)), ctypes.c_ulong(chance.choice(self.atoms)), form, 0, data, count)

    def convert(self):
        chance = self.chance
        if chance.random() < 0.3:
            count = chance.choice([1, 2, 64, 65, 4000])
            pairs = (ctypes.c_ulong * (2 * count))(*[chance.choice(self.atoms) for _ in range(2 * count)])
            self.x.lib.XChangeProperty(
                self.x.display, self.x.own, ctypes.c_ulong(self.atoms[0]), ctypes.c_ulong(self.x.atom("ATOM_PAIR")), 32, 0, pairs,
                2 * count)
        self.x.lib.XConvertSelection(
            self.x.display, ctypes.c_ulong(chance.choice(self.atoms)), ctypes.c_ulong(chance.choice(self.atoms)),
            ctypes.c_ulong(self.atoms[0]), self.x.own, ctypes.c_ulong(0))

    def own(self):
        self.x.lib.XSetSelectionOwner(
            self.x.display, ctypes.c_ulong(self.chance.choice(self.atoms)), self.x.own, ctypes.c_ulong(0))

    def resize(self):
        chance = self.chance
        self.x.lib.XResizeWindow(
            self.x.display, ctypes.c_ulong(self.window), chance.choice([1, 2, 480, 800, 1600, 32767]),
            chance.choice([1, 2, 360, 600, 1200, 32767]))

    def act(self):
        acts = [self.event] * 8 + [self.set_property, self.convert] * 2 + [self.own]
        if self.sends_input:
            acts.append(self.resize)
        self.chance.choice(acts)()

    def round(self):
        for _ in range(40):
            self.act()
        self.x.sync()
        # What comes back is thrown away.
        event = (ctypes.c_ulong * 24)()
        while self.x.lib.XPending(self.x.display):
            self.x.lib.XNextEvent(self.x.display, event)


def alone(program, display, folder, seed, seconds):
    """One program sends everything."""
    application, starts, rounds = None, 0, 0
    end = time.monotonic() + seconds
    try:
        while time.monotonic() < end:
            if application is None or application.process.poll() is not None:
                if application:
                    application.check()
                    application.stop()
                application = Application(program, display, folder)
                hostile = Hostile(display, application.window, seed + starts, sends_input=True)
                starts += 1
            hostile.round()
            rounds += 1
            if rounds % 25 == 0:
                application.check()
        application.check()
    finally:
        if application:
            application.stop()
    print("alone: %d events and requests, %d starts" % (rounds * 40, starts))


def together(program, display, folder, seed, seconds):
    """Four programs send all but input while a person draws."""
    application = Application(program, display, folder)
    children = []
    try:
        x = application.x
        time.sleep(0.5)
        before = application.memory()
        for number in range(4):
            child = os.fork()
            if child == 0:
                hostile = Hostile(display, application.window, seed + number, sends_input=False)
                while True:
                    hostile.round()
            children.append(child)
        end = time.monotonic() + seconds
        drawn = 0
        while time.monotonic() < end or drawn < STROKES:
            area = x.geometry(application.window)
            if area is None:
                raise Failure("the window is gone")
            left = 60 + 20 * (drawn % 12)
            application.draw([(left + step, 80 + 10 * step) for step in range(11)])
            drawn += 1
            limit = time.monotonic() + 10
            while application.steps() < drawn:
                if application.process.poll() is not None:
                    raise Failure("the program ended with %d" % application.process.returncode)
                if time.monotonic() > limit:
                    raise Failure("stroke %d of the person is not in the journal" % drawn)
                time.sleep(0.02)
            time.sleep(max(0.05, seconds / 200))
        for child in children:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
        children = []
        application.check()
        after = application.memory()
        if after - before > MEMORY:
            raise Failure("the window grew from %d to %d KiB" % (before, after))
        print("together: %d strokes drawn and kept, %d KiB before, %d KiB after" % (drawn, before, after))
    finally:
        for child in children:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
        application.stop()


def main():
    program, seconds, finds = os.path.abspath(sys.argv[1]), float(sys.argv[2]), os.path.abspath(sys.argv[3])
    seed = int(sys.argv[4]) if len(sys.argv) > 4 else int(time.time())
    with Server() as display, tempfile.TemporaryDirectory(prefix="inkling-fuzz-") as folder:
        os.mkdir(folder + "/a")
        os.mkdir(folder + "/b")
        try:
            alone(program, display, folder + "/a", seed, seconds / 2)
            together(program, display, folder + "/b", seed, seconds / 2)
        except Failure as failure:
            path = os.path.join(finds, "window-%d" % seed)
            with open(path, "w") as file:
                file.write("seed %d: %s\n" % (seed, failure))
                for part in "ab":
                    if os.path.exists("%s/%s.errors" % (folder, part)):
                        with open("%s/%s.errors" % (folder, part), errors="replace") as errors:
                            file.write(errors.read()[-4000:])
            print("%s; see %s" % (failure, path))
            return 1
    return 0


sys.exit(main())
