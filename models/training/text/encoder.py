"""A BERT encoder as small as can be written down: what all-MiniLM-L6-v2 is, and what we ship."""

import math

import torch
from torch import nn
from torch.nn import functional


class Layer(nn.Module):
    def __init__(self, width: int, heads: int, inner: int, dropout: float):
        super().__init__()
        self.heads = heads
        self.query = nn.Linear(width, width)
        self.key = nn.Linear(width, width)
        self.value = nn.Linear(width, width)
        self.out = nn.Linear(width, width)
        self.norm_1 = nn.LayerNorm(width, eps=1e-12)
        self.up = nn.Linear(width, inner)
        self.down = nn.Linear(inner, width)
        self.norm_2 = nn.LayerNorm(width, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x, bias):
        batch, length, width = x.shape
        split = lambda t: t.view(batch, length, self.heads, width // self.heads).transpose(1, 2)
        query, key, value = split(self.query(x)), split(self.key(x)), split(self.value(x))
        scores = query @ key.transpose(-1, -2) * (1 / math.sqrt(width // self.heads)) + bias
        mixed = scores.softmax(-1).to(value.dtype) @ value
        mixed = self.out(mixed.transpose(1, 2).reshape(batch, length, width))
        x = self.norm_1(x + self.dropout(mixed))
        return self.norm_2(x + self.dropout(self.down(functional.gelu(self.up(x)))))


class Encoder(nn.Module):
    """Token ids [batch, length] and mask (1 = real) to hidden states [batch, length, width]."""

    def __init__(self, vocabulary: int, width=384, layers=6, heads=12, inner=1536, positions=64, dropout=0.1):
        super().__init__()
        self.tokens = nn.Embedding(vocabulary, width)
        self.positions = nn.Embedding(positions, width)
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.layers = nn.ModuleList(Layer(width, heads, inner, dropout) for _ in range(layers))
        self.dropout = nn.Dropout(dropout)

    def forward(self, ids, mask):
        x = self.tokens(ids) + self.positions.weight[: ids.shape[1]]
        x = self.dropout(self.norm(x))
        bias = (1.0 - mask[:, None, None, :].to(x.dtype)) * -1e4
        for layer in self.layers:
            x = layer(x, bias)
        return x

    @staticmethod
    def mean(hidden, mask):
        """The mean of the real tokens' states: the sentence embedding of all-MiniLM-L6-v2."""
        mask = mask[..., None].to(hidden.dtype)
        return (hidden * mask).sum(1) / mask.sum(1).clamp(min=1)


def load_bert(encoder: Encoder, tensors: dict, rows=None):
    """Fills an encoder from a BERT checkpoint; `rows` picks and orders the token embeddings."""
    words = tensors["embeddings.word_embeddings.weight"]
    with torch.no_grad():
        words = words if rows is None else words[rows]
        encoder.tokens.weight[: len(words)] = words
        # Every text is of token type 0 here, so its vector joins the positions.
        positions = tensors["embeddings.position_embeddings.weight"][: len(encoder.positions.weight)]
        encoder.positions.weight.copy_(positions + tensors["embeddings.token_type_embeddings.weight"][0])
        encoder.norm.weight.copy_(tensors["embeddings.LayerNorm.weight"])
        encoder.norm.bias.copy_(tensors["embeddings.LayerNorm.bias"])
        names = {
            "query": "attention.self.query", "key": "attention.self.key", "value": "attention.self.value",
            "out": "attention.output.dense", "norm_1": "attention.output.LayerNorm",
            "up": "intermediate.dense", "down": "output.dense", "norm_2": "output.LayerNorm",
        }
        for index, layer in enumerate(encoder.layers):
            for ours, theirs in names.items():
                for part in ("weight", "bias"):
                    getattr(getattr(layer, ours), part).copy_(tensors[f"encoder.layer.{index}.{theirs}.{part}"])
