"""The two backbones tried: MobileNetV1 and EfficientNet-Lite, with their batch norms folded into
the convolutions, so that what is trained is what is exported."""

import re
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import nn
from torch.nn import functional

# EfficientNet-Lite's batch norms (efficientnet_lite_builder.py).
EPSILON = 1e-3


class Conv(nn.Module):
    """A convolution with TensorFlow's "same" padding (uneven where the stride is 2), then ReLU6
    if asked for."""

    def __init__(self, weight: torch.Tensor, bias: torch.Tensor, stride: int, activate: bool):
        super().__init__()
        self.weight, self.bias = nn.Parameter(weight.contiguous(memory_format=torch.channels_last)), nn.Parameter(bias)
        self.stride, self.activate = stride, activate
        self.groups = 1 if weight.shape[1] > 1 or weight.shape[2] == 1 else weight.shape[0]
        whole = weight.shape[2] - stride
        self.pads = (whole // 2, whole - whole // 2) if weight.shape[2] > 1 else (0, 0)

    def forward(self, x):
        before, after = self.pads
        padding = before
        if before != after:
            x, padding = functional.pad(x, (before, after, before, after)), 0
        if self.groups > 1 and self.stride > 1:
            # bfloat16's backward pass of these takes four times as long as float32's.
            with torch.autocast("cpu", enabled=False):
                x = functional.conv2d(x.float(), self.weight, self.bias, self.stride, padding, 1, self.groups)
        else:
            x = functional.conv2d(x, self.weight, self.bias, self.stride, padding, 1, self.groups)
        return functional.relu6(x) if self.activate else x


class Block(nn.Module):
    """Convolutions in a row, whose input is added again where the shape allows it and `skip` says so."""

    def __init__(self, layers: list[Conv], skip: bool):
        super().__init__()
        self.layers, self.skip = nn.Sequential(*layers), skip

    def forward(self, x):
        return x + self.layers(x) if self.skip else self.layers(x)


class Backbone(nn.Module):
    """Pixels [n, 3, 224, 224], (x - 128) / 128, to features [n, width]."""

    def __init__(self, blocks: list[Block], width: int):
        super().__init__()
        self.blocks, self.width = nn.Sequential(*blocks), width

    def forward(self, x):
        return self.blocks(x).float().mean((2, 3))


def mobilenet_v1(path: Path) -> Backbone:
    """MobileNetV1 1.0 224 (Apache-2.0), already folded, out of an ONNX file."""
    weights = {t.name: torch.from_numpy(numpy_helper.to_array(t).copy()) for t in onnx.load(path).graph.initializer}
    blocks = []
    for node in onnx.load(path).graph.node:
        if node.op_type == "Conv":
            stride = next(a.ints[0] for a in node.attribute if a.name == "strides")
            blocks.append(Block([Conv(weights[node.input[1]], weights[node.input[2]], stride, True)], False))
    return Backbone(blocks, 1024)


def efficientnet_lite(path: Path) -> tuple[Backbone, np.ndarray, np.ndarray]:
    """EfficientNet-Lite (Apache-2.0) out of a PyTorch checkpoint, and its ImageNet classifier's
    weights [1000, 1280] and bias."""
    state = torch.load(path, weights_only=True)

    def fold(conv: str, norm: str, stride: int, activate: bool) -> Conv:
        scale = state[f"{norm}.weight"] / torch.sqrt(state[f"{norm}.running_var"] + EPSILON)
        bias = state[f"{norm}.bias"] - state[f"{norm}.running_mean"] * scale
        return Conv(state[f"{conv}.weight"] * scale[:, None, None, None], bias, stride, activate)

    blocks = [Block([fold("_conv_stem", "_bn0", 2, True)], False)]
    count = 1 + max(int(found[1]) for found in (re.match(r"_blocks\.(\d+)", name) for name in state) if found)
    channels, seen = 32, set()
    for i in range(count):
        name = f"_blocks.{i}"
        depthwise = state[f"{name}._depthwise_conv.weight"]
        out = state[f"{name}._project_conv.weight"].shape[0]
        # A stage begins where the number of channels changes; of these, the ones below halve the picture.
        stride = 2 if out != channels and len(seen) in (1, 2, 3, 5) else 1
        if out != channels:
            seen.add(out)
        layers = []
        if f"{name}._expand_conv.weight" in state:
            layers.append(fold(f"{name}._expand_conv", f"{name}._bn0", 1, True))
        assert depthwise.shape[1] == 1
        layers.append(fold(f"{name}._depthwise_conv", f"{name}._bn1", stride, True))
        layers.append(fold(f"{name}._project_conv", f"{name}._bn2", 1, False))
        blocks.append(Block(layers, stride == 1 and out == channels))
        channels = out
    blocks.append(Block([fold("_conv_head", "_bn1", 1, True)], False))
    return Backbone(blocks, 1280), state["_fc.weight"].numpy(), state["_fc.bias"].numpy()
