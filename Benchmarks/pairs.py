"""Two programs that do the same work, measured in turn, so that whatever else the machine does hits both."""
import json
import os
import statistics
import subprocess
import sys

here = os.path.dirname(os.path.abspath(__file__))
bench = os.path.join(here, "..", ".build", "release", "inkling-bench")
inkling = os.path.join(here, "..", ".build", "release", "inkling")


class Worker:
    """A program that, for each line it reads, does a block of work and prints the seconds of one run as JSON."""

    def __init__(self, words, environment=None):
        self.process = subprocess.Popen(
            words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=os.environ | (environment or {}))

    def block(self):
        self.process.stdin.write("go\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"{self.process.args} ended with {self.process.wait()}")
        return json.loads(line)["seconds"]

    def close(self):
        self.process.stdin.close()
        self.process.wait()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def ours(case, threads):
    return Worker([bench, case, "--threads", str(threads)])


# PyTorch's allocator hands memory back to the system after each step unless it is told to keep it.
keep_memory = {"MALLOC_TRIM_THRESHOLD_": "100000000000", "MALLOC_MMAP_THRESHOLD_": "100000000000"}


def theirs(rival, case, setting, threads, *more):
    if "single" in setting:  # small work is sometimes faster without company
        threads = 1
    return Worker(
        [sys.executable, os.path.join(here, "rivals.py"), rival, case, setting, str(threads), *more],
        keep_memory | {"OMP_NUM_THREADS": str(threads), "MKL_NUM_THREADS": str(threads)})


def interleave(workers, rounds=9):
    """Each worker's median seconds: one block to warm up, then blocks in turn."""
    for worker in workers:
        worker.block()
    seconds = [[] for _ in workers]
    for _ in range(rounds):
        for times, worker in zip(seconds, workers):
            times.append(worker.block())
    return [statistics.median(times) for times in seconds]


def best_setting(rival, case, settings, threads, *more):
    """The setting with which a rival is fastest, each tried alone."""
    found = {}
    for setting in settings:
        try:
            with theirs(rival, case, setting, threads, *more) as worker:
                worker.block()
                found[setting] = min(worker.block() for _ in range(3))
        except RuntimeError as error:
            print(f"  {rival} cannot do {case} with {setting}: {error}", file=sys.stderr)
    return min(found, key=found.get)
