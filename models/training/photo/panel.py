"""The panel: readers beside the model, and how far each is right on photos that none learned from.

The player joins them in the same way (src/photo/panel.rs). What is fitted here is written to
models/photo/panel.json.
"""

import json
import re
from pathlib import Path

import numpy as np
import onnxruntime
from scipy.optimize import minimize
from tokenizers import Tokenizer

import colour
from data import MOODS
from labels import ANCHORS
from tags import NAMES
from teachers import EXPRESSIONS

READERS = ["model", "faces", "colour", "words"]
LEAST_HEIGHT = 0.12
"""Faces smaller than this (of the picture's height) give no opinion."""
TOLD, MOST_TOLD = 0.4, 5
"""A tag's least probability to be in the sentence, and how many are at most."""
PENALTY = 10.0
NEAR = 0.4
"""How wide a mood's surroundings are when moods are read off valence and arousal."""
EVEN = 0.0005
"""The squared error that the head may have more when it listens to every reader instead of one."""
RANKS = 21


def moods_at(point: np.ndarray) -> np.ndarray:
    """[n, 2] → [n, 7]: how near each mood's anchor lies."""
    near = np.exp(-((point[:, None] - ANCHORS) ** 2).sum(2) / (2 * NEAR**2)) + 1e-4
    return near / near.sum(1, keepdims=True)


class Faces:
    """Valence and arousal from the largest face's expression: a ridge regression."""

    def __init__(self, expression: np.ndarray, point: np.ndarray):
        x = np.c_[expression, np.ones(len(expression))]
        shrink = PENALTY * np.eye(x.shape[1])
        shrink[-1, -1] = 0
        self.weights = np.linalg.solve(x.T @ x + shrink, x.T @ point)

    def read(self, expression: np.ndarray) -> np.ndarray:
        return np.c_[expression, np.ones(len(expression))] @ self.weights

    def as_json(self) -> dict:
        numbers = lambda values: [round(float(v), 5) for v in values]
        return {"least_height": LEAST_HEIGHT, "valence": numbers(self.weights[:, 0]), "arousal": numbers(self.weights[:, 1])}


def sentence(probabilities: np.ndarray, expression: np.ndarray, height: float) -> str:
    """What is to be seen, in plain English; empty when nothing is sure."""
    order = np.argsort(-probabilities)[:MOST_TOLD]
    parts = [NAMES[i].replace("_", " ") for i in order if probabilities[i] >= TOLD]
    if height >= LEAST_HEIGHT and expression.max() >= 0.5:
        parts.append(f"{EXPRESSIONS[expression.argmax()]} face")
    return f"a photo of {', '.join(parts)}" if parts else ""


