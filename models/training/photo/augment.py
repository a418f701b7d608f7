"""Pictures as the backbones' input: as they are, or changed a little while they learn."""

import numpy as np
import torch
from torch.nn import functional


def whole(pictures: np.ndarray, side: int) -> torch.Tensor:
    """[n, 256, 256, 3] bytes → [n, 3, side, side], (x - 128) / 128: the whole picture, antialiased."""
    planes = torch.from_numpy(np.array(pictures)).permute(0, 3, 1, 2).float()
    planes = functional.interpolate(planes, (side, side), mode="bilinear", antialias=True, align_corners=False)
    return ((planes - 128) / 128).contiguous(memory_format=torch.channels_last)


def views(net: torch.nn.Module, pictures: np.ndarray, bfloat16: bool = False) -> np.ndarray:
    """[2, n, width]: a backbone's features of each picture and of its mirror image."""
    found = []
    with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16, enabled=bfloat16):
        for start in range(0, len(pictures), 16):
            pixels = whole(pictures[start : start + 16], 224)
            found.append(torch.stack([net(pixels), net(pixels.flip(3))]).numpy())
    return np.concatenate(found, 1)


def changed(pictures: np.ndarray, side: int, chance: np.random.Generator) -> torch.Tensor:
    """The same with chance's crop (at least two thirds of the picture), mirror, light, contrast and
    colour strength. Small changes: light and colour are part of a photo's mood."""
    planes = torch.empty(len(pictures), 3, side, side)
    for i, picture in enumerate(pictures):
        height, width = (round(len(picture) * np.sqrt(s)) for s in chance.uniform(0.66, 1, 2))
        top, left = chance.integers(0, len(picture) - height + 1), chance.integers(0, len(picture) - width + 1)
        part = torch.from_numpy(np.array(picture[top : top + height, left : left + width])).permute(2, 0, 1).float()
        planes[i] = functional.interpolate(part[None], (side, side), mode="bilinear", antialias=True, align_corners=False)[0]
        if chance.random() < 0.5:
            planes[i] = planes[i].flip(2)
    draw = lambda spread: torch.from_numpy(1 + chance.uniform(-spread, spread, (len(pictures), 1, 1, 1))).float()
    grey = planes.mean(1, keepdim=True)
    planes = grey + (planes - grey) * draw(0.2)
    middle = planes.mean((1, 2, 3), keepdim=True)
    planes = (middle + (planes - middle) * draw(0.15)) * draw(0.12)
    return ((planes.clamp(0, 255) - 128) / 128).contiguous(memory_format=torch.channels_last)
