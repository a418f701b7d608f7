"""Trains the student. All losses in every step: what the teachers hear, one piece against others, and
pairs of versions whose order is known. No rating of VGMIDI is looked at here: `head.py` does that."""

import math
import os
import time
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional

import augment
from examples import SPACE, TRUST, Examples
from model import EMBEDDING, HIDDEN, MIXED, Student
from score import NAMES

TRACKS, PAIRS = 18, 10
STEPS, WARMUP, RATE, AVERAGE = 2400, 80, 2e-3, 0.995
# Share of the games' tracks among the pieces of a batch.
GAMES = 0.6
QUEUE, SHARPNESS = 600, 10.0
WEIGHTS = {"tags": 1.0, "space": 0.5, "moods": 0.3, "point": 1.0, "score": 2.0, "chroma": 1.0, "alike": 0.3, "relation": 0.5, "order": 0.5, "still": 0.5}
# How far apart a pair should be on a scale of −1…1, as the slope of its loss.
ORDER_SLOPE = 6.0


class Learner(nn.Module):
    """The student, and heads that teach its trunk and are not shipped: valence and arousal from the hidden
    numbers alone, likeness, the teachers' space, and what the score says."""

    def __init__(self, tags: int):
        super().__init__()
        self.student = Student(tags)
        self.dropout = nn.Dropout(0.2)
        self.point = nn.Linear(HIDDEN, 2)
        self.likeness = nn.Linear(HIDDEN, EMBEDDING)
        self.space = nn.Linear(HIDDEN, SPACE)
        self.score = nn.Linear(HIDDEN, len(NAMES))
        self.chroma = nn.Linear(2 * MIXED, 12)

    def forward(self, mel):
        s = self.student
        found = s.pooled(mel)[0]
        hidden = self.dropout(torch.relu(s.hidden(found)))
        likeness = functional.normalize(self.likeness(hidden))
        return torch.tanh(self.point(hidden)), s.moods(hidden), s.tags(hidden), likeness, self.space(hidden), self.score(hidden), self.chroma(found)


class Queue:
    """Embeddings of the last batches: more pieces to be unlike."""

    def __init__(self):
        self.vectors, self.pieces = torch.zeros(0, EMBEDDING), torch.zeros(0, dtype=torch.long)

    def add(self, vectors, pieces):
        self.vectors = torch.cat([vectors.detach(), self.vectors])[:QUEUE]
        self.pieces = torch.cat([pieces, self.pieces])[:QUEUE]


def batch(examples: Examples, pools, chance: np.random.Generator):
    """Patches [2·TRACKS + 2·PAIRS], rows of targets by teachers and score, piece numbers, and the signs of the pairs."""
    games, others, pairs = pools
    count = round(GAMES * TRACKS)
    chosen = np.concatenate([chance.choice(games, count, replace=False), chance.choice(others, TRACKS - count, replace=False)])
    crops = [examples.crop(piece, chance) for piece in np.concatenate([chosen, chosen])]
    ordered = [pairs[i] for i in chance.choice(len(pairs), PAIRS, replace=False)]
    # The same place in both versions is not the same music after a change of tempo: any place will do.
    for side in (0, 1):
        crops += [examples.crop(pair[side], chance) for pair in ordered]
    noise = torch.Generator().manual_seed(int(chance.integers(2**31)))
    mel = torch.stack([crop for crop, _, _ in crops])
    rows = torch.tensor([(row, look) for _, row, look in crops])
    tracks = augment.damage(augment.level_and_tone(mel[: 2 * TRACKS], noise), noise)
    # A pair is recorded alike.
    seed = int(chance.integers(2**31))
    sides = [augment.level_and_tone(side, torch.Generator().manual_seed(seed)) for side in mel[2 * TRACKS :].chunk(2)]
    return torch.cat([tracks, *sides]), rows, torch.tensor(np.concatenate([chosen, chosen])), torch.tensor([pair[2] for pair in ordered], dtype=torch.float)


