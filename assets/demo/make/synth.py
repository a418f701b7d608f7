"""Small synthesizer voices, for what a General MIDI soundfont does not have.

A voice takes timed notes (start s, end s, MIDI pitch, velocity) and returns stereo
samples, shape (2, length), at `RATE`.
"""

import numpy as np
from scipy.signal import butter, sosfilt

RATE = 48_000


def hertz(note):
    return 440.0 * 2 ** ((note - 69) / 12)


def filtered(samples, low=None, high=None, order=2):
    """Keeps what lies between `low` and `high` Hz."""
    for cut, kind in ((low, "highpass"), (high, "lowpass")):
        if cut:
            samples = sosfilt(butter(order, cut, kind, fs=RATE, output="sos"), samples, axis=-1)
    return samples


def envelope(length, attack, release, hold):
    """Rises over `attack`, stays until `hold`, falls over `release` (all seconds)."""
    t = np.arange(length) / RATE
    rise = np.clip(t / max(attack, 1e-4), 0, 1)
    fall = np.clip(1 - (t - hold) / max(release, 1e-4), 0, 1)
    return (np.sin(rise * np.pi / 2) ** 2) * np.where(t > hold, np.sin(fall * np.pi / 2) ** 2, 1)


def saw(phase, freq):
    """A sawtooth with its step rounded (polyBLEP), phase in cycles."""
    dt = freq / RATE
    p = phase % 1.0
    y = 2 * p - 1
    head, tail = p < dt, p > 1 - dt
    a = p[head] / dt
    y[head] -= 2 * a - a * a - 1
    b = (p[tail] - 1) / dt
    y[tail] -= b * b + 2 * b + 1
    return y


def place(out, start, piece):
    """Adds `piece` (channels, n) into `out` at `start` seconds, cut at the end."""
    at = int(start * RATE)
    size = min(piece.shape[-1], out.shape[-1] - at)
    if size > 0:
        out[:, at:at + size] += piece[..., :size]


def pad(notes, length, dice):
    """Slow, wide, soft: seven detuned saws through a low filter that breathes."""
    out = np.zeros((2, length))
    for start, end, note, velocity in notes:
        attack, release = min(1.2, (end - start) * 0.4), 1.8
        size = int((end - start + release) * RATE)
        t = np.arange(size) / RATE
        voice = np.zeros((2, size))
        for number in range(7):
            cents = (number - 3) * 3.4
            freq = hertz(note + cents / 100)
            wave = saw(freq * t + dice.random(), freq)
            pan = 0.5 + 0.42 * np.sin(number * 2.4)
            voice += np.stack([wave * np.cos(pan * np.pi / 2), wave * np.sin(pan * np.pi / 2)])
        dark = filtered(voice, high=520)
        bright = filtered(voice, high=1500)
        breath = 0.35 + 0.35 * np.sin(2 * np.pi * 0.11 * (t + start) - 1.2)
        voice = dark + breath * (bright - dark)
        place(out, start, voice * envelope(size, attack, release, end - start) * velocity / 900)
    return out


def sub(notes, length, dice):
    """A round bass under everything: a sine with a little second harmonic."""
    out = np.zeros((2, length))
    for start, end, note, velocity in notes:
        size = int((end - start + 0.15) * RATE)
        t = np.arange(size) / RATE
        freq = hertz(note)
        wave = np.sin(2 * np.pi * freq * t) + 0.25 * np.sin(4 * np.pi * freq * t)
        wave = np.tanh(1.4 * wave) * envelope(size, 0.012, 0.14, end - start)
        place(out, start, np.stack([wave, wave]) * velocity / 200)
    return out


def pulse(notes, length, dice):
    """A plucked, filtered saw for ostinatos; a harder stroke opens the filter further."""
    out = np.zeros((2, length))
    for number, (start, end, note, velocity) in enumerate(notes):
        size = int((end - start + 0.25) * RATE)
        t = np.arange(size) / RATE
        freq = hertz(note)
        left = saw(freq * 1.003 * t + dice.random(), freq) + 0.5 * saw(freq * 0.5 * t, freq * 0.5)
        right = saw(freq * 0.997 * t + dice.random(), freq) + 0.5 * saw(freq * 0.5 * t, freq * 0.5)
        voice = np.stack([left, right])
        hard = velocity / 127
        dark = filtered(voice, high=300 + 500 * hard)
        bright = filtered(voice, high=900 + 3600 * hard * hard)
        sweep = np.exp(-t / 0.09)
        voice = (dark + sweep * (bright - dark)) * envelope(size, 0.003, 0.12, end - start)
        side = 0.25 * (-1) ** number
        place(out, start, voice * np.array([[1 - side], [1 + side]]) * velocity / 400)
    return out


