"""The head for valence and arousal, solved for in closed form on all that the network hears: rated phrases,
weak targets of other music, and pairs whose order is known. Starting from the trained head, so that
204 phrases on a piano only turn it and do not make it."""

from dataclasses import dataclass

import numpy as np
import torch
from sklearn.metrics import roc_auc_score

from examples import Examples, patches
from learn import Learner
from model import EVERYTHING, HIDDEN

# Where a rating of 1 lies before tanh, and how far apart a pair should be.
RATED, APART = 0.7, 0.4
# Patches of a piece that are read.
PATCHES = 24


@dataclass(frozen=True)
class Weights:
    """Of a rated phrase on a piano, the same with another sound, a weak target of music played from scores and
    of real music, a pair; and how firmly the trained head is kept."""

    whole: float
    plain: float
    weak: float
    real: float
    pair: float
    keep: float


# Among these a head is chosen by series. Real music always counts most, lest it become the mood of pianos.
GRID = [Weights(whole, whole / 5, 0.3, 3.0, pair, keep) for whole in (0.3, 1.0) for pair in (0.1, 0.3) for keep in (300.0, 1000.0)]


@torch.inference_mode()
def hear(learner: Learner, examples: Examples) -> np.ndarray:
    """Mean of all that is heard over each piece, [pieces, EVERYTHING]."""
    found = []
    for mel in examples.mel:
        every = patches(mel)
        chosen = np.unique(np.linspace(0, len(every) - 1, min(PATCHES, len(every))).round().astype(int))
        found.append(learner.student.everything(every[chosen].contiguous()).mean(0).numpy())
    return np.stack(found)


class Solver:
    def __init__(self, learner: Learner, examples: Examples, heard: np.ndarray):
        self.pieces, self.heard = examples.pieces, heard
        self.mean, self.sd = heard.mean(0), heard.std(0) + 1e-3
        self.z = (heard - self.mean) / self.sd
        # The trained head knows the hidden numbers alone, which come first.
        weight, bias = np.zeros((2, EVERYTHING)), learner.point.bias.detach().numpy()
        weight[:, :HIDDEN] = learner.point.weight.detach().numpy()
        self.start = weight * self.sd
        self.start_bias = bias + weight @ self.mean
        self.rated = [i for i, p in enumerate(self.pieces) if p.point is not None and p.version in ("whole", "plain")]
        # Of rated phrases, too: what teachers and score say of them is no rating.
        self.weak = [(i, examples.weak_point(i)) for i in range(len(self.pieces)) if examples.rows[i] is not None and not examples.held[i]]
        self.pairs = examples.pairs()
        self.whole = [i for i in self.rated if self.pieces[i].version == "whole"]
        self.series = np.array([self.pieces[i].group for i in self.whole])

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
            trust.append(weights.real if self.pieces[i].source == "game" else weights.weak)
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

    def left_out(self, axis: int, weights: Weights) -> np.ndarray:
        """Readings of whole phrases by a head that never saw their series' ratings."""
        found = np.zeros(len(self.whole))
        for one in np.unique(self.series):
            weight, bias = self.solve(axis, weights, one)
            chosen = self.series == one
            found[chosen] = np.tanh(self.z[self.whole][chosen] @ weight + bias)
        return found

    def choose(self, axis: int) -> tuple[Weights, np.ndarray]:
        """The best weights of `GRID` on all series; and readings of whole phrases, of each series with the
        weights that are best without it, so that neither head nor weights saw its ratings."""
        high = np.array([self.pieces[i].point[axis] > 0 for i in self.whole])
        every = np.stack([self.left_out(axis, weights) for weights in GRID])
        best = lambda chosen: max(range(len(GRID)), key=lambda k: roc_auc_score(high[chosen], every[k][chosen]))
        readings = np.zeros(len(self.whole))
        for one in np.unique(self.series):
            readings[self.series == one] = every[best(self.series != one)][self.series == one]
        return GRID[best(np.ones(len(high), bool))], readings

    def install(self, learner: Learner, weights: tuple[Weights, Weights]):
        for axis in (0, 1):
            weight, bias = self.solve(axis, weights[axis])
            learner.student.point.weight.data[axis] = torch.from_numpy(weight / self.sd)
            learner.student.point.bias.data[axis] = float(bias - (weight / self.sd) @ self.mean)
