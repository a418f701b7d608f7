"""What a score says of each moment of a piece, known exactly where we play it ourselves: the student
learns to hear it, and valence and arousal lean on it.

Listeners agree that music in a clear major key without foreign notes is happier, that minor, chromatic and
dissonant music is less pleasant, and that many short notes excite (Gabrielsson & Lindström 2010)."""

import numpy as np

import midi

# Seconds that are looked at together, as many as a patch has; from one look to the next.
WINDOW, HOP = 3.0, 0.5
NAMES = ("mode", "clarity", "foreign", "onsets", "notes", "pitch")
# A long note counts as much as one of a second.
LONGEST = 1.0
# Onsets nearer to each other than this are one.
TOGETHER = 0.03
# Seconds of notes without which there is silence.
SOUNDING = 0.05
# Of the standardised numbers above. Mode, clarity, purity of the key alike, liveliness half as much.
VALENCE = np.array([1.0, 1.0, -1.0, 0.5, 0.0, 0.0])
AROUSAL = np.array([0.0, 0.0, 0.0, 0.5, 1.0, 0.0])

_unit = lambda profile: (profile - profile.mean()) / profile.std()
_PROFILES = np.array([np.roll(_unit(profile), tonic) for profile in (midi.MAJOR, midi.MINOR) for tonic in range(12)])
# Minor with both sevenths.
_SCALES = np.array([np.roll(np.isin(np.arange(12), degrees), tonic) for degrees in ([0, 2, 4, 5, 7, 9, 11], [0, 2, 3, 5, 7, 8, 10, 11]) for tonic in range(12)])


def of(version: midi.Version) -> np.ndarray:
    """[looks, NAMES and shares of the twelve pitch classes]: best major minus best minor key, how well the
    best key fits, the share of notes foreign to it, log onsets and log notes a second, mean pitch. The first
    look is at seconds 0 to WINDOW."""
    piece = version.piece
    start = np.array([note.start for note in piece.notes])
    end = start + np.array([note.secs for note in piece.notes])
    pitch = np.array([note.pitch for note in piece.notes])
    halves = np.arange(int(piece.secs / piece.beat * 2)) * piece.beat / 2 if version.drums else np.zeros(0)
    onsets = np.unique(np.round(np.concatenate([start, halves]) / TOGETHER)) * TOGETHER
    first = np.arange(0.0, max(piece.secs - WINDOW, 0.0) + HOP, HOP)[:, None]
    last = first + WINDOW
    secs = np.clip(np.minimum(end, last) - np.maximum(start, first), 0, LONGEST)
    chroma = secs @ np.eye(12)[pitch % 12]
    total = chroma.sum(1, keepdims=True)
    spread = chroma.std(1, keepdims=True)
    fits = (chroma - chroma.mean(1, keepdims=True)) / (spread + 1e-9) @ _PROFILES.T / 12
    own = (chroma * _SCALES[fits.argmax(1)]).sum(1)
    each_second = lambda at: ((at >= first) & (at < last)).sum(1) / WINDOW
    total = np.where(total < SOUNDING, np.nan, total)
    numbers = [fits[:, :12].max(1) - fits[:, 12:].max(1), fits.max(1), 1 - own / total[:, 0]]
    numbers += [np.log(each_second(onsets) + 0.3), np.log(each_second(start) + 0.3), secs @ pitch / total[:, 0]]
    found = np.concatenate([np.stack(numbers, 1), chroma / total], 1)
    # Where nothing sounds, nothing is said.
    return np.where(total > 0, found, np.nan).astype(np.float32)
