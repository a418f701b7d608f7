"""Measures a reader on groups it never learned from, beside what simpler readers reach there."""

import json
import subprocess
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.metrics import f1_score

from data import KOREAN, MOODS, Row

EKMAN = {
    "anger": ["anger", "annoyance", "disapproval"], "disgust": ["disgust"], "fear": ["fear", "nervousness"],
    "joy": ["joy", "amusement", "approval", "excitement", "gratitude", "love", "optimism", "relief", "pride", "admiration", "desire", "caring"],
    "sadness": ["sadness", "disappointment", "embarrassment", "grief", "remorse"],
    "surprise": ["surprise", "realization", "confusion", "curiosity"], "neutral": ["neutral"],
}
PROMPTS = Path(__file__).parent / "prompts.tsv"


def gold(rows: list[Row]) -> np.ndarray:
    """The mood named most, or -1 where two are named alike."""
    out = []
    for row in rows:
        order = np.sort(row.moods)
        out.append(int(row.moods.argmax()) if order[-1] > order[-2] + 1e-6 else -1)
    return np.array(out)


def calibration_error(confidence: np.ndarray, right: np.ndarray, bins=10) -> float:
    """Expected calibration error (Guo et al. 2017)."""
    at = np.minimum((confidence * bins).astype(int), bins - 1)
    return float(sum(abs(confidence[at == b].mean() - right[at == b].mean()) * (at == b).mean() for b in range(bins) if (at == b).any()))


def moods(rows: list[Row], shares: np.ndarray) -> dict:
    wanted = gold(rows)
    keep = wanted >= 0
    found = shares[:, :7].argmax(1)
    right = found[keep] == wanted[keep]
    return {
        "n": int(keep.sum()),
        "accuracy": float(right.mean()),
        "macro_f1": float(f1_score(wanted[keep], found[keep], labels=sorted(set(wanted[keep])), average="macro")),
        "ece": calibration_error(shares[keep][:, :7].max(1), right),
    }


def r(a, b) -> float:
    a, b = np.asarray(a, float), np.asarray(b, float)
    known = ~np.isnan(a) & ~np.isnan(b)
    return float(np.corrcoef(a[known], b[known])[0, 1]) if known.sum() > 2 else float("nan")


def points(rows: list[Row], found: np.ndarray) -> dict:
    wanted = np.array([row.point for row in rows], float)
    return {"valence_r": r(wanted[:, 0], found[:, 0]), "arousal_r": r(wanted[:, 1], found[:, 1])}


def ekman(own_dev, labels_dev, own_test, labels_test, names) -> dict:
    """Multi-label macro-F1 of the Ekman groups (with neutral, as the data's authors count);
    each group's threshold comes from the dev split."""
    scores = []
    for members in EKMAN.values():
        index = [names.index(m) for m in members]
        wanted_dev, wanted_test = labels_dev[:, index].max(1), labels_test[:, index].max(1)
        joint_dev, joint_test = own_dev[:, index].max(1), own_test[:, index].max(1)
        best = max(np.arange(0.1, 0.75, 0.025), key=lambda t: f1_score(wanted_dev, joint_dev > t))
        scores.append(f1_score(wanted_test, joint_test > best))
    return dict(zip(EKMAN, map(float, scores))) | {"macro_f1": float(np.mean(scores))}


def prompts() -> list[Row]:
    rows = []
    for line in PROMPTS.read_text(encoding="utf-8").splitlines():
        language, text, mood, sign, kind = line.split("\t")
        shares = np.zeros(8, np.float32)
        shares[MOODS.index(mood)] = 1
        rows.append(Row(text, f"prompts_{kind}_{language}", "test", text, shares, None, 0.0, {"sign": sign}))
    return rows


def four_feelings(rows: list[Row], shares: np.ndarray) -> dict:
    """Joy, fear, anger or sadness, where two thirds of the votes agree; and with romantic and peaceful
    counted as joy."""
    four = [0, 3, 4, 5]
    sure = [i for i, row in enumerate(rows) if row.moods.argmax() in four and row.moods.max() >= 0.66]
    wanted = np.array([rows[i].moods.argmax() for i in sure])
    joyful = shares[sure].copy()
    joyful[:, 0] += joyful[:, 1] + joyful[:, 2]
    right = lambda found: float((np.array(four)[found[:, four].argmax(1)] == wanted).mean())
    return {"of four": right(shares[sure]), "of four, joy joined": right(joyful), "n of four": len(sure)}


