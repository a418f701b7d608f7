"""The encoder with its heads, batches of texts, and a training loop that can be stopped anywhere."""

import os
import random
import time
from pathlib import Path

import numpy as np
import torch
from torch import nn

from encoder import Encoder

# The seven moods, and "nothing": a text that nobody means.
CLASSES = 8
OWN_HEADS = {"go": 28, "kote": 44, "star": 1}


class MoodModel(nn.Module):
    """Sentence → logits of the moods, valence and arousal. The sets' own labels have heads of
    their own, which teach the encoder and are not shipped."""

    def __init__(self, vocabulary: int, dropout=0.1):
        super().__init__()
        self.encoder = Encoder(vocabulary, dropout=dropout)
        self.dropout = nn.Dropout(dropout)
        self.moods = nn.Linear(384, CLASSES)
        self.point = nn.Linear(384, 2)
        # Lines that nobody typed to a player are labelled by how they strike a reader: moods of
        # their own, which teach the encoder beside the first and are not shipped.
        self.lines = nn.Linear(384, CLASSES)
        self.own = nn.ModuleDict({name: nn.Linear(384, size) for name, size in OWN_HEADS.items()})

    def embed(self, ids, mask):
        return Encoder.mean(self.encoder(ids, mask).float(), mask)

    def forward(self, ids, mask):
        sentence = self.dropout(self.embed(ids, mask))
        own = {name: head(sentence) for name, head in self.own.items()}
        return self.moods(sentence), torch.tanh(self.point(sentence)), own


class Tokens:
    """Tokenised texts, kept as arrays."""

    def __init__(self, tokenizer, texts: list[str]):
        self.ids = [np.array(e.ids, np.int64) for e in tokenizer.encode_batch(texts)]

    def batch(self, indices, drop=0.0, chance=None):
        chosen = [self.ids[i] for i in indices]
        if drop:
            # A word missing here and there: people type carelessly and lyrics are fragments.
            chosen = [
                ids if len(ids) < 6 else ids[np.r_[True, chance.random(len(ids) - 2) >= drop, True]] for ids in chosen
            ]
        length = max(len(ids) for ids in chosen)
        out = np.zeros((len(chosen), length), np.int64)
        mask = np.zeros((len(chosen), length), np.int64)
        for row, ids in enumerate(chosen):
            out[row, : len(ids)] = ids
            mask[row, : len(ids)] = 1
        return torch.from_numpy(out), torch.from_numpy(mask)

    def batches(self, indices, size: int, seed: int) -> list[list[int]]:
        """Shuffled batches whose texts are of about the same length. An index may be a list of
        indices that stay together."""
        chance = random.Random(seed)
        units = [unit if isinstance(unit, list) else [unit] for unit in indices]
        chance.shuffle(units)
        length = lambda unit: max(len(self.ids[i]) for i in unit)
        pool = size * 50
        found = []
        for start in range(0, len(units), pool):
            batch = []
            for unit in sorted(units[start : start + pool], key=length):
                if batch and len(batch) + len(unit) > size:
                    found.append(batch)
                    batch = []
                batch = batch + unit
            found.append(batch)
        chance.shuffle(found)
        return found


def device() -> torch.device:
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


def autocast():
    return torch.autocast(device().type, dtype=torch.bfloat16)


def finished(name: str, folder: Path, epochs: int) -> bool:
    """Whether a stage has come to its end."""
    path = folder / f"{name}.pt"
    return path.exists() and torch.load(path, weights_only=True, mmap=True)["at"][0] >= epochs


class Loop:
    """One stage of training: saved every few minutes, and taken up again where it stopped."""

    def __init__(self, name: str, folder: Path, model: nn.Module, groups: list[dict], epochs: int, warmup=200, average=0.0, minutes=85.0):
        self.name, self.path, self.model = name, folder / f"{name}.pt", model
        self.optimizer = torch.optim.AdamW(groups, weight_decay=0.01, betas=(0.9, 0.98), eps=1e-6)
        self.base = [group["lr"] for group in self.optimizer.param_groups]
        self.epochs, self.warmup, self.minutes = epochs, warmup, minutes
        self.average = average
        self.mean = {k: v.detach().clone() for k, v in model.state_dict().items()} if average else None
        self.epoch, self.step, self.total = 0, 0, 0
        if self.path.exists():
            saved = torch.load(self.path, weights_only=True)
            model.load_state_dict(saved["model"])
            self.optimizer.load_state_dict(saved["optimizer"])
            self.mean = saved["mean"]
            self.epoch, self.step, self.total = saved["at"]
            print(f"{name}: going on at epoch {self.epoch}, step {self.step}", flush=True)

    def save(self):
        part = self.path.with_suffix(".part")
        torch.save(
            {"model": self.model.state_dict(), "optimizer": self.optimizer.state_dict(), "mean": self.mean, "at": (self.epoch, self.step, self.total)},
            part,
        )
        os.replace(part, self.path)

    def run(self, batches_of, loss_of, after_epoch=lambda epoch: None) -> bool:
        """`batches_of(epoch)` lists an epoch's batches; `loss_of(batch, epoch, step)` is a loss.
        False when the stage's time is up before its end: run it again to go on."""
        began = saved = told = time.time()
        losses = []
        # Epochs differ in length.
        every = sum(len(batches_of(epoch)) for epoch in range(self.epochs))
        while self.epoch < self.epochs:
            batches = batches_of(self.epoch)
            self.model.train()
            while self.step < len(batches):
                rise = min(1.0, (self.total + 1) / self.warmup)
                fall = max(0.02, 1 - self.total / every)
                for group, base in zip(self.optimizer.param_groups, self.base):
                    group["lr"] = base * rise * fall
                loss = loss_of(batches[self.step], self.epoch, self.step)
                loss.backward()
                nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
                self.optimizer.step()
                self.optimizer.zero_grad(set_to_none=True)
                losses.append(loss.item())
                self.step += 1
                self.total += 1
                if self.mean is not None:
                    self._follow()
                now = time.time()
                if now - told > 60:
                    print(f"{self.name} {self.epoch} {self.step}/{len(batches)} loss {np.mean(losses):.4f} {(now - began) / 60:.1f} min", flush=True)
                    told, losses = now, []
                if now - saved > 300:
                    self.save()
                    saved = now
                if now - began > self.minutes * 60:
                    self.save()
                    return False
            self.epoch, self.step = self.epoch + 1, 0
            self.save()
            after_epoch(self.epoch)
        return True

    def _follow(self):
        keep = min(self.average, (1 + self.total) / (10 + self.total))
        state = self.model.state_dict()
        floats = [k for k, v in state.items() if v.is_floating_point()]
        torch._foreach_lerp_([self.mean[k] for k in floats], [state[k] for k in floats], 1 - keep)
