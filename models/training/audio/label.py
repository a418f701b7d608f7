"""What the teachers hear in excerpts of every piece of music."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile
import torch
from scipy.signal import resample_poly

import teachers

WINDOW_SECS = 29.2
# Excerpts of a game's track, spread evenly; renders are short and have one.
WINDOWS = 4
# musicnn's patches in an excerpt.
PATCHES = 2


@dataclass(frozen=True)
class Labels:
    """For each excerpt: where its middle lies in seconds, tags of MSD, MTT and Jamendo (50 each), moods
    (56), and the networks' hidden numbers (600)."""

    middle: np.ndarray
    tags: np.ndarray
    moods: np.ndarray
    hidden: np.ndarray


def mono(path: Path, rate: int, start=0.0, secs: float | None = None) -> np.ndarray:
    """Samples at `rate`. Sound files end where they end."""
    with soundfile.SoundFile(path) as file:
        file.seek(min(round(start * file.samplerate), file.frames))
        samples = file.read(-1 if secs is None else round(secs * file.samplerate), dtype="float32", always_2d=True).mean(1)
        divisor = np.gcd(rate, file.samplerate)
        return resample_poly(samples, rate // divisor, file.samplerate // divisor).astype(np.float32)


class Teachers:
    def __init__(self, folder: Path):
        self.patches = [teachers.Musicnn(folder / "MSD_musicnn.h5"), teachers.Musicnn(folder / "MTT_musicnn.h5"), teachers.JamendoMusicnn(folder / "jamendo_musicnn.pth")]
        self.mood = teachers.JamendoMood(folder / "jamendo_mood_cnn.pth")
        for network in (*self.patches, self.mood):
            network.to(memory_format=torch.channels_last).eval()

    @torch.inference_mode()
    def window(self, samples: np.ndarray, patches: int):
        """Of an excerpt at 16 kHz; a short one is repeated."""
        need = round(WINDOW_SECS * teachers.RATE)
        samples = np.tile(samples, -(-need // max(len(samples), 1)))[:need] if len(samples) < need else samples
        with torch.autocast("cpu", torch.bfloat16):
            return self._window(samples, patches)

    def _window(self, samples: np.ndarray, patches: int):
        moods = self.mood(torch.from_numpy(resample_poly(samples, 3, 4).astype(np.float32))[None])[0]
        starts = np.linspace(0, len(samples) - teachers.PATCH_SAMPLES, patches + 2)[1:-1].astype(int)
        batch = torch.from_numpy(np.stack([samples[s : s + teachers.PATCH_SAMPLES] for s in starts]))
        found = [network(batch) for network in self.patches]
        tags, hidden = (torch.cat([pair[i].float().mean(0) for pair in found]).numpy() for i in (0, 1))
        return tags, moods.float().numpy(), hidden


def of_file(teachers_: Teachers, path: Path, spans: list[tuple[float, float]], patches=PATCHES) -> Labels:
    """Labels of spans (start, seconds) of a file."""
    found = [teachers_.window(mono(path, teachers.RATE, start, secs), patches) for start, secs in spans]
    middle = np.array([start + secs / 2 for start, secs in spans])
    return Labels(middle, *(np.stack([one[i] for one in found]).astype(np.float32) for i in range(3)))


def spans_of_track(path: Path) -> list[tuple[float, float]]:
    secs = soundfile.info(path).duration
    if secs < 2 * WINDOW_SECS:
        return [(0.0, secs)]
    return [(start, WINDOW_SECS) for start in np.linspace(0, secs - WINDOW_SECS, WINDOWS + 2)[1:-1]]


def load(path: Path) -> Labels:
    with np.load(path) as file:
        return Labels(**file)


def keep(path: Path, labels: Labels):
    part = path.with_suffix(".part.npz")
    np.savez(part, **labels.__dict__)
    part.rename(path)


def run(teachers_folder: Path, work: Path, files: dict[str, tuple[Path, list[tuple[float, float]]]]):
    """Labels what has no labels yet: name → file and spans."""
    target = work / "labels"
    target.mkdir(exist_ok=True)
    missing = [name for name in files if not path_of(work, name).exists()]
    if not missing:
        return
    hear = Teachers(teachers_folder)
    for done, name in enumerate(missing):
        if done % 50 == 0:
            print(f"heard {done}/{len(missing)}", flush=True)
        if path_of(work, name).exists():
            continue
        path, spans = files[name]
        keep(path_of(work, name), of_file(hear, path, spans))


def path_of(work: Path, name: str) -> Path:
    return work / "labels" / (name.replace("/", "_") + ".npz")