def sign_right(rows: list[Row], found: np.ndarray) -> float:
    signs = [(row.extra["sign"], v) for row, v in zip(rows, found[:, 0]) if row.extra["sign"] in "+-"]
    return float(np.mean([(v > 0) == (sign == "+") for sign, v in signs]))


def lines_or_poem(rows: list[Row], shares: np.ndarray, whole: np.ndarray, poems: list[Row]) -> dict:
    """KPoEM: does the sum over a poem's lines come nearer to how the whole poem was labelled
    than one reading of the whole text does?"""
    by_poem: dict[str, list[int]] = {}
    for i, row in enumerate(rows):
        if row.extra.get("kind") == "line":
            by_poem.setdefault(row.group, []).append(i)
    results = {"lines": [], "whole": [], "lines_top": [], "whole_top": []}
    cosine = lambda a, b: float(a @ b / (np.linalg.norm(a) * np.linalg.norm(b) + 1e-9))
    for poem, reading in zip(poems, whole):
        members = by_poem.get(poem.group, [])
        if len(members) < 4:
            continue
        wanted = poem.moods[:7]
        summed = shares[members][:, :7].sum(0)
        results["lines"].append(cosine(summed, wanted))
        results["whole"].append(cosine(reading[:7], wanted))
        results["lines_top"].append(summed.argmax() == wanted.argmax())
        results["whole_top"].append(reading[:7].argmax() == wanted.argmax())
    return {"poems": len(results["lines"])} | {k: float(np.mean(v)) for k, v in results.items() if v}


class TfIdf:
    """TF-IDF and logistic regression: words for English, characters for Korean."""

    def __init__(self, korean: bool):
        self.vectorizer = (
            TfidfVectorizer(analyzer="char_wb", ngram_range=(1, 4), min_df=2, sublinear_tf=True, max_features=120_000)
            if korean
            else TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True, max_features=120_000)
        )

    def fit(self, rows: list[Row]):
        wanted = gold(rows)
        kept = [row for row, mood in zip(rows, wanted) if mood >= 0]
        x = self.vectorizer.fit_transform([row.text for row in kept])
        self.model = LogisticRegression(C=4, max_iter=300, class_weight="balanced").fit(x, wanted[wanted >= 0])
        return self

    def read(self, rows: list[Row]) -> np.ndarray:
        out = np.zeros((len(rows), 8))
        out[:, self.model.classes_] = self.model.predict_proba(self.vectorizer.transform([row.text for row in rows]))
        return out

    def points(self, learn: list[Row], rows: list[Row]) -> np.ndarray:
        """Valence and arousal by ridge regression on the same numbers."""
        numbers = lambda some: self.vectorizer.transform([row.text for row in some])
        return Ridge(1.0).fit(numbers(learn), np.array([row.point for row in learn], float)).predict(numbers(rows))


