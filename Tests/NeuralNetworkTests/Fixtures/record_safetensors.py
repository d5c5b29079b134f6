"""Writes reference.safetensors with the reference package, for SafetensorsTests.

    python3 Tests/NeuralNetworkTests/Fixtures/record_safetensors.py      (safetensors and torch installed)
"""
import os

import torch
from safetensors.torch import save_file

save_file(
    {
        "conv1.weight": torch.arange(12, dtype=torch.float32).reshape(2, 1, 2, 3) / 8,
        "half": torch.tensor([1.5, -2.0, 6e-8, 65504.0, float("inf"), -0.0], dtype=torch.float16),
        "brain": torch.tensor([1.0, -0.5], dtype=torch.bfloat16),
        "double": torch.tensor([0.1], dtype=torch.float64),
        "empty": torch.zeros(0, 3),
        "scalar": torch.tensor(7.0),
    },
    os.path.join(os.path.dirname(os.path.abspath(__file__)), "reference.safetensors"),
    metadata={"name": "na\u00efve \"quoted\" \\ \u2603 \U0001f600\n", "empty": ""},
)
