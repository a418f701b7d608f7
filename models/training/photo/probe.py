"""Heads to start from: fitted to the features of the untrained backbone, with the same losses.

Fine-tuning then changes the backbone less before the heads make sense, which carries over better
to other photos (Kumar et al. 2022, "Fine-tuning can distort pretrained features").
"""

import numpy as np
import torch

from finetune import as_tensors, loss_of
from labels import Labels
from model import PhotoModel

STEPS, RATE, DECAY, DROPOUT = 300, 2e-3, 0.3, 0.2


def fit(model: PhotoModel, features: np.ndarray, labels: Labels, learn: np.ndarray, seed: int):
    torch.manual_seed(seed)
    x = torch.from_numpy(features[learn])
    wanted = {name: value[learn] for name, value in as_tensors(labels).items()}
    optimizer = torch.optim.AdamW(model.heads.parameters(), lr=RATE, weight_decay=DECAY)
    for _ in range(STEPS):
        seen = torch.nn.functional.dropout(x, DROPOUT)
        loss = loss_of({name: head(seen) for name, head in model.heads.items()}, wanted)
        loss.backward()
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
