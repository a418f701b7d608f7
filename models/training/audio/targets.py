"""From what the teachers heard to what the student learns: style tags standardised against the
reference library, weak valence and arousal, and the seven moods."""

import csv
from pathlib import Path

import numpy as np
from scipy.stats import norm, rankdata

import teachers

HERE = Path(__file__).parent
MOODS = ["happy", "romantic", "peaceful", "sad", "tense", "angry", "neutral"]
# Where each mood stands on valence and arousal: the player's anchors.
ANCHORS = np.array([[0.70, 0.45], [0.60, 0.25], [0.55, -0.40], [-0.60, -0.27], [-0.50, 0.25], [-0.65, 0.45], [0.0, -0.30]])
# A tag is at one half where it is this many standard deviations above the library's mean.
PRESENT, STEEPNESS = 1.0, 1.7
# And it has to be heard at all: below this share of a teacher it fades, however rare it is here.
HEARD = 0.12
HIGH_VALENCE = "mood:happy,mood:fun,mood:funny,mood:positive,mood:upbeat,mood:uplifting,mood:hopeful,mood:summer,mood:party,mood:holiday,mood:children,msd:happy,msd:party,jamendo:happy"
LOW_VALENCE = "mood:dark,mood:sad,mood:melancholic,mood:dramatic,mood:drama,mood:heavy,mood:soundscape,msd:sad,msd:metal,mtt:weird"
HIGH_AROUSAL = "mood:energetic,mood:fast,mood:powerful,mood:action,mood:sport,mood:heavy,mood:party,mood:trailer,mood:groovy,mtt:fast,mtt:loud,mtt:beat,mtt:drums,msd:metal,msd:rock,jamendo:energetic"
LOW_AROUSAL = "mood:calm,mood:relaxing,mood:meditative,mood:soft,mood:slow,mood:dream,mood:background,mood:nature,mtt:slow,mtt:quiet,mtt:soft,msd:ambient,msd:mellow,jamendo:relaxing"
MOOD_TAGS = {
    "happy": "mood:happy,mood:fun,mood:positive,mood:upbeat,mood:party,mood:summer,msd:happy",
    "romantic": "mood:romantic,mood:love,mood:ballad,mood:sexy",
    "peaceful": "mood:calm,mood:relaxing,mood:meditative,mood:soft,mood:nature,jamendo:relaxing",
    "sad": "mood:sad,mood:melancholic,mood:emotional,msd:sad",
    "tense": "mood:dark,mood:dramatic,mood:drama,mood:trailer,mood:action",
    "angry": "mood:heavy,mood:powerful,msd:metal,msd:hard rock",
    "neutral": "mood:background,mood:corporate,mood:commercial,mood:advertising",
}


class Heard:
    """Teachers' tags of many excerpts as logits, each standardised over the reference library."""

    def __init__(self, shares: np.ndarray, reference: np.ndarray, teachers_folder: Path):
        """Shares [excerpts, 206], and which excerpts are the library."""
        names = [f"msd:{n}" for n in teachers.MSD] + [f"mtt:{n}" for n in teachers.MTT] + [f"jamendo:{n}" for n in teachers.JAMENDO]
        names += [f"mood:{n}" for n in teachers.mood_tags(teachers_folder)]
        self.index = {name: i for i, name in enumerate(names)}
        shares = shares.clip(1e-4, 1 - 1e-4)
        self.shares = shares
        logits = np.log(shares / (1 - shares))
        library = logits[reference]
        self.z = (logits - library.mean(0)) / library.std(0)
        self.reference = reference

    def sum(self, named: str) -> np.ndarray:
        return self.z[:, [self.index[name] for name in named.split(",")]].mean(1) if named else np.zeros(len(self.z))

    def strongest(self, named: str) -> np.ndarray:
        """The largest share, as the teachers give it."""
        return self.shares[:, [self.index[name] for name in named.split(",")]].max(1)

    def standard(self, values: np.ndarray) -> np.ndarray:
        library = values[self.reference]
        return (values - library.mean()) / library.std()


def tag_names() -> list[str]:
    return [row["tag"] for row in _tags()]


def _tags() -> list[dict]:
    with open(HERE / "tags.tsv", encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def tags(heard: Heard) -> np.ndarray:
    """Shares 0…1 of each style tag."""
    z = np.stack([heard.standard(heard.sum(row["for"]) - heard.sum(row["against"])) for row in _tags()], 1)
    heard_at_all = np.stack([np.minimum(heard.strongest(row["for"]) / HEARD, 1) for row in _tags()], 1)
    return heard_at_all / (1 + np.exp(-STEEPNESS * (z - PRESENT)))


def normal_ranks(values: np.ndarray) -> np.ndarray:
    """Ranks as quantiles of a normal distribution: no unit, no outliers."""
    return norm.ppf((rankdata(values) - 0.5) / len(values))


def teacher_point(heard: Heard) -> np.ndarray:
    """Valence and arousal from the teachers' tags alone, in standard deviations."""
    valence = heard.standard(heard.sum(HIGH_VALENCE) - heard.sum(LOW_VALENCE))
    arousal = heard.standard(heard.sum(HIGH_AROUSAL) - heard.sum(LOW_AROUSAL))
    return np.stack([valence, arousal], 1)


def jamendo_point(heard: Heard) -> np.ndarray:
    """The same from the mood teacher alone: what the student is measured beside."""
    alone = lambda named: ",".join(name for name in named.split(",") if name.startswith("mood:"))
    axis = lambda high, low: heard.standard(heard.sum(alone(high)) - heard.sum(alone(low)))
    return np.stack([axis(HIGH_VALENCE, LOW_VALENCE), axis(HIGH_AROUSAL, LOW_AROUSAL)], 1)


def weak_point(point: np.ndarray) -> np.ndarray:
    """Valence and arousal −1…1 from the ranks of what has no unit."""
    ranks = np.stack([normal_ranks(column) for column in point.T], 1)
    return np.tanh(0.6 * ranks / ranks.std(0))


def moods(heard: Heard, point: np.ndarray) -> np.ndarray:
    """Shares of the seven moods: near their anchors, and more where the teachers name them."""
    apart = ((point[:, None] - ANCHORS) ** 2).sum(2)
    named = np.stack([heard.standard(heard.sum(MOOD_TAGS[mood])) for mood in MOODS], 1)
    logits = -apart / (2 * 0.35**2) + 0.6 * named
    shares = np.exp(logits - logits.max(1, keepdims=True))
    return shares / shares.sum(1, keepdims=True)
