"""The embedding's weights, in closed form: linear discriminant analysis (Fisher 1936; Rao 1948) with each
track a class. Axes along which crops of one track differ, damaged and recorded otherwise, are shrunk;
those that tell tracks apart are kept. So cosines of sums over patches compare tracks."""

import numpy as np
import torch

import augment
from examples import Examples
from learn import Learner
from model import EMBEDDING

CROPS, ROUNDS = 12, 2
# How much of the mean variance is added to each axis: few classes for many numbers.
SHRINK = 0.1


@torch.inference_mode()
def solve(learner: Learner, examples: Examples, seed=11):
    """Sets the student's embedding."""
    chance = np.random.default_rng(seed)
    noise = torch.Generator().manual_seed(seed)
    tracks = [i for i, p in enumerate(examples.pieces) if p.version in ("track", "plain") and not examples.held[i] and len(examples.mel[i])]
    rows, classes = [], []
    for number, piece in enumerate(tracks):
        mel = torch.stack([examples.crop(piece, chance)[0] for _ in range(CROPS)])
        for _ in range(ROUNDS):
            heard = augment.damage(augment.level_and_tone(mel, noise), noise)
            rows.append(torch.cat(learner.student.pooled(heard), 1).numpy())
        classes += [number] * (CROPS * ROUNDS)
    rows, classes = np.concatenate(rows).astype(np.float64), np.array(classes)
    mean = rows.mean(0)
    centres = np.stack([rows[classes == number].mean(0) for number in range(len(tracks))])
    within = rows - centres[classes]
    covariance = within.T @ within / (len(rows) - len(tracks))
    scale = np.sqrt(np.diag(covariance)) + 1e-6
    covariance = covariance / np.outer(scale, scale)
    covariance += SHRINK * np.eye(len(scale))
    values, axes = np.linalg.eigh(covariance)
    whiten = (axes / np.sqrt(values)) / scale[:, None]
    _, spread, best = np.linalg.svd((centres - mean) @ whiten, full_matrices=False)
    # What is left of noise in an axis' spread between tracks says how much it can be trusted.
    trust = np.sqrt(np.maximum(0, 1 - len(tracks) / (CROPS * spread**2 + 1e-9)))[:EMBEDDING]
    weight = (whiten @ best[:EMBEDDING].T) * trust
    learner.student.embedding.weight.copy_(torch.from_numpy(weight.T.copy()).float())
    learner.student.embedding.bias.copy_(torch.from_numpy(-mean @ weight).float())