def sets(rows: list[Row], split: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        if row.split == split:
            found.setdefault(row.source, []).append(row)
    return found


def word_norms(player: Path):
    """The player's own reading by word norms: a `maeum` whose models folder has no words model."""

    def read(rows: list[Row]) -> np.ndarray:
        lines = "\n".join(" ".join(row.text.split()) for row in rows) + "\n"
        answers = subprocess.run([player, "mood", "text"], input=lines, capture_output=True, text=True, check=False).stdout
        out = np.array([[json.loads(line)["moods"][mood] for mood in MOODS] + [0] for line in answers.splitlines()])
        assert len(out) == len(rows)
        return out

    return read


def frozen(embed, train: list[Row], test: list[Row]) -> np.ndarray:
    """Logistic regression over the teacher's sentence embeddings, which stay as they are."""
    wanted = gold(train)
    model = LogisticRegression(C=4, max_iter=500, class_weight="balanced")
    model.fit(embed([row.text for row in train])[wanted >= 0], wanted[wanted >= 0])
    out = np.zeros((len(test), 8))
    out[:, model.classes_] = model.predict_proba(embed([row.text for row in test]))
    return out


def known(results):
    """The same without what could not be measured."""
    if not isinstance(results, dict):
        return results
    return {key: known(value) for key, value in results.items() if value == value}


def baselines(rows: list[Row], embed, player: Path | None) -> dict:
    """What simpler readers reach on the held-back splits, each learned on the same set's training
    split: majority, TF-IDF + logistic regression, for English the frozen teacher + logistic
    regression; and word norms, which learned from the situations."""
    train, test = sets(rows, "train"), sets(rows, "test")
    by_name: dict[str, list[Row]] = {}
    for row in prompts():
        by_name.setdefault(row.source, []).append(row)
    results = {}
    for source in ("situations_en", "situations_ko", "goemotions_en", "kote", "kpoem", "xed", "event2mind", "lemotif"):
        wanted = gold(train[source])
        most = np.bincount(wanted[wanted >= 0]).argmax()
        guess = np.zeros((len(test[source]), 8))
        guess[:, most] = 1
        korean = bool(KOREAN.search("".join(row.text for row in test[source][:50])))
        reader = TfIdf(korean).fit(train[source])
        results[source] = {"majority": moods(test[source], guess)}
        asked = {source: test[source]}
        if source.startswith("situations"):
            asked |= {name: part for name, part in by_name.items() if name.endswith(source[-2:])}
        for name, part in asked.items():
            found = results.setdefault(name, {})
            shares = reader.read(part)
            found["tfidf"] = moods(part, shares)
            if name == "event2mind":
                found["tfidf"] |= four_feelings(part, shares)
            if name.startswith("situations"):
                found["tfidf"] |= points(part, reader.points(train[source], part))
            if player:
                found["word norms"] = moods(part, word_norms(player)(part))
            if not korean:
                found["frozen"] = moods(part, frozen(embed, train[source], part))
            print("baseline", name, json.dumps({k: round(v["accuracy"], 3) for k, v in found.items()}), flush=True)
    return results


def report(read, rows: list[Row], folder: Path, split="test") -> dict:
    """`read(texts)` gives shares [n, 8], points [n, 2] and the sets' own labels by name."""
    chosen = sets(rows, split)
    if split == "test":
        for row in prompts():
            chosen.setdefault(row.source, []).append(row)
    results = {}
    for source, members in chosen.items():
        if source in ("nonsense", "nsmc"):
            continue
        shares, found, own = read([row.text for row in members])
        results[source] = {}
        if members[0].moods is not None:
            results[source] |= moods(members, shares)
        if source.startswith("situations") or source == "emobank":
            results[source] |= points(members, found)
        if source.startswith("situations"):
            for kind in sorted({row.extra["kind"] for row in members}):
                part = [i for i, row in enumerate(members) if row.extra["kind"] == kind]
                results[source][f"accuracy of {kind}"] = moods([members[i] for i in part], shares[part])["accuracy"]
        if source == "poem_sentiment":
            results[source] |= points(members, found)
        if source.startswith("prompts"):
            results[source]["sign"] = sign_right(members, found)
        if source == "event2mind":
            results[source] |= four_feelings(members, shares)
        if source == "goemotions_en" and own:
            names = (folder / "goemotions_en" / "labels.txt").read_text().split()
            dev = sets(rows, "dev")[source]
            labels = lambda part: np.array([row.extra["go"] for row in part])
            results[source]["ekman"] = ekman(read([row.text for row in dev])[2]["go"], labels(dev), own["go"], labels(members), names)
        if source == "kpoem":
            poems = [row for row in members if row.extra["kind"] == "work"]
            whole = np.array([_whole(read, row.text) for row in poems])
            results[source]["lines or poem"] = lines_or_poem(members, shares, whole, poems)
    return results


def _whole(read, text: str) -> np.ndarray:
    """One label for the whole text: it is cut where the model's window ends, and joined."""
    words = text.split()
    windows = [" ".join(words[i : i + 22]) for i in range(0, len(words), 22)]
    return read(windows)[0].mean(0) if len(windows) > 1 else read([text])[0][0]
