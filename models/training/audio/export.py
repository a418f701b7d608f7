"""Writes the student as ONNX, node by node, with plain operators and fixed shapes; the norms are
folded into the convolutions before them."""

import time
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import nn

from model import BANDS, EMBEDDING, FRAMES, MOODS, Block, Student

BATCH = 8


class Graph:
    def __init__(self):
        self.nodes, self.weights = [], []

    def constant(self, value) -> str:
        name = f"c{len(self.weights)}"
        value = value.detach().numpy() if isinstance(value, torch.Tensor) else np.asarray(value)
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(self, kind: str, *inputs: str, name: str | None = None, **attributes) -> str:
        name = name or f"{kind.lower()}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [name], **attributes))
        return name

    def conv(self, x: str, conv: nn.Conv2d, norm: nn.BatchNorm2d) -> str:
        scale = norm.weight / torch.sqrt(norm.running_var + norm.eps)
        weight = self.constant(conv.weight * scale[:, None, None, None])
        bias = self.constant(norm.bias - norm.running_mean * scale)
        pads = [conv.padding[0], conv.padding[1]] * 2
        return self.node("Conv", x, weight, bias, group=conv.groups, kernel_shape=list(conv.kernel_size), strides=list(conv.stride), pads=pads)

    def block(self, x: str, block: Block) -> str:
        found = self.node("Relu", self.conv(x, block.depth, block.depth_norm))
        found = self.conv(found, block.point, block.point_norm)
        return self.node("Relu", self.node("Add", x, found) if block.adds else found)

    def linear(self, x: str, linear: nn.Linear) -> str:
        return self.node("Gemm", x, self.constant(linear.weight), self.constant(linear.bias), transB=1)


def write(student: Student, path: Path):
    graph = Graph()
    norm = student.band_norm
    scale = norm.weight / torch.sqrt(norm.running_var + norm.eps)
    # (mel + 40) / 40, then the norm of each band.
    unit = (scale / 40)[None, :, None]
    shift = (norm.bias - norm.running_mean * scale + scale)[None, :, None]
    x = graph.node("Add", graph.node("Mul", "mel", graph.constant(unit)), graph.constant(shift))
    mean = graph.node("ReduceMean", x, axes=[2], keepdims=1)
    apart = graph.node("Sub", x, mean)
    variance = graph.node("ReduceMean", graph.node("Mul", apart, apart), axes=[2], keepdims=0)
    spread = graph.node("Sqrt", graph.node("Add", variance, graph.constant(np.array([1e-6], np.float32))))
    mean = graph.node("Reshape", mean, graph.constant(np.array([BATCH, BANDS])))
    x = graph.node("Reshape", x, graph.constant(np.array([BATCH, 1, BANDS, FRAMES])))
    x = graph.node("Relu", graph.conv(x, student.stem, student.stem_norm))
    for block in student.blocks:
        x = graph.block(x, block)
    x = graph.node("Relu", graph.conv(x, student.fold, student.fold_norm))
    x = graph.node("Relu", graph.conv(x, student.mix, student.mix_norm))
    pooled = [graph.node(kind, x, axes=[2, 3], keepdims=0) for kind in ("ReduceMean", "ReduceMax")]
    found = graph.node("Concat", *pooled, axis=1)
    hidden = graph.node("Relu", graph.linear(found, student.hidden))
    told = graph.linear(graph.node("Concat", hidden, found, mean, spread, axis=1), student.point)
    graph.node("Tanh", told, name="point")
    graph.node("Softmax", graph.linear(hidden, student.moods), name="moods", axis=1)
    graph.node("Sigmoid", graph.linear(hidden, student.tags), name="tags")
    vector = graph.linear(graph.node("Concat", found, mean, spread, axis=1), student.embedding)
    squares = graph.node("ReduceSum", graph.node("Mul", vector, vector), graph.constant(np.array([1])), keepdims=1)
    length = graph.node("Sqrt", graph.node("Add", squares, graph.constant(np.array([1e-12], np.float32))))
    graph.node("Div", vector, length, name="embedding")
    tensor = lambda name, *shape: helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)
    outputs = [tensor("point", BATCH, 2), tensor("moods", BATCH, MOODS), tensor("tags", BATCH, student.tags.out_features), tensor("embedding", BATCH, EMBEDDING)]
    whole = helper.make_graph(graph.nodes, "audio", [tensor("mel", BATCH, BANDS, FRAMES)], outputs, graph.weights)
    model = helper.make_model(whole, opset_imports=[helper.make_opsetid("", 17)], ir_version=8, producer_name="maeum")
    onnx.checker.check_model(model, full_check=True)
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(model.SerializeToString())


def check(student: Student, path: Path, mel: torch.Tensor) -> dict[str, float]:
    """Largest difference from torch on eight patches, and milliseconds on one core."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(path, options)
    found = session.run(["point", "moods", "tags", "embedding"], {"mel": mel.numpy()})
    with torch.inference_mode():
        point, moods, tags, embedding = student.eval()(mel)
    wanted = [torch.tanh(point), moods.softmax(1), tags.sigmoid(), embedding]
    apart = max(float(np.abs(a - b.numpy()).max()) for a, b in zip(found, wanted))
    took = []
    for _ in range(30):
        began = time.perf_counter()
        session.run(None, {"mel": mel.numpy()})
        took.append(time.perf_counter() - began)
    return {"largest difference from torch": apart, "milliseconds for 8 patches": 1000 * min(took)}
