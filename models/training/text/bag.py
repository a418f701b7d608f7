"""A second, much simpler reader inside the model: pieces and pairs of neighbouring pieces, each
with a weight for every mood (TF-IDF with logistic regression). It remembers wordings where the
encoder generalises, and together they are right more often than either."""

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression, Ridge

import finetune
from data import Row
from evaluate import gold

# Pairs share so many rows; a prime, so that the hash spreads.
PAIRS = 30_011
FACTOR = 40_503
# [PAD], [UNK], [CLS] and [SEP] say nothing alone; beside a piece they mark where a text begins.
SPECIAL = 4
# What it learns from, and how much a row counts. With the situations alone it is sure of the
# wrong mood wherever somebody writes differently.
SETS = {
    "situations_en": 1.0, "situations_ko": 1.0, "nonsense": 1.0, "goemotions_en": 0.5, "kote": 1.0, "kpoem": 1.0,
    "event2mind": 0.5, "lemotif": 1.0, "xed": 0.3,
}


def features(ids: np.ndarray, vocabulary: int) -> np.ndarray:
    """The rows of the table that a text looks up, one for each place; repeats repeat."""
    pairs = vocabulary + (ids[:-1] * FACTOR + ids[1:]) % PAIRS
    return np.concatenate([ids[ids >= SPECIAL], pairs])


class Bag:
    """Columns of `table`: eight moods' logits, valence and arousal, and the squared inverse
    document frequency, whose sum's root a text is divided by."""

    def __init__(self, tokenizer, rows: list[Row]):
        rows = [row for row in rows if row.source in SETS]
        rows = [row for row, mood in zip(rows, gold(rows)) if mood >= 0]
        self.vocabulary = tokenizer.get_vocab_size()
        self.size = self.vocabulary + PAIRS
        found = self._features(tokenizer, [row.text for row in rows])
        frequency = np.zeros(self.size)
        for each in found:
            frequency[np.unique(each)] += 1
        self.weight = np.where(frequency >= 2, np.log((1 + len(rows)) / (1 + frequency)) + 1, 0)
        x = self._matrix(found)
        moods = np.array([row.moods.argmax() for row in rows])
        rarity = finetune.rarity(rows)
        core = np.array([row.source.startswith("situations") for row in rows])
        rare = [1.0 if own else float(rarity[row.source][row.moods.argmax()]) for row, own in zip(rows, core)]
        weight = np.array([SETS[row.source] * each for row, each in zip(rows, rare)])
        model = LogisticRegression(C=4, max_iter=200, tol=1e-3).fit(x, moods, sample_weight=weight)
        assert list(model.classes_) == list(range(8))
        points = np.array([row.point for row, own in zip(rows, core) if own])
        place = Ridge(alpha=1.0, solver="lsqr").fit(x[core], points)
        columns = np.hstack([model.coef_.T, place.coef_.T]) * self.weight[:, None]
        self.table = np.hstack([columns, (self.weight**2)[:, None]]).astype(np.float32)
        self.bias = np.concatenate([model.intercept_, place.intercept_]).astype(np.float32)

    def _features(self, tokenizer, texts: list[str]) -> list[np.ndarray]:
        return [features(np.array(e.ids), self.vocabulary) for e in tokenizer.encode_batch(texts)]

    def _matrix(self, found: list[np.ndarray]) -> csr_matrix:
        lengths = [len(each) for each in found]
        at = np.concatenate(found)
        row = np.repeat(np.arange(len(found)), lengths)
        norm = np.sqrt(np.maximum(np.bincount(row, self.weight[at] ** 2, len(found)), 1))
        return csr_matrix((self.weight[at] / norm[row], (row, at)), (len(found), self.size))

    def read(self, tokenizer, texts: list[str]) -> tuple[np.ndarray, np.ndarray]:
        """Logits [n, 8] and points [n, 2]."""
        found = self._features(tokenizer, texts)
        x = self._matrix(found)
        with np.errstate(invalid="ignore", divide="ignore"):
            plain = np.where(self.weight[:, None] > 0, self.table[:, :10] / self.weight[:, None], 0)
        out = x @ plain + self.bias
        return out[:, :8], out[:, 8:]
