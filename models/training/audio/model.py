"""The student: depthwise-separable convolutions over a patch of log-mel spectrum, 128 bands by 128
frames (2.97 s), about 15 million multiplications a second of music."""

import torch
from torch import nn
from torch.nn import functional

BANDS = FRAMES = 128
MIXED, HIDDEN, EMBEDDING, MOODS = 256, 256, 128, 7
# Hidden numbers, what the convolutions find, mean and spread of each band.
EVERYTHING = HIDDEN + 2 * MIXED + 2 * BANDS


class Block(nn.Module):
    """A depthwise and a pointwise convolution; added to what came in where the shapes agree."""

    def __init__(self, inputs: int, outputs: int, stride=(1, 1), size=5):
        super().__init__()
        self.depth = nn.Conv2d(inputs, inputs, size, stride, size // 2, groups=inputs, bias=False)
        self.depth_norm = nn.BatchNorm2d(inputs)
        self.point = nn.Conv2d(inputs, outputs, 1, bias=False)
        self.point_norm = nn.BatchNorm2d(outputs)
        self.adds = inputs == outputs and stride == (1, 1)

    def forward(self, x):
        found = torch.relu_(self.depth_norm(self.depth(x)))
        found = self.point_norm(self.point(found))
        return torch.relu_(x + found if self.adds else found)


class Student(nn.Module):
    def __init__(self, tags: int):
        super().__init__()
        # Music's spectrum falls with frequency: every band has its own zero and unit.
        self.band_norm = nn.BatchNorm1d(BANDS)
        # Neighbouring bands are a semitone or less apart: they stay apart in the first layer, since which notes
        # sound is what mode is heard by.
        self.stem = nn.Conv2d(1, 16, 5, (1, 2), 2, bias=False)
        self.stem_norm = nn.BatchNorm2d(16)
        self.blocks = nn.Sequential(
            Block(16, 48, (2, 2), 3), Block(48, 48, size=3),
            Block(48, 96, (2, 2)), Block(96, 96), Block(96, 96),
            Block(96, 192, (2, 1)), Block(192, 192),
        )
        # One weight for each place in frequency: from here on only time is left.
        self.fold = nn.Conv2d(192, 192, (16, 1), groups=192, bias=False)
        self.fold_norm = nn.BatchNorm2d(192)
        # What sounds together at one time, before time is summed up.
        self.mix = nn.Conv2d(192, MIXED, 1, bias=False)
        self.mix_norm = nn.BatchNorm2d(MIXED)
        self.hidden = nn.Linear(2 * MIXED, HIDDEN)
        # Valence and arousal are told from all of it. `head.py` solves for its weights when all else is
        # learned.
        self.point = nn.Linear(EVERYTHING, 2)
        self.moods = nn.Linear(HIDDEN, MOODS)
        self.tags = nn.Linear(HIDDEN, tags)
        # What sounds alike is told from the convolutions and from the plain spectrum. `likeness.py` solves
        # for its weights when all else is learned.
        self.embedding = nn.Linear(2 * MIXED + 2 * BANDS, EMBEDDING)

    def pooled(self, mel):
        """[patches, bands, frames] in dB → what the convolutions find, mean and largest over time, and
        mean and spread of each band."""
        x = self.band_norm((mel + 40) / 40)
        mean = x.mean(2)
        spread = torch.sqrt(((x - mean[:, :, None]) ** 2).mean(2) + 1e-6)
        x = torch.relu_(self.stem_norm(self.stem(x[:, None])))
        x = torch.relu_(self.fold_norm(self.fold(self.blocks(x))))
        x = torch.relu_(self.mix_norm(self.mix(x)))[:, :, 0]
        return torch.cat([x.mean(2), x.amax(2)], 1), torch.cat([mean, spread], 1)

    def everything(self, mel):
        """[patches, bands, frames] in dB → [patches, EVERYTHING]."""
        found, spectrum = self.pooled(mel)
        return torch.cat([torch.relu(self.hidden(found)), found, spectrum], 1)

    def forward(self, mel):
        """Point before tanh, moods and tags as logits, embedding of length 1."""
        everything = self.everything(mel)
        hidden, rest = everything[:, :HIDDEN], everything[:, HIDDEN:]
        embedding = functional.normalize(self.embedding(rest))
        return self.point(everything), self.moods(hidden), self.tags(hidden), embedding
