"""The heads that are shipped: small networks over the features of both backbones.

Several, from different seeds, whose numbers are averaged before the last function. Side by side
they are one network with a wide hidden layer, and so they are kept and exported.
"""

import numpy as np
import torch
from torch import nn

from finetune import as_tensors, loss_of
from labels import Labels
from model import HEADS, finish

SEEDS, HIDDEN = 3, 256
EPOCHS, BATCH, RATE, DECAY, DROPOUT = 12, 64, 1e-3, 0.05, 0.5


class Heads(nn.Module):
    """Features [n, width] to each head's numbers before its last function."""

    def __init__(self, width: int, hidden: int, mean: torch.Tensor, sd: torch.Tensor):
        super().__init__()
        self.register_buffer("mean", mean)
        self.register_buffer("sd", sd)
        self.first, self.second = nn.Linear(width, hidden), nn.Linear(hidden, sum(HEADS.values()))
        self.dropout = nn.Dropout(DROPOUT)

    def forward(self, features) -> dict[str, torch.Tensor]:
        # Pooled ReLU features have long tails; the root draws them in.
        x = (features.clamp(min=0).sqrt() - self.mean) / self.sd
        raw = self.second(self.dropout(self.first(self.dropout(x)).relu()))
        return dict(zip(HEADS, raw.split(list(HEADS.values()), 1)))


def fit(views: np.ndarray, labels: Labels, learn: np.ndarray, seed: int) -> Heads:
    """Learns from the photos `learn`; `views` [2, n, width] are all photos' features and those of
    their mirror images, of which each step sees one or the other."""
    x = torch.from_numpy(views)
    roots = x[:, learn].clamp(min=0).sqrt().flatten(0, 1)
    found = [one(x, as_tensors(labels), learn, roots.mean(0), roots.std(0) + 1e-4, seed + i) for i in range(SEEDS)]
    return side_by_side(found).eval()


def read(heads: Heads, views: np.ndarray) -> dict[str, np.ndarray]:
    """The mean over picture and mirror image; the player reads the picture alone, which is as good to .002."""
    with torch.inference_mode():
        both = [finish(heads(torch.from_numpy(view))) for view in views]
    return {name: ((both[0][name] + both[1][name]) / 2).numpy() for name in HEADS}


def one(x, wanted, learn, mean, sd, seed: int) -> Heads:
    torch.manual_seed(seed)
    chance = np.random.default_rng(seed)
    heads = Heads(x.shape[2], HIDDEN, mean, sd)
    optimizer = torch.optim.AdamW(heads.parameters(), lr=RATE, weight_decay=DECAY)
    each = len(learn) // BATCH
    for step in range(EPOCHS * each):
        if step % each == 0:
            order = chance.permutation(learn)
        batch = order[step % each * BATCH :][:BATCH]
        for group in optimizer.param_groups:
            group["lr"] = float(RATE * (0.02 + 0.98 * (1 + np.cos(np.pi * step / (EPOCHS * each))) / 2))
        seen = x[torch.from_numpy(chance.integers(0, 2, len(batch))), batch]
        loss = loss_of(heads(seen), {name: value[batch] for name, value in wanted.items()})
        loss.backward()
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
    return heads


def side_by_side(found: list[Heads]) -> Heads:
    """One network whose numbers are the mean of theirs."""
    first = found[0]
    joined = Heads(first.first.in_features, HIDDEN * len(found), first.mean, first.sd)
    with torch.no_grad():
        joined.first.weight.copy_(torch.cat([heads.first.weight for heads in found]))
        joined.first.bias.copy_(torch.cat([heads.first.bias for heads in found]))
        joined.second.weight.copy_(torch.cat([heads.second.weight for heads in found], 1) / len(found))
        joined.second.bias.copy_(sum(heads.second.bias for heads in found) / len(found))
    return joined
