"""Measures, each beside the player's rule and the teachers alone."""

import csv
from pathlib import Path

import numpy as np
import torch
from scipy.fft import dct
from sklearn.linear_model import RidgeCV
from sklearn.metrics import roc_auc_score

import store
import targets
from examples import Examples, patches
from head import Solver, Weights
from learn import Learner
from model import FRAMES

HERE = Path(__file__).parent
AXES = ("valence", "arousal")
PATCH_SECS = FRAMES / store.FRAME_RATE


# How much the rule counts: little. Of rated piano it orders arousal well, so a larger share would gain
# there; of games' music it is behind the model, and that is nearer to what gets played.
RULE_SHARE = {"valence": 0.05, "arousal": 0.05}


class Readings:
    """Everything the student says of every patch of the games' tracks and of the rated phrases."""

    def __init__(self, learner: Learner, examples: Examples):
        self.examples = examples
        self.games = [i for i, p in enumerate(examples.pieces) if p.source == "game" and len(examples.mel[i]) >= 2 * FRAMES]
        self.phrases = [i for i, p in enumerate(examples.pieces) if p.version == "whole"]
        self.point, self.embedding = {}, {}
        with torch.inference_mode():
            for i in self.games + self.phrases:
                found = [learner.student(part) for part in patches(examples.mel[i]).split(64)]
                self.point[i] = np.concatenate([torch.tanh(f[0]).numpy() for f in found])
                self.embedding[i] = np.concatenate([f[3].numpy() for f in found])

    def track_point(self, i: int) -> np.ndarray:
        return self.point[i].mean(0)


def auc(low, high) -> float:
    """Share of pairs in the right order."""
    return float(roc_auc_score(np.r_[np.zeros(len(low)), np.ones(len(high))], np.r_[low, high]))


def phrases(examples: Examples, solver: Solver, rule: dict) -> tuple[dict, dict, tuple[Weights, Weights]]:
    """AUC on VGMIDI, each series read by a head that never saw its ratings, chosen without them; how to fuse
    with the rule; and the weights of the head, chosen on all series."""
    whole, series = solver.whole, solver.series
    results, fusion, chosen = {}, {}, []
    teacher = _by_piece(examples, targets.teacher_point(examples.heard), whole)
    jamendo = _by_piece(examples, targets.jamendo_point(examples.heard), whole)
    hidden = _by_piece(examples, examples.hidden, whole)
    for axis, name in enumerate(AXES):
        high = np.array([examples.pieces[i].point[axis] for i in whole]) > 0
        weights, model = solver.choose(axis)
        chosen.append(weights)
        ruled = np.array([rule[examples.pieces[i].name][axis] for i in whole])
        measure = lambda values: auc(values[~high], values[high])
        share = RULE_SHARE[name]
        fused = (1 - share) * model + share * ruled
        fusion[name] = {"model": round(1 - share, 3), "rule": round(share, 3)}
        results[name] = {
            "model": measure(model),
            "model, 95 %": _interval(model, high, series),
            "model, head chosen on the same series": measure(solver.left_out(axis, weights)),
            "trained without any rating": measure(np.tanh(solver.z[whole] @ solver.start[axis] + solver.start_bias[axis])),
            "score, not sound": measure(np.array([examples.written(i)[axis] for i in whole])),
            "rule": measure(ruled),
            "fused": measure(fused),
            "Jamendo teacher alone": measure(jamendo[:, axis]),
            "all teachers' tags": measure(teacher[:, axis]),
            "teachers' 600 numbers, ridge": measure(_ridge(hidden, high, series)),
        }
    return results, fusion, tuple(chosen)


def _by_piece(examples: Examples, values: np.ndarray, pieces: list[int]) -> np.ndarray:
    """Means over the labelled excerpts of each piece."""
    return np.stack([values[examples.owner == i].mean(0) for i in pieces])


def _split(values, high):
    return values[~high], values[high]


