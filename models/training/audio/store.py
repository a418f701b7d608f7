"""Log-mel spectra of all pieces in one file of half floats, computed by the player's own code."""

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

import numpy as np

BANDS, FRAME_RATE = 128, 22_050 / 512
REPOSITORY = Path(__file__).parents[3]


@dataclass(frozen=True)
class Piece:
    """Frames `first`…`first + frames` of the store. `piece` is what versions have in common, `group` is
    the package or series."""

    name: str
    source: str
    piece: str
    group: str
    version: str
    point: tuple[int, int] | None
    path: str
    start: float
    secs: float
    first: int = 0
    frames: int = 0


def programs() -> list[str]:
    """The example that computes spectra and the one that reads moods by rule, built with optimisation."""
    command = ["cargo", "build", "--locked", "--config", "profile.dev.package.maeum.opt-level=3", "--message-format=json", "--example", "mels", "--bench", "reference"]
    done = subprocess.run(command, cwd=REPOSITORY, check=True, stdout=subprocess.PIPE, text=True)
    built = {one["target"]["name"]: one["executable"] for one in map(json.loads, done.stdout.splitlines()) if one.get("executable")}
    return [built["mels"], built["reference"]]


def spectra(executable: str, pieces: list[Piece]):
    """Yields each piece's frames [frames, bands]."""
    with subprocess.Popen([executable], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as mels:
        for piece in pieces:
            mels.stdin.write(f"{piece.path}\t{piece.start}\t{piece.secs}\n".encode())
            mels.stdin.flush()
            frames = int.from_bytes(mels.stdout.read(4), "little")
            rows = np.frombuffer(mels.stdout.read(frames * BANDS * 4), "<f4")
            yield rows.reshape(frames, BANDS)
        mels.stdin.close()


def build(executable: str, pieces: list[Piece], work: Path, name: str):
    """Appends what is not in the store yet; `name`.json lists what is."""
    index = work / f"{name}.json"
    kept = json.loads(index.read_text()) if index.exists() else []
    known = {one["name"] for one in kept}
    missing = [piece for piece in pieces if piece.name not in known]
    at = sum(one["frames"] for one in kept)
    with open(work / f"{name}.f16", "ab") as file:
        # What a stopped run wrote without listing it is written over.
        file.truncate(at * BANDS * 2)
        for piece, rows in zip(missing, spectra(executable, missing)):
            file.write(rows.astype("<f2").tobytes())
            kept.append(piece.__dict__ | {"first": at, "frames": len(rows)})
            at += len(rows)
            if len(kept) % 50 == 0:
                file.flush()
                write(index, json.dumps(kept))
                print(f"{name}: {len(kept)}/{len(pieces)} spectra", flush=True)
    write(index, json.dumps(kept))


def write(path: Path, text: str):
    """Whole or not at all, should the run be killed."""
    part = path.with_suffix(".part")
    part.write_text(text)
    part.rename(path)


def load(work: Path, name: str) -> tuple[list[Piece], np.ndarray]:
    pieces = [Piece(**one) for one in json.loads((work / f"{name}.json").read_text())]
    return pieces, np.memmap(work / f"{name}.f16", "<f2", "r").reshape(-1, BANDS)
