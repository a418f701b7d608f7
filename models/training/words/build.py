"""Builds assets/words/*.tsv: the word norms with which a typed feeling is read.

    python models/training/words/build.py --data ../shared/data [--evaluate]

Two published sets of norms (Glasgow for English; four Korean studies merged) say how
pleasant and how exciting a word is. Our own norms add what a word says about a situation
("rain", "friends", 밤, 혼자): they are fitted on the situations set, as corrections to the
published ones, by ridge regression (valence, arousal) and multinomial logistic regression
(moods). The words of a text are found by the reader itself (examples/clues), so that
fitting and reading cannot drift apart.
"""

import argparse
import collections
import csv
import gzip
import io
import pathlib
import subprocess
import unicodedata

import numpy as np
import scipy.sparse.linalg
from scipy import optimize, sparse

ROOT = pathlib.Path(__file__).resolve().parents[3]
MOODS = ["happy", "romantic", "peaceful", "sad", "tense", "angry", "neutral"]
FOLDS = 5
BLOCK = 20  # neighbouring rows are near-twins: they stay on one side of a split
SECOND_SHARE = 0.25
FEWEST = 2  # rows a word must occur in to get its own norm
KEEP = {"en": 3000, "ko": 4200}  # own norms shipped: the most telling
RIDGE = 0.8  # on valence and arousal
DECAY = 0.25  # on moods
SEED_WEIGHT = 3  # a word that names a mood counts as so many rows
STEPS = 40  # a unit is written as so many whole steps
SPREAD = 0.45  # standard deviation of valence and arousal that readings are brought to


def clues(texts):
    """For each text a list of (factor, keys), as the reader finds them."""
    lines = "\n".join(unicodedata.normalize("NFC", t).replace("\n", " ") for t in texts)
    run = subprocess.run(
        ["cargo", "run", "-q", "--example", "clues"],
        input=lines + "\n", capture_output=True, text=True, check=True, cwd=ROOT,
    )
    rows = []
    for line in run.stdout.split("\n")[: len(texts)]:
        row = []
        for clue in filter(None, line.split("\t")):
            factor, keys = clue.split(":", 1)
            row.append((float(factor), keys.split("|")))
        rows.append(row)
    return rows


def mean_by_key(pairs):
    sums = collections.defaultdict(list)
    for key, valence, arousal in pairs:
        sums[key].append((valence, arousal))
    return {key: tuple(np.mean(values, axis=0)) for key, values in sums.items()}


def glasgow(data):
    with gzip.open(data / "text/glasgow_norms/glasgow_norms.csv.gz", "rt") as file:
        rows = [
            (r["Word"], (float(r["Valence"]) - 5) / 4, (float(r["Arousal"]) - 5) / 4)
            for r in csv.DictReader(file)
        ]
    # Senses in brackets ("bank (river)") are not what a bare word says; phrases are not words.
    rows = [r for r in rows if r[0].isalpha()]
    keys = clues([r[0] for r in rows])
    return mean_by_key(
        (key[0][1][0], v, a) for key, (_, v, a) in zip(keys, rows) if len(key) == 1 and key[0][0] == 1
    )


def korean(data):
    with gzip.open(data / "text/va_kor/va_ko_merged.tsv.gz", "rt") as file:
        rows = [
            (r["word"], float(r["valence"]), float(r["arousal"]))
            for r in csv.DictReader(file, delimiter="\t")
        ]
    rows = [r for r in rows if " " not in r[0]]
    found = clues([r[0] for r in rows])
    pairs = []
    for row, (word, v, a) in zip(found, rows):
        if len(row) != 1:
            continue
        keys = row[0][1]
        # A dictionary form is known by its stem (or, for noun + 하다, by the noun).
        key = keys[-1] if word.endswith("다") and len(keys) > 1 else keys[0]
        pairs.append((key, v, a))
    return mean_by_key(pairs)