def _interval(values, high, series) -> list[float]:
    """Bootstrap over series."""
    chance, names = np.random.default_rng(0), np.unique(series)
    found = []
    for _ in range(1000):
        chosen = np.concatenate([np.flatnonzero(series == one) for one in chance.choice(names, len(names))])
        if 0 < high[chosen].sum() < len(chosen):
            found.append(auc(*_split(values[chosen], high[chosen])))
    return [float(np.quantile(found, q)) for q in (0.025, 0.975)]


def _ridge(numbers, high, series) -> np.ndarray:
    found = np.zeros(len(numbers))
    for one in np.unique(series):
        fitted = RidgeCV(10.0 ** np.arange(1, 6)).fit(numbers[series != one], high[series != one])
        found[series == one] = fitted.predict(numbers[series == one])
    return found


def titled() -> dict[str, str]:
    """The games' tracks whose titles tell their mood."""
    with open(HERE / "titles.tsv", encoding="utf-8") as file:
        return {row["track"]: row["mood"] for row in csv.DictReader(file, delimiter="\t")}


def titles(readings: Readings, rule: dict, fusion: dict) -> dict:
    """Readings of those. No teacher and no loss sees a title."""
    examples, mood = readings.examples, titled()
    named = [i for i in readings.games if examples.pieces[i].name in mood]
    jamendo = _by_piece(examples, targets.jamendo_point(examples.heard), named)
    teachers = _by_piece(examples, targets.teacher_point(examples.heard), named)
    model = np.stack([readings.track_point(i) for i in named])
    ruled = np.stack([rule[examples.pieces[i].name] for i in named])
    fused = np.stack([fusion[a]["model"] * model[:, k] + fusion[a]["rule"] * ruled[:, k] for k, a in enumerate(AXES)], 1)
    moods = np.array([mood[examples.pieces[i].name] for i in named])
    unseen = examples.held[named]
    results = {}
    for question, axis, low, high in (("angry over peaceful in arousal", 1, "peaceful", "angry"), ("happy over sad in valence", 0, "sad", "happy")):
        each = {"tracks": [int((moods == low).sum()), int((moods == high).sum())]}
        for name, values in (("model", model), ("rule", ruled), ("fused", fused), ("Jamendo teacher alone", jamendo), ("all teachers' tags", teachers)):
            each[name] = auc(values[moods == low, axis], values[moods == high, axis])
        each["model, tracks never learned from"] = auc(model[(moods == low) & unseen, axis], model[(moods == high) & unseen, axis])
        results[question] = each
    return results


def spread(count: int, parts: int, secs: float) -> np.ndarray:
    """Patches of `parts` excerpts of `secs`, spread over a track of `count` patches."""
    size = max(1, round(secs / PATCH_SECS))
    if parts * size >= count:
        return np.arange(count)
    starts = np.linspace(0, count - size, parts + 2)[1:-1] if parts > 1 else np.array([(count - size) / 2])
    return np.unique(np.concatenate([np.arange(s, s + size) for s in starts.round().astype(int)]))


def _unit(vector):
    return vector / np.linalg.norm(vector)


