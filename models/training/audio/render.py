"""Plays the MIDI sets with FluidSynth. A group is one piece in several versions, all in one
sound file: a plain one first, then the same with one thing changed."""

import csv
import random
import subprocess
import tarfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile

import midi
import score

SOUNDFONTS = {"fluid": "usr/share/sounds/sf2/FluidR3_GM.sf2", "timgm": "usr/share/sounds/sf2/TimGM6mb.sf2", "musescore": "usr/share/sounds/sf3/MuseScore_General_Full.sf3"}
# Seconds of music taken, kept of each version, and from one version to the next.
TAKEN, KEPT, SLOT = 30.0, 23.0, 24.0
# Of a rated phrase as listeners heard it, a piano.
WHOLE = 90.0
SONGS = 150
# Excerpts of each unrated piece of VGMIDI.
EXCERPTS = 2
SEED = 7
# Piano and what is near it; strings, brass and wind.
SOLO = [0, 0, 0, 1, 4, 6, 11, 24, 46, 48, 40, 42, 45, 56, 60, 65, 68, 71, 73, 79]
# What some recordings went through: format, subtype, how strongly it is compressed (0…1).
CODECS = [("OGG", "VORBIS", 0.9), ("OGG", "VORBIS", 0.6), ("MP3", "MPEG_LAYER_III", 0.8), ("MP3", "MPEG_LAYER_III", 0.6)]
CODED = 0.3
MELODY, BRIDGE, CHORDS = [0, 22, 24, 40, 53, 56, 65, 73, 80, 81], [0, 4, 25, 48, 89], [0, 0, 1, 4, 24, 25, 27]
HARD, SOFT = [30, 29, 30], [73, 89, 46]
# What a change does to valence and arousal: the sign of (changed − plain).
EFFECT = {
    "minor": (-1, 0), "major": (1, 0), "sour": (-1, 0), "slower": (0, -1), "faster": (0, 1), "lower": (-1, 0), "higher": (1, 0), "quieter": (0, -1),
    "louder": (0, 1), "bound": (0, -1), "detached": (0, 1), "hard": (-1, 1), "soft": (0, -1), "hall": (0, -1),
}


@dataclass(frozen=True)
class Group:
    name: str
    source: str
    series: str
    # −1 or 1 as rated; None without ratings.
    point: tuple[int, int] | None
    sound: Path
    # Names of the versions; "plain" first, or "whole" alone.
    versions: tuple[str, ...]


def unpack(archive: Path, work: Path, name: str):
    """The archive's folder `name`: whole or not at all, should the run be killed."""
    if (work / name).exists():
        return
    part = work / f"{name}.part"
    with tarfile.open(archive) as file:
        file.extractall(part, filter="data")
    (part / name).rename(work / name)
    part.rmdir()


