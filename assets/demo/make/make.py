#!/usr/bin/env python3
"""Makes the demo library from nothing: scores, sound, covers, tags, lyrics.

    python3 assets/demo/make/make.py                 everything
    python3 assets/demo/make/make.py --only kites    one piece (by its slug), no clean-up

Needs fluidsynth, ffmpeg and the FluidR3 soundfont (Debian: `apt install fluidsynth ffmpeg
fluid-soundfont-gm`) and
`pip install -r requirements.txt`.
"""

import argparse
import shutil
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from catalogue import ALBUMS  # noqa: E402


def file_stem(number, title):
    return f"{number:02} {title}"


def missing():
    """What must be installed first, in words."""
    from studio import SOUNDFONT

    lacking = [tool for tool in ("fluidsynth", "ffmpeg", "ffprobe") if not shutil.which(tool)]
    if not SOUNDFONT.exists():
        lacking.append(f"{SOUNDFONT} (Debian package fluid-soundfont-gm)")
    return lacking


def main():
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--only", action="append", default=[], metavar="SLUG")
    words.add_argument("--out", type=Path, default=HERE.parent)
    words.add_argument("--work", type=Path, default=HERE.parents[2] / "target" / "demo-make",
                       help="where MIDI files and stems are kept between runs")
    chosen = words.parse_args()
    if lacking := missing():
        sys.exit("install first: " + ", ".join(lacking))

    import covers
    import tags
    from studio import encode, mastered

    chosen.work.mkdir(parents=True, exist_ok=True)
    for album in ALBUMS:
        folder = chosen.out / album.title
        if not chosen.only:
            shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True, exist_ok=True)
        if album.cover == "folder":
            (folder / "cover.jpg").write_bytes(covers.jpeg(album.title))
        for number, track in enumerate(album.tracks, 1):
            piece = track.compose()
            if chosen.only and piece.slug not in chosen.only:
                continue
            path = folder / f"{file_stem(number, piece.title)}.{track.ending}"
            encode(mastered(piece, chosen.work), path, track.quality)
            tags.write(path, album, number, track, piece)
            print(f"{path.relative_to(chosen.out)}  {path.stat().st_size // 1024} KiB", flush=True)


if __name__ == "__main__":
    main()