class Words:
    """The words model on each photo's sentence."""

    def __init__(self, models: Path):
        self.tokenizer = Tokenizer.from_file(str(models / "text" / "tokenizer.json"))
        self.session = onnxruntime.InferenceSession(str(models / "text" / "text.onnx"))

    def read(self, seen: dict[str, np.ndarray]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Points [n, 2], moods [n, 7] and confidences [n] (0 without a sentence)."""
        count = len(seen["tags"])
        points, moods, sure = np.zeros((count, 2)), np.full((count, 7), 1 / 7), np.zeros(count)
        for i in range(count):
            text = sentence(seen["tags"][i], seen["expression"][i], seen["faces"][i, 1])
            if text:
                ids = np.array([self.tokenizer.encode(text).ids], np.int64)
                shares, point = self.session.run(["moods", "point"], {"ids": ids, "mask": np.ones_like(ids)})
                points[i], sure[i] = point[0], shares[0, :7].max()
                moods[i] = shares[0, :7] / shares[0, :7].sum()
        return points, moods, sure


def face_confidence(height: np.ndarray) -> np.ndarray:
    """0 for faces too small, 1 from twice the least height on."""
    return np.where(height >= LEAST_HEIGHT, np.minimum(height / (2 * LEAST_HEIGHT), 1), 0)


def opinions(seen: dict, features: np.ndarray, point: np.ndarray, fold: np.ndarray, models: Path) -> dict:
    """Each reader's (points, moods, confidences) of photos it never learned from.

    `seen` holds the model's own out-of-fold outputs; colour and faces learn here, fold by fold.
    """
    count, height = len(point), seen["faces"][:, 1]
    found = {"model": (seen["point"], seen["moods"], np.ones(count)), "words": Words(models).read(seen)}
    by_colour, by_face = np.zeros((count, 2)), np.zeros((count, 2))
    for k in range(fold.max() + 1):
        learn, test = fold != k, fold == k
        by_colour[test] = colour.Opinion(features[learn], point[learn]).read(features[test])
        clear = learn & (height >= LEAST_HEIGHT)
        by_face[test] = Faces(seen["expression"][clear], point[clear]).read(seen["expression"][test])
    found["colour"] = (by_colour, moods_at(by_colour), np.ones(count))
    found["faces"] = (by_face, moods_at(by_face), face_confidence(height))
    return found


def join(values: list[np.ndarray], confidences: list[np.ndarray], weights: np.ndarray) -> np.ndarray:
    """The mean of the opinions, each weighing what training found times its confidence."""
    shares = np.stack(confidences) * weights[:, None]
    return np.einsum("rn,rnk->nk", shares / shares.sum(0), np.stack(values))


def fit(values: list[np.ndarray], confidences: list[np.ndarray], wanted: np.ndarray) -> np.ndarray:
    """Non-negative weights, one a reader, with which the head's mean comes nearest (least squares)
    to what is `wanted`; they sum to 1. Where it costs next to nothing, all readers count a little."""

    def apart(weights: np.ndarray) -> float:
        shares = weights / weights.sum()
        return float(((join(values, confidences, weights) - wanted) ** 2).mean() + EVEN * (shares**2).sum())

    start = np.array([1.0, *[0.2] * (len(values) - 1)])
    found = minimize(apart, start, method="L-BFGS-B", bounds=[(0.1, 1)] + [(0, 1)] * (len(values) - 1)).x
    return found / found.sum()


def weights(found: dict, point: np.ndarray, moods: np.ndarray, named: np.ndarray) -> dict[str, np.ndarray]:
    """Weights for valence, arousal and moods; the last from the photos whose mood somebody `named`."""
    said = [found[reader] for reader in READERS]
    sure = [each[2] for each in said]
    return {
        "valence": fit([each[0][:, :1] for each in said], sure, point[:, :1]),
        "arousal": fit([each[0][:, 1:] for each in said], sure, point[:, 1:]),
        "moods": fit([each[1][named] for each in said], [each[named] for each in sure], moods[named]),
    }


def joined(found: dict, weight: dict[str, np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """The head's points [n, 2] and moods [n, 7]."""
    said = [found[reader] for reader in READERS]
    sure = [each[2] for each in said]
    part = lambda name, values: join(values, sure, weight[name])
    point = [part(name, [each[0][:, axis : axis + 1] for each in said]) for axis, name in enumerate(("valence", "arousal"))]
    return np.hstack(point), part("moods", [each[1] for each in said])


def cross_fitted(found: dict, point, moods, named, fold) -> tuple[np.ndarray, np.ndarray]:
    """The head's reading where the weights, too, come from the other folds."""
    points, shares = np.zeros((len(point), 2)), np.zeros((len(point), len(MOODS)))
    for k in range(fold.max() + 1):
        learn, test = fold != k, fold == k
        cut = lambda rows: {reader: tuple(each[rows] for each in said) for reader, said in found.items()}
        weight = weights(cut(learn), point[learn], moods[learn], named[learn])
        points[test], shares[test] = joined(cut(test), weight)
    return points, shares


def write(path: Path, features, seen, point, weight, head: np.ndarray):
    """Colour and faces fitted on everything, the weights, and how the head's readings are spread."""
    clear = seen["faces"][:, 1] >= LEAST_HEIGHT
    numbers = lambda values: {reader: round(float(w), 4) for reader, w in zip(READERS, values)}
    steps = np.quantile(head, np.linspace(0, 1, RANKS), axis=0)
    content = {
        "version": 1,
        "colour": colour.Opinion(features, point).as_json(),
        "faces": Faces(seen["expression"][clear], point[clear]).as_json(),
        "weights": {name: numbers(values) for name, values in weight.items()},
        "spread": {name: [round(float(v), 4) for v in steps[:, axis]] for axis, name in enumerate(("valence", "arousal"))},
    }
    text = json.dumps(content, indent=1)
    # Lists of numbers on one line each.
    text = re.sub(r"\[\s+([^\[\]{}]*?)\s+\]", lambda found: "[" + re.sub(r"\s+", " ", found[1]) + "]", text)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text + "\n")
