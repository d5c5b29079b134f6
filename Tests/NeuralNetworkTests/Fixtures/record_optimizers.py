"""Records what PyTorch's and SciPy's optimizers do, for OptimizerTests and LBFGSTests.

Run with torch and scipy installed (Benchmarks/requirements.txt has the versions):
    python3 Tests/NeuralNetworkTests/Fixtures/record_optimizers.py
It writes optimizers.json and lbfgs.json beside itself, and losses.json.
"""
import json
import os

import numpy as np
import torch
from scipy.optimize import minimize

here = os.path.dirname(os.path.abspath(__file__))


def save(name, value):
    with open(os.path.join(here, name), "w") as file:
        json.dump(value, file, separators=(",", ":"))
        file.write("\n")


def rounded(array, digits=9):
    return [float(f"%.{digits}g" % x) for x in np.asarray(array).ravel()]


def optimizers():
    rng = np.random.default_rng(1)
    start = rng.normal(size=7).astype(np.float32)
    gradients = rng.normal(size=(12, 7)).astype(np.float32)
    gradients[:, 3] = 0  # a parameter that is never used
    o = torch.optim
    cases = {
        "sgd": lambda p: o.SGD(p, lr=0.1),
        "sgd decay": lambda p: o.SGD(p, lr=0.1, weight_decay=0.05),
        "momentum": lambda p: o.SGD(p, lr=0.1, momentum=0.9, weight_decay=0.05),
        "nesterov": lambda p: o.SGD(p, lr=0.1, momentum=0.9, nesterov=True),
        "rmsprop": lambda p: o.RMSprop(p, lr=0.01, alpha=0.95, weight_decay=0.05),
        "rmsprop momentum": lambda p: o.RMSprop(p, lr=0.01, momentum=0.8, eps=1e-6),
        "adadelta": lambda p: o.Adadelta(p, lr=1.0),
        "adadelta decay": lambda p: o.Adadelta(p, lr=0.5, rho=0.95, eps=1e-5, weight_decay=0.05),
        "adam": lambda p: o.Adam(p, lr=0.01),
        "adam decay": lambda p: o.Adam(p, lr=0.01, betas=(0.8, 0.95), weight_decay=0.05),
        "adamw": lambda p: o.AdamW(p, lr=0.01, weight_decay=0.1),
    }
    result = {}
    for name, make in cases.items():
        p = torch.tensor(start, requires_grad=True)
        optimizer = make([p])
        path = []
        for gradient in gradients:
            p.grad = torch.tensor(gradient)
            optimizer.step()
            path.append(rounded(p.detach().numpy()))
        result[name] = path
    save("optimizers.json", {"start": rounded(start), "gradients": [rounded(g) for g in gradients], "paths": result})


def rosenbrock(x):
    f = np.sum(100 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2)
    g = np.zeros_like(x)
    g[:-1] += -400 * x[:-1] * (x[1:] - x[:-1] ** 2) - 2 * (1 - x[:-1])
    g[1:] += 200 * (x[1:] - x[:-1] ** 2)
    return f, g


def wells(x):
    # Cosines on a bowl, steep in some directions: the line search meets every kind of point.
    scale = np.arange(1, x.size + 1) ** 2.0
    return np.sum(scale * x * x / 50 - np.cos(3 * x)), scale * x / 25 + 3 * np.sin(3 * x)


def log_sum(x):
    e = np.exp(x - x.max())
    return np.log(e.sum()) + x.max() + 0.05 * np.sum(x * x), e / e.sum() + 0.1 * x


def lbfgs():
    result = []
    rng = np.random.default_rng(2)
    for name, function, n in (("rosenbrock", rosenbrock, 10), ("wells", wells, 14), ("log sum", log_sum, 6)):
        start = rng.normal(size=n) * (1 if name != "wells" else 6)
        values, calls = [], [0]

        def counted(x):
            calls[0] += 1
            return function(x)

        def note(intermediate_result):
            values.append([calls[0], float(intermediate_result.fun)])

        end = minimize(counted, start, jac=True, method="L-BFGS-B", callback=note, options={"maxcor": 10})
        result.append({
            "name": name, "start": rounded(start, 17), "iterations": values, "end": rounded(end.x, 17),
            "gradient": rounded(function(start)[1], 17)})
    save("lbfgs.json", result)


def losses():
    rng = np.random.default_rng(3)
    logits = (rng.normal(size=(5, 6)) * 3).astype(np.float32)
    labels = rng.integers(0, 6, size=5)
    soft = rng.dirichlet(np.ones(6), size=5).astype(np.float32)
    result = {"logits": [rounded(s) for s in logits], "labels": labels.tolist(), "soft": [rounded(s) for s in soft]}
    for smoothing in (0.0, 0.1):
        for kind in ("labels", "soft"):
            x = torch.tensor(logits, requires_grad=True)
            t = torch.tensor(labels if kind == "labels" else soft)
            f = torch.nn.functional.cross_entropy(x, t, label_smoothing=smoothing)
            f.backward()
            result[f"softmax {kind} {smoothing}"] = {"loss": f.item(), "gradient": [rounded(g) for g in x.grad]}
            x = torch.tensor(logits, requires_grad=True)
            t = torch.nn.functional.one_hot(torch.tensor(labels), 6).float() if kind == "labels" else torch.tensor(soft)
            t = t * (1 - smoothing) + smoothing / 2
            f = torch.nn.functional.binary_cross_entropy_with_logits(x, t, reduction="sum") / 5
            f.backward()
            result[f"sigmoid {kind} {smoothing}"] = {"loss": f.item(), "gradient": [rounded(g) for g in x.grad]}
    save("losses.json", result)


optimizers()
lbfgs()
losses()
