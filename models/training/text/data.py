"""Every data set as rows of one kind, with its split by group. See ../../../shared/data/README.md
for what each set is; the folder is given with --data and only read."""

import csv
import gzip
import hashlib
import io
import random
import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from normalise import normalise

MOODS = ["happy", "romantic", "peaceful", "sad", "tense", "angry", "neutral"]
HERE = Path(__file__).parent
# A second mood named beside the first gets this share.
SECOND = 0.3
# Rows that stand together were written together and resemble each other: they stay together.
BLOCK = 20
KOREAN = re.compile("[가-힣ㄱ-ㅣ]")


@dataclass
class Row:
    text: str
    source: str
    split: str  # train, dev or test
    group: str
    moods: np.ndarray | None = None  # eight shares: the moods and "nothing"
    point: tuple | None = None  # valence, arousal; NaN where not known
    weight: float = 1.0
    extra: dict = field(default_factory=dict)  # labels of the set itself, for its own head


def _chance(key: str) -> float:
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:6], "big") / 2**48


def _split(key: str, dev: float, test: float) -> str:
    at = _chance(key)
    return "dev" if at < dev else "test" if at < dev + test else "train"


def _open(path: Path) -> io.TextIOBase:
    return gzip.open(path, "rt", encoding="utf-8", newline="") if path.suffix == ".gz" else open(path, encoding="utf-8", newline="")


def _table(path: Path) -> list[list[str]]:
    with _open(path) as file:
        return [line.rstrip("\r\n").split("\t") for line in file]


def soft(first: str, second: str = "") -> np.ndarray:
    shares = np.zeros(8, np.float32)
    shares[MOODS.index(first)] = 1.0
    if second:
        shares[MOODS.index(first)] = 1 - SECOND
        shares[MOODS.index(second)] = SECOND
    return shares


class LabelMap:
    """label_map.tsv: what the labels of other sets say about the seven moods and the plane."""

    def __init__(self, folder: Path):
        self.moods, self.point = defaultdict(dict), defaultdict(dict)
        for row in _table(folder / "label_map" / "label_map.tsv")[1:]:
            row += [""] * (11 - len(row))
            self.moods[row[0]][row[1]] = np.array([float(x) for x in row[2:9]] + [0.0], np.float32)
            self.point[row[0]][row[1]] = tuple(float(x) if x else np.nan for x in row[9:11])

    def read(self, name: str, labels: dict[str, float], prior: np.ndarray | None = None):
        total = sum(labels.values())
        if not total:
            return None, None
        moods = sum(self.moods[name][label] * share for label, share in labels.items()) / total
        if prior is not None:
            moods = moods / prior
        moods = moods / moods.sum()
        points = np.array([self.point[name][label] for label in labels])
        shares = np.array(list(labels.values()))[:, None] * ~np.isnan(points)
        with np.errstate(invalid="ignore"):
            point = np.nansum(np.nan_to_num(points) * shares, 0) / shares.sum(0)
        return moods.astype(np.float32), tuple(point)


def letters(text: str) -> str:
    """What two texts share that differ in case, spaces and punctuation alone."""
    return re.sub(r"[\W_]+", "", text.lower()) or text


def asked() -> set[str]:
    """What the prompts ask: never learned from, whoever else wrote it."""
    return {letters(row[1]) for row in _table(HERE / "prompts.tsv")}


def situations(folder: Path) -> list[Row]:
    """The parallel set written for this project, and the rows written for this model."""
    rows, held = [], set()
    prompts = asked()
    files = [(folder / "situations" / "situations.tsv", 0.05, 0.07)]
    files += [(path, 0.04, 0.0) for path in sorted((HERE / "rows").glob("*.tsv"))]
    for path, dev, test in files:
        for index, row in enumerate(r for r in _table(path) if r[0] != "en"):
            group = f"{path.stem}/{index // BLOCK}"
            split = _split(group, dev, test)
            both = {letters(row[0]), letters(row[1])}
            if prompts & both:
                continue
            if split != "train":
                held |= both
            elif held & both:
                # Written a second time, among our own rows.
                continue
            for language, text in zip(("en", "ko"), row[:2]):
                rows.append(
                    Row(normalise(text), f"situations_{language}", split, group, soft(row[2], row[3]),
                        (float(row[4]), float(row[5])), 1.0, {"kind": row[6], "pair": f"{path.stem}/{index}"})
                )
    return rows


