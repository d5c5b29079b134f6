"""Records what PyTorch makes of networks: answers, losses, gradients, the first steps of Adam; for PyTorchTests.

    python3 Tests/NeuralNetworkTests/Fixtures/record_networks.py        (torch as in Benchmarks/requirements.txt)

Weights, inputs and labels come from a formula that the tests compute too, so only results are stored: of each
tensor of gradients its largest element and some of the others. If a test fails after a change, look first at
whether weights are laid out as PyTorch's (out, in, row, column; dense layers channel by channel).
"""
import json
import os
import re

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

torch.set_num_threads(1)


def noise(tensor, count):
    """Evenly spread numbers from 0 to below 1: a mixed counter."""
    with np.errstate(over="ignore"):
        h = np.arange(count, dtype=np.uint32) + np.uint32((0x9E3779B9 * (tensor + 1)) & 0xFFFFFFFF)
        h = (h ^ (h >> np.uint32(16))) * np.uint32(0x85EBCA6B)
        h = (h ^ (h >> np.uint32(13))) * np.uint32(0xC2B2AE35)
        return (h ^ (h >> np.uint32(16))).astype(np.float64) / 2**32


class Same(nn.Module):
    """Zeros around, one more below and right for even kernels."""

    def __init__(self, kernel):
        super().__init__()
        before = (kernel - 1) // 2
        self.rim = (before, kernel - 1 - before, before, kernel - 1 - before)

    def forward(self, x):
        return F.pad(x, self.rim)


class Flat(nn.Module):
    def forward(self, x):
        return x.flatten(1)


activations = {"s": nn.Sigmoid, "t": nn.Tanh, "r": nn.ReLU, "l": nn.LeakyReLU}


def build(text):
    """The network of an architecture's text, and its input's sizes (channels first)."""
    items = text.split("-")
    if re.fullmatch(r"\d+", items[0]):
        shape = (int(items.pop(0)),)
    elif re.fullmatch(r"\d+x\d+(x\d+)?", items[0]):
        sizes = [int(n) for n in items.pop(0).split("x")]
        shape = (sizes[2] if len(sizes) > 2 else 1, sizes[0], sizes[1])
    else:
        shape = (1, 28, 28)
    modules = []
    x = torch.zeros(2, *shape)

    def add(module):
        nonlocal x
        module.eval()
        x = module(x)
        modules.append(module)

    def finish(norm, activation, last):
        if norm:
            add((nn.BatchNorm2d if x.dim() == 4 else nn.BatchNorm1d)(x.shape[1]))
        if activation in activations and not last:
            add(activations[activation]())
        elif not activation and not last:
            add(nn.ReLU())

    for place, item in enumerate(items):
        last = place == len(items) - 1
        if m := re.fullmatch(r"(\d+)C(\d)(?:S(\d))?(V?)(n?)([strli]?)", item):
            if not m[4]:
                add(Same(int(m[2])))
            add(nn.Conv2d(x.shape[1], int(m[1]), int(m[2]), stride=int(m[3] or 1), bias=not m[5]))
            finish(m[5], m[6], False)
        elif m := re.fullmatch(r"(\d+)(n?)([strli]?)", item):
            if x.dim() == 4:
                add(Flat())
            add(nn.Linear(x.shape[1], int(m[1]), bias=not m[2]))
            finish(m[2], m[3], last)
        elif m := re.fullmatch(r"([PA])(\d+)(?:S(\d+))?", item):
            add((nn.MaxPool2d if m[1] == "P" else nn.AvgPool2d)(int(m[2]), stride=int(m[3] or m[2])))
        elif item == "G":
            add(nn.AdaptiveAvgPool2d(1))
            add(Flat())
        elif item == "B":
            add((nn.BatchNorm2d if x.dim() == 4 else nn.BatchNorm1d)(x.shape[1]))
        else:
            add(activations[item]())
    net = nn.Sequential(*modules)
    index = 0
    for module in net:
        norm = isinstance(module, (nn.BatchNorm1d, nn.BatchNorm2d))
        for name in ("weight", "bias", "running_mean", "running_var"):
            tensor = getattr(module, name, None)
            if not isinstance(tensor, torch.Tensor):
                continue
            u = noise(index, tensor.numel())
            if name == "running_var" or norm and name == "weight":
                values = 0.5 + u
            elif name == "weight":
                values = (2 * u - 1) * (6 / (tensor.numel() / tensor.shape[0])) ** 0.5
            else:
                values = (2 * u - 1) * 0.3
            with torch.no_grad():
                tensor.copy_(torch.tensor(values.astype(np.float32)).reshape(tensor.shape))
            index += 1
    return net, shape, items[-1].endswith("s")


def batch(shape, outputs, first, count):
    size = int(np.prod(shape))
    x = noise(1000, (first + count) * size)[first * size:].astype(np.float32).reshape(count, *shape[1:], shape[0])
    if len(shape) == 3:  # ours have the channels last
        x = np.ascontiguousarray(x.transpose(0, 3, 1, 2))
    else:
        x = x.reshape(count, shape[0])
    y = (noise(1001, first + count)[first:] * outputs).astype(np.int64)
    return torch.tensor(x), torch.tensor(y)


