"""What the model says of a photo, and the network that is fine-tuned for it."""

import torch
from torch import nn

from backbone import Backbone
from data import MOODS
from tags import NAMES
from teachers import EXPRESSIONS

# The heads' sizes, in the order of the exported outputs.
HEADS = {"point": 2, "moods": len(MOODS), "tags": len(NAMES), "faces": 2, "expression": len(EXPRESSIONS)}


class PhotoModel(nn.Module):
    """A backbone with linear heads, which teach it and are not shipped: pixels [n, 3, 224, 224],
    (x - 128) / 128, to each head's numbers before its last function."""

    def __init__(self, backbone: Backbone, dropout: float = 0.2):
        super().__init__()
        self.backbone = backbone
        self.dropout = nn.Dropout(dropout)
        self.heads = nn.ModuleDict({name: nn.Linear(backbone.width, size) for name, size in HEADS.items()})
        for head in self.heads.values():
            nn.init.zeros_(head.weight)
            nn.init.zeros_(head.bias)

    def forward(self, pixels) -> dict[str, torch.Tensor]:
        features = self.dropout(self.backbone(pixels))
        return {name: head(features) for name, head in self.heads.items()}


def finish(raw: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """The heads' numbers as the exported file gives them: valence and arousal in -1 to 1,
    distributions, independent probabilities."""
    return {
        "point": raw["point"].tanh(),
        "moods": raw["moods"].softmax(1),
        "tags": raw["tags"].sigmoid(),
        "faces": raw["faces"].sigmoid(),
        "expression": raw["expression"].softmax(1),
    }

