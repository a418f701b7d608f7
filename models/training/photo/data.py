"""Every labelled photo as one row, and all pictures decoded once into one array.

Three sets (../shared/data/photo/README): OASIS with a hundred raters a photo, photos of many
sources labelled by eye for this project, and a small weather set without moods.
"""

import csv
import io
import os
import tarfile
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from PIL import Image

MOODS = ["happy", "romantic", "peaceful", "sad", "tense", "angry", "neutral"]
SIDE = 256


@dataclass
class Photo:
    """A photo with what is known of it. `group` is what must never be split: an OASIS theme
    or a source of the other photos."""

    file: str
    set: str
    group: str
    caption: str = ""
    tags: list[str] = field(default_factory=list)
    mood: str = ""
    second: str = ""
    point: tuple[float, float] | None = None
    """Valence and arousal, in the set's own scale: see `points`."""


def everything(folder: Path) -> list[Photo]:
    """All photos in a fixed order: OASIS, the other photos, weather."""
    return oasis(folder) + others(folder) + weather(folder)


def oasis(folder: Path) -> list[Photo]:
    captions = {row["Theme"].strip(): row["caption"] for row in table(folder / "oasis_captions.tsv", "\t")}
    rows = []
    for row in table(folder / "oasis.csv", ","):
        theme = row["Theme"].strip()
        rows.append(Photo(
            file=f"oasis_256/{theme}.jpg", set="oasis", group=row["Group"], caption=captions.get(theme, ""),
            point=(float(row["Valence_mean"]), float(row["Arousal_mean"])),
        ))
    return rows


def others(folder: Path) -> list[Photo]:
    rows = []
    for row in table(folder / "more.tsv", "\t"):
        rows.append(Photo(
            file=f"more_224/{row['file']}", set="other", group=row["file"].split("/")[0], caption=row["caption"],
            tags=[tag for tag in (t.strip() for t in row["tags"].split(",")) if tag and tag != "none"],
            mood=row["mood"], second=row["second"].strip(), point=(float(row["valence"]), float(row["arousal"])),
        ))
    return rows


def weather(folder: Path) -> list[Photo]:
    with tarfile.open(folder / "weather4.tar") as archive:
        names = sorted(m.name for m in archive if m.isfile())
    return [Photo(file=name, set="weather", group=f"weather {name.split('/')[1]}") for name in names if is_picture(name)]


def table(path: Path, delimiter: str):
    with open(path, encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file, delimiter=delimiter, quoting=csv.QUOTE_NONE if delimiter == "\t" else csv.QUOTE_MINIMAL)


def is_picture(name: str) -> bool:
    return name.lower().endswith((".jpg", ".jpeg", ".png"))


def points(rows: list[Photo]) -> np.ndarray:
    """Valence and arousal of every photo in one scale, NaN where nobody said.

    The other photos were labelled in the mood space itself. OASIS's raters used their 1 to 7
    differently, so mean and spread of their answers are set to those of the others.
    """
    found = np.full((len(rows), 2), np.nan)
    for i, row in enumerate(rows):
        if row.point:
            found[i] = row.point
    of = lambda name: np.array([row.set == name for row in rows])
    for axis in range(2):
        found[of("oasis"), axis] = match(found[of("oasis"), axis], found[of("other"), axis])
    return found


def match(values: np.ndarray, like: np.ndarray) -> np.ndarray:
    """The values with the mean and spread of others."""
    return np.clip((values - values.mean()) / values.std() * like.std() + like.mean(), -1, 1)


def pictures(folder: Path, rows: list[Photo], work: Path) -> np.ndarray:
    """[n, 256, 256, 3] bytes: every photo squeezed whole, as the player does, and kept in `work`."""
    path = work / "pictures.npy"
    if not path.exists():
        at = {row.file: i for i, row in enumerate(rows)}
        found = np.zeros((len(rows), SIDE, SIDE, 3), np.uint8)
        for name in ("oasis_256", "more_224", "weather4"):
            with tarfile.open(folder / f"{name}.tar") as archive:
                for member in archive:
                    if member.name in at:
                        found[at.pop(member.name)] = squeeze(archive.extractfile(member).read())
        assert not at, f"photos without a file: {list(at)[:5]}"
        keep(path, np.save, found)
    return np.load(path, mmap_mode="r")


def keep(path: Path, save, *arrays, **named):
    """Saves with `np.save` or `np.savez`; a run that is killed meanwhile leaves no half of a file."""
    part = path.with_name(f"part-{path.name}")
    save(part, *arrays, **named)
    os.replace(part, path)


def squeeze(data: bytes) -> np.ndarray:
    """A picture file as 256 by 256 pixels; what is wider or taller than 2:1 is cut to that."""
    picture = Image.open(io.BytesIO(data))
    if picture.mode in ("RGBA", "LA", "P"):
        picture = picture.convert("RGBA")
        grey = Image.new("RGBA", picture.size, (128, 128, 128, 255))
        picture = Image.alpha_composite(grey, picture)
    picture = picture.convert("RGB")
    width, height = picture.size
    across, down = min(width, 2 * height), min(height, 2 * width)
    left, top = (width - across) / 2, (height - down) / 2
    return np.asarray(picture.resize((SIDE, SIDE), Image.Resampling.BILINEAR, box=(left, top, left + across, top + down)))
