"""Scores: notes in beats, written as people play them.

A `Piece` holds `Part`s; a part is one instrument and becomes one stem. Times are beats
until `Piece.seconds` maps them through swing and the tempo curve.
"""

import random
import re
from dataclasses import dataclass, field

PITCHES = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
NOTE = re.compile(r"([A-G])([#b]{0,2})(-?\d)")
CHORD = re.compile(r"([A-G][#b]?)([^/]*)(?:/([A-G][#b]?))?$")

# Semitones above the root, in the order in which a small voicing takes them.
QUALITIES = {
    "": (0, 4, 7), "m": (0, 3, 7), "5": (0, 7), "dim": (0, 3, 6), "aug": (0, 4, 8),
    "6": (0, 4, 7, 9), "69": (4, 7, 9, 14), "m6": (0, 3, 7, 9), "add9": (0, 4, 7, 14),
    "madd9": (0, 3, 7, 14), "sus2": (0, 2, 7), "sus4": (0, 5, 7), "sus": (0, 5, 7),
    "7": (0, 4, 7, 10), "m7": (0, 3, 7, 10), "maj7": (0, 4, 7, 11), "mM7": (0, 3, 7, 11),
    "7sus4": (0, 5, 7, 10), "9sus4": (5, 7, 10, 14), "9": (4, 7, 10, 14),
    "m9": (3, 7, 10, 14), "maj9": (4, 7, 11, 14), "13": (4, 9, 10, 14), "7b9": (4, 7, 10, 13),
    "m7b5": (0, 3, 6, 10), "dim7": (0, 3, 6, 9), "m11": (3, 7, 10, 17), "6sus2": (0, 2, 7, 9),
}


def pitch(name):
    """MIDI number of a name such as `F#4` (C4 is 60)."""
    letter, accidentals, octave = NOTE.fullmatch(name).groups()
    shift = accidentals.count("#") - accidentals.count("b")
    return PITCHES[letter] + shift + 12 * (int(octave) + 1)


def pitch_class(name):
    return pitch(name + "0") % 12


class Chord:
    """A chord symbol: its bass, its root and its tones as pitch classes."""

    def __init__(self, symbol):
        root, quality, bass = CHORD.match(symbol).groups()
        self.symbol = symbol
        self.root = pitch_class(root)
        self.bass = pitch_class(bass) if bass else self.root
        self.tones = [(self.root + step) % 12 for step in QUALITIES[quality]]
        triad = {"m": 3, "d": 3}.get(quality[:1], 4) if not quality.startswith("maj") else 4
        self.third = (self.root + triad) % 12
        self.fifth = (self.root + (6 if "b5" in quality or "dim" in quality else 7)) % 12


def chords(text, beats_per_bar=4):
    """`"Am7 D7 | G"` → [(start beat, length, Chord)]; a bar's chords share it evenly."""
    found = []
    for number, bar in enumerate(text.split("|")):
        symbols = bar.split()
        each = beats_per_bar / max(len(symbols), 1)
        for place, symbol in enumerate(symbols):
            found.append((number * beats_per_bar + place * each, each, Chord(symbol)))
    return found


def nearest(tone, around):
    """The note of pitch class `tone` nearest to the MIDI number `around`."""
    low = int(around) - 6
    return low + (tone - low) % 12


