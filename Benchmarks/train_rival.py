"""PyTorch trains by one of our recipes: train_rival.py RECIPE FOLDER EPOCHS SEED SETTING THREADS [STEPS]

FOLDER holds what our own run learns from and is watched with, so that data and split are the same. Pictures are varied
on the fly, a batch at a time (affine grid and bilinear samples). Prints the seconds from the first step to the last,
verdicts between epochs included, and each epoch's validation accuracy. With STEPS it stops after so many."""
import json
import sys
import time

import numpy
import torch
import torch.nn as nn
import torch.nn.functional as F

path, folder, epochs, seed, setting, threads = sys.argv[1:7]
epochs, seed, threads = int(epochs), int(seed), int(threads)
last_step = int(sys.argv[7]) if len(sys.argv) > 7 else None
torch.set_num_threads(threads)
torch.set_flush_denormal(True)
torch.manual_seed(seed)
layout = torch.channels_last if "last" in setting else torch.contiguous_format

with open(path) as file:
    lines = (line.split("#")[0].split(":", 1) for line in file)
    recipe = {words[0].strip(): words[1].strip() for words in lines if len(words) == 2}


def number(name):
    return float(recipe.get(name, 0))


def read(name):
    images = numpy.fromfile(f"{folder}/{name}-images", numpy.uint8)[16:].reshape(-1, 1, 28, 28)
    labels = numpy.fromfile(f"{folder}/{name}-labels", numpy.uint8)[8:]
    return torch.from_numpy(images.astype(numpy.float32) / 255), torch.from_numpy(labels.astype(numpy.int64))


class Varied:
    """A batch turned, sized, stretched and moved as our Distorter does it, each picture in its own way."""

    @staticmethod
    def within(count, reach):
        return (torch.rand(count) * 2 - 1) * reach

    def __call__(self, x):
        count = len(x)
        angle = self.within(count, number("rotate") * numpy.pi / 180)
        size, stretch = 1 + self.within(count, number("scale")), 1 + self.within(count, number("scale") / 3)
        across, down = 1 / (size * stretch), stretch / size
        cosine, sine = torch.cos(angle), torch.sin(angle)
        linear = torch.stack([cosine * across, sine * across, -sine * down, cosine * down], 1).view(-1, 2, 2)
        moved = torch.stack([self.within(count, number("shift") / 14), self.within(count, number("shift") / 14)], 1)
        grid = F.affine_grid(torch.cat([linear, -(linear @ moved[:, :, None])], 2), list(x.shape), align_corners=False)
        return F.grid_sample(x, grid, mode="bilinear", padding_mode="zeros", align_corners=False)


def network():
    """The layers of `32C5-…-P2-D0.25-…-256-D0.5-10`."""
    layers, shape, flat = [], (1, 28), None
    words = recipe["architecture"].split("-")
    for place, word in enumerate(words[1:], 1):
        if word[0] == "P":
            layers.append(nn.MaxPool2d(int(word[1:])))
            shape = (shape[0], shape[1] // int(word[1:]))
        elif word[0] == "D":
            layers.append(nn.Dropout(float(word[1:])))
        elif "C" in word:
            outputs, kernel = map(int, word.split("C"))
            layers += [nn.Conv2d(shape[0], outputs, kernel, padding=kernel // 2), nn.ReLU()]
            shape = (outputs, shape[1])
        else:
            if flat is None:
                layers.append(nn.Flatten())
                flat = shape[0] * shape[1] ** 2
            layers.append(nn.Linear(flat, int(word)))
            flat = int(word)
            if place < len(words) - 1:
                layers.append(nn.ReLU())
    net = nn.Sequential(*layers)
    for layer in net:
        if hasattr(layer, "weight"):
            nn.init.xavier_uniform_(layer.weight)
            nn.init.zeros_(layer.bias)
    return net.to(memory_format=layout)


x, y = read("train")
vx, vy = read("validation")
batch = int(recipe["batch"])
net, varied = network(), Varied()
rate = number("learning-rate")
optimizer = torch.optim.RMSprop(net.parameters(), rate, alpha=number("memory"), eps=1e-8)
_, factor, patience, least = recipe["schedule"].split()
schedule = torch.optim.lr_scheduler.ReduceLROnPlateau(
    optimizer, factor=float(factor), patience=int(patience), threshold=0, min_lr=rate * float(least))

start = time.perf_counter()
seconds, accuracies, steps = 0.0, [], 0
for epoch in range(epochs):
    net.train()
    for places in torch.randperm(len(x)).split(batch):
        optimizer.zero_grad(set_to_none=True)
        inputs = varied(x[places]).to(memory_format=layout)
        F.cross_entropy(net(inputs), y[places]).backward()
        optimizer.step()
        steps += 1
        if steps == last_step:
            break
    seconds = time.perf_counter() - start
    if steps == last_step:
        break
    net.eval()
    with torch.inference_mode():
        sums = torch.cat([net(part.to(memory_format=layout)) for part in vx.split(512)])
    accuracies.append((sums.argmax(1) == vy).float().mean().item())
    schedule.step(1 - accuracies[-1] + F.cross_entropy(sums, vy).item() / 100)
print(json.dumps({"seconds": seconds, "accuracies": accuracies}))
