"""The rivals' side of a pair: rivals.py RIVAL CASE SETTING THREADS [ONNX]; a block of work for each line read."""
import json
import statistics
import sys
import time

rival, case, setting, threads = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])


def pytorch():
    import torch
    import torch.nn as nn
    import torch.nn.functional as F

    torch.set_num_threads(threads)
    torch.set_flush_denormal(True)
    torch.manual_seed(0)

    def two_stage():
        return nn.Sequential(
            nn.Conv2d(1, 32, 5, padding=2), nn.ReLU(), nn.Conv2d(32, 32, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(32, 64, 3, padding=1), nn.ReLU(), nn.Conv2d(64, 64, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
            nn.Flatten(), nn.Linear(3136, 256), nn.ReLU(), nn.Linear(256, 10))

    def batch_norm():
        layers, inputs = [], 1
        for outputs, pooled in ((32, 0), (32, 1), (64, 0), (64, 1), (128, 0), (128, 0)):
            layers += [nn.Conv2d(inputs, outputs, 3, padding=1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU()]
            inputs = outputs
            if pooled:
                layers.append(nn.MaxPool2d(2))
        return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(128, 10))

    def mlp():
        return nn.Sequential(nn.Linear(784, 100), nn.Sigmoid(), nn.Linear(100, 10))

    name, work = case.rsplit(" ", 1)
    net = {"two-stage": two_stage, "batch-norm": batch_norm, "mlp": mlp}[name]()
    count = {"train": 128, "step": 128, "gradient": 60000, "one": 1, "batch": 256}[work]
    x = torch.rand(count, 784) if name == "mlp" else torch.rand(count, 1, 28, 28)
    y = torch.randint(0, 10, (count,))
    if "last" in setting:  # channels last
        net = net.to(memory_format=torch.channels_last)
        x = x.to(memory_format=torch.channels_last)
    if work in ("one", "batch"):
        net.eval()
        if "fused" in setting:
            with torch.inference_mode():
                net = torch.jit.optimize_for_inference(torch.jit.trace(net, x))

        def run():
            with torch.inference_mode():
                torch.softmax(net(x), 1)
    elif work == "gradient":
        def run():
            net.zero_grad(set_to_none=True)
            F.cross_entropy(net(x), y).backward()
    else:
        fused = {"fused": True} if "fused" in setting else {}
        if work == "train":
            optimizer = torch.optim.Adam(net.parameters(), 1e-3, **fused)
        else:
            optimizer = torch.optim.SGD(net.parameters(), 0.1, **fused)

        def run():
            optimizer.zero_grad(set_to_none=True)
            F.cross_entropy(net(x), y).backward()
            optimizer.step()
    return run


def onnxruntime():
    import numpy
    import onnxruntime as ort

    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.graph_optimization_level = ort.GraphOptimizationLevel.ORT_ENABLE_ALL
    session = ort.InferenceSession(sys.argv[5], options, providers=["CPUExecutionProvider"])
    shape = [1 if case.endswith("one") else 256] + session.get_inputs()[0].shape[1:]
    x = numpy.random.default_rng(0).random(shape, dtype=numpy.float32)
    return lambda: session.run(None, {"input": x})


run = {"pytorch": pytorch, "onnxruntime": onnxruntime}[rival]()
for _ in range(3):
    run()
for line in sys.stdin:
    # A block takes about a third of a second, and gives the median of its runs.
    times, end = [], time.perf_counter() + 0.35
    while not times or time.perf_counter() < end:
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    print(json.dumps({"seconds": statistics.median(times)}), flush=True)