def voicings(progression, centre, spread=12, seed_notes=None):
    """One close voicing a chord, each moving as little as it can from the one before."""
    before, found = seed_notes, []
    for start, length, chord in progression:
        options = []
        for turn in range(len(chord.tones)):
            order = chord.tones[turn:] + chord.tones[:turn]
            note = nearest(order[0], centre - spread // 2)
            notes = [note]
            for tone in order[1:]:
                note += (tone - note) % 12 or 12
                notes.append(note)
            for shift in (-12, 0, 12):
                options.append([one + shift for one in notes])

        def cost(notes):
            middle = abs(sum(notes) / len(notes) - centre) * 0.6
            cluster = sum(1.5 for a, b in zip(notes, notes[1:]) if b - a == 1)
            if before is None:
                return middle + cluster
            move = sum(min(abs(n - b) for b in before) for n in notes)
            top = abs(notes[-1] - before[-1]) * 0.5
            return move + top + middle + cluster

        before = min(options, key=cost)
        found.append((start, length, chord, before))
    return found


@dataclass
class Note:
    start: float
    length: float
    pitch: int
    velocity: float


@dataclass
class Part:
    """One instrument. `program` is a General MIDI number from 0, or `synth` names one of
    `synth.VOICES`. `level` is the stem's loudness in LUFS before mastering; the rest is
    the mixing desk."""

    name: str
    program: int = 0
    bank: int = 0
    level: float = -20.0
    pan: float = 0.0
    send: float = 0.15
    low_cut: float = 0.0
    high_cut: float = 0.0
    drive: float = 0.0
    cabinet: bool = False
    synth: str = ""
    width: float = 1.0
    loose: float = 0.008  # seconds of human timing
    early: float = 0.0  # seconds ahead of the beat, for instruments that speak slowly
    breath: bool = False  # long notes swell and gain vibrato; for single lines
    notes: list = field(default_factory=list)
    controls: list = field(default_factory=list)
    bends: list = field(default_factory=list)

    @property
    def drums(self):
        return self.bank == 128

    def add(self, start, length, note, velocity):
        self.notes.append(Note(start, length, note, velocity))

    def play(self, start, text, velocity=78, gate=0.95, shift=0, arch=8, octave_double=None):
        """Plays a line: `"C5/1 E5/.5 - G5+B5/2!"`. `/` gives the length in beats and is
        kept until changed, `-` rests, `!` accents, `'` shortens, `_` binds over. The line
        swells towards its middle and its high notes, by up to `arch` velocities."""
        items, at, length = [], start, 1.0
        for word in text.replace("|", " ").split():
            mark = word[-1] if word[-1] in "!'_" else ""
            body, _, size = word.rstrip("!'_").partition("/")
            length = float(size) if size else length
            if body not in ("-", ""):
                items.append((at, length, [pitch(n) for n in body.split("+")], mark))
            at += length
        if not items:
            return at
        tops = [max(notes) for _, _, notes, _ in items]
        low, high = min(tops), max(tops)
        span = max(at - start, 1e-6)
        for (when, size, notes, mark), top in zip(items, tops):
            along = (when - start) / span
            swell = 1 - abs(2 * along - 1.1) + 0.6 * (top - low) / max(high - low, 1)
            beat = 3 if abs(when % 1) < 1e-6 else -3
            loud = velocity + arch * (swell - 0.7) + beat + (12 if mark == "!" else 0)
            hold = size * {"'": 0.45, "_": 1.08}.get(mark, gate)
            for note in notes:
                self.add(when, hold, note + shift, loud)
                if octave_double:
                    self.add(when, hold, note + shift + octave_double, loud - 10)
        return at

    def pads(self, start, voiced, velocity=60, gate=0.98):
        for when, length, _, notes in voiced:
            for note in notes:
                self.add(start + when, length * gate, note, velocity)

    def strum(self, start, voiced, pattern, step=0.5, velocity=74, up_scale=0.82, spread=0.02,
              ring=8.0):
        """Strums `pattern` ("D.DU.UDU": down, up, x muted, . let ring) over the chords. A
        stroke sounds until the next one, the next chord, or for `ring` beats."""
        for when, length, _, notes in voiced:
            slots = round(length / step)
            for slot in range(slots):
                mark = pattern[(round(when / step) + slot) % len(pattern)]
                if mark == ".":
                    continue
                until = slot + 1
                while until < slots and pattern[(round(when / step) + until) % len(pattern)] == ".":
                    until += 1
                hold = min((until - slot) * step * 0.96, step * 0.25 if mark == "x" else ring)
                order = notes if mark in "Dx" else notes[::-1][:3]
                loud = velocity * (1 if mark == "D" else up_scale)
                for place, note in enumerate(order):
                    self.add(start + when + slot * step + place * spread, hold, note,
                             loud - 2 * place)

    def arpeggio(self, start, voiced, order, step=0.5, velocity=62, ring=2.0):
        """Breaks each chord by `order`, indices into its voicing (None rests; an index
        past the top goes on an octave higher)."""
        for when, length, _, notes in voiced:
            for slot in range(round(length / step)):
                index = order[slot % len(order)]
                if index is None:
                    continue
                note = notes[index % len(notes)] + 12 * (index // len(notes))
                accent = 6 if slot == 0 else 0
                self.add(start + when + slot * step, step * ring, note, velocity + accent)

    def bass(self, start, progression, rhythm, low=28, velocity=80, step=0.5):
        """Plays each chord's bass in `rhythm`: R root, F fifth, O octave, T third, A
        a half step below the next root, . holds, - rests."""
        for place, (when, length, chord) in enumerate(progression):
            following = progression[(place + 1) % len(progression)][2]
            root = low + (chord.bass - low) % 12
            slots = round(length / step)
            marks = [rhythm[(round(when / step) + s) % len(rhythm)] for s in range(slots)]
            for slot, mark in enumerate(marks):
                if mark in ".-":
                    continue
                hold = 1
                while slot + hold < slots and marks[slot + hold] == ".":
                    hold += 1
                ahead = low + (following.bass - low) % 12
                note = {"R": root, "F": low + (chord.fifth - low) % 12, "O": root + 12,
                        "T": low + (chord.third - low) % 12, "A": ahead - 1}[mark]
                self.add(start + when + slot * step, hold * step * 0.92, note,
                         velocity + (6 if slot == 0 else 0))

    def walk(self, start, progression, low=31, velocity=82):
        """A walking bass: root, chord tones by the shortest way, a step into the next."""
        last = None
        for place, (when, length, chord) in enumerate(progression):
            following = progression[(place + 1) % len(progression)][2]
            root = nearest(chord.bass, last if last else low + 9)
            while root < low:
                root += 12
            while root > low + 19:
                root -= 12
            line = [root]
            beats = round(length)
            for beat in range(1, beats):
                if beat == beats - 1:
                    target = nearest(following.bass, line[-1])
                    line.append(target - 1 if target > line[-1] else target + 1)
                else:
                    tone = chord.third if beat == 1 else chord.fifth
                    line.append(nearest(tone, line[-1] + (2 if root < low + 10 else -2)))
            for beat, note in enumerate(line):
                self.add(start + when + beat, 0.9, note, velocity + (4 if beat % 2 else 0))
            last = line[-1]

    def drum(self, start, bars, patterns, beats_per_bar=4, velocity=88):
        """Repeats step patterns: {key: "X...o...", …} (X accent, x stroke, o softer,
        g ghost), any number of steps a bar."""
        loud = {"X": 1.18, "x": 1.0, "o": 0.78, "g": 0.48}
        for bar in range(bars):
            for key, pattern in patterns.items():
                step = beats_per_bar / len(pattern)
                for slot, mark in enumerate(pattern):
                    if mark in loud:
                        self.add(start + bar * beats_per_bar + slot * step, min(step, 0.5), key,
                                 velocity * loud[mark])

    def control(self, start, end, number, first, last, steps=24):
        """Moves a MIDI controller from `first` to `last` between two beats."""
        for step in range(steps + 1):
            along = step / steps
            value = first + (last - first) * along
            self.controls.append((start + (end - start) * along, number, int(value)))

    def pedal(self, changes, end):
        """The sustain pedal, changed at each beat of `changes`, up at `end`."""
        for at in changes:
            self.controls.append((at - 0.04 if at > 0 else 0, 64, 0))
            self.controls.append((at + 0.06, 64, 100))
        self.controls.append((end, 64, 0))


@dataclass
class Piece:
    """A piece and everything that is told about it."""

    slug: str
    title: str
    tempo: list  # [(beat, beats per minute)], straight lines between
    length: float  # beats until the last sound begins to fade
    loudness: float  # integrated LUFS of the master
    room: str = "hall"
    tail: float = 2.5  # seconds after the last beat
    fade: float = 1.5  # seconds of fade at the very end
    swing: float = 0.5  # where the off-beat falls; 0.5 is straight, 0.66 a triplet
    swing_step: float = 1.0  # the length that is swung: a beat (eighths) or half (sixteenths)
    glue: float = 2.0  # ratio of the bus compressor
    air: float = 0.0  # dB of high shelf on the master
    parts: list = field(default_factory=list)
    lyrics: list = field(default_factory=list)  # [(beat, line)]

    def part(self, name, **settings):
        made = Part(name, **settings)
        self.parts.append(made)
        return made

    def swung(self, beat):
        unit = self.swing_step
        whole, inside = divmod(beat, unit)
        inside /= unit
        if inside < 0.5:
            inside *= self.swing / 0.5
        else:
            inside = self.swing + (inside - 0.5) * (1 - self.swing) / 0.5
        return (whole + inside) * unit

    def seconds(self, beat):
        """Where a beat falls in time, before human looseness."""
        beat = self.swung(max(beat, 0.0))
        total, curve = 0.0, self.tempo
        for (a, bpm_a), (b, bpm_b) in zip(curve, curve[1:]):
            if beat <= a:
                break
            reach = min(beat, b)
            bpm_reach = bpm_a + (bpm_b - bpm_a) * (reach - a) / (b - a)
            total += (reach - a) * 120.0 / (bpm_a + bpm_reach)
        if beat > curve[-1][0]:
            total += (beat - curve[-1][0]) * 60.0 / curve[-1][1]
        return total

    @property
    def duration(self):
        return self.seconds(self.length) + self.tail

    def timed(self, part):
        """The part's notes as (start, end, pitch, velocity), humanised by a fixed seed."""
        dice = random.Random(f"{self.slug}/{part.name}")
        drift, events = 0.0, []
        for note in sorted(part.notes, key=lambda n: (n.start, n.pitch)):
            drift = 0.8 * drift + dice.gauss(0, part.loose * 0.35)
            nudge = drift + dice.gauss(0, part.loose * 0.6) - part.early
            start = max(self.seconds(note.start) + nudge, 0.0)
            end = max(self.seconds(note.start + note.length) + nudge, start + 0.03)
            loud = int(min(max(note.velocity + dice.gauss(0, 3.0), 8), 127))
            events.append((start, end, note.pitch, loud))
        return events
