"""Writes self_check.onnx: a very small network over the operators that the shipped models
are made of (convolution, normalised softmax, matrix product, GELU's error function), with
fixed weights. `maeum doctor` runs it to see that the ONNX backend computes what it should.

    pip install onnx==1.23.2 numpy && python3 models/self_check/make.py
"""

import json
import math
import pathlib

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

HERE = pathlib.Path(__file__).parent


def weights(*shape):
    """Deterministic, irregular, in -1..1: no two backends get this right by accident."""
    n = math.prod(shape)
    return np.sin(np.arange(1, n + 1) * 12.9898).astype(np.float32).reshape(shape)


conv, bias = weights(4, 1, 3, 3), weights(4)
dense, offset = weights(4, 7), weights(7)

graph = helper.make_graph(
    [
        helper.make_node("Conv", ["input", "conv", "bias"], ["c"], pads=[1, 1, 1, 1]),
        # GELU as exporters spell it: 0.5 x (1 + erf(x / sqrt 2))
        helper.make_node("Mul", ["c", "inv_sqrt2"], ["scaled"]),
        helper.make_node("Erf", ["scaled"], ["erf"]),
        helper.make_node("Add", ["erf", "one"], ["shifted"]),
        helper.make_node("Mul", ["c", "shifted"], ["doubled"]),
        helper.make_node("Mul", ["doubled", "half"], ["g"]),
        helper.make_node("GlobalAveragePool", ["g"], ["pooled"]),
        helper.make_node("Flatten", ["pooled"], ["flat"]),
        helper.make_node("MatMul", ["flat", "dense"], ["m"]),
        helper.make_node("Add", ["m", "offset"], ["logits"]),
        helper.make_node("Softmax", ["logits"], ["moods"], axis=1),
    ],
    "self_check",
    [helper.make_tensor_value_info("input", TensorProto.FLOAT, [1, 1, 16, 16])],
    [helper.make_tensor_value_info("moods", TensorProto.FLOAT, [1, 7])],
    [
        numpy_helper.from_array(conv, "conv"),
        numpy_helper.from_array(bias, "bias"),
        numpy_helper.from_array(dense, "dense"),
        numpy_helper.from_array(offset, "offset"),
        numpy_helper.from_array(np.array(1 / math.sqrt(2), np.float32), "inv_sqrt2"),
        numpy_helper.from_array(np.array(1, np.float32), "one"),
        numpy_helper.from_array(np.array(0.5, np.float32), "half"),
    ],
)
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
onnx.checker.check_model(model)
onnx.save(model, HERE / "self_check.onnx")

# The same computation in plain numpy, as the expected answer.
image = weights(16, 16).astype(np.float64)
padded = np.pad(image, 1)
maps = np.stack(
    [
        sum(conv[o, 0, i, j] * padded[i : i + 16, j : j + 16] for i in range(3) for j in range(3)) + bias[o]
        for o in range(4)
    ]
)
gelu = 0.5 * maps * (1 + np.vectorize(math.erf)(maps / math.sqrt(2)))
logits = gelu.mean(axis=(1, 2)) @ dense + offset
moods = np.exp(logits - logits.max())
moods /= moods.sum()
print(json.dumps([round(float(x), 6) for x in moods]))
