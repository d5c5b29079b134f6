"""A Tk window to draw a digit in, which reads it when the pen is lifted. rival_window.py torch|onnx MODEL

MODEL is the flagship: a safetensors file for torch, an ONNX file for onnx. The page is an array beside the canvas.
"""
import sys
import tkinter as tk
import numpy as np

engine, path = sys.argv[1:3]
side, pen = 448, 9

if engine == "torch":
    import torch
    from safetensors.torch import load_file
    nn, weights, networks = torch.nn, load_file(path), []
    for member in "012":
        layers, inputs = [], 1
        for outputs, pools in ((32, 0), (32, 1), (64, 0), (64, 1), (128, 0), (128, 0)):
            layers += [nn.Conv2d(inputs, outputs, 3, padding=1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU()]
            layers, inputs = layers + [nn.MaxPool2d(2)] * pools, outputs
        networks.append(nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(128, 11)).eval())
        for kind, name in ((nn.Conv2d, "conv"), (nn.BatchNorm2d, "norm"), (nn.Linear, "dense")):
            for number, layer in enumerate((x for x in networks[-1] if isinstance(x, kind)), 1):
                start = f"{member}.{name}{number}."
                layer.load_state_dict(
                    {k[len(start):]: v for k, v in weights.items() if k.startswith(start)}, strict=False)

    def probabilities(picture):
        with torch.inference_mode():
            one = torch.from_numpy(picture)[None, None]
            return sum(torch.softmax(network(one), 1) for network in networks)[0].numpy() / len(networks)
else:
    import onnxruntime
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])

    def probabilities(picture):
        return session.run(None, {"input": picture[None, None]})[0][0]


def fitted(page):
    """28 by 28 as MNIST has them: the ink's box, 20 across, its middle of mass in the middle."""
    rows, columns = np.nonzero(page.any(1))[0], np.nonzero(page.any(0))[0]
    if not len(rows):
        return None
    ink = page[rows[0]:rows[-1] + 1, columns[0]:columns[-1] + 1]
    size = max(ink.shape)
    whole = np.pad(ink, [((size - length) // 2, (size - length + 1) // 2) for length in ink.shape])
    edges = np.linspace(0, size, 21)[:, None]  # each cell's share of each of the 20, for area averages
    ends = np.clip(edges - np.arange(size), 0, 1)
    share = (ends[1:] - ends[:-1]).astype(np.float32)
    small = share @ whole @ share.T
    small /= small.max()
    middle = (np.arange(20) @ small.sum(axis) / small.sum() for axis in (1, 0))
    return np.pad(small, [(m := int(np.clip(round(13.5 - place), 0, 8)), 8 - m) for place in middle])


def draw(event):
    global last
    x, y = last or (event.x, event.y)
    canvas.create_line(x, y, event.x, event.y, width=2 * pen, capstyle=tk.ROUND)
    for t in np.linspace(0, 1, max(abs(event.x - x), abs(event.y - y)) // 3 + 2):
        row, column = round(y + t * (event.y - y)), round(x + t * (event.x - x))
        top, left = max(0, row - pen), max(0, column - pen)
        area = page[top:row + pen + 1, left:column + pen + 1]
        area[disc[top - row + pen:, left - column + pen:][:area.shape[0], :area.shape[1]]] = 1
    last = event.x, event.y


def predict(_=None):
    global last
    last = None
    if (picture := fitted(page)) is not None:
        given = probabilities(picture)
        best = int(given[:10].argmax())
        root.title(best)
        answer["text"] = f"{best}  {given[best]:.1%}"


def clear(_=None):
    canvas.delete("all")
    page[:] = 0
    root.title("Draw")


page, last = np.zeros((side, side), np.float32), None
disc = np.hypot(*np.mgrid[-pen:pen + 1, -pen:pen + 1]) <= pen
root = tk.Tk(className="Rival")
root.geometry("+0+0")
canvas = tk.Canvas(root, width=side, height=side, bg="white", highlightthickness=0)
canvas.pack()
canvas.bind("<Button-1>", draw)
canvas.bind("<B1-Motion>", draw)
canvas.bind("<ButtonRelease-1>", predict)
answer = tk.Label(root, font=("sans", 32))
answer.pack()
for action in (predict, clear):
    tk.Button(root, text=action.__name__, command=action).pack(side=tk.LEFT)
root.bind("<Escape>", clear)
clear()
root.mainloop()
