"""Makes each call on files fail in turn: faults.py PROGRAM SHIM FINDS [EVERY]

The session of the window is fixed: draw, draw, undo, draw, save, quit. In each run one call of the system on the user's
files fails once (no space, an error of the disk, an interruption, a write of half of the bytes), or all calls from that one
on fail. Then the window is started again without faults. All steps must be there, in order, unless the program has ended
with a message that changes are not saved; then they must be the first ones. A saved page is complete or missing. The same
is done with a training: its model and its checkpoint are complete or missing, and a failure has an exit code and a message.
With EVERY only each such call fails.
"""

import collections
import errno
import os
import shutil
import struct
import subprocess
import sys
import tempfile
import time

from application import Application, Failure, Server

KINDS = [("once", errno.ENOSPC), ("once", errno.EIO), ("once", errno.EINTR), ("short", 0), ("from", errno.ENOSPC), ("from", errno.EIO)]
A, B, C = [[(60 + 30 * n + s, 80 + 10 * s) for s in range(11)] for n in range(3)]


def environment(shim, folder, number, kind, code):
    return {
        "LD_PRELOAD": shim, "FAULT_FOLDER": folder + "/", "FAULT_NUMBER": str(number), "FAULT_KIND": kind,
        "FAULT_CODE": str(code), "FAULT_COUNT": folder + ".count", "FAULT_LOG": folder + ".log",
    }


def text(path):
    try:
        with open(path, errors="replace") as file:
            return file.read()
    except OSError:
        return ""


def session(program, display, folder, more):
    """Runs the session; returns the exit code and the messages."""
    os.mkdir(folder)
    application = Application(program, display, folder, more)
    try:
        if not application.answers():
            raise Failure("the window does not answer after its start")
        for action in [
            lambda: application.draw(A), lambda: application.draw(B), lambda: application.press("z", "Control_L"),
            lambda: application.draw(C), lambda: application.press("s", "Control_L"),
        ]:
            action()
            if not application.answers():
                raise Failure("the window does not answer")
        application.press("q", "Control_L")
        try:
            code = application.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            raise Failure("the program does not end")
    finally:
        application.stop()
    return code, text(folder + ".errors")


def expected(program, display, folder):
    """The steps of the session without faults."""
    code, errors = session(program, display, folder, {})
    if code != 0:
        raise Failure("the session fails without faults: " + errors)
    return restart(program, display, folder)


def restart(program, display, folder):
    """Starts the window again; returns the steps of its journals."""
    application = Application(program, display, folder)
    try:
        if not application.answers():
            raise Failure("the window does not answer after the next start")
        return application.journal()
    finally:
        application.stop()


def check_saves(folder):
    saves = folder + "/saves"
    for name in os.listdir(saves) if os.path.isdir(saves) else []:
        if name.startswith("."):
            continue
        with open(os.path.join(saves, name), "rb") as file:
            data = file.read()
        words = data.split(maxsplit=4)
        header = b" ".join(words[:4])
        if len(words) < 4 or len(data) < int(words[1]) * int(words[2]):
            raise Failure("the saved page %s is not complete: %r" % (name, header))


def window(program, shim, display, top, every):
    wanted = expected(program, display, top + "/reference")
    counted = top + "/counted"
    session(program, display, counted, environment(shim, counted, -1, "once", 0))
    calls = int(text(counted + ".count").split()[0])
    outcomes = collections.Counter()
    for kind, code in KINDS:
        for number in range(0, calls, every):
            folder = top + "/run"
            shutil.rmtree(folder, ignore_errors=True)
            for ending in (".log", ".count"):
                if os.path.exists(folder + ending):
                    os.unlink(folder + ending)
            try:
                status, errors = session(program, display, folder, environment(shim, folder, number, kind, code))
                steps = restart(program, display, folder)
                check_saves(folder)
                if status == 0 and steps == wanted:
                    outcomes["everything kept"] += 1
                elif status == 1 and "not saved" in errors.lower() and steps == wanted[: len(steps)]:
                    outcomes["told at the end"] += 1
                else:
                    raise Failure("exit code %s, steps %s instead of %s: %s" % (status, steps, wanted, errors))
            except Failure as failure:
                raise Failure("call %d of %d, %s %s: %s\nfailed: %s" % (
                    number, calls, kind, errno.errorcode.get(code, ""), failure, text(folder + ".log")[:300]))
    print("window: %d calls, %d runs: %s" % (calls, sum(outcomes.values()), dict(outcomes)))


