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
# The last epochs see mostly what the model is for, and hardly anything that a machine translated.
LATE = 3
LATE_SHARE = {
    "situations_en": 0.5, "situations_ko": 0.5, "goemotions_en": 0.15, "goemotions_ko": 0.03, "kote": 1.0,
    "kpoem": 1.0, "xed": 0.05, "brighter": 0.1, "event2mind": 0.25, "lemotif": 0.5, "poem_sentiment": 0.5,
    "nsmc": 0.01, "norms_en": 0.05, "norms_ko": 0.2, "nonsense": 0.25,
}
# The situations are what the model is for; other sets' moods are translated and count less,
# but those of poems and comments are all the native Korean there is.
MOOD_WEIGHT = {"situations_en": 1.0, "situations_ko": 1.0, "nonsense": 1.0, "goemotions_en": 0.7, "goemotions_ko": 0.7, "kote": 1.4, "kpoem": 1.4}
OTHER_MOOD_WEIGHT = 0.35
POINT_WEIGHT = 3.0
OTHER_POINT_WEIGHT = 0.5
# Beside the squares, which favour the middle: the concordance of a batch (Lin 1989).
CONCORDANCE_WEIGHT = 0.5
# What the head for lines learns from, beside the lyric lines among the situations.
LINES_WEIGHT = {"goemotions_en": 0.7, "kote": 1.4, "kpoem": 1.4, "xed": 0.35, "nonsense": 1.0}
# How much a Korean row is drawn to where its English twin lies.
TWIN_WEIGHT = 2.0
OWN_WEIGHT = {"go": 8.0, "kote": 8.0, "star": 0.5}
WORD_DROP = 0.06
RATE = 1e-4
WARMUP = 300
AVERAGE = 0.998


class Labels:
    """The rows' labels as tensors."""

    def __init__(self, rows: list[Row]):
        count = len(rows)
        self.moods = torch.zeros(count, 8)
        self.mood_weight = torch.zeros(count)
        self.point = torch.zeros(count, 2)
        self.point_weight = torch.zeros(count, 2)
        self.core = torch.tensor([row.source.startswith("situations") for row in rows])
        self.lines_weight = torch.zeros(count)
        self.own = {name: torch.zeros(count, size) for name, size in ours.OWN_HEADS.items()}
        self.own_weight = {name: torch.zeros(count) for name in ours.OWN_HEADS}
        self.twin = twins(rows)
        by_rarity = rarity(rows)
        for i, row in enumerate(rows):
            core = row.source.startswith("situations")
            if row.moods is not None:
                self.moods[i] = torch.from_numpy(row.moods)
                rare = 1.0 if core else float(row.moods @ by_rarity[row.source])
                self.mood_weight[i] = row.weight * rare * MOOD_WEIGHT.get(row.source, OTHER_MOOD_WEIGHT)
                line = core and row.extra["kind"] == "lyric"
                self.lines_weight[i] = row.weight * rare * (1.0 if line else LINES_WEIGHT.get(row.source, 0.0))
            if row.point is not None:
                point = torch.tensor(row.point, dtype=torch.float)
                known = ~point.isnan()
                self.point[i] = point.nan_to_num()
                self.point_weight[i] = known * (1.0 if core else OTHER_POINT_WEIGHT * row.weight)
            for name in self.own:
                if name in row.extra:
                    self.own[name][i] = torch.as_tensor(row.extra[name], dtype=torch.float)
                    self.own_weight[name][i] = row.weight


def twins(rows: list[Row]) -> torch.Tensor:
    """For each Korean row of the situations its English twin, -1 elsewhere."""
    english = {row.extra["pair"]: i for i, row in enumerate(rows) if row.source == "situations_en"}
    return torch.tensor([english.get(row.extra["pair"], -1) if row.source == "situations_ko" else -1 for row in rows])


def concordance(found, wanted):
    """1 where both agree in order, scale and place; each axis of its own."""
    apart = found.mean(0) - wanted.mean(0)
    together = ((found - found.mean(0)) * (wanted - wanted.mean(0))).mean(0)
    return 2 * together / (found.var(0, correction=0) + wanted.var(0, correction=0) + apart**2 + 1e-6)


def rarity(rows: list[Row]) -> dict[str, np.ndarray]:
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
    apart = lambda head, weight: -(head(sentence).log_softmax(1) * to(labels.moods)).sum(1) @ to(weight) / total
    loss = apart(model.moods, labels.mood_weight) + apart(model.lines, labels.lines_weight)
    point = torch.tanh(model.point(sentence))
    loss = loss + POINT_WEIGHT * ((point - to(labels.point)) ** 2 * to(labels.point_weight)).sum() / total
    core = to(labels.core)
    if core.sum() >= 16:
        agreed = concordance(point[core], to(labels.point)[core])
        loss = loss + CONCORDANCE_WEIGHT * (1 - agreed).mean() * core.float().mean()
    place = {row: at for at, row in enumerate(batch)}
    both = [(at, place[twin]) for at, twin in enumerate(labels.twin[batch].tolist()) if twin in place]
    if both:
        korean, english = torch.tensor(both, device=sentence.device).T
        near = functional.cosine_similarity(sentence[korean], sentence[english].detach()).sum()
        loss = loss + TWIN_WEIGHT * (len(both) - near) / total
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
    # Twins come in the same batch.
    korean = {twin: i for i, twin in enumerate(labels.twin.tolist()) if twin >= 0}
    by_source = {}
    for i, row in enumerate(rows):
        if labels.twin[i] < 0:
            by_source.setdefault(row.source, []).append(i)

    def batches_of(epoch):
        chosen = []
        for source, members in by_source.items():
            order = np.random.default_rng([seed, len(members)]).permutation(members)
            count = round((SHARE if epoch < LATE else LATE_SHARE)[source] * len(order))
            units = np.take(order, np.arange(epoch * count, (epoch + 1) * count), mode="wrap").tolist()
            chosen += [[i, korean[i]] if i in korean else [i] for i in units]
        return tokens.batches(chosen, BATCH, seed * 100 + epoch)

    def loss_of(batch, epoch, step):
        return losses(model, tokens, labels, batch, np.random.default_rng([seed, epoch, step]))

    words = model.encoder.tokens.weight
    heads = [p for n, p in model.named_parameters() if not n.startswith("encoder.")]
    rest = [p for n, p in model.named_parameters() if n.startswith("encoder.") and p is not words]
    groups = [{"params": [words], "lr": 2 * RATE}, {"params": rest, "lr": RATE}, {"params": heads, "lr": 10 * RATE}]
    loop = ours.Loop(name, folder, model, groups, epochs, WARMUP, average=AVERAGE, minutes=minutes)

    def finished(epoch):
        now = {k: v.clone() for k, v in model.state_dict().items()}
        model.load_state_dict(loop.mean)
        after_epoch(model, epoch)
        model.load_state_dict(now)

    return loop.run(batches_of, loss_of, finished)
