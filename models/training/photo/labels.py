"""What the model shall say of each photo, and how much each of it counts."""

import re
from dataclasses import dataclass

import numpy as np

import tags
from data import MOODS, Photo, points

# Valence and arousal of each mood, from word norms (the same anchors as in the player).
ANCHORS = np.array([[0.70, 0.45], [0.60, 0.25], [0.55, -0.40], [-0.60, -0.27], [-0.50, 0.25], [-0.65, 0.45], [0.0, -0.30]])
SPREAD = 0.35
FIRST = 0.72
"""What the first mood gets where a second was named."""
SMOOTH = 0.05
# OASIS names no moods: theirs are guessed from valence and arousal and these words, and count less.
WEAK = 0.25
CLUES = {
    "happy": "birthday party celebration happy smiling excited laughing picnic parade children baby puppy",
    "romantic": "couple kiss kissing wedding heart hug embracing",
    "peaceful": "lake sunset beach nature path garden flower sky woods yoga massage waterfall",
    "sad": "sad depressed miserable funeral graveyard memorial crying lonely alone flood",
    "tense": "gun scared attack shark snake crash surgery police prison volcano lava storm knife spider",
    "angry": "angry frustrated fight riot kkk neonazi skinhead",
    "neutral": "paper office cardboard keyboard wall bricks cups fence storage bottle",
}


@dataclass
class Labels:
    """One row a photo; weights are 0 where nothing is known."""

    point: np.ndarray
    """[n, 2], NaN where unknown"""
    moods: np.ndarray
    mood_weight: np.ndarray
    tags: np.ndarray
    tag_weight: np.ndarray
    faces: np.ndarray
    expression: np.ndarray
    """[n, 7], NaN where no face is large enough"""


def build(rows: list[Photo], imagenet: np.ndarray, names: list[str], sizes: np.ndarray, expression: np.ndarray) -> Labels:
    """`imagenet` [n, 1000] with its class `names`, face `sizes` [n, 2] and `expression` [n, 7] are the teachers'."""
    point = points(rows)
    moods, weight = np.full((len(rows), len(MOODS)), 1 / len(MOODS)), np.zeros(len(rows))
    for i, row in enumerate(rows):
        if row.mood:
            moods[i], weight[i] = named(row), 1.0
        elif row.point:
            moods[i], weight[i] = guessed(row, point[i]), WEAK
    found, tag_weight = tags.targets(rows, imagenet, names, sizes)
    return Labels(point, moods, weight, found, tag_weight, sizes, expression)


def named(row: Photo) -> np.ndarray:
    shares = np.full(len(MOODS), SMOOTH / len(MOODS))
    second = row.second in MOODS and row.second != row.mood
    shares[MOODS.index(row.mood)] += (1 - SMOOTH) * (FIRST if second else 1)
    if second:
        shares[MOODS.index(row.second)] += (1 - SMOOTH) * (1 - FIRST)
    return shares


def guessed(row: Photo, point: np.ndarray) -> np.ndarray:
    """How near each mood's anchor lies, and four times that for a mood whose clue is said."""
    near = np.exp(-((ANCHORS - point) ** 2).sum(1) / (2 * SPREAD**2)) + 1e-3
    text = tags.words_of(row)
    for mood, words in CLUES.items():
        if re.search(r"\b(?:" + words.replace(" ", "|") + r")(?:s|es)?\b", text):
            near[MOODS.index(mood)] *= 4
    return near / near.sum()
