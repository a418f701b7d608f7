"""MIDI as notes in seconds, and changes to a piece: one thing changed, whose effect listeners
agree on, so that the order of the two versions is known without asking anyone."""

import random
from dataclasses import dataclass, replace
from pathlib import Path

import mido
import numpy as np

TICKS, DRUMS = 480, 9
# Krumhansl & Kessler 1982: how well each degree fits a major and a minor key.
MAJOR = np.array([6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88])
MINOR = np.array([6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17])
# Degrees that tell the modes apart: third, sixth, seventh.
TO_MINOR = {4: 3, 9: 8, 11: 10}
TO_MAJOR = {3: 4, 8: 9, 10: 11}


@dataclass(frozen=True)
class Note:
    start: float
    secs: float
    pitch: int
    velocity: int
    part: int


@dataclass(frozen=True)
class Piece:
    """Notes by part, the General MIDI program of each part, seconds a beat, and the pedal:
    (seconds, part, value)."""

    notes: tuple[Note, ...]
    programs: tuple[int, ...]
    beat: float
    pedal: tuple[tuple[float, int, int], ...] = ()

    @property
    def secs(self) -> float:
        return max(note.start + note.secs for note in self.notes)


def read(path: Path) -> Piece:
    """A piece whose parts are the channels of the file, drums left out."""
    file = mido.MidiFile(path)
    tempos = [m.tempo for track in file.tracks for m in track if m.type == "set_tempo"]
    now, sounding, notes, pedal, parts = 0.0, {}, [], [], {}
    for message in file:
        now += message.time
        if message.is_meta or not hasattr(message, "channel") or message.channel == DRUMS:
            continue
        part = parts.setdefault(message.channel, len(parts))
        if message.type == "control_change" and message.control == 64:
            pedal.append((now, part, message.value))
        elif message.type in ("note_on", "note_off"):
            begun = sounding.pop((part, message.note), None)
            if begun:
                notes.append(Note(begun[0], max(now - begun[0], 0.02), message.note, begun[1], part))
            if message.type == "note_on" and message.velocity:
                sounding[part, message.note] = (now, message.velocity)
    notes.sort(key=lambda note: (note.start, note.pitch))
    return Piece(tuple(notes), (0,) * max(len(parts), 1), (tempos[0] if tempos else 500_000) / 1e6, tuple(pedal))


def excerpt(piece: Piece, start: float, secs: float) -> Piece:
    """What begins within the window, from 0 on."""
    inside = [replace(n, start=n.start - start, secs=min(n.secs, start + secs - n.start)) for n in piece.notes if start <= n.start < start + secs]
    pedal = [(at - start, part, value) for at, part, value in piece.pedal if start <= at < start + secs]
    return replace(piece, notes=tuple(inside), pedal=tuple(pedal))


def key(piece: Piece) -> tuple[int, bool]:
    """Tonic, and whether the key is major."""
    chroma = np.zeros(12)
    for note in piece.notes:
        chroma[note.pitch % 12] += note.secs
    fits = [(np.corrcoef(chroma, np.roll(profile, tonic))[0, 1], tonic, profile is MAJOR) for tonic in range(12) for profile in (MAJOR, MINOR)]
    return max(fits)[1:]


def _notes(piece: Piece, change) -> Piece:
    return replace(piece, notes=tuple(change(note) for note in piece.notes))


def other_mode(piece: Piece) -> Piece:
    tonic, major = key(piece)
    moved = TO_MINOR if major else TO_MAJOR
    shift = {degree: to - degree for degree, to in moved.items()}
    return _notes(piece, lambda n: replace(n, pitch=n.pitch + shift.get((n.pitch - tonic) % 12, 0)))


def sour(piece: Piece, share: float, random: random.Random) -> Piece:
    """A share of the notes a semitone off: dissonant, in no clear key."""
    return _notes(piece, lambda n: replace(n, pitch=n.pitch + random.choice((-1, 1))) if random.random() < share else n)


def tempo(piece: Piece, factor: float) -> Piece:
    faster = _notes(piece, lambda n: replace(n, start=n.start / factor, secs=n.secs / factor))
    return replace(faster, beat=piece.beat / factor, pedal=tuple((at / factor, part, value) for at, part, value in piece.pedal))


def transpose(piece: Piece, semitones: int) -> Piece:
    return _notes(piece, lambda n: replace(n, pitch=int(np.clip(n.pitch + semitones, 21, 108))))


def dynamics(piece: Piece, factor: float) -> Piece:
    return _notes(piece, lambda n: replace(n, velocity=int(np.clip(n.velocity * factor, 12, 127))))


def lengths(piece: Piece, factor: float) -> Piece:
    """Detached below 1 (the pedal goes, too), bound above."""
    changed = _notes(piece, lambda n: replace(n, secs=max(n.secs * factor, 0.06)))
    return changed if factor > 1 else replace(changed, pedal=())


def instruments(piece: Piece, programs: list[int]) -> Piece:
    return replace(piece, programs=tuple(programs[part % len(programs)] for part in range(len(piece.programs))))


@dataclass(frozen=True)
class Version:
    """A piece as it is to be played: with a plain rock beat or not, in a large hall or not."""

    piece: Piece
    drums: bool = False
    hall: bool = False


def write(versions: list[Version], slot: float, path: Path):
    """All versions in one file, one every `slot` seconds, at 120 beats a minute: tempo is in the notes."""
    events = []
    for number, version in enumerate(versions):
        offset, channels = number * slot, range(len(version.piece.programs))
        events += [(offset + at, order, message) for at, order, message in _messages(version)]
        for part in [_channel(part) for part in channels] + [DRUMS]:
            # Pedal up and silence, so that nothing rings on into the next version.
            for control in (64, 120):
                events.append((offset + slot - 0.1, 3, mido.Message("control_change", channel=part, control=control, value=0)))
    events.sort(key=lambda event: event[:2])
    track, now = mido.MidiTrack(), 0
    for at, _, message in events:
        tick = round(at * 2 * TICKS)
        track.append(message.copy(time=tick - now))
        now = tick
    mido.MidiFile(ticks_per_beat=TICKS, tracks=[track]).save(path)


def _channel(part: int) -> int:
    return part if part < DRUMS else part + 1


def _messages(version: Version):
    """(seconds, order among simultaneous ones, message)."""
    piece = version.piece
    for part, program in enumerate(piece.programs):
        yield 0.0, 0, mido.Message("program_change", channel=_channel(part), program=program)
        yield 0.0, 0, mido.Message("control_change", channel=_channel(part), control=91, value=127 if version.hall else 40)
    for note in piece.notes:
        yield note.start, 2, mido.Message("note_on", channel=_channel(note.part), note=note.pitch, velocity=note.velocity)
        yield note.start + note.secs, 1, mido.Message("note_off", channel=_channel(note.part), note=note.pitch)
    for at, part, value in piece.pedal:
        yield at, 1, mido.Message("control_change", channel=_channel(part), control=64, value=value)
    if version.drums:
        for half in range(int(piece.secs / piece.beat * 2)):
            kit = [42] + ([36] if half % 4 == 0 else []) + ([38] if half % 4 == 2 else [])
            for drum in kit:
                yield half * piece.beat / 2, 2, mido.Message("note_on", channel=DRUMS, note=drum, velocity=70 if drum == 42 else 100)
