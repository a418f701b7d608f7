"""Freely licensed music and soundfonts out of Debian packages: downloaded and unpacked, not
installed. The music of wesnoth, flare, singularity and hyperrogue is held back for acceptance
and must not be added."""

import subprocess
import zipfile
from dataclasses import dataclass
from pathlib import Path

SOUNDFONTS = ["fluid-soundfont-gm", "timgm6mb-soundfont", "musescore-general-soundfont"]
# What of each package is music, and the archive inside that holds it.
GAMES = {
    "0ad-data": ("audio/music/", "usr/share/games/0ad/mods/public/public.zip"),
    "ufoai-music": ("", "usr/share/games/ufoai/base/0music.pk3"),
    "supertux-data": ("/music/", None),
    "warzone2100-music": ("/music/", None),
    "planetblupi-music-ogg": ("/music/", None),
    "lincity-ng-data": ("/music/", None),
    "fillets-ng-data": ("fillets-ng/music/", None),
    "colobot-common-sounds": ("/music/", None),
    "supertuxkart-data": ("/data/music/", None),
    "naev-data": ("/music/", None),
    "widelands-data": ("/music/", None),
    "nexuiz-music": ("", "usr/share/games/nexuiz/data/music.pk3"),
    "freedroidrpg-data": ("/sound/music/", None),
    "megaglest-data": ("/music/", None),
    "hedgewars-data": ("/Music/", None),
    "warmux-data": ("/warmux/music/", None),
    "drascula-music": ("/audio/", None),
    "marsshooter-data": ("/music/", None),
    "starfighter-data": ("/music/", None),
    "extremetuxracer-data": ("/music/", None),
    "berusky2-data": ("/music/", None),
    "redeclipse-data": ("/sounds/music/", None),
    "btanks-data": ("/tunes/", None),
    "wizznic-data": ("/music/", None),
    "xmoto-data": ("/Musics/", None),
    "zaz-data": ("", None),
    "asc-music": ("", None),
}
ENDINGS = {".ogg", ".opus"}


@dataclass(frozen=True)
class Track:
    name: str
    package: str
    path: Path


def unpacked(package: str, work: Path) -> Path:
    """The folder with the package's files."""
    target = work / "packages" / package
    if not target.exists():
        subprocess.run(["apt-get", "download", package], cwd=work, check=True)
        file = next(work.glob(f"{package}_*.deb"))
        part = target.with_suffix(".part")
        subprocess.run(["dpkg", "-x", file, part], check=True)
        part.rename(target)
        file.unlink()
    return target


def soundfonts(work: Path) -> Path:
    for package in SOUNDFONTS:
        unpacked(package, work)
    return work / "packages"


def tracks(work: Path) -> list[Track]:
    """All music of the games, in a fixed order."""
    (work / "packages").mkdir(exist_ok=True)
    found = []
    for package, (folder, archive) in GAMES.items():
        root = unpacked(package, work)
        if archive and (root / archive).exists():
            with zipfile.ZipFile(root / archive) as inside:
                names = [name for name in inside.namelist() if folder in name and Path(name).suffix in ENDINGS]
                inside.extractall(root, names)
            (root / archive).unlink()
        for path in sorted(path for path in root.rglob("*") if path.suffix in ENDINGS and folder in str(path)):
            found.append(Track(f"{package}/{path.stem}", package, path))
    return found
