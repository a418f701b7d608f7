"""Writes the model as ONNX, node by node: int8 weights (one scale a row or channel), activations
quantised on the fly. Operators that ONNX Runtime fuses and tract knows."""

from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from bag import FACTOR, PAIRS, SPECIAL, Bag
from joint import Joint

WIDTH, HEADS, LAYERS = 384, 12, 6


class Graph:
    def __init__(self):
        self.nodes, self.weights, self.count = [], [], 0

    def constant(self, value: np.ndarray, name: str) -> str:
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(self, kind: str, *inputs: str, outputs=1, name=None, **attributes):
        self.count += 1
        names = [f"{name or kind.lower()}_{self.count}" for _ in range(outputs)]
        if outputs > 1:
            names = [f"{n}_{i}" for i, n in enumerate(names)]
        self.nodes.append(helper.make_node(kind, list(inputs), names, name=f"n{self.count}", **attributes))
        return names[0] if outputs == 1 else names

    def rows(self, table: np.ndarray, ids: str, name: str) -> str:
        """Looks up rows of a table."""
        scale = np.maximum(np.abs(table).max(1, keepdims=True), 1e-8) / 127
        whole = np.round(table / scale).astype(np.int8)
        found = self.node("Gather", self.constant(whole, name), ids)
        scales = self.node("Gather", self.constant(scale.astype(np.float32), name + "_scale"), ids)
        return self.node("Mul", self.node("Cast", found, to=TensorProto.FLOAT), scales)

    def quantise(self, x: str):
        """Activations as uint8 with their scale and zero point; shared by what reads them."""
        return self.node("DynamicQuantizeLinear", x, outputs=3)

    def linear(self, x, weight: np.ndarray, bias: np.ndarray, name: str) -> str:
        """x of `quantise` times weight [out, in] transposed, plus bias."""
        weight = weight.T
        data, x_scale, x_zero = x
        scale = np.maximum(np.abs(weight).max(0), 1e-8) / 127
        whole = np.round(weight / scale).astype(np.int8)
        zero = self.constant(np.zeros(weight.shape[1], np.int8), name + "_zero")
        product = self.node("MatMulInteger", data, self.constant(whole, name), x_zero, zero)
        scales = self.node("Mul", x_scale, self.constant(scale.astype(np.float32), name + "_scale"))
        product = self.node("Mul", self.node("Cast", product, to=TensorProto.FLOAT), scales)
        return self.node("Add", product, self.constant(bias, name + "_bias"))

    def norm(self, x: str, weight: np.ndarray, bias: np.ndarray, name: str) -> str:
        return self.node("LayerNormalization", x, self.constant(weight, name), self.constant(bias, name + "_bias"), axis=-1, epsilon=1e-12)


def bag_of_pieces(g: Graph, mask: str, bag: Bag) -> tuple[str, str]:
    """What `Bag.read` computes: logits [batch, 8] and points [batch, 2]."""
    whole = lambda value, name: g.constant(np.array(value, np.int64), name)
    first, last, columns = whole([0], "first"), whole([-1], "last"), whole([1], "columns")
    end = whole([2**31 - 1], "end")
    before = g.node("Slice", "ids", first, last, columns)
    after = g.node("Slice", "ids", columns, end, columns)
    pair = g.node("Add", g.node("Mul", before, whole(FACTOR, "factor")), after)
    pair = g.node("Add", g.node("Mod", pair, whole(PAIRS, "pairs")), whole(bag.vocabulary, "pairs_start"))
    places = g.node("Concat", "ids", pair, axis=1)
    real = g.node("Concat", mask, g.node("Slice", mask, columns, end, columns), axis=1)
    # One scale a column: the columns are summed and only then compared.
    table = bag.table.copy()
    table[:SPECIAL] = 0
    scale = np.maximum(np.abs(table).max(0), 1e-8) / 127
    rows = g.node("Gather", g.constant(np.round(table / scale).astype(np.int8), "bag"), places)
    rows = g.node("Mul", g.node("Cast", rows, to=TensorProto.FLOAT), g.node("Unsqueeze", real, whole([2], "bag_axis")))
    sums = g.node("Mul", g.node("ReduceSum", rows, columns, keepdims=0), g.constant(scale.astype(np.float32), "bag_scale"))
    part = lambda start, stop, name: g.node("Slice", sums, whole([start], name + "_start"), whole([stop], name + "_stop"), columns)
    one = g.constant(np.array(1, np.float32), "bag_least")
    norm = g.node("Sqrt", g.node("Max", part(10, 11, "norm"), one))
    told = g.node("Add", g.node("Div", part(0, 10, "told"), norm), g.constant(bag.bias, "bag_bias"))
    cut = lambda start, stop, name: g.node("Slice", told, whole([start], name + "_start"), whole([stop], name + "_stop"), columns)
    return cut(0, 8, "bag_moods"), cut(8, 10, "bag_point")


