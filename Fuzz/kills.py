"""Kills the window at random moments: kills.py PROGRAM SHIM FINDS [ROUNDS] [SEED]

A person draws, undoes and saves; the program is killed at a random moment, in every third round after a time in which the
disk was full. At the next start all steps must be there that the window had finished before, in order, and nothing that was
not done. A saved page is complete or missing.
"""

import os
import random
import shutil
import signal
import sys
import tempfile
import time

from application import Application, Failure, Server
from faults import check_saves, restart


def play(application, chance, end, switch):
    """Acts until the given time; returns what was done, and how much of it the window has finished."""
    done, finished, is_full = [], 0, False
    while time.monotonic() < end:
        choice = chance.random()
        strokes = sum(step == "stroke" for step in done) - sum(step == "undo" for step in done)
        if choice < 0.15 and strokes > 0:
            application.press("z", "Control_L")
            done.append("undo")
        elif choice < 0.25:
            application.press("s", "Control_L")
        else:
            x, y = chance.randint(40, 300), chance.randint(60, 300)
            application.draw([(x + 4 * step, y + 9 * step) for step in range(8)])
            done.append("stroke")
        # A ping is answered before the events that came with it are handled, so the second answer says that they are.
        if chance.random() < 0.7 and application.answers() and application.answers() and not is_full:
            finished = len(done)
        if switch and not is_full and len(done) == 3:
            open(switch, "w").close()
            is_full = True
        if is_full and len(done) == 6:
            os.unlink(switch)
            limit = time.monotonic() + 10
            while len(application.journal()) < len(done):
                if time.monotonic() > limit:
                    raise Failure("the steps of the full disk are not written later: %s" % application.journal())
                time.sleep(0.05)
            is_full, switch, finished = False, None, len(done)
    return done, finished


def main():
    program, shim, finds = [os.path.abspath(word) for word in sys.argv[1:4]]
    rounds = int(sys.argv[4]) if len(sys.argv) > 4 else 100
    seed = int(sys.argv[5]) if len(sys.argv) > 5 else int(time.time())
    chance = random.Random(seed)
    steps = 0
    with Server() as display, tempfile.TemporaryDirectory(prefix="inkling-kills-") as top:
        folder = top + "/home"
        for number in range(rounds):
            shutil.rmtree(folder, ignore_errors=True)
            os.mkdir(folder)
            switch = top + "/full" if number % 3 == 2 else None
            if os.path.exists(top + "/full"):
                os.unlink(top + "/full")
            more = {"LD_PRELOAD": shim, "FAULT_FOLDER": folder + "/", "FAULT_SWITCH": top + "/full"} if switch else {}
            application = Application(program, display, folder, more)
            try:
                try:
                    done, finished = play(application, chance, time.monotonic() + chance.uniform(0.05, 2), switch)
                finally:
                    application.process.send_signal(signal.SIGKILL)
                    application.stop()
                kept = [step.split(" ")[0] for step in restart(program, display, folder)]
                check_saves(folder)
                if kept != done[: len(kept)] or len(kept) < finished:
                    raise Failure("done %s, finished %d, kept %s" % (done, finished, kept))
                steps += len(kept)
            except Failure as failure:
                path = os.path.join(finds, "kills-%d" % seed)
                with open(path, "w") as file:
                    file.write("seed %d, round %d: %s\n" % (seed, number, failure))
                print("round %d: %s; see %s" % (number, failure, path))
                return 1
    print("%d kills, seed %d: %d steps kept, none lost, none wrong" % (rounds, seed, steps))
    return 0


if __name__ == "__main__":
    sys.exit(main())