def phrases(folder: Path, work: Path) -> list[dict]:
    """VGMIDI's rated phrases."""
    unpack(folder / "vgmidi.tar.gz", work, "vgmidi")
    with open(work / "vgmidi" / "vgmidi_labelled.csv", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def unrated(work: Path) -> list[Path]:
    """VGMIDI's pieces without a rating."""
    return sorted((work / "vgmidi" / "unlabelled" / "midi").glob("*.mid"))


def songs(folder: Path, work: Path) -> list[Path]:
    unpack(folder / "pop909_midi.tar.gz", work, "pop909")
    found = sorted((work / "pop909" / "POP909").glob("*/*.mid"))
    return sorted(random.Random(SEED).sample(found, SONGS))


def changed(name: str, plain: midi.Version, random: random.Random) -> midi.Version:
    piece, drums = plain.piece, plain.drums
    match name:
        case "minor" | "major":
            piece = midi.other_mode(piece)
        case "sour":
            piece = midi.sour(piece, 0.3, random)
        case "slower":
            piece = midi.tempo(piece, 0.75)
        case "faster":
            piece = midi.tempo(piece, 1.3)
        case "lower":
            piece = midi.transpose(piece, -12)
        case "higher":
            piece = midi.transpose(piece, 12)
        case "quieter":
            piece = midi.dynamics(piece, 0.55)
        case "louder":
            piece = midi.dynamics(piece, 1.4)
        case "bound":
            piece = midi.lengths(piece, 2.0)
        case "detached":
            piece = midi.lengths(piece, 0.4)
        case "hard":
            piece, drums = midi.dynamics(midi.instruments(piece, HARD), 1.3), True
        case "soft":
            piece, drums = midi.dynamics(midi.instruments(piece, SOFT), 0.8), False
    return midi.Version(piece, drums, hall=name == "hall")


def kept(version: midi.Version) -> midi.Version:
    return midi.Version(midi.excerpt(version.piece, 0.0, KEPT - 0.5), version.drums, version.hall)


def versions(piece: midi.Piece, pop: bool, random: random.Random) -> dict[str, midi.Version]:
    """A plain version with random sounds, key and tempo, and its changed versions."""
    start = random.uniform(0.1, 0.5) * max(piece.secs - TAKEN, 0.0)
    piece = midi.excerpt(piece, start, TAKEN)
    programs = [random.choice(MELODY), random.choice(BRIDGE), random.choice(CHORDS)] if pop else [random.choice(SOLO)]
    piece = midi.instruments(midi.tempo(midi.transpose(piece, random.randint(-5, 6)), random.uniform(0.92, 1.08)), programs)
    plain = midi.Version(piece, drums=pop and random.random() < 0.6)
    names = ["minor" if midi.key(piece)[1] else "major", random.choice(["slower", "faster"])]
    others = ["lower", "higher", "quieter", "louder", "bound", "detached", "hall"]
    names += ["sour", random.choice(others)] + ([random.choice(["hard", "soft"])] if pop else [])
    return {"plain": plain} | {name: changed(name, plain, random) for name in names}


def play(versions: list[midi.Version], slot: float, soundfont: Path, gain: float, sound: Path, codec: tuple[str, str, float] | None = None):
    """Writes the sound file; whole or not at all."""
    notes, part = sound.with_suffix(".mid"), sound.with_suffix(".part.wav")
    midi.write(versions, slot, notes)
    command = ["fluidsynth", "-ni", "-q", "-o", "synth.dynamic-sample-loading=1", "-o", "synth.cpu-cores=1", "-z", "4096", "-g", f"{gain:.2f}", "-r", "32000", "-F", part, soundfont, notes]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    notes.unlink()
    if codec:
        coded = sound.with_suffix(".part")
        with soundfile.SoundFile(part) as played, soundfile.SoundFile(coded, "w", played.samplerate, 2, codec[1], format=codec[0], compression_level=codec[2]) as file:
            # A whole file at once overflows the Vorbis encoder's stack.
            for block in played.blocks(played.samplerate):
                file.write(block)
        part.unlink()
        part = coded
    part.rename(sound)


def run(folder: Path, work: Path, soundfonts: Path) -> list[Group]:
    """All groups, playing those that have not been played."""
    target = work / "renders"
    target.mkdir(exist_ok=True)
    fonts = {name: next(soundfonts.glob(f"*/{path}")) for name, path in SOUNDFONTS.items()}
    groups, scores = [], {}
    pieces = [(f"vgmidi-{i:03}", "vgmidi", row["series"], (int(row["valence"]), int(row["arousal"])), work / "vgmidi" / row["midi"]) for i, row in enumerate(phrases(folder, work))]
    pieces += [(f"vgmidi-more-{i:02}-{k}", "vgmidi-more", path.stem, None, path) for i, path in enumerate(unrated(work)) for k in range(EXCERPTS)]
    pieces += [(f"pop909-{path.stem}", "pop909", path.stem, None, path) for path in songs(folder, work)]
    for done, (name, source, series, point, path) in enumerate(pieces):
        chance = random.Random(f"{SEED} {name}")
        piece = midi.read(path)
        if point:
            whole = target / f"{name}-whole.wav"
            part = midi.Version(midi.excerpt(piece, 0.0, WHOLE))
            if not whole.exists():
                play([part], part.piece.secs + 1.5, fonts["fluid"], 0.6, whole)
            groups.append(Group(f"{name}-whole", source, series, point, whole, ("whole",)))
            scores[f"{name}-whole"] = score.of(part)
        made = {version: kept(one) for version, one in versions(piece, source == "pop909", chance).items()}
        font = chance.choices(list(fonts), [0.5, 0.35, 0.15])[0]
        gain = chance.uniform(0.35, 0.9)
        codec = chance.choice(CODECS) if chance.random() < CODED else None
        sound = target / f"{name}.{codec[0].lower() if codec else 'wav'}"
        if not sound.exists():
            play(list(made.values()), SLOT, fonts[font], gain, sound, codec)
        groups.append(Group(name, source, series, point, sound, tuple(made)))
        scores |= {f"{name}-{version}": score.of(one) for version, one in made.items()}
        if done % 50 == 0:
            print(f"played {done}/{len(pieces)}", flush=True)
    np.savez(work / "part-scores.npz", **scores)
    (work / "part-scores.npz").rename(work / "scores.npz")
    return groups
