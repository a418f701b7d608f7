"""Teaches moods, valence and arousal in both languages at once; every set's own labels help."""

from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch.nn import functional

import model as ours
from data import Row

BATCH = 96
EPOCHS = 6
# How much of each set an epoch sees; what is left out comes in the next.
SHARE = {
    "situations_en": 1.0, "situations_ko": 1.0, "goemotions_en": 0.5, "goemotions_ko": 0.15, "kote": 1.0,
    "kpoem": 1.0, "xed": 0.25, "brighter": 0.4, "event2mind": 0.4, "lemotif": 0.6, "poem_sentiment": 1.0,
    "nsmc": 0.05, "norms_en": 0.3, "norms_ko": 0.6, "nonsense": 0.5,
}
# The situations are what the model is for; other sets' moods are translated and count less,
# but those of poems and comments are all the native Korean there is.
MOOD_WEIGHT = {"situations_en": 1.0, "situations_ko": 1.0, "nonsense": 1.0, "goemotions_en": 0.7, "goemotions_ko": 0.7, "kote": 1.4, "kpoem": 1.4}
OTHER_MOOD_WEIGHT = 0.35
POINT_WEIGHT = 3.0
OTHER_POINT_WEIGHT = 0.5
OWN_WEIGHT = {"go": 8.0, "kote": 8.0, "star": 0.5}
WORD_DROP = 0.06
AVERAGE = 0.999


class Labels:
    """The rows' labels as tensors."""

    def __init__(self, rows: list[Row]):
        count = len(rows)
        self.moods = torch.zeros(count, 8)
        self.mood_weight = torch.zeros(count)
        self.point = torch.zeros(count, 2)
        self.point_weight = torch.zeros(count, 2)
        self.own = {name: torch.zeros(count, size) for name, size in ours.OWN_HEADS.items()}
        self.own_weight = {name: torch.zeros(count) for name in ours.OWN_HEADS}
        rarity = _rarity(rows)
        for i, row in enumerate(rows):
            core = row.source.startswith("situations")
            if row.moods is not None:
                self.moods[i] = torch.from_numpy(row.moods)
                rare = 1.0 if core else float(row.moods @ rarity[row.source])
                self.mood_weight[i] = row.weight * rare * MOOD_WEIGHT.get(row.source, OTHER_MOOD_WEIGHT)
            if row.point is not None:
                point = torch.tensor(row.point, dtype=torch.float)
                known = ~point.isnan()
                self.point[i] = point.nan_to_num()
                self.point_weight[i] = known * (1.0 if core else OTHER_POINT_WEIGHT * row.weight)
            for name in self.own:
                if name in row.extra:
                    self.own[name][i] = torch.as_tensor(row.extra[name], dtype=torch.float)
                    self.own_weight[name][i] = row.weight


def _rarity(rows: list[Row]) -> dict[str, np.ndarray]:
    """How much more a mood counts where it is rare in its set: by the root of its rarity."""
    mass: dict[str, np.ndarray] = {}
    for row in rows:
        if row.moods is not None:
            mass[row.source] = mass.get(row.source, 0) + row.moods
    found = {}
    for source, shares in mass.items():
        present = shares > 0
        prior = shares / shares.sum() * present.sum()
        found[source] = np.where(present, np.maximum(prior, 0.02) ** -0.5, 0).astype(np.float32)
    return found


def losses(model, tokens, labels: Labels, batch, chance, drop=WORD_DROP):
    ids, mask = (t.to(ours.device()) for t in tokens.batch(batch, drop, chance))
    with ours.autocast():
        hidden = model.encoder(ids, mask)
    sentence = model.dropout(ours.Encoder.mean(hidden.float(), mask))
    to = lambda t: t[batch].to(sentence.device)
    total = len(batch)
    loss = -(model.moods(sentence).log_softmax(1) * to(labels.moods)).sum(1) @ to(labels.mood_weight) / total
    apart = (torch.tanh(model.point(sentence)) - to(labels.point)) ** 2 * to(labels.point_weight)
    loss = loss + POINT_WEIGHT * apart.sum() / total
    for name, head in model.own.items():
        weight = to(labels.own_weight[name])
        if weight.any():
            if name == "star":
                each = (torch.tanh(head(sentence)) - to(labels.own[name])).pow(2).mean(1)
            else:
                each = functional.binary_cross_entropy_with_logits(head(sentence), to(labels.own[name]), reduction="none").mean(1)
            loss = loss + OWN_WEIGHT[name] * each @ weight / total
    return loss


def run(folder: Path, rows: list[Row], minutes: float, after_epoch=lambda model, epoch: None, name="finetune", seed=5, epochs=EPOCHS, start="align") -> bool:
    torch.manual_seed(seed)
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    model = ours.MoodModel(tokenizer.get_vocab_size())
    model.load_state_dict(torch.load(folder / f"{start}.pt", weights_only=True)["model"])
    model.to(ours.device())
    rows = [row for row in rows if row.split == "train"]
    tokens = ours.Tokens(tokenizer, [row.text for row in rows])
    labels = Labels(rows)
    by_source = {}
    for i, row in enumerate(rows):
        by_source.setdefault(row.source, []).append(i)

    def batches_of(epoch):
        chosen = []
        for source, members in by_source.items():
            order = np.random.default_rng([seed, len(members)]).permutation(members)
            count = round(SHARE[source] * len(order))
            chosen += np.take(order, np.arange(epoch * count, (epoch + 1) * count), mode="wrap").tolist()
        return tokens.batches(chosen, BATCH, seed * 100 + epoch)

    def loss_of(batch, epoch, step):
        return losses(model, tokens, labels, batch, np.random.default_rng([seed, epoch, step]))

    words = model.encoder.tokens.weight
    heads = [p for n, p in model.named_parameters() if not n.startswith("encoder.")]
    rest = [p for n, p in model.named_parameters() if n.startswith("encoder.") and p is not words]
    groups = [{"params": [words], "lr": 2e-4}, {"params": rest, "lr": 1e-4}, {"params": heads, "lr": 1e-3}]
    loop = ours.Loop(name, folder, model, groups, epochs, warmup=300, average=AVERAGE, minutes=minutes)

    def finished(epoch):
        now = {k: v.clone() for k, v in model.state_dict().items()}
        model.load_state_dict(loop.mean)
        after_epoch(model, epoch)
        model.load_state_dict(now)

    return loop.run(batches_of, loss_of, finished)
