"""Writes the model as ONNX, node by node: operators that ONNX Runtime and tract both know, fixed shapes.

Large weights are kept as int8 with a scale for each output channel, and become float32 again when
the file is loaded; what is computed is float32 throughout.
"""

from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from backbone import Backbone
from heads import Heads
from model import HEADS

FINISH = {"point": "Tanh", "moods": "Softmax", "tags": "Sigmoid", "faces": "Sigmoid", "expression": "Softmax"}
LARGE = 4096
"""Weights with fewer numbers stay as they are."""


class Graph:
    def __init__(self):
        self.nodes, self.weights, self.count = [], [], 0

    def constant(self, value: np.ndarray, name: str, kind=np.float32) -> str:
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(value, kind), name))
        return name

    def node(self, kind: str, *inputs: str, name: str = "", **attributes) -> str:
        self.count += 1
        name = name or f"{kind.lower()}_{self.count}"
        self.nodes.append(helper.make_node(kind, list(inputs), [name], name=name, **attributes))
        return name

    def weight(self, value: np.ndarray, name: str) -> str:
        """A weight whose first axis are the outputs."""
        if value.size < LARGE:
            return self.constant(value, name)
        whole, scale = as_int8(value)
        return self.node("Mul", self.node("Cast", self.constant(whole, name, np.int8), to=TensorProto.FLOAT), self.constant(scale, f"{name}_scale"))


def as_int8(value: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    axes = tuple(range(1, value.ndim))
    scale = np.maximum(np.abs(value).max(axes, keepdims=True), 1e-12).astype(np.float32) / 127
    return np.round(value / scale).astype(np.int8), scale


def rounded(module: torch.nn.Module):
    """Rounds a module's large weights in place to what the file keeps."""
    with torch.no_grad():
        for parameter in module.parameters():
            if parameter.ndim > 1 and parameter.numel() >= LARGE:
                whole, scale = as_int8(parameter.numpy())
                parameter.copy_(torch.from_numpy(whole * scale))


def features(g: Graph, net: Backbone, name: str) -> str:
    x, count = "pixels", 0
    for block in net.blocks:
        before = x
        for layer in block.layers:
            low, high = layer.pads
            x = g.node(
                "Conv", x, g.weight(layer.weight.detach().numpy(), f"{name}_{count}"), g.constant(layer.bias.detach().numpy(), f"{name}_{count}_bias"),
                group=layer.groups, kernel_shape=list(layer.weight.shape[2:]), pads=[low, low, high, high], strides=[layer.stride] * 2,
            )
            if layer.activate:
                x = g.node("Clip", x, "zero", "six")
            count += 1
        if block.skip:
            x = g.node("Add", before, x)
    return g.node("Flatten", g.node("GlobalAveragePool", x), axis=1)


def build(nets: list[Backbone], heads: Heads) -> onnx.ModelProto:
    g = Graph()
    g.constant(np.array(0), "zero")
    g.constant(np.array(6), "six")
    seen = g.node("Concat", *(features(g, net, f"net{i}") for i, net in enumerate(nets)), axis=1)
    x = g.node("Sub", g.node("Sqrt", seen), g.constant(heads.mean.numpy()[None], "mean"))
    x = g.node("Div", x, g.constant(heads.sd.numpy()[None], "sd"))
    linear = lambda x, layer, name: g.node("Gemm", x, g.weight(layer.weight.detach().numpy(), name), g.constant(layer.bias.detach().numpy(), f"{name}_bias"), transB=1)
    raw = linear(g.node("Relu", linear(x, heads.first, "first")), heads.second, "second")
    start = 0
    for name, size in HEADS.items():
        ends = [g.constant(np.array([at]), f"{name}_{what}", np.int64) for what, at in (("start", start), ("end", start + size), ("axis", 1))]
        axis = {"axis": 1} if FINISH[name] == "Softmax" else {}
        g.node(FINISH[name], g.node("Slice", raw, *ends), name=name, **axis)
        start += size
    graph = helper.make_graph(
        g.nodes, "maeum-photo",
        [helper.make_tensor_value_info("pixels", TensorProto.FLOAT, [1, 3, 224, 224])],
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, [1, size]) for name, size in HEADS.items()],
        g.weights,
    )
    found = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], producer_name="maeum", ir_version=8)
    onnx.checker.check_model(found)
    return found


def write(nets: list[Backbone], heads: Heads, path: Path):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(build(nets, heads).SerializeToString())
