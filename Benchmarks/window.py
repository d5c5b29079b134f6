"""The group `window`: what a person waits for."""
import statistics
import subprocess
import time

import pairs


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
    ours, theirs = statistics.median(ours) * 1e3, statistics.median(theirs) * 1e3
    yield {"rival": "true", "ours": ours, "theirs": theirs, "unit": "ms", "ratio": theirs / ours, "threads": 1}


def cases():
    return {"start-up": start_up}