def finding(readings: Readings) -> dict:
    """Another excerpt of the same track, looked for among all tracks."""
    results = {}
    examples, tracks = readings.examples, readings.games
    held = examples.held[tracks]
    cepstra = {i: _cepstra(examples.mel[i]) for i in tracks}
    for name, vectors in (("embedding", readings.embedding), ("MFCC statistics", None)):
        def of(i, chosen, vectors=vectors):
            return _unit(vectors[i][chosen].mean(0)) if vectors is not None else _statistics(cepstra[i], chosen)
        found = {}
        for kind, first, second in (
            ("5 × 10 s, then other 5 × 10 s", lambda n: _alternate(n, 0), lambda n: _alternate(n, 1)),
            ("30 s of the first half, 30 s of the second", lambda n: _inside(n, 0.25), lambda n: _inside(n, 0.75)),
        ):
            usable = [k for k, i in enumerate(tracks) if len(readings.embedding[i]) >= 10]
            queries = np.stack([of(tracks[k], first(len(readings.embedding[tracks[k]]))) for k in usable])
            there = np.stack([of(tracks[k], second(len(readings.embedding[tracks[k]]))) for k in usable])
            if vectors is None:
                mean, sd = there.mean(0), there.std(0) + 1e-6
                queries, there = (np.apply_along_axis(_unit, 1, (v - mean) / sd) for v in (queries, there))
            first_hit = (queries @ there.T).argmax(1) == np.arange(len(usable))
            found[kind] = {"tracks": len(usable), "all": float(first_hit.mean()), "tracks never learned from": float(first_hit[held[usable]].mean())}
        whole = np.stack([of(i, np.arange(len(readings.embedding[i]))) for i in tracks])
        if vectors is None:
            whole = np.apply_along_axis(_unit, 1, (whole - whole.mean(0)) / (whole.std(0) + 1e-6))
        package = np.array([examples.pieces[i].group for i in tracks])
        near = whole @ whole.T
        np.fill_diagonal(near, -2)
        ten = np.argsort(-near, 1)[:, :10]
        found["same package among the nearest 10"] = float((package[ten] == package[:, None]).mean())
        results[name] = found
    return results


def _alternate(count: int, side: int) -> np.ndarray:
    """Every other one of ten stretches of a track: 10 s of each."""
    edges = np.linspace(0, count, 11).astype(int)
    size = max(1, round(10 / PATCH_SECS))
    return np.concatenate([np.arange(edges[k], min(edges[k] + size, edges[k + 1])) for k in range(side, 10, 2)])


def _inside(count: int, at: float) -> np.ndarray:
    size = min(round(30 / PATCH_SECS), count // 2)
    start = int(np.clip(at * count - size / 2, 0, count - size))
    return np.arange(start, start + size)


def _cepstra(mel: np.ndarray) -> np.ndarray:
    return dct(np.asarray(mel, np.float32), axis=1, norm="ortho")[:, :20]


def _statistics(cepstra: np.ndarray, chosen: np.ndarray) -> np.ndarray:
    rows = np.concatenate([cepstra[k * FRAMES : (k + 1) * FRAMES] for k in chosen])
    return np.concatenate([rows.mean(0), rows.std(0)])


def excerpts(readings: Readings) -> dict:
    """How near excerpts of a track come to the whole of it."""
    results = {}
    tracks = [i for i in readings.games if len(readings.embedding[i]) * PATCH_SECS >= 90]
    whole = {i: (readings.track_point(i), _unit(readings.embedding[i].mean(0))) for i in tracks}
    every = np.stack([whole[i][1] for i in tracks])
    for parts, secs in ((1, 30), (3, 6), (3, 10), (6, 6), (5, 10), (3, 20), (6, 10), (10, 6), (6, 20)):
        points, vectors = [], []
        for i in tracks:
            chosen = spread(len(readings.embedding[i]), parts, secs)
            points.append(readings.point[i][chosen].mean(0))
            vectors.append(_unit(readings.embedding[i][chosen].mean(0)))
        points, vectors = np.stack(points), np.stack(vectors)
        wanted = np.stack([whole[i][0] for i in tracks])
        results[f"{parts} × {secs} s"] = {
            "seconds": parts * secs,
            "valence r": float(np.corrcoef(points[:, 0], wanted[:, 0])[0, 1]),
            "arousal r": float(np.corrcoef(points[:, 1], wanted[:, 1])[0, 1]),
            "valence off by": float(np.abs(points[:, 0] - wanted[:, 0]).mean()),
            "arousal off by": float(np.abs(points[:, 1] - wanted[:, 1]).mean()),
            "cosine to the whole": float((vectors * every).sum(1).mean()),
            "whole track is nearest": float(((vectors @ every.T).argmax(1) == np.arange(len(tracks))).mean()),
        }
    return {"tracks of at least 90 s": len(tracks)} | results