def goemotions(folder: Path, labels: LabelMap) -> list[Row]:
    names = (folder / "goemotions_en" / "labels.txt").read_text().split()
    rows = []
    for language, weight in (("en", 1.0), ("ko", 0.4)):
        for split in ("train", "dev", "test"):
            for index, row in enumerate(_table(folder / f"goemotions_{language}" / f"{split}.tsv.gz")):
                ids = [int(x) for x in row[1].split(",")]
                moods, point = labels.read("goemotions", {names[i]: 1.0 for i in ids})
                own = np.zeros(28, np.float32)
                own[ids] = 1
                rows.append(Row(normalise(row[0]), f"goemotions_{language}", split, str(index), moods, point, weight, {"go": own, "pair": f"{split}/{index}"}))
    return rows


def _kote_labels(folder: Path) -> list[str]:
    return [line.strip().split("\t")[-1] for line in (folder / "kote" / "labels.txt").read_text().splitlines() if line.strip()]


def kote(folder: Path, labels: LabelMap) -> list[Row]:
    """5,000 rows to learn from; of the test file the first half for development, the second
    half held back."""
    names = _kote_labels(folder)
    parsed = []
    for file in ("val", "test"):
        table = _table(folder / "kote" / f"{file}.tsv.gz")
        for index, row in enumerate(table):
            split = "train" if file == "val" else "dev" if index < len(table) // 2 else "test"
            parsed.append((row[1], [int(x) for x in row[2].split(",")], split, f"{file}/{index}"))
    train = [ids for _, ids, split, _ in parsed if split == "train"]
    # With eight labels a row, half of the mass would be anger only because more of the 44
    # labels are: mass is taken relative to what is usual.
    prior = sum(sum(labels.moods["kote/kpoem"][names[i]] for i in ids) / len(ids) for ids in train) / len(train)
    prior = np.where(prior > 0, prior, 1)
    rows = []
    for text, ids, split, group in parsed:
        moods, point = labels.read("kote/kpoem", {names[i]: 1.0 for i in ids}, prior)
        own = np.zeros(44, np.float32)
        own[ids] = 1
        rows.append(Row(normalise(text), "kote", split, group, moods, point, 0.7, {"kote": own}))
    return rows


def kpoem(folder: Path, labels: LabelMap) -> list[Row]:
    """Lines and whole poems, split by poem: a line belongs to the poem that contains it, a line
    that none contains to the poem of the line before."""
    names = _kote_labels(folder)
    table = _table(folder / "kpoem" / "kpoem.tsv.gz")
    squeeze = lambda text: re.sub(r"\W+", "", text)
    works = defaultdict(list)
    for index, row in enumerate(table):
        if row[1] == "work":
            works[row[0]].append((index, squeeze(row[2])))
    owner, last = {}, {}
    for index, row in enumerate(table):
        if row[1] == "work":
            owner[index] = index
            continue
        line = squeeze(row[2])
        candidates = [work for work, text in works[row[0]] if len(line) >= 4 and line in text]
        if candidates and last.get(row[0]) not in candidates:
            last[row[0]] = candidates[0]
        owner[index] = last.get(row[0], -1)
    group = [f"{row[0]}/{owner[index]}" for index, row in enumerate(table)]
    split = [_split("kpoem" + name, 0.1, 0.2) for name in group]
    # Poems that share a line are editions of one: what has an edition to learn from is not held back.
    shared = defaultdict(set)
    for index, row in enumerate(table):
        for line in row[2].split("\n") if row[1] == "work" else [row[2]]:
            if len(squeeze(line)) >= 8:
                shared[squeeze(line)].add(group[index])
    learned = {name for name, part in zip(group, split) if part == "train"}
    editions = [names for names in shared.values() if len(names) > 1]
    known = 0
    while known < len(learned):
        known = len(learned)
        learned |= {name for names in editions if names & learned for name in names}
    parsed = []
    for index, row in enumerate(table):
        scores = {names[int(k)]: float(v) for k, v in (item.split(":") for item in row[3].split(","))}
        held = split[index] != "train" and group[index] in learned
        parsed.append((row, scores, group[index], "train" if held else split[index]))
    prior = sum(sum(labels.moods["kote/kpoem"][k] * v for k, v in s.items()) / sum(s.values()) for _, s, *_ in parsed) / len(parsed)
    prior = np.where(prior > 0, prior, 1)
    rows = []
    for row, scores, poem, part in parsed:
        moods, point = labels.read("kote/kpoem", scores, prior)
        own = np.zeros(44, np.float32)
        for name, share in scores.items():
            own[names.index(name)] = share
        rows.append(Row(normalise(row[2]), "kpoem", part, poem, moods, point, 0.7, {"kote": own, "kind": row[1]}))
    return rows