def losses(learner: Learner, examples: Examples, queue: Queue, made) -> dict[str, torch.Tensor]:
    mel, rows, pieces, signs = made
    point, moods, tags, likeness, space, score, chroma = learner(mel)
    rows, looks = rows.T
    known, written = rows >= 0, looks >= 0
    target = examples.targets
    wanted = target.point[rows[known]]
    both = written[known]
    trust = torch.tensor(TRUST, dtype=torch.float)
    wanted[both] = (1 - trust) * wanted[both] + trust * target.score_point[looks[known][both]]
    found = {
        "tags": functional.binary_cross_entropy_with_logits(tags[known], target.tags[rows[known]]),
        "space": functional.mse_loss(space[known], target.space[rows[known]]),
        "moods": functional.cross_entropy(moods[known], target.moods[rows[known]]),
        "point": functional.mse_loss(point[known], wanted),
        "score": functional.mse_loss(score[written], target.score[looks[written]]),
        "chroma": functional.cross_entropy(chroma[written], target.chroma[looks[written]]),
    }
    own = likeness[: 2 * TRACKS]
    found["alike"] = alike(own, pieces, queue)
    heard = functional.normalize(target.space[rows[: 2 * TRACKS]])
    found["relation"] = functional.mse_loss(own @ own.T, heard @ heard.T)
    plain, changed = point[2 * TRACKS :].chunk(2)
    moved = changed - plain
    found["order"] = (functional.softplus(0.5 - ORDER_SLOPE * signs * moved) * signs.abs()).sum() / signs.abs().sum()
    found["still"] = (moved**2 * (1 - signs.abs())).mean()
    queue.add(own, pieces)
    return found


def alike(own, pieces, queue: Queue):
    """Two crops of a piece near each other, all others far (InfoNCE)."""
    vectors, names = torch.cat([own, queue.vectors]), torch.cat([pieces, queue.pieces])
    logits = SHARPNESS * own @ vectors.T
    same = pieces[:, None] == names[None]
    other = torch.arange(len(own)).roll(TRACKS)
    logits = logits.masked_fill(same & (torch.arange(len(vectors))[None] != other[:, None]), -1e4)
    return functional.cross_entropy(logits, other)


def run(examples: Examples, tags: int, path: Path, steps=STEPS, seed=3):
    """Saves every 200 steps, and goes on from there when it is run again."""
    torch.manual_seed(seed)
    learner = Learner(tags).to(memory_format=torch.channels_last)
    optimizer = torch.optim.AdamW(learner.parameters(), RATE, weight_decay=0.02)
    mean = {k: v.detach().clone() for k, v in learner.state_dict().items()}
    step = 0
    if path.exists():
        saved = torch.load(path, weights_only=True)
        learner.load_state_dict(saved["learner"])
        optimizer.load_state_dict(saved["optimizer"])
        mean, step = saved["mean"], saved["step"]

    def save():
        torch.save({"learner": learner.state_dict(), "optimizer": optimizer.state_dict(), "mean": mean, "step": step}, path.with_suffix(".part"))
        os.replace(path.with_suffix(".part"), path)

    usable = [i for i, p in enumerate(examples.pieces) if examples.rows[i] is not None and not examples.held[i] and len(examples.mel[i])]
    games = np.array([i for i in usable if examples.pieces[i].source == "game"])
    others = np.array([i for i in usable if examples.pieces[i].source != "game"])
    pools = games, others, examples.pairs()
    queue, told, began = Queue(), [], time.time()
    learner.train()
    while step < steps:
        rate = RATE * min(1, (step + 1) / WARMUP) * max(0.01, 0.5 + 0.5 * math.cos(math.pi * step / steps))
        for group in optimizer.param_groups:
            group["lr"] = rate
        found = losses(learner, examples, queue, batch(examples, pools, np.random.default_rng([seed, step])))
        sum(WEIGHTS[name] * value for name, value in found.items()).backward()
        nn.utils.clip_grad_norm_(learner.parameters(), 2.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        step += 1
        follow(mean, learner.state_dict(), min(AVERAGE, (1 + step) / (10 + step)))
        told.append([value.item() for value in found.values()])
        if step % 50 == 0:
            each = " ".join(f"{name} {value:.3f}" for name, value in zip(found, np.mean(told, 0)))
            print(f"step {step}/{steps} {(time.time() - began) / len(told):.2f} s/step {each}", flush=True)
            told, began = [], time.time()
        if step % 200 == 0:
            save()
    save()


def follow(mean, state, keep: float):
    floats = [k for k, v in state.items() if v.is_floating_point()]
    torch._foreach_lerp_([mean[k] for k in floats], [state[k] for k in floats], 1 - keep)


def load(path: Path, tags: int) -> Learner:
    learner = Learner(tags)
    learner.load_state_dict(torch.load(path, weights_only=True)["mean"])
    return learner.eval()
