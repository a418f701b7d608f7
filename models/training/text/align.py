"""Teaches the encoder Korean: a Korean sentence shall land where the teacher, all-MiniLM-L6-v2,
puts its English twin (multilingual distillation, Reimers & Gurevych 2020). Film reviews with
stars teach native Korean beside it."""

from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch.nn import functional

import encoder as bert
import model as ours

BATCH = 128
EPOCHS = 3
REVIEWS = 120_000
# How close two sentences must be to count as the same, in the contrastive part.
TEMPERATURE = 0.05


def teach(teacher_folder: Path, texts: list[str]) -> np.ndarray:
    """The teacher's normalised sentence embeddings."""
    tokenizer = Tokenizer.from_file(str(teacher_folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(64)
    tensors = load_file(str(teacher_folder / "model.safetensors"))
    teacher = bert.Encoder(len(tensors["embeddings.word_embeddings.weight"]))
    bert.load_bert(teacher, tensors)
    teacher.to(ours.device()).eval()
    tokens = ours.Tokens(tokenizer, texts)
    out = np.zeros((len(texts), 384), np.float16)
    with torch.inference_mode(), ours.autocast():
        for batch in tokens.batches(range(len(texts)), 256, 0):
            ids, mask = (t.to(ours.device()) for t in tokens.batch(batch))
            out[batch] = functional.normalize(bert.Encoder.mean(teacher(ids, mask).float(), mask), dim=1).cpu().numpy()
    return out


def run(folder: Path, teacher_folder: Path, pairs: list[tuple[str, str]], reviews, minutes: float) -> bool:
    torch.manual_seed(1)
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    start = np.load(folder / "start.npz")
    model = ours.MoodModel(tokenizer.get_vocab_size())
    tensors = load_file(str(teacher_folder / "model.safetensors"))
    bert.load_bert(model.encoder, tensors, torch.from_numpy(start["rows"]))
    with torch.no_grad():
        model.encoder.tokens.weight.copy_(torch.from_numpy(start["vectors"]))
    model.to(ours.device())

    english = [pair[0] for pair in pairs]
    cache = folder / "teacher.npy"
    if cache.exists() and len(found := np.load(cache)) == len(english):
        targets = found
    else:
        targets = teach(teacher_folder, english)
        part = folder / "part-teacher.npy"
        np.save(part, targets)
        part.rename(cache)
    # English is kept in place with a quarter of the English sides.
    kept = range(0, len(pairs), 4)
    texts = [pair[1] for pair in pairs] + [english[i] for i in kept] + [row.text for row in reviews]
    goal = np.concatenate([np.arange(len(pairs)), np.array(kept)])
    stars = torch.tensor([row.extra["star"] for row in reviews])
    tokens = ours.Tokens(tokenizer, texts)
    of_pairs = range(len(goal))
    of_reviews = range(len(goal), len(texts))

    def batches_of(epoch):
        some = [i for i in of_reviews if i % EPOCHS == epoch]
        found = [("pair", b) for b in tokens.batches(of_pairs, BATCH, epoch)]
        found += [("star", b) for b in tokens.batches(some, BATCH, epoch)]
        return [found[i] for i in np.random.default_rng(epoch).permutation(len(found))]

    def loss_of(batch, epoch, step):
        kind, indices = batch
        ids, mask = (t.to(ours.device()) for t in tokens.batch(indices))
        with ours.autocast():
            hidden = model.encoder(ids, mask)
        sentence = bert.Encoder.mean(hidden.float(), mask)
        if kind == "star":
            wanted = stars[torch.tensor(indices) - len(goal)].to(sentence.device)
            return 0.5 * functional.mse_loss(torch.tanh(model.own["star"](sentence)).squeeze(1), wanted)
        sentence = functional.normalize(sentence, dim=1)
        wanted = torch.from_numpy(targets[goal[indices]]).float().to(sentence.device)
        near = 1 - (sentence * wanted).sum(1).mean()
        scores = sentence @ wanted.T / TEMPERATURE
        # The same English sentence may stand in a batch more than once.
        same = (wanted @ wanted.T > 0.98).float()
        told_apart = -(scores.log_softmax(1) * same / same.sum(1, keepdim=True)).sum(1).mean()
        return near + 0.2 * told_apart

    new = model.encoder.tokens.weight
    rest = [p for name, p in model.named_parameters() if p is not new]
    loop = ours.Loop("align", folder, model, [{"params": [new], "lr": 1.5e-3}, {"params": rest, "lr": 2e-4}], EPOCHS, minutes=minutes)
    return loop.run(batches_of, loss_of)