def xed(folder: Path, labels: LabelMap) -> list[Row]:
    def tidy(text):
        text = re.sub(r"\[[A-Z]+\]", "someone", text)
        text = re.sub(r" ([,.!?;:%)])", r"\1", text)
        return re.sub(r"(\w) ?' ?(s|re|ve|ll|d|m|t)\b", r"\1'\2", text.replace(" n't", "n't"))

    rows = []
    for row in _table(folder / "xed_en" / "en-annotated.tsv.gz"):
        keys = {k.strip(): 1.0 for k in row[1].split(",") if k.strip() in labels.moods["xed_en"]}
        text = normalise(tidy(row[0]))
        if keys and len(text) > 3:
            moods, point = labels.read("xed_en", keys)
            rows.append(Row(text, "xed", _split("xed" + text, 0.05, 0.15), text, moods, point, 0.4))
    for row in _table(folder / "xed_en" / "neu_en.tsv.gz"):
        text = normalise(tidy(row[-1]))
        if len(text) > 3 and _chance("keep" + text) < 0.4:
            moods, point = labels.read("xed_en", {"0": 1.0})
            rows.append(Row(text, "xed", _split("xed" + text, 0.05, 0.15), text, moods, point, 0.4))
    return rows


def brighter(folder: Path, labels: LabelMap) -> list[Row]:
    rows = []
    for split in ("train", "dev", "test"):
        with _open(folder / "brighter_en" / f"track_b_{split}.csv.gz") as file:
            for row in csv.DictReader(file):
                scores = {k: float(row[k] or 0) for k in ("anger", "fear", "joy", "sadness", "surprise")}
                scores = {k: v for k, v in scores.items() if v > 0}
                moods, point = labels.read("brighter_en", scores) if scores else (soft("neutral"), (np.nan, np.nan))
                # Their test labels are blank in places; the set is only learned from.
                if scores or split != "test":
                    rows.append(Row(normalise(row["text"]), "brighter", "train", row["id"], moods, point, 0.5))
    return rows


def _first_person(verb: str) -> str:
    """drives, goes, tries, has → drive, go, try, have."""
    if verb in (odd := {"has": "have", "is": "am", "was": "was", "does": "do", "goes": "go"}):
        return odd[verb]
    for ending, instead in (("ies", "y"), ("sses", "ss"), ("shes", "sh"), ("ches", "ch"), ("xes", "x"), ("ss", "ss"), ("s", "")):
        if verb.endswith(ending):
            return verb[: -len(ending)] + instead
    return verb


def event2mind(folder: Path) -> list[Row]:
    rows, kept = [], defaultdict(int)
    first = {"PersonX's": "my", "PersonX": "I", "PersonY's": "her", "PersonY": "him", "PersonZ": "them"}
    for split, event, mood, share, votes, dist in _table(folder / "event2mind" / "proposed_mood.tsv.gz")[1:]:
        shares = np.zeros(8, np.float32)
        for name, count in re.findall(r"(\w+):([\d.]+)", dist):
            shares[MOODS.index(name)] += float(count)
        shares /= shares.sum()
        text = event
        person = _chance("person" + event)
        names = first if person < 0.6 else {"PersonX's": "his", "PersonX": "he" if person < 0.8 else "she", "PersonY's": "a friend's", "PersonY": "a friend", "PersonZ": "them"}
        for name, word in names.items():
            text = text.replace(name, word)
        if names is first:
            text = re.sub(r"^I (\w+)", lambda verb: "I " + _first_person(verb.group(1)), text)
        text = text.replace("___", "something")
        kept[mood] += 1
        # Half of the set is happy or neutral.
        if split == "train" and mood in ("happy", "neutral") and kept[mood] > 3500:
            continue
        rows.append(Row(normalise(text), "event2mind", split, event, shares, None, 0.35))
    return rows


