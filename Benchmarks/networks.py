"""The group `networks`: training steps, gradients and answers beside PyTorch's and onnxruntime's, and our kernels
beside the processor's peak."""
import json
import os
import subprocess
import tempfile

import pairs

architectures = {
    "two-stage": "32C5-32C5-P2-64C3-64C3-P2-256-10",
    "batch-norm": "32C3n-32C3n-P2-64C3n-64C3n-P2-128C3n-128C3n-G-10",
}


def row(rival, ours, theirs, unit, threads, samples=None):
    """A row from seconds: times are better where smaller, samples per second where larger."""
    if samples:
        return {"rival": rival, "ours": samples / ours, "theirs": samples / theirs, "unit": unit,
                "ratio": theirs / ours, "threads": threads}
    return {"rival": rival, "ours": ours * 1e3, "theirs": theirs * 1e3, "unit": unit,
            "ratio": theirs / ours, "threads": threads}


def training(case, samples=None, settings=("plain", "last", "plain fused", "last fused")):
    def measure():
        setting = pairs.best_setting("pytorch", case, settings, 2)
        with pairs.ours(case, 2) as a, pairs.theirs("pytorch", case, setting, 2) as b:
            ours, theirs = pairs.interleave([a, b])
        yield row("pytorch", ours, theirs, "samples/s" if samples else "ms", 2, samples)
    return measure


def answering(case, threads, samples=None):
    def measure():
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "model.onnx")
            subprocess.run([pairs.bench, "onnx", architectures[case.rsplit(" ", 1)[0]], path], check=True)
            setting = pairs.best_setting("pytorch", case, ("plain", "last", "plain fused", "last fused"), threads)
            with pairs.ours(case, threads) as a, pairs.theirs("pytorch", case, setting, threads) as b, \
                    pairs.theirs("onnxruntime", case, "plain", threads, path) as c:
                ours, torch, onnx = pairs.interleave([a, b, c])
        unit = "images/s" if samples else "ms"
        yield row("pytorch", ours, torch, unit, threads, samples)
        yield row("onnxruntime", ours, onnx, unit, threads, samples)
    return measure


def kernels():
    """Our convolutions and products in GFLOP/s, beside the peak measured by the same program."""
    for level in ("", "v3"):
        environment = os.environ | ({"INKLING_KERNELS": level} if level else {})
        output = subprocess.run([pairs.bench, "peak"], env=environment, check=True, capture_output=True, text=True).stdout
        for entry in json.loads(output):
            yield {
                "case": f"peak {entry['level']} {entry['case']}", "rival": f"FMA peak {entry['level']}",
                "ours": entry["rate"], "theirs": entry["peak"], "unit": "GFLOP/s",
                "ratio": entry["rate"] / entry["peak"], "threads": 1}


def cases():
    return {
        "two-stage train": training("two-stage train", 128),
        "batch-norm train": training("batch-norm train", 128),
        "mlp step": training("mlp step", settings=("plain", "plain fused", "plain single", "plain fused single")),
        "mlp gradient": training("mlp gradient", settings=("plain",)),
        "two-stage one": answering("two-stage one", 1),
        "batch-norm one": answering("batch-norm one", 1),
        "two-stage batch": answering("two-stage batch", 2, 256),
        "batch-norm batch": answering("batch-norm batch", 2, 256),
        "kernels": kernels,
    }
