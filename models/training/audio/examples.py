"""Everything the student learns from, in memory: spectra, where the crops may lie, and targets."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

import label
import score
import store
import targets
from augment import FLOOR
from model import FRAMES
from render import EFFECT

# Dimensions of the teachers' hidden space that the student learns to tell.
SPACE = 96
# A third of the games' tracks is never learned from: excerpts of them are looked for among all.
HELD = 3
# The score's share of weak valence and arousal where we know it; the teachers' is the rest.
TRUST = np.array([0.7, 0.5])


@dataclass(frozen=True)
class Targets:
    """One row for each labelled excerpt; and one for each look at a score: its numbers, standardised, its
    pitch classes, and valence and arousal by it. NaN where nothing sounds."""

    tags: torch.Tensor
    moods: torch.Tensor
    point: torch.Tensor
    space: torch.Tensor
    score: torch.Tensor
    chroma: torch.Tensor
    score_point: torch.Tensor


class Examples:
    def __init__(self, work: Path, teachers_folder: Path):
        games, first = store.load(work, "games")
        renders, second = store.load(work, "renders")
        self.pieces = games + renders
        self.mel = [first[p.first : p.first + p.frames] for p in games] + [second[p.first : p.first + p.frames] for p in renders]
        self.held = np.array([p.source == "game" and i % HELD == 0 for i, p in enumerate(self.pieces)])
        self.rows, labels = [], []
        for piece in self.pieces:
            found = label.load(label.path_of(work, piece.name)) if label.path_of(work, piece.name).exists() else None
            self.rows.append(None if found is None else (len(labels), found.middle - piece.start))
            if found is not None:
                labels += [(self.pieces.index(piece), row) for row in range(len(found.middle))]
        self.owner = np.array([i for i, _ in labels])
        scores = self._scores(work)
        self._targets(work, teachers_folder, scores)

    def _scores(self, work: Path) -> list[torch.Tensor]:
        """Notes which looks belong to which piece."""
        with np.load(work / "scores.npz") as file:
            found = {name: file[name] for name in file.files}
        self.looks, rows = [], []
        for piece in self.pieces:
            self.looks.append((sum(map(len, rows)), len(found[piece.name])) if piece.name in found else None)
            rows += [found[piece.name]] if piece.name in found else []
        # Unchanged music says what is usual.
        usual = np.concatenate([found[p.name] for p in self.pieces if p.name in found and p.version in ("plain", "whole")])[:, : len(score.NAMES)]
        every = np.concatenate(rows)
        numbers, chroma = (every[:, : len(score.NAMES)] - np.nanmean(usual, 0)) / np.nanstd(usual, 0), every[:, len(score.NAMES) :]
        usual = (usual - np.nanmean(usual, 0)) / np.nanstd(usual, 0)
        by_score = np.stack([numbers @ weights / np.nanstd(usual @ weights) for weights in (score.VALENCE, score.AROUSAL)], 1)
        return [torch.tensor(values, dtype=torch.float) for values in (numbers.clip(-4, 4), chroma, np.tanh(0.6 * by_score))]

    def _targets(self, work: Path, teachers_folder: Path, scores: list[torch.Tensor]):
        found = [label.load(label.path_of(work, self.pieces[i].name)) for i in dict.fromkeys(self.owner)]
        shares = np.concatenate([np.concatenate([f.tags, f.moods], 1) for f in found])
        hidden = np.concatenate([f.hidden for f in found])
        # The library that tags are measured against: real music and our renders of songs and phrases in
        # all sorts of sounds, but not the phrases on a piano.
        self.reference = np.array([self.pieces[i].version != "whole" and not self.held[i] for i in self.owner])
        self.heard = targets.Heard(shares, self.reference, teachers_folder)
        point = targets.weak_point(targets.teacher_point(self.heard))
        z = (hidden - hidden[self.reference].mean(0)) / (hidden[self.reference].std(0) + 1e-3)
        _, _, axes = np.linalg.svd(z[self.reference].clip(-5, 5), full_matrices=False)
        space = z.clip(-5, 5) @ axes[:SPACE].T
        self.hidden = z.clip(-5, 5)
        tensor = lambda values: torch.tensor(values, dtype=torch.float)
        self.targets = Targets(tensor(targets.tags(self.heard)), tensor(targets.moods(self.heard, point)), tensor(point), tensor(space / space.std(0)), *scores)

    def crop(self, piece: int, chance: np.random.Generator) -> tuple[torch.Tensor, int, int]:
        """A patch anywhere in a piece, the row of targets of the nearest labelled excerpt, and that of its
        score; −1 without."""
        mel = self.mel[piece]
        start = chance.integers(0, max(len(mel) - FRAMES, 0) + 1)
        row = look = -1
        if self.rows[piece] is not None:
            first, middle = self.rows[piece]
            row = first + int(np.abs(middle - (start + FRAMES / 2) / store.FRAME_RATE).argmin())
        if self.looks[piece] is not None:
            first, count = self.looks[piece]
            look = first + min(round(start / store.FRAME_RATE / score.HOP), count - 1)
            look = -1 if torch.isnan(self.targets.score[look]).any() else look
        return patch(mel, start), row, look

    def weak_point(self, piece: int) -> np.ndarray:
        """Weak valence and arousal of a whole labelled piece."""
        heard = self.targets.point[self.owner == piece].mean(0).numpy()
        if self.looks[piece] is None:
            return heard
        return (1 - TRUST) * heard + TRUST * self.written(piece)

    def written(self, piece: int) -> np.ndarray:
        """Valence and arousal by the score of a piece."""
        first, count = self.looks[piece]
        return np.nanmean(self.targets.score_point[first : first + count].numpy(), 0)

    def pairs(self) -> list[tuple[int, int, tuple[int, int]]]:
        """(plain, changed, signs of valence and arousal of the change)."""
        plain = {p.piece: i for i, p in enumerate(self.pieces) if p.version == "plain"}
        found = [(plain[p.piece], i, EFFECT[p.version]) for i, p in enumerate(self.pieces) if p.version in EFFECT]
        return found


def patch(mel: np.ndarray, start: int) -> torch.Tensor:
    """[bands, FRAMES], silence after the end."""
    rows = torch.from_numpy(np.array(mel[start : start + FRAMES], np.float32))
    out = torch.full((mel.shape[1], FRAMES), FLOOR)
    out[:, : len(rows)] = rows.T
    return out


def patches(mel: np.ndarray) -> torch.Tensor:
    """All patches of a piece, one after the other; the rest of less than half a patch is left out."""
    count = max(1, round(len(mel) / FRAMES))
    return torch.stack([patch(mel, i * FRAMES) for i in range(count)])