def build(state: dict[str, np.ndarray], bag: Bag, join: Joint) -> onnx.ModelProto:
    g = Graph()
    w = {k.removeprefix("encoder."): v.astype(np.float32) for k, v in state.items()}
    number = lambda value, name: g.constant(np.array(value, np.float32), name)
    whole = lambda value, name: g.constant(np.array(value, np.int64), name)

    length = g.node("Gather", g.node("Shape", "ids"), whole([1], "one"))
    positions = g.node("Slice", g.constant(w["positions.weight"], "positions"), whole([0], "zero"), length, "zero")
    x = g.node("Add", g.rows(w["tokens.weight"], "ids", "tokens"), positions)
    x = g.norm(x, w["norm.weight"], w["norm.bias"], "norm")
    mask = g.node("Cast", "mask", to=TensorProto.FLOAT)
    absent = g.node("Mul", g.node("Sub", number(1, "full"), mask), number(-1e4, "far"))
    bias = g.node("Unsqueeze", absent, whole([1, 2], "head_axes"))
    split = whole([0, 0, HEADS, WIDTH // HEADS], "split")
    whole_width = whole([0, 0, WIDTH], "whole_width")
    for i in range(LAYERS):
        part = lambda name: (w[f"layers.{i}.{name}.weight"], w[f"layers.{i}.{name}.bias"])
        quantised_x = g.quantise(x)
        heads = {}
        for name, order in (("query", [0, 2, 1, 3]), ("key", [0, 2, 3, 1]), ("value", [0, 2, 1, 3])):
            weight, offset = part(name)
            if name == "query":
                # The division by the square root of the head's width, done beforehand.
                shrink = (WIDTH // HEADS) ** -0.5
                weight, offset = weight * shrink, offset * shrink
            flat = g.linear(quantised_x, weight, offset, f"l{i}_{name}")
            heads[name] = g.node("Transpose", g.node("Reshape", flat, split), perm=order)
        scores = g.node("Add", g.node("MatMul", heads["query"], heads["key"]), bias)
        mixed = g.node("MatMul", g.node("Softmax", scores, axis=-1), heads["value"])
        mixed = g.node("Reshape", g.node("Transpose", mixed, perm=[0, 2, 1, 3]), whole_width)
        x = g.node("Add", x, g.linear(g.quantise(mixed), *part("out"), f"l{i}_out"))
        x = g.norm(x, *part("norm_1"), f"l{i}_norm_1")
        up = g.linear(g.quantise(x), *part("up"), f"l{i}_up")
        erf = g.node("Erf", g.node("Div", up, number(2**0.5, f"l{i}_root")))
        gelu = g.node("Mul", g.node("Mul", up, g.node("Add", erf, number(1, f"l{i}_one"))), number(0.5, f"l{i}_half"))
        x = g.node("Add", x, g.linear(g.quantise(gelu), *part("down"), f"l{i}_down"))
        x = g.norm(x, *part("norm_2"), f"l{i}_norm_2")
    weights = g.node("Unsqueeze", mask, whole([2], "last_axis"))
    total = g.node("ReduceSum", g.node("Mul", x, weights), "one", keepdims=0)
    sentence = g.node("Div", total, g.node("ReduceSum", mask, "one", keepdims=1))
    # The heads are small and stay in float.
    head = lambda name, scale: g.node(
        "Add", g.node("MatMul", sentence, g.constant(w[f"{name}.weight"].T * scale, name + "_weight")), g.constant(w[f"{name}.bias"] * scale, name + "_bias")
    )
    bag_moods, bag_point = bag_of_pieces(g, mask, bag)
    logits = g.node("Add", head("moods", np.float32(1 / join.temperature)), g.node("Mul", bag_moods, number(join.bag, "bag_weight")))
    g.nodes.append(helper.make_node("Softmax", [logits], ["moods"], axis=-1, name="moods"))
    # Valence and arousal: what both readers say, joined with where the moods lie.
    said = g.node("Concat", g.node("Tanh", head("point", np.float32(1))), bag_point, "moods", axis=1)
    joined = g.node("MatMul", said, g.constant(join.mix.astype(np.float32), "mix"))
    g.nodes.append(helper.make_node("Clip", [joined, number(-1, "least"), number(1, "most")], ["point"], name="point"))
    graph = helper.make_graph(
        g.nodes, "maeum-text",
        [helper.make_tensor_value_info(n, TensorProto.INT64, ["batch", "length"]) for n in ("ids", "mask")],
        [helper.make_tensor_value_info("moods", TensorProto.FLOAT, ["batch", 8]), helper.make_tensor_value_info("point", TensorProto.FLOAT, ["batch", 2])],
        g.weights,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], producer_name="maeum", ir_version=8)
    onnx.checker.check_model(model)
    return model


def write(state: dict[str, np.ndarray], bag: Bag, join: Joint, path: Path):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(build(state, bag, join).SerializeToString())