def grind(notes, length, dice):
    """An angry bass: stacked saws driven into clipping, with a biting filter."""
    out = np.zeros((2, length))
    for start, end, note, velocity in notes:
        size = int((end - start + 0.06) * RATE)
        t = np.arange(size) / RATE
        freq = hertz(note)
        voice = sum(saw(freq * d * t + dice.random(), freq) for d in (0.994, 1.0, 1.007))
        square = np.sign(np.sin(2 * np.pi * freq * 0.5 * t))
        voice = np.tanh(2.2 * (voice + 0.8 * square))
        bite = filtered(voice, high=3200) * np.exp(-t / 0.2) + filtered(voice, high=900)
        voice = np.tanh(1.6 * bite) * envelope(size, 0.003, 0.05, end - start)
        place(out, start, np.stack([voice, voice]) * velocity / 300)
    return out


def lead(notes, length, dice):
    """A singing lead: two pulses, a late vibrato, a soft top."""
    out = np.zeros((2, length))
    for start, end, note, velocity in notes:
        size = int((end - start + 0.12) * RATE)
        t = np.arange(size) / RATE
        depth = np.clip((t - 0.25) / 0.3, 0, 1) * 0.16
        freq = hertz(note + depth * np.sin(2 * np.pi * 5.4 * t) - 0.35 * np.exp(-t / 0.03))
        phase = np.cumsum(freq) / RATE
        one = saw(phase, hertz(note)) - saw(phase + 0.34, hertz(note))
        two = saw(phase * 1.004, hertz(note))
        voice = filtered(0.7 * one + 0.5 * two, high=2600 + velocity * 14)
        voice *= envelope(size, 0.012, 0.11, end - start)
        place(out, start, np.stack([voice, np.roll(voice, 90)]) * velocity / 400)
    return out


def sea(notes, length, dice):
    """A wave that comes in over the first half of a note and draws back."""
    out = np.zeros((2, length))
    for start, end, _, velocity in notes:
        size = int((end - start) * RATE)
        along = np.linspace(0, 1, size)
        noise = dice.standard_normal((2, size))
        near = filtered(noise, low=250, high=1900)
        far = filtered(noise, low=90, high=420)
        crest = np.exp(-(((along - 0.45) / 0.17) ** 2))
        body = np.sin(np.pi * along) ** 2
        place(out, start, (0.5 * near * crest + 1.6 * far * body) * velocity / 500)
    return out


def dust(notes, length, dice):
    """The floor of an old record: soft hiss and sparse crackle."""
    out = np.zeros((2, length))
    for start, end, _, velocity in notes:
        size = int((end - start) * RATE)
        hiss = filtered(dice.standard_normal((2, size)), low=1800, high=6500) * 0.03
        clicks = (dice.random((2, size)) < 9 / RATE) * dice.standard_normal((2, size))
        crackle = filtered(clicks, low=900, high=5200) * 1.6
        place(out, start, (hiss + crackle) * envelope(size, 1.0, 1.0, end - start - 1)
              * velocity / 300)
    return out


def tick(notes, length, dice):
    """A clock on the wall."""
    out = np.zeros((2, length))
    for start, _, note, velocity in notes:
        size = int(0.09 * RATE)
        t = np.arange(size) / RATE
        ring = np.sin(2 * np.pi * hertz(note) * t) * np.exp(-t / 0.008)
        snap = filtered(dice.standard_normal(size), low=2500) * np.exp(-t / 0.003)
        place(out, start, np.stack([ring + 0.6 * snap] * 2) * velocity / 250)
    return out


def boom(notes, length, dice):
    """A deep stroke: falling sine, a thud on top."""
    out = np.zeros((2, length))
    for start, _, note, velocity in notes:
        size = int(1.4 * RATE)
        t = np.arange(size) / RATE
        freq = hertz(note) * (1 + 1.6 * np.exp(-t / 0.035))
        body = np.sin(2 * np.pi * np.cumsum(freq) / RATE) * np.exp(-t / 0.32)
        thud = filtered(dice.standard_normal(size), high=700) * np.exp(-t / 0.02)
        voice = np.tanh(1.5 * (body + 0.5 * thud))
        place(out, start, np.stack([voice, voice]) * velocity / 180)
    return out


def riser(notes, length, dice):
    """Noise that climbs for the whole note and stops dead."""
    out = np.zeros((2, length))
    for start, end, _, velocity in notes:
        size = int((end - start) * RATE)
        along = np.linspace(0, 1, size)
        noise = dice.standard_normal((2, size))
        low = filtered(noise, low=200, high=900)
        high = filtered(noise, low=1500, high=6000)
        voice = (low * (1 - along) + high * along) * along ** 2.4
        place(out, start, voice * envelope(size, 0.05, 0.02, end - start - 0.02) * velocity / 400)
    return out


VOICES = {
    "pad": pad, "sub": sub, "pulse": pulse, "grind": grind, "lead": lead, "sea": sea,
    "dust": dust, "tick": tick, "boom": boom, "riser": riser,
}
