"""The group `window`: what a person waits for, beside a Tk window in Python that does the same job."""
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time

import pairs
import screen

rival = os.path.join(pairs.here, "rival_window.py")
flagship = os.path.join(pairs.here, "..", "Models", "inkling.safetensors")
rounds, answers = 9, 15


def seconds(words):
    start = time.perf_counter()
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def start_up():
    """`inkling --version` beside the smallest program there is."""
    ours, theirs = [], []
    for _ in range(41):
        ours.append(seconds([pairs.inkling, "--version"]))
        theirs.append(seconds(["/bin/true"]))
    yield row("start-up of the command line", "true", ours, theirs, "ms")


def row(case, rival, ours, theirs, unit, digits=1e3):
    ours, theirs = statistics.median(ours) * digits, statistics.median(theirs) * digits
    return {
        "case": case, "rival": rival, "ours": ours, "theirs": theirs, "unit": unit, "ratio": theirs / ours, "threads": 1}


class Run:
    """A window from its start to its end: the time to its first frame, to answers, and its memory then."""

    # A seven in the page of either window, of straight strokes: Tk leaves out what lies on a fast pointer's way.
    stem, bar = [(250, 100), (220, 220), (195, 320)], [(250, 100), (180, 100), (100, 100)]

    def __init__(self, place, words, environment, count):
        start = time.perf_counter()
        self.process = subprocess.Popen(words, env=os.environ | environment | {"DISPLAY": place.name})
        try:
            # The middle of the page is paper, and no more the black of the empty screen.
            place.wait(lambda: place.pixel(200, 200) == 0xFFFFFF)
            self.first_frame = time.perf_counter() - start
            self.answers = [self.answer(place) for _ in range(count)][1:]
            with open(f"/proc/{self.process.pid}/status") as status:
                self.memory = next(int(line.split()[1]) for line in status if line.startswith("VmRSS")) / 1024
        finally:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()
            place.wait(lambda: not place.titles())

    def answer(self, place):
        """From the lifting of the pen to the answer in the title; the page holds a stem, and the bar makes it a seven."""
        self.draw(place, self.stem)
        place.wait(lambda: any(title[0].isdigit() for title in place.titles()))
        self.draw(place, self.bar)
        took = place.wait(lambda: any(title.startswith("7") for title in place.titles()))
        place.escape()
        place.wait(lambda: not any(title[0].isdigit() for title in place.titles()))
        return took

    def draw(self, place, points):
        place.move(*points[0])
        place.button(True)
        for x, y in points[1:]:
            place.move(x, y)
        place.button(False)


def windows():
    with tempfile.TemporaryDirectory() as home, screen.Screen() as place:
        onnx = os.path.join(home, "inkling.onnx")
        subprocess.run([pairs.inkling, "export", flagship, "--onnx", onnx], check=True, stdout=subprocess.DEVNULL)
        private = {"HOME": home, "XDG_STATE_HOME": home, "XDG_CONFIG_HOME": home, "XDG_DATA_HOME": home}
        started = {
            "ours": ([pairs.inkling, "--size", "640x480", "--live"], private),
            "PyTorch and Tk": ([sys.executable, rival, "torch", flagship], {}),
            "onnxruntime and Tk": ([sys.executable, rival, "onnx", onnx], {})}
        runs = {name: [] for name in started}
        for turn in range(rounds + 1):
            for name, (words, environment) in started.items():
                run = Run(place, words, environment, answers)
                if turn > 0:  # the first finds nothing in the disk's cache
                    runs[name].append(run)
    ours = runs.pop("ours")
    for name, theirs in runs.items():
        for case, values, unit, digits in (
                ("start-up: exec to first frame", lambda run: [run.first_frame], "ms", 1e3),
                ("resident memory after answers", lambda run: [run.memory], "MiB", 1),
                ("pen lifted to answer", lambda run: run.answers, "ms", 1e3)):
            yield row(case, name, *([v for run in side for v in values(run)] for side in (ours, theirs)), unit, digits)


def cases():
    return {"start-up": start_up, "windows": windows}
