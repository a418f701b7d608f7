"""Measures readings of photos whose theme and source were held out."""

import csv
from pathlib import Path

import numpy as np
from sklearn.linear_model import Ridge
from sklearn.metrics import f1_score, roc_auc_score

from data import MOODS, Photo
from tags import NAMES

SECOND = Path(__file__).parent / "second_labels.tsv"
CLEAR = 0.1
"""Photos this near to the middle belong to neither half of an AUC."""


def r(a, b) -> float:
    return float(np.corrcoef(a, b)[0, 1])


def auc(found: np.ndarray, wanted: np.ndarray) -> float:
    """High from low, of the photos that are clearly either."""
    clear = np.abs(wanted) >= CLEAR
    return float(roc_auc_score(wanted[clear] > 0, found[clear]))


def reading(rows: list[Photo], wanted: np.ndarray, mood: np.ndarray, point: np.ndarray, moods: np.ndarray) -> dict:
    """`wanted` [n, 2] and `mood` [n] (-1 where unnamed) against what was read."""
    found = {}
    for name in ("oasis", "other"):
        at = np.array([row.set == name for row in rows])
        if not at.any():
            continue
        found[name] = {
            "n": int(at.sum()),
            "valence_r": r(point[at, 0], wanted[at, 0]), "arousal_r": r(point[at, 1], wanted[at, 1]),
            "valence_auc": auc(point[at, 0], wanted[at, 0]), "arousal_auc": auc(point[at, 1], wanted[at, 1]),
        }
        if (mood[at] >= 0).any():
            said = moods[at].argmax(1)
            found[name] |= {
                "mood_top1": float((said == mood[at]).mean()),
                "mood_top1_or_second": float(np.mean([MOODS[m] in (row.mood, row.second) for m, row in zip(said, np.array(rows, object)[at])])),
                "mood_macro_f1": float(f1_score(mood[at], said, labels=sorted(set(mood[at])), average="macro")),
            }
    return found


def by_source(rows, wanted, mood, point, moods) -> dict:
    """Of every source with fifty photos or more."""
    found = {}
    for source in sorted({row.group for row in rows if row.set == "other"}):
        at = np.array([row.group == source for row in rows])
        if at.sum() >= 50:
            found[source] = {
                "n": int(at.sum()), "valence_r": r(point[at, 0], wanted[at, 0]), "arousal_r": r(point[at, 1], wanted[at, 1]),
                "mood_top1": float((moods[at].argmax(1) == mood[at]).mean()),
            }
    return found


def tag_aucs(said: np.ndarray, found: np.ndarray) -> dict:
    """AUC of each tag that people named on ten photos or more, against their words."""
    return {
        name: round(float(roc_auc_score(said[:, i], found[:, i])), 3)
        for i, name in enumerate(NAMES) if 10 <= said[:, i].sum() < len(said)
    }


def faces(sizes: np.ndarray, expression: np.ndarray, found: dict[str, np.ndarray]) -> dict:
    """Against the teachers, on photos held out."""
    seen = sizes[:, 1] >= 0.12
    read = ~np.isnan(expression[:, 0]) & seen
    return {
        "large_face_auc": float(roc_auc_score(seen, found["faces"][:, 1])),
        "height_r": r(found["faces"][:, 1], sizes[:, 1]),
        "expression_top1": float((found["expression"][read].argmax(1) == expression[read].argmax(1)).mean()),
        "expression_n": int(read.sum()),
        "happy_auc": float(roc_auc_score(expression[read].argmax(1) == 1, found["expression"][read, 1])),
    }


def arousal_ablation(rows, fold, wanted, features, seen, frozen_point) -> dict:
    """What each kind of evidence adds to arousal on photos that are not OASIS: ridge regressions over
    the readings, each fitted without the fold that it is measured on."""
    other = np.array([row.set == "other" for row in rows])
    oasis_only = np.array([row.set == "oasis" for row in rows])
    z = lambda x: (x - x.mean(0)) / (x.std(0) + 1e-6)
    parts = {
        "colour and light": z(features[:, :11]), "edges": z(features[:, 11:]), "tags": z(seen["tags"]),
        "faces": z(np.c_[seen["faces"], seen["expression"]]), "frozen features": z(frozen_point[:, 1:]), "model": z(seen["point"][:, 1:]),
    }

    def measured(names: list[str], learn_from=None) -> dict:
        x = np.hstack([parts[name] for name in names])
        found = np.zeros(len(x))
        for k in range(fold.max() + 1):
            learn = (fold != k) if learn_from is None else (fold != k) & learn_from
            found[fold == k] = Ridge(alpha=30).fit(x[learn], wanted[learn, 1]).predict(x[fold == k])
        return {"r": r(found[other], wanted[other, 1]), "auc": auc(found[other], wanted[other, 1])}

    steps = [
        ["colour and light"], ["colour and light", "edges"], ["tags"], ["faces"], ["colour and light", "edges", "faces"],
        ["colour and light", "edges", "tags"], ["colour and light", "edges", "tags", "faces"], ["frozen features"],
        ["frozen features", "colour and light", "edges"], ["frozen features", "tags"], ["frozen features", "faces"],
        ["frozen features", "colour and light", "edges", "tags", "faces"], ["model"], ["model", "colour and light", "edges", "tags", "faces"],
    ]
    found = {" + ".join(names): measured(names) for names in steps}
    found["colour and light + edges, learned on OASIS alone"] = measured(["colour and light", "edges"], oasis_only)
    return found


def second_labels(rows: list[Photo], point: np.ndarray, moods: np.ndarray) -> dict:
    """How far a second, blind labelling agrees with the first, and the readings with the second."""
    at = {row.file.removeprefix("more_224/"): i for i, row in enumerate(rows)}
    with open(SECOND, encoding="utf-8") as file:
        labels = list(csv.DictReader(file, delimiter="\t"))
    index = [at[label["file"]] for label in labels]
    first = [rows[i] for i in index]
    values = np.array([[float(label["valence"]), float(label["arousal"])] for label in labels])
    named = np.array([row.point for row in first])
    said = [MOODS[m] for m in moods[index].argmax(1)]
    return {
        "n": len(labels),
        "first and second: mood": float(np.mean([a["mood"] == b.mood for a, b in zip(labels, first)])),
        "first and second: mood or second mood": float(np.mean([a["mood"] in (b.mood, b.second) for a, b in zip(labels, first)])),
        "first and second: valence_r": r(values[:, 0], named[:, 0]), "first and second: arousal_r": r(values[:, 1], named[:, 1]),
        "reading and first: mood": float(np.mean([a == b.mood for a, b in zip(said, first)])),
        "reading and second: mood": float(np.mean([a == b["mood"] for a, b in zip(said, labels)])),
        "reading and either: mood": float(np.mean([a in (b["mood"], c.mood) for a, b, c in zip(said, labels, first)])),
        "reading and second: valence_r": r(point[index, 0], values[:, 0]), "reading and second: arousal_r": r(point[index, 1], values[:, 1]),
    }
