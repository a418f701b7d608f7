"""Fine-tunes every layer for all heads at once; saved every few minutes and taken up where it stopped."""

import os
import time
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional

import augment
from labels import Labels
from model import PhotoModel

BATCH = 32
# The picture's side in each epoch: small ones are faster, the last is what the player uses.
SIDES = (160, 160, 224)
WEATHER = 150
"""Weather photos an epoch; they only teach tags."""
# A step changes a layer's weights by this share of their usual size: folded layers differ a
# hundredfold, and one rate for all either tears the fine ones or leaves the coarse ones as they were.
# The first layers change least.
BACKBONE_RATE, FIRST_LAYER = 3e-4, 0.2
HEAD_RATE = 2e-4
DECAY = 0.02
AVERAGE = 0.99
POINT, MOODS, TAGS, FACES, EXPRESSION = 3.0, 0.5, 6.0, 1.0, 0.3
SAVE_SECONDS = 120


def concordance(found, wanted):
    """1 - Lin's concordance correlation coefficient (Lin 1989)."""
    apart = found.mean() - wanted.mean()
    covariance = ((found - found.mean()) * (wanted - wanted.mean())).mean()
    return 1 - 2 * covariance / (found.var(unbiased=False) + wanted.var(unbiased=False) + apart**2 + 1e-4)


def loss_of(raw: dict, wanted: dict) -> torch.Tensor:
    known = ~wanted["point"][:, 0].isnan()
    found, point = raw["point"].tanh()[known], wanted["point"][known]
    loss = POINT * functional.huber_loss(found, point, delta=0.3)
    loss = loss + 0.1 * POINT * (concordance(found[:, 0], point[:, 0]) + concordance(found[:, 1], point[:, 1]))
    moods = -(raw["moods"].log_softmax(1) * wanted["moods"]).sum(1)
    loss = loss + MOODS * (moods * wanted["mood_weight"]).sum() / wanted["mood_weight"].sum()
    tags = functional.binary_cross_entropy_with_logits(raw["tags"], wanted["tags"], wanted["tag_weight"])
    faces = functional.binary_cross_entropy_with_logits(raw["faces"], wanted["faces"])
    loss = loss + TAGS * tags + FACES * faces
    seen = ~wanted["expression"][:, 0].isnan()
    if seen.any():
        loss = loss - EXPRESSION * (raw["expression"][seen].log_softmax(1) * wanted["expression"][seen]).sum(1).mean()
    return loss


def as_tensors(labels: Labels) -> dict[str, torch.Tensor]:
    return {name: torch.from_numpy(np.asarray(value, np.float32)) for name, value in vars(labels).items()}


def layer_groups(model: PhotoModel) -> list[dict]:
    """Each layer's weights and bias with a rate of their own."""
    layers = [layer for block in model.backbone.blocks for layer in block.layers]
    found = []
    for i, layer in enumerate(layers):
        share = BACKBONE_RATE * (FIRST_LAYER + (1 - FIRST_LAYER) * i / (len(layers) - 1))
        found += [{"params": [each], "lr": share * float(each.detach().square().mean().sqrt())} for each in (layer.weight, layer.bias)]
    return found


class Run:
    """One training run over the photos `learn` (indices with moods) and `weather`."""

    def __init__(self, path: Path, model: PhotoModel, labels: Labels, learn: np.ndarray, weather: np.ndarray, seed: int):
        self.path, self.model, self.seed = path, model.to(memory_format=torch.channels_last), seed
        self.wanted, self.learn, self.weather = as_tensors(labels), learn, weather
        groups = [*layer_groups(model), {"params": model.heads.parameters(), "lr": HEAD_RATE}]
        self.optimizer = torch.optim.AdamW(groups, weight_decay=DECAY)
        self.rates = [group["lr"] for group in groups]
        self.mean = {name: value.detach().clone() for name, value in model.state_dict().items()}
        self.step = 0
        if path.exists():
            saved = torch.load(path, weights_only=True)
            model.load_state_dict(saved["model"])
            self.optimizer.load_state_dict(saved["optimizer"])
            self.mean, self.step = saved["mean"], saved["step"]

    def batches(self, epoch: int) -> list[np.ndarray]:
        chance = np.random.default_rng([self.seed, epoch])
        order = np.r_[self.learn, chance.choice(self.weather, min(WEATHER, len(self.weather)), replace=False)]
        chance.shuffle(order)
        return [order[i : i + BATCH] for i in range(0, len(order) - BATCH + 1, BATCH)]

    def train(self, pictures: np.ndarray, minutes: float) -> bool:
        """False when the time was up before the end."""
        began = saved = told = time.time()
        each = len(self.batches(0))
        total, losses = each * len(SIDES), []
        self.model.train()
        while self.step < total:
            epoch, at = divmod(self.step, each)
            if at == 0 or not losses:
                batches = self.batches(epoch)
            batch = batches[at]
            chance = np.random.default_rng([self.seed, self.step, 1])
            torch.manual_seed(self.seed * 100_000 + self.step)
            rate = min(1, (self.step + 1) / 20) * (0.02 + 0.98 * (1 + np.cos(np.pi * self.step / total)) / 2)
            for group, base in zip(self.optimizer.param_groups, self.rates):
                group["lr"] = float(base * rate)
            pixels = augment.changed(pictures[batch], SIDES[epoch], chance)
            with torch.autocast("cpu", torch.bfloat16):
                features = self.model.backbone(pixels)
            raw = {name: head(self.model.dropout(features)) for name, head in self.model.heads.items()}
            loss = loss_of(raw, {name: value[batch] for name, value in self.wanted.items()})
            loss.backward()
            torch.nn.utils.clip_grad_norm_(self.model.parameters(), 2.0)
            self.optimizer.step()
            self.optimizer.zero_grad(set_to_none=True)
            losses.append(loss.item())
            self.step += 1
            keep = min(AVERAGE, (1 + self.step) / (10 + self.step))
            for name, value in self.model.state_dict().items():
                self.mean[name].lerp_(value, 1 - keep)
            now = time.time()
            if now - told > 30:
                print(f"{self.path.stem} {self.step}/{total} loss {np.mean(losses[-50:]):.4f} {(now - began) / 60:.1f} min", flush=True)
                told = now
            if now - saved > SAVE_SECONDS:
                self.save()
                saved = now
            if now - began > minutes * 60:
                self.save()
                return False
        self.save()
        return True

    def save(self):
        part = self.path.with_suffix(".part")
        torch.save({"model": self.model.state_dict(), "optimizer": self.optimizer.state_dict(), "mean": self.mean, "step": self.step}, part)
        os.replace(part, self.path)
