"""Readers over features that nobody fine-tuned: the baseline to beat, and a second opinion that
softens the labels.

Support vector regression for valence and arousal, logistic regression for the moods.
"""

import warnings

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVR

from data import MOODS, Photo


def prepare(*features: np.ndarray) -> np.ndarray:
    """Pooled ReLU features have long tails; the root draws them in."""
    return np.concatenate([np.sqrt(np.clip(each, 0, None)) for each in features], 1)


class Reader:
    def __init__(self, features: np.ndarray, point: np.ndarray, mood: np.ndarray):
        """`mood` [n]: the index of the named mood, -1 where none is."""
        self.scaler = StandardScaler().fit(features)
        x = self.scaler.transform(features)
        self.seen = x
        near = self.near(x)
        self.machines = [SVR(kernel="precomputed", C=0.3, epsilon=0.05).fit(near, point[:, axis]) for axis in range(2)]
        with warnings.catch_warnings():
            # Two hundred steps are enough: it is the penalty that matters.
            warnings.simplefilter("ignore", ConvergenceWarning)
            self.classifier = LogisticRegression(C=0.003, max_iter=200).fit(x[mood >= 0], mood[mood >= 0])

    def near(self, x: np.ndarray) -> np.ndarray:
        """The Gaussian kernel between photos and those learned from."""
        apart = (x**2).sum(1)[:, None] + (self.seen**2).sum(1) - 2 * x @ self.seen.T
        return np.exp(-apart / (1.5 * x.shape[1]))

    def read(self, features: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Points [n, 2] and moods [n, 7]."""
        x = self.scaler.transform(features)
        moods = np.zeros((len(x), len(MOODS)))
        moods[:, self.classifier.classes_] = self.classifier.predict_proba(x)
        near = self.near(x)
        return np.stack([machine.predict(near) for machine in self.machines], 1), moods


def mood_index(rows: list[Photo]) -> np.ndarray:
    return np.array([MOODS.index(row.mood) if row.mood else -1 for row in rows])


def held_out(features, point, mood, fold) -> tuple[np.ndarray, np.ndarray]:
    """Each photo of a fold (0 and up) read by a reader that learned from the other folds; NaN for the rest."""
    points, moods = np.full(point.shape, np.nan), np.full((len(point), len(MOODS)), np.nan)
    for k in range(fold.max() + 1):
        learn, test = (fold != k) & (fold >= 0), fold == k
        points[test], moods[test] = Reader(features[learn], point[learn], mood[learn]).read(features[test])
    return points, moods
