"""The group `training`: whole trainings by a recipe beside PyTorch's, and what varying the pictures costs."""
import csv
import json
import os
import statistics
import subprocess
import sys
import tempfile

import pairs
from comparison import data

models = os.path.join(pairs.here, "..", "Models")
recipe = os.path.join(models, "cnn-rmsprop.recipe")
# A whole training by both takes half an hour for each of these.
seeds = [int(seed) for seed in os.environ.get("INKLING_BENCHMARK_SEEDS", "1").split()]


def ours(name, folder, *options, threads=2):
    """The rows of a run's history."""
    path = os.path.join(folder, "ours.safetensors")
    words = [pairs.inkling, "train", name, "--data", data, "--to", path, "--threads", str(threads), *options]
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with open(os.path.join(folder, "ours.csv")) as file:
        return [{key: float(value or "nan") for key, value in row.items()} for row in csv.DictReader(file)]


def theirs(folder, epochs, seed, setting, *steps, threads=2):
    words = [sys.executable, os.path.join(pairs.here, "train_rival.py"), recipe, folder, str(epochs), str(seed), setting,
             str(threads), *steps]
    environment = os.environ | pairs.keep_memory | {"OMP_NUM_THREADS": str(threads)}
    return json.loads(subprocess.run(words, check=True, capture_output=True, text=True, env=environment).stdout)


def material(folder):
    """Writes what our run learns from for the rival, and finds the rival's best setting in a hundred steps."""
    subprocess.run([pairs.bench, "material", recipe, data, folder], check=True)
    return min(("plain", "last"), key=lambda setting: theirs(folder, 1, 1, setting, "100")["seconds"])


def time():
    """Two epochs of the recipe each, in turn."""
    with tempfile.TemporaryDirectory() as folder:
        setting = material(folder)
        mine, yours = [], []
        for _ in range(3):
            mine.append(ours(recipe, folder, "--epochs", "2")[-1]["seconds"])
            yours.append(theirs(folder, 2, 1, setting)["seconds"])
    a, b = statistics.median(mine), statistics.median(yours)
    yield {"rival": "pytorch", "ours": a, "theirs": b, "unit": "s for 2 epochs", "ratio": b / a, "threads": 2}


def accuracy():
    """The recipe from its first epoch to its last: what both read then of the validation pictures, the mean of the last
    five epochs, for single ones jump; the ratio is of the errors."""
    with tempfile.TemporaryDirectory() as folder:
        setting = material(folder)
        mine, yours = [], []
        for seed in seeds:
            run = [row["validation_accuracy"] for row in ours(recipe, folder, "--seed", str(seed))]
            mine.append(100 * statistics.mean(run[-5:]))
            yours.append(100 * statistics.mean(theirs(folder, len(run), seed, setting)["accuracies"][-5:]))
    a, b = statistics.mean(mine), statistics.mean(yours)
    spread = f" ± {max(statistics.stdev(mine), statistics.stdev(yours)):.2f}" if len(seeds) > 1 else ""
    yield {"rival": "pytorch", "ours": a, "theirs": b, "ratio": (100 - b) / (100 - a), "threads": 2,
           "unit": f"% of validation pictures after {len(run)} epochs, seeds {', '.join(map(str, seeds))}{spread}"}


plain = ["--rotate", "0", "--scale", "0", "--shear", "0", "--shift", "0", "--elastic", "0", "--thickness", "0",
         "--coarse", "0", "--erase", "0", "--unsteadiness", "0"]


def variation(name):
    """Samples a second with the recipe's variation, beside the same run without any."""
    def measure():
        words = [os.path.join(models, name + ".recipe"), "--epochs", "1", "--limit", "12800", "--validation", "500"]
        with tempfile.TemporaryDirectory() as folder:
            runs = [[ours(words[0], folder, *words[1:], *more)[0]["samples_per_second"] for more in ([], plain)]
                    for _ in range(5)]
        a, b = (statistics.median(run[k] for run in runs) for k in (0, 1))
        yield {"rival": "without variation", "ours": a, "theirs": b, "unit": "samples/s", "ratio": a / b, "threads": 2}
    return measure


def samples(lines, limit):
    """Microseconds to make a sample, beside what it may take."""
    def measure():
        with tempfile.NamedTemporaryFile("w", suffix=".recipe") as file:
            file.write("\n".join(lines))
            file.flush()
            run = subprocess.run(
                [pairs.bench, "samples", file.name, data], check=True, capture_output=True, text=True)
        taken = json.loads(run.stdout)["microseconds"]
        yield {"rival": "limit", "ours": taken, "theirs": limit, "unit": "µs", "ratio": limit / taken, "threads": 1}
    return measure


strokes = ["architecture: 784-10", "pictures:", "strokes: pendigits, ujipenchars", "stroke-share: 1"]


def cases():
    return {
        "cnn-rmsprop": time,
        "cnn-rmsprop accuracy": accuracy,
        "cnn-rmsprop variation": variation("cnn-rmsprop"),
        "inkling variation": variation("inkling"),
        "stroke sample": samples(strokes, 60),
    }