def lemotif(folder: Path) -> list[Row]:
    of = {"afraid": "tense", "angry": "angry", "anxious": "tense", "ashamed": "sad", "awkward": "tense", "bored": "sad", "calm": "peaceful", "confused": "tense", "disgusted": "angry", "excited": "happy", "frustrated": "angry", "happy": "happy", "jealous": "angry", "nostalgic": "sad", "proud": "happy", "sad": "sad", "satisfied": "peaceful", "surprised": "happy"}
    rows = []
    with _open(folder / "lemotif" / "lemotif_flat.csv.gz") as file:
        for row in csv.DictReader(file):
            shares = np.zeros(8, np.float32)
            for name, mood in of.items():
                if row.get(f"Answer.f1.{name}.raw") == "TRUE":
                    shares[MOODS.index(mood)] += 1
            if shares.sum():
                text = normalise(row["Answer"])
                rows.append(Row(text, "lemotif", _split("lemotif" + text, 0.1, 0.1), text, shares / shares.sum(), None, 0.4))
    return rows


def poems_english(folder: Path) -> list[Row]:
    valence = {"-1": -0.5, "0": 0.0, "1": 0.6}
    return [
        Row(normalise(row[1]), "poem_sentiment", split, row[0], None, (valence[row[2]], np.nan), 0.5)
        for split in ("train", "dev", "test")
        for row in _table(folder / "poem_sentiment" / f"{split}.tsv.gz")
        if row[2] in valence
    ]


def reviews(folder: Path, most: int) -> list[Row]:
    """Film reviews with stars: the largest native Korean set, for valence alone."""
    table = _table(folder / "nsmc" / "nsmc_raw_ratings.tsv.gz")
    random.Random(7).shuffle(table)
    by_star = defaultdict(list)
    for row in table:
        if len(row) == 3 and 4 <= len(row[2]) <= 90 and KOREAN.search(row[2]):
            by_star[int(row[1])].append(row)
    rows = []
    share = {1: 0.25, 2: 0.06, 3: 0.05, 4: 0.06, 5: 0.07, 6: 0.07, 7: 0.06, 8: 0.08, 9: 0.08, 10: 0.22}
    for star, part in share.items():
        for index, row in enumerate(by_star[star][: int(most * part)]):
            split = "dev" if index % 50 == 0 else "train"
            rows.append(Row(normalise(row[2]), "nsmc", split, row[0], None, None, 1.0, {"star": (star - 5.5) / 4.5}))
    random.Random(8).shuffle(rows)
    return rows


def words(folder: Path) -> list[Row]:
    """Norms of single words."""
    rows = []
    for row in _table(folder / "va_kor" / "va_ko_merged.tsv.gz")[1:]:
        rows.append(Row(normalise(row[0]), "norms_ko", "train", row[0], None, (float(row[1]), float(row[2])), 0.4))
    with _open(folder / "glasgow_norms" / "glasgow_norms.csv.gz") as file:
        for row in csv.DictReader(file):
            if "(" not in row["Word"]:
                point = ((float(row["Valence"]) - 5) / 4, (float(row["Arousal"]) - 5) / 4)
                rows.append(Row(row["Word"].lower(), "norms_en", "train", row["Word"], None, point, 0.4))
    return rows


def emobank(folder: Path) -> list[Row]:
    """Share-alike: measured on, never learned from."""
    with _open(folder / "emobank" / "emobank.csv.gz") as file:
        return [
            Row(normalise(row["text"]), "emobank", "test", row["id"], None, ((float(row["V"]) - 3) / 2, (float(row["A"]) - 3) / 2), 0.0)
            for row in csv.DictReader(file)
            if row["split"] == "test"
        ]


