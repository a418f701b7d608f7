"""The head for valence and arousal, solved for in closed form on what the trunk hears: rated phrases,
weak targets of other music, and pairs whose order is known. Starting from the trained head, so that
204 phrases on a piano only turn it and do not make it."""

from dataclasses import dataclass

import numpy as np
import torch

from examples import Examples, patches
from learn import Learner

# Where a rating of 1 lies before tanh, and how far apart a pair should be.
RATED, APART = 0.7, 0.4
# Patches of a piece that are read.
PATCHES = 24


@dataclass(frozen=True)
class Weights:
    """Of a rated phrase on a piano, the same with another sound, a weak target, a pair; and how firmly the
    trained head is kept."""

    whole: float
    plain: float
    weak: float
    pair: float
    keep: float


@torch.inference_mode()
def hear(learner: Learner, examples: Examples) -> np.ndarray:
    """Mean of the trunk's numbers over each piece, [pieces, HIDDEN]."""
    found = []
    for mel in examples.mel:
        every = patches(mel)
        chosen = np.unique(np.linspace(0, len(every) - 1, min(PATCHES, len(every))).round().astype(int))
        found.append(learner.student.trunk(every[chosen].contiguous()).mean(0).numpy())
    return np.stack(found)


class Solver:
    def __init__(self, learner: Learner, examples: Examples, heard: np.ndarray):
        self.pieces, self.heard = examples.pieces, heard
        self.mean, self.sd = heard.mean(0), heard.std(0) + 1e-3
        self.z = (heard - self.mean) / self.sd
        weight, bias = learner.student.point.weight.detach().numpy(), learner.student.point.bias.detach().numpy()
        self.start = weight * self.sd
        self.start_bias = bias + weight @ self.mean
        self.rated = [i for i, p in enumerate(self.pieces) if p.point is not None and p.version in ("whole", "plain")]
        point = examples.targets.point.numpy()
        self.weak = [(i, point[examples.owner == i].mean(0)) for i, p in enumerate(self.pieces) if p.point is None and examples.rows[i] is not None and not examples.held[i]]
        self.pairs = examples.pairs()

    def solve(self, axis: int, weights: Weights, without: str | None = None) -> tuple[np.ndarray, float]:
        """Weights over standardised numbers and bias, never having seen a series' ratings."""
        rows, wanted, trust = [], [], []
        for i in self.rated:
            piece = self.pieces[i]
            if piece.group != without:
                rows.append(np.append(self.z[i], 1.0))
                wanted.append(RATED * piece.point[axis])
                trust.append(weights.whole if piece.version == "whole" else weights.plain)
        for i, point in self.weak:
            rows.append(np.append(self.z[i], 1.0))
            wanted.append(np.arctanh(np.clip(point[axis], -0.9, 0.9)))
            trust.append(weights.weak)
        for plain, changed, signs in self.pairs:
            rows.append(np.append(self.z[changed] - self.z[plain], 0.0))
            wanted.append(APART * signs[axis])
            trust.append(weights.pair)
        start = np.append(self.start[axis], self.start_bias[axis])
        rows, trust = np.array(rows), np.array(trust)[:, None]
        short = np.array(wanted) - rows @ start
        keep = np.diag(np.append(np.full(len(start) - 1, weights.keep), 1e-3))
        found = start + np.linalg.solve(rows.T @ (trust * rows) + keep, rows.T @ (trust[:, 0] * short))
        return found[:-1], found[-1]

    def left_out(self, axis: int, weights: Weights) -> dict[int, float]:
        """Readings of whole phrases by a head that never saw their series' ratings."""
        whole = [i for i in self.rated if self.pieces[i].version == "whole"]
        found = {}
        for series in sorted({self.pieces[i].group for i in whole}):
            weight, bias = self.solve(axis, weights, series)
            found |= {i: float(np.tanh(self.z[i] @ weight + bias)) for i in whole if self.pieces[i].group == series}
        return found

    def install(self, learner: Learner, weights: tuple[Weights, Weights]):
        for axis in (0, 1):
            weight, bias = self.solve(axis, weights[axis])
            learner.student.point.weight.data[axis] = torch.from_numpy(weight / self.sd)
            learner.student.point.bias.data[axis] = float(bias - (weight / self.sd) @ self.mean)