def situations(data):
    with open(data / "text/situations/situations.tsv", encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


ANCHORS = {  # as in src/mood
    "happy": (0.70, 0.45), "romantic": (0.60, 0.25), "peaceful": (0.55, -0.40),
    "sad": (-0.60, -0.27), "tense": (-0.50, 0.25), "angry": (-0.65, 0.45),
    "neutral": (0.0, -0.30),
}


def seeds(language):
    """Words that name a mood, as rows like those of the situations set."""
    table = (pathlib.Path(__file__).parent / "seeds.tsv").read_text(encoding="utf-8")
    rows = []
    for line in table.splitlines()[1:]:
        mood, *words = line.split("\t")
        for word in words[["en", "ko"].index(language)].split(", "):
            row = {
                language: word, "mood": mood, "second": "",
                "valence": ANCHORS[mood][0], "arousal": ANCHORS[mood][1],
            }
            rows += [row] * SEED_WEIGHT
    return rows


def shapes(norms):
    """The numbers a published norm enters the regression with."""
    v, a = norms
    return [v, a, v * abs(v), v * a, max(v, 0) * max(-a, 0)]


def design(rows, vocabulary, norms):
    """Sparse word counts and dense norm sums, each row scaled by its length."""
    indices, values, pointers = [], [], [0]
    dense = np.zeros((len(rows), 5))
    for number, row in enumerate(rows):
        scale = 1 / np.sqrt(max(len(row), 1) + 2)
        for factor, keys in row:
            for key in keys:
                own = 1.0 if key.startswith(("not ", "안 ")) else factor
                if key in vocabulary:
                    indices.append(vocabulary[key])
                    values.append(own * scale)
            norm = next((norms[key] for key in keys[::-1] if key in norms), None)
            if norm is not None:
                dense[number] += factor * scale * np.array(shapes(norm))
        pointers.append(len(indices))
    counts = sparse.csr_matrix((values, indices, pointers), shape=(len(rows), len(vocabulary)))
    return sparse.hstack([counts, sparse.csr_matrix(dense)]).tocsr()


def fit_ridge(x, y, strength):
    """Weights and intercept; the five norm columns and the intercept are hardly held back."""
    n = x.shape[1]
    x1 = sparse.hstack([x, np.ones((x.shape[0], 1))]).tocsr()
    penalty = np.full(n + 1, strength)
    penalty[-6:] = 0.05
    gram = (x1.T @ x1 + sparse.diags(penalty)).tocsr()
    solution, failed = sparse.linalg.cg(gram, x1.T @ y, rtol=1e-6, maxiter=2000)
    assert not failed, "the regression did not converge"
    return solution


def fit_moods(x, y, strength):
    x1 = sparse.hstack([x, np.ones((x.shape[0], 1))]).tocsr()
    n, k = x1.shape[1], y.shape[1]
    penalty = np.full((n, 1), strength)
    penalty[-6:] = 0.02

    def loss(flat):
        w = flat.reshape(n, k)
        z = x1 @ w
        z -= z.max(axis=1, keepdims=True)
        p = np.exp(z)
        p /= p.sum(axis=1, keepdims=True)
        value = -(y * np.log(p + 1e-12)).sum() + 0.5 * (penalty * w * w).sum()
        return value, (x1.T @ (p - y) + penalty * w).ravel()

    done = optimize.minimize(
        loss, np.zeros(n * k), jac=True, method="L-BFGS-B", options={"maxiter": 200}
    )
    w = done.x.reshape(n, k)
    return w - w.mean(axis=1, keepdims=True)


def targets(rows):
    soft = np.zeros((len(rows), len(MOODS)))
    for number, row in enumerate(rows):
        second = row["second"]
        soft[number, MOODS.index(row["mood"])] += 1 - (SECOND_SHARE if second else 0)
        if second:
            soft[number, MOODS.index(second)] += SECOND_SHARE
    valence = np.array([float(r["valence"]) for r in rows])
    arousal = np.array([float(r["arousal"]) for r in rows])
    return soft, valence, arousal


def vocabulary_of(rows):
    seen = collections.Counter()
    for row in rows:
        seen.update({key for _, keys in row for key in keys})
    kept = sorted(key for key, count in seen.items() if count >= FEWEST)
    return {key: number for number, key in enumerate(kept)}


def predict(x, w):
    return x @ w[:-1] + w[-1]


def fit(language, rows, labels, norms):
    """The words kept and their weights for moods, valence and arousal."""
    soft, valence, arousal = targets(labels)
    vocabulary = vocabulary_of(rows)
    for final in (False, True):
        x = design(rows, vocabulary, norms)
        weights = (
            fit_moods(x, soft, DECAY),
            fit_ridge(x, valence, RIDGE),
            fit_ridge(x, arousal, RIDGE),
        )
        if not final:
            # What says least goes; the rest is fitted once more without it.
            moods, v, a = weights
            strength = np.abs(moods).max(axis=1) + np.abs(v) + np.abs(a)
            names = list(vocabulary)
            strongest = sorted(range(len(names)), key=lambda i: -strength[i])[: KEEP[language]]
            vocabulary = {name: n for n, name in enumerate(sorted(names[i] for i in strongest))}
    return vocabulary, weights


def evaluate(language, rows, labels, norms, seed_rows, seed_labels):
    folds = (np.arange(len(rows)) // BLOCK * 7919 % 104729) % FOLDS
    soft, *plane = targets(labels)
    scores = []
    for fold in range(FOLDS):
        train, test = np.flatnonzero(folds != fold), np.flatnonzero(folds == fold)
        vocabulary, (moods, *weights) = fit(
            language,
            [rows[i] for i in train] + seed_rows,
            [labels[i] for i in train] + seed_labels,
            norms,
        )
        x = design([rows[i] for i in test], vocabulary, norms)
        hits = predict(x, moods).argmax(axis=1) == soft[test].argmax(axis=1)
        odds = np.exp(predict(x, moods))
        anchors = (odds / odds.sum(axis=1, keepdims=True)) @ np.array([ANCHORS[m] for m in MOODS])
        score = [hits.mean()]
        for w, y, anchor in zip(weights, plane, anchors.T):
            read = predict(x, w)
            # As in src/words: half the plane's own reading, half the moods' anchors.
            read = (read / read.std() * SPREAD + anchor) / 2
            score.append(np.corrcoef(read, y[test])[0, 1])
        scores.append(score)
    top, rv, ra = np.mean(scores, axis=0)
    print(
        f"{language}: held out, {FOLDS} folds: top-1 {top:.3f}, "
        f"r valence {rv:.3f}, r arousal {ra:.3f}"
    )


def write(path, header, rows):
    text = io.StringIO()
    text.write("# " + header + "\n")
    for key, numbers in rows:
        text.write("\t".join([key] + [str(round(n * STEPS)) for n in numbers]) + "\n")
    path.write_text(text.getvalue(), encoding="utf-8")
    print(path.name, f"{path.stat().st_size / 1024:.0f} KB", len(rows), "words")


def build(language, rows, labels, norms):
    """(key, [valence, arousal, seven moods]) of each word, each norm shape and the start."""
    vocabulary, (moods, valence, arousal) = fit(language, rows, labels, norms)
    x = design(rows, vocabulary, norms)
    # Regression draws readings together; they are brought to the spread that tracks have.
    for weights in (valence, arousal):
        read = predict(x, weights)
        scale = SPREAD / read.std()
        weights *= scale
        weights[-1] += read.mean() * (1 - scale)
    names = list(vocabulary) + [f"*shape{i}" for i in range(5)] + ["*start"]
    return [(name, [valence[i], arousal[i], *moods[i]]) for i, name in enumerate(names)]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--evaluate", action="store_true", help="measure only, write nothing")
    options = parser.parse_args()
    labels = situations(options.data)
    out = ROOT / "assets/words"
    out.mkdir(parents=True, exist_ok=True)
    for language, norms in (("en", glasgow(options.data)), ("ko", korean(options.data))):
        rows = clues([row[language] for row in labels])
        seed_labels = seeds(language)
        seed_rows = clues([row[language] for row in seed_labels])
        evaluate(language, rows, labels, norms, seed_rows, seed_labels)
        if options.evaluate:
            continue
        write(
            out / f"norms-{language}.tsv",
            f"key, valence, arousal, each times {STEPS}; sources in README.md",
            sorted(norms.items()),
        )
        write(
            out / f"own-{language}.tsv",
            "key, valence, arousal, " + ", ".join(MOODS) + f", each times {STEPS}",
            build(language, rows + seed_rows, labels + seed_labels, norms),
        )


if __name__ == "__main__":
    main()