def nonsense(count: int, real: list[str], seed: int) -> list[Row]:
    """Text that nobody means: keyboards hit at random, letters shuffled, identifiers, numbers."""
    chance = random.Random(seed)
    keys = ["qwertyuiop", "asdfghjkl", "zxcvbnm", "ㅂㅈㄷㄱ쇼ㅕㅑㅐㅔ", "ㅁㄴㅇㄹ호ㅓㅏㅣ", "ㅋㅌㅊ퓨ㅜㅡ"]
    rows = []
    for index in range(count):
        kind = index % 7
        if kind == 0:
            row = chance.choice(keys)
            text = "".join(chance.choice(row) for _ in range(chance.randint(4, 14)))
        elif kind == 1:
            text = " ".join("".join(chance.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(chance.randint(2, 9))) for _ in range(chance.randint(1, 4)))
        elif kind == 2:
            text = "".join(chr(chance.randint(0xAC00, 0xD7A3)) for _ in range(chance.randint(2, 10)))
            if chance.random() < 0.5:
                text = " ".join(text[i : i + 3] for i in range(0, len(text), 3))
        elif kind == 3:
            text = "".join(chance.choice("0123456789abcdef-_./:") for _ in range(chance.randint(5, 24)))
        elif kind == 4:
            letters = list(chance.choice(real).replace(" ", "")[:20])
            chance.shuffle(letters)
            text = "".join(letters)
        elif kind == 5:
            text = "".join(chance.choice("0123456789!@#$%^&*()[]{}<>?/\\|~`-=+;:,.\"'") for _ in range(chance.randint(2, 14)))
        else:
            blocks = [(0x400, 0x44F), (0x3041, 0x3096), (0x4E00, 0x5E00), (0x627, 0x64A), (0xE01, 0xE2E), (0x905, 0x939)]
            low, high = chance.choice(blocks)
            text = "".join(chr(chance.randint(low, high)) for _ in range(chance.randint(3, 16)))
        shares = np.zeros(8, np.float32)
        shares[7] = 1
        rows.append(Row(normalise(text), "nonsense", "train" if index % 10 else "dev", str(index), shares, None, 0.6))
    return rows


def everything(folder: Path, most_reviews=60_000) -> list[Row]:
    labels = LabelMap(folder)
    rows = situations(folder)
    real = [row.text for row in rows]
    rows += goemotions(folder, labels) + kote(folder, labels) + kpoem(folder, labels)
    rows += xed(folder, labels) + brighter(folder, labels) + event2mind(folder) + lemotif(folder)
    rows += poems_english(folder) + reviews(folder, most_reviews) + words(folder) + emobank(folder)
    rows += nonsense(4_000, real, 11)
    prompts = asked()
    return [row for row in rows if row.text and (row.split != "train" or letters(row.text) not in prompts)]


def pairs(folder: Path, rows: list[Row]) -> list[tuple[str, str]]:
    """English and Korean of the same meaning, none of it from a held-back split."""
    both = defaultdict(dict)
    for row in rows:
        if row.split == "train" and row.source in ("situations_en", "situations_ko", "goemotions_en", "goemotions_ko"):
            name, language = row.source.split("_")
            both[name, row.extra["pair"]][language] = row.text
    found = [(pair["en"], pair["ko"]) for pair in both.values() if len(pair) == 2]
    for row in _table(folder / "tatoeba_en_ko" / "en_ko.tsv.gz")[1:]:
        found.append((row[0], row[1]))
    for row in _table(folder / "xpersona_en_ko" / "en_ko.tsv.gz")[1:]:
        found.append((row[4], row[5]))
    return [(normalise(en), normalise(ko)) for en, ko in dict.fromkeys(found) if en and ko]


if __name__ == "__main__":
    import sys
    from collections import Counter

    rows = everything(Path(sys.argv[1]))
    for key, count in sorted(Counter((row.source, row.split) for row in rows).items()):
        print(*key, count)
    print("pairs", len(pairs(Path(sys.argv[1]), rows)))
    mass = defaultdict(lambda: np.zeros(8))
    for row in rows:
        if row.moods is not None:
            mass[row.source] += row.moods
    for source, shares in mass.items():
        print(source, (shares / shares.sum()).round(3))
    print(len({row.group for row in rows if row.source == "kpoem"}), "poems")
