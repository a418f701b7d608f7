"""Networks that label and are not shipped: a face detector, an expression reader, an ImageNet classifier.

UltraFace RFB-320 (MIT, trained on WIDER FACE), the expression network of face-api.js (MIT; its
author trained it on public and scraped pictures), EfficientNet-Lite2's ImageNet classifier
(Apache-2.0).
"""

import json
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from torch.nn import functional

EXPRESSIONS = ["neutral", "happy", "sad", "angry", "fearful", "disgusted", "surprised"]
# A detection counts from here on, and two boxes are one face when they share this much.
LEAST_SCORE, SAME_FACE = 0.7, 0.3
# Smaller faces (in pictures of 256 rows) have too few pixels to read an expression from.
LEAST_HEIGHT = 0.10


def session(path: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = torch.get_num_threads()
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def resize(pixels: np.ndarray, height: int, width: int) -> torch.Tensor:
    """[n, h, w, 3] bytes → [n, 3, height, width] floats 0 to 255, antialiased."""
    planes = torch.from_numpy(np.ascontiguousarray(pixels)).permute(0, 3, 1, 2).float()
    return functional.interpolate(planes, (height, width), mode="bilinear", antialias=True, align_corners=False)


def faces(init: Path, pictures: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """For each picture: the share of it that faces cover and the height of the largest (both 0 to
    1); and the seven EXPRESSIONS of the largest, NaN where there is none that is large enough."""
    detector, read = session(init / "ultraface_rfb320.onnx"), Expressions(init)
    sizes = np.zeros((len(pictures), 2), np.float32)
    expressions = np.full((len(pictures), 7), np.nan, np.float32)
    for i in range(len(pictures)):
        pixels = (resize(pictures[i : i + 1], 240, 320) - 127) / 128
        scores, boxes = detector.run(None, {"input": pixels.numpy()})
        found = distinct(boxes[0], scores[0, :, 1])
        if not len(found):
            continue
        areas = (found[:, 2] - found[:, 0]) * (found[:, 3] - found[:, 1])
        largest = found[areas.argmax()]
        height = largest[3] - largest[1]
        sizes[i] = min(areas.sum(), 1), height
        if height >= LEAST_HEIGHT:
            expressions[i] = read(pictures[i], largest)
    return sizes, expressions


def distinct(boxes: np.ndarray, scores: np.ndarray) -> np.ndarray:
    """Non-maximum suppression: boxes (left, top, right, bottom in 0 to 1), best first."""
    keep = scores > LEAST_SCORE
    boxes = np.clip(boxes[keep][np.argsort(-scores[keep])], 0, 1)
    found = []
    while len(boxes):
        best, boxes = boxes[0], boxes[1:]
        found.append(best)
        across = np.clip(np.minimum(best[2], boxes[:, 2]) - np.maximum(best[0], boxes[:, 0]), 0, None)
        down = np.clip(np.minimum(best[3], boxes[:, 3]) - np.maximum(best[1], boxes[:, 1]), 0, None)
        area = lambda box: (box[..., 2] - box[..., 0]) * (box[..., 3] - box[..., 1])
        shared = across * down
        boxes = boxes[shared / (area(best) + area(boxes) - shared + 1e-9) < SAME_FACE]
    return np.array(found).reshape(-1, 4)


class Expressions:
    """The expression network of face-api.js, from its TensorFlow.js weights."""

    SIDE = 112
    MEAN = torch.tensor([122.782, 117.001, 104.298])[:, None, None]

    def __init__(self, init: Path):
        raw = (init / "face_expression_model.bin").read_bytes()
        self.weights, at = {}, 0
        for entry in json.loads((init / "face_expression_model-weights_manifest.json").read_text())[0]["weights"]:
            stored = entry.get("quantization")
            kind = np.dtype(stored["dtype"] if stored else "float32")
            count = int(np.prod(entry["shape"]))
            values = np.frombuffer(raw, kind, count, at).astype(np.float32)
            at += count * kind.itemsize
            if stored:
                values = values * stored["scale"] + stored["min"]
            self.weights[entry["name"]] = torch.from_numpy(values.reshape(entry["shape"]).copy())
        assert at == len(raw), f"{len(raw) - at} bytes left over"

    def __call__(self, picture: np.ndarray, box: np.ndarray) -> np.ndarray:
        """[256, 256, 3] bytes and a face's box → probabilities of the seven."""
        side = len(picture)
        left, top, right, bottom = (box * side).round().astype(int).tolist()
        face = resize(picture[None, top:bottom, left:right], self.SIDE, self.SIDE)[0]
        return self.read((face - self.MEAN)[None] / 255)[0].softmax(0).numpy()

    def read(self, x: torch.Tensor) -> torch.Tensor:
        for block in range(4):
            x = self.block(x, f"dense{block}")
        x = functional.avg_pool2d(x, 7).flatten(1)
        return x @ self.weights["fc/weights"] + self.weights["fc/bias"]

    def block(self, x, name):
        total = self.conv(x, f"{name}/conv0", 2).relu()
        first = total
        for i in (1, 2, 3):
            total = total + self.conv(first if i == 1 else total.relu(), f"{name}/conv{i}", 1)
        return total.relu()

    def conv(self, x, name, stride):
        if stride == 2:
            # TensorFlow's "same" on an even side: the odd pixel goes to the end.
            x = functional.pad(x, (0, 1, 0, 1))
        padding = 0 if stride == 2 else 1
        bias = self.weights[f"{name}/bias"]
        if f"{name}/filters" in self.weights:
            return functional.conv2d(x, self.weights[f"{name}/filters"].permute(3, 2, 0, 1), bias, stride, padding)
        depthwise = self.weights[f"{name}/depthwise_filter"].permute(2, 3, 0, 1)
        x = functional.conv2d(x, depthwise, None, stride, padding, 1, len(depthwise))
        return functional.conv2d(x, self.weights[f"{name}/pointwise_filter"].permute(3, 2, 0, 1), bias)