def data(folder):
    """120 pictures of stripes, and a recipe."""
    os.mkdir(folder)
    with open(folder + "/train-images-idx3-ubyte", "wb") as file:
        file.write(struct.pack(">IIII", 2051, 120, 28, 28))
        for k in range(120):
            file.write(bytes(220 if place // 28 // 3 == k % 10 % 9 else place * k % 30 for place in range(784)))
    with open(folder + "/train-labels-idx1-ubyte", "wb") as file:
        file.write(struct.pack(">II", 2049, 120) + bytes(k % 10 for k in range(120)))
    with open(folder + "/small.recipe", "w") as file:
        file.write("name: small\narchitecture: 784-4-10\nvalidation: 20\nbatch: 20\nepochs: 3\n")


def train(program, folder, more, words=()):
    merged = dict(os.environ, **more)
    return subprocess.run(
        [program, "train", os.path.dirname(folder) + "/data/small.recipe", "--data", os.path.dirname(folder) + "/data",
         "--to", folder + "/small.safetensors"] + list(words), env=merged, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60)


def training(program, shim, top, every):
    data(top + "/data")
    os.mkdir(top + "/whole")
    if train(program, top + "/whole", {}).returncode != 0:
        raise Failure("the training fails without faults")
    with open(top + "/whole/small.safetensors", "rb") as file:
        model = file.read()
    os.mkdir(top + "/counted-training")
    train(program, top + "/counted-training", environment(shim, top + "/counted-training", -1, "once", 0))
    # The first number is that of the program that starts the one that trains.
    calls = max(int(word) for word in text(top + "/counted-training.count").split())
    outcomes = collections.Counter()
    for kind, code in KINDS:
        for number in range(0, calls, every):
            folder = top + "/training"
            shutil.rmtree(folder, ignore_errors=True)
            os.mkdir(folder)
            run = train(program, folder, environment(shim, folder, number, kind, code))
            problem = None
            path = folder + "/small.safetensors"
            if os.path.exists(path):
                with open(path, "rb") as file:
                    if file.read() != model:
                        problem = "another model"
            elif run.returncode == 0:
                problem = "exit code 0 without a model"
            if run.returncode not in (0, 1, 65, 66) or run.returncode != 0 and b"inkling: " not in run.stderr:
                problem = "exit code %d: %s" % (run.returncode, run.stderr)
            if run.returncode != 0 and problem is None:
                resumed = ["--resume"] if os.path.exists(folder + "/small.checkpoint") else []
                again = train(program, folder, {}, resumed)
                with open(path, "rb") as file:
                    if again.returncode != 0 or file.read() != model:
                        problem = "the next training: %s" % again.stderr
            if problem:
                raise Failure("training, call %d of %d, %s %s: %s" % (number, calls, kind, errno.errorcode.get(code, ""), problem))
            outcomes["the model" if run.returncode == 0 else "a message"] += 1
    print("training: %d calls, %d runs: %s" % (calls, sum(outcomes.values()), dict(outcomes)))


def main():
    program, shim, finds = [os.path.abspath(word) for word in sys.argv[1:4]]
    every = int(sys.argv[4]) if len(sys.argv) > 4 else 1
    with Server() as display, tempfile.TemporaryDirectory(prefix="inkling-faults-") as top:
        try:
            training(program, shim, top, every)
            window(program, shim, display, top, every)
        except Failure as failure:
            path = os.path.join(finds, "faults-%d" % int(time.time()))
            with open(path, "w") as file:
                file.write(str(failure) + "\n")
            print("%s; see %s" % (failure, path))
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
