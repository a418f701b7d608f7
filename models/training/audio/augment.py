"""What recordings differ in without differing in music: level, tone, codec, noise. On batches of
log-mel patches [patches, bands, frames] in dB."""

import torch

FLOOR = -40.0


def level_and_tone(mel: torch.Tensor, chance: torch.Generator, gain=6.0, tone=5.0) -> torch.Tensor:
    """Up to `gain` dB louder or softer, and a smooth change of tone up to about `tone` dB."""
    count, bands, _ = mel.shape
    along = torch.linspace(0, 1, bands)
    uniform = lambda: torch.rand(count, 1, generator=chance) * 2 - 1
    curve = gain * uniform() + tone * uniform() * (2 * along - 1) + 0.5 * tone * uniform() * torch.sin(torch.pi * (2 * along + uniform()))
    return (mel + curve[:, :, None]).clamp_min(FLOOR)


def damage(mel: torch.Tensor, chance: torch.Generator) -> torch.Tensor:
    """A codec's low-pass, hiss, a gap in time, a band up or down: each in some patches."""
    count, bands, frames = mel.shape
    draw = lambda: torch.rand(count, 1, 1, generator=chance)
    place = torch.arange(bands)[None, :, None]
    cut = (bands * (0.55 + 0.45 * draw())).long()
    mel = torch.where((draw() < 0.2) & (place >= cut), torch.tensor(FLOOR), mel)
    # Powers add up.
    hiss = FLOOR + 25 * draw() + 2 * torch.randn(count, bands, frames, generator=chance)
    mel = torch.where(draw() < 0.2, 4.343 * torch.logaddexp(mel / 4.343, hiss / 4.343), mel)
    time = torch.arange(frames)[None, None]
    start = (frames * draw()).long()
    gap = (time >= start) & (time < start + (20 * draw()).long())
    mel = torch.where((draw() < 0.3) & gap, torch.tensor(FLOOR), mel)
    moved = torch.randint(-1, 2, (), generator=chance).item()
    return mel.roll(moved, 1) if torch.rand((), generator=chance) < 0.3 else mel