def loss_of(logits, y, sigmoid):
    if sigmoid:
        t = F.one_hot(y, logits.shape[1]).float()
        return F.binary_cross_entropy_with_logits(logits, t, reduction="sum") / len(y)
    return F.cross_entropy(logits, y)


def short(values):
    return [float("%.8g" % v) for v in values]


def margin(net, x):
    """How near to its other side the nearest maximum or ReLU is, as a share of the largest value there."""
    margins = [1.0]

    def relu(_, inputs):
        margins.append((inputs[0].abs().min() / inputs[0].abs().max()).item())

    def pool(module, inputs):
        k, s = module.kernel_size, module.stride
        best = inputs[0].unfold(2, k, s).unfold(3, k, s).flatten(4).topk(2).values
        apart = (best[..., 0] - best[..., 1])[best[..., 0] > 0]
        if len(apart):
            margins.append((apart.min() / best.max()).item())

    for module in net:
        if isinstance(module, (nn.ReLU, nn.LeakyReLU)):
            module.register_forward_pre_hook(relu)
        if isinstance(module, nn.MaxPool2d):
            module.register_forward_pre_hook(pool)
    net(x)
    return min(margins)


def steady_batch(text, shape, outputs, count):
    """The first batch in which rounding decides no maximum and no ReLU, so that a comparison means something:
    there PyTorch's own gradients in single and double precision agree, and no decision is within the error of a
    convolution by Winograd's tiles."""
    for first in range(0, 40000, count):
        net, _, _ = build(text)
        with torch.no_grad():
            if margin(net.double().train(), batch(shape, outputs, first, count)[0].double()) < 2e-6:
                continue
        found = []
        for kind in (torch.float32, torch.float64):
            net, _, sigmoid = build(text)
            net.to(kind).train()
            x, y = batch(shape, outputs, first, count)
            loss_of(net(x.to(kind)), y, sigmoid).backward()
            found.append([p.grad.double() for p in net.parameters()])
        if all((a - b).abs().max() < 1e-5 * b.abs().max() for a, b in zip(*found)):
            return first
    raise SystemExit(f"no steady batch for {text}")


def record(text, count, steps, step_size):
    net, shape, sigmoid = build(text)
    outputs = [m for m in net if isinstance(m, (nn.Linear, nn.Conv2d))][-1]
    outputs = outputs.out_features if isinstance(outputs, nn.Linear) else outputs.out_channels
    first = steady_batch(text, shape, outputs, count)
    x, y = batch(shape, outputs, first, count)
    net.eval()
    with torch.no_grad():
        logits = net(x)
        answers = torch.sigmoid(logits) if sigmoid else torch.softmax(logits, 1)
    net.train()
    loss = loss_of(net(x), y, sigmoid)
    loss.backward()
    gradients = []
    for parameter in net.parameters():
        g = parameter.grad.flatten().numpy()
        stride = max(1, len(g) // 23)
        gradients.append({"largest": float(np.abs(g).max()), "stride": stride, "values": short(g[::stride])})
    statistics = [short(b.flatten().numpy()) for n, b in net.named_buffers() if "running" in n]
    losses = []
    if steps:
        net, _, _ = build(text)
        net.train()
        optimizer = torch.optim.Adam(net.parameters(), 1e-3)
        for step in range(steps):
            x, y = batch(shape, outputs, step * step_size, step_size)
            optimizer.zero_grad()
            loss_here = loss_of(net(x), y, sigmoid)
            loss_here.backward()
            optimizer.step()
            losses.append(loss_here.item())
    return {
        "architecture": text, "first": first, "count": count, "answers": [short(a) for a in answers.numpy()], "loss": loss.item(),
        "gradients": gradients, "statistics": statistics, "losses": short(losses), "step": step_size}


small = [
    "6-5s-4t-3r-7l-4i-2", "6-5s-3s", "7x6-4C1-4C2-6C3-6C4-5C5-4C6-4C7-3", "9x8x2-3C3S2s-4C2S2t-3",
    "11x9x3-33C3Vl-P2S1-A2-4", "12x12-4C5Vni-P3S2-36C3S2n-G", "7x9x2-5nt-3", "7x7x2-B-G-3s", "8x8-A3S2-P2-4",
    "9x9-40C3-40C3-P2-3", "8x8-32C5-34C5-A2-t-B-3", "5x5x4-3C5S2-3C1S2-2", "10x10-5C4S2V-6C6-3",
]
cnns = ["32C5-32C5-P2-64C3-64C3-P2-256-10", "32C3n-32C3n-P2-64C3n-64C3n-P2-128C3n-128C3n-G-10"]
here = os.path.dirname(os.path.abspath(__file__))
with open(os.path.join(here, "networks.json"), "w") as file:
    results = [record(text, 6, 0, 0) for text in small] + [record(text, 4, 20, 32) for text in cnns]
    file.write("[" + ",\n".join(json.dumps(r, separators=(",", ":")) for r in results) + "]\n")
