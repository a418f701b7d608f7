"""From a score to a master: stems, mixing desk, rooms, mastering, encoding."""

import hashlib
import json
import subprocess
from functools import lru_cache
from pathlib import Path

import mido
import numpy as np
import pyloudnorm
import soundfile
from scipy.ndimage import minimum_filter1d, uniform_filter1d
from scipy.signal import fftconvolve, lfilter, resample_poly

from synth import RATE, VOICES, filtered

SOUNDFONT = Path("/usr/share/sounds/sf2/FluidR3_GM.sf2")
# Lossy coding moves peaks up by a decibel or two; the published ceiling is -1 dBTP.
CEILING_DB = -3.2
METER = pyloudnorm.Meter(RATE)
TICKS = 960  # a beat; at 120 beats a minute a tick is 0.52 ms


def decibels(value):
    return 10 ** (value / 20)


def breathing(events, channel):
    """Controllers that let a long note swell (11) and begin to vibrate (1)."""
    for start, end, _, _ in events:
        long = end - start
        for step in range(12 if long > 0.45 else 1):
            along = step / 11
            swell = 92 + 30 * np.sin(np.pi * min(along * 1.25, 1.0)) - 14 * along
            wave = 48 * np.clip((along * long - 0.25) / 0.5, 0, 1)
            for control, value in ((11, swell if long > 0.45 else 106), (1, wave)):
                yield start + along * long * 0.97, 0, mido.Message(
                    "control_change", channel=channel, control=control, value=int(value))


def write_midi(part, events, piece, path):
    """One part as a MIDI file. Time is already in seconds, so the file keeps 120 bpm."""
    channel = 9 if part.drums else 0
    messages = []
    for start, end, note, velocity in events:
        messages.append((start, 2, mido.Message("note_on", channel=channel, note=note,
                                                velocity=velocity)))
        messages.append((end, 1, mido.Message("note_off", channel=channel, note=note)))
    for beat, number, value in part.controls:
        messages.append((piece.seconds(beat), 0, mido.Message(
            "control_change", channel=channel, control=number, value=min(max(value, 0), 127))))
    for beat, semitones in part.bends:
        messages.append((piece.seconds(beat), 0, mido.Message(
            "pitchwheel", channel=channel, pitch=int(semitones / 2 * 8191))))
    if part.breath:
        messages.extend(breathing(events, channel))
    track = mido.MidiTrack()
    if not part.drums:
        track.append(mido.Message("control_change", channel=channel, control=0, value=part.bank))
    track.append(mido.Message("program_change", channel=channel, program=part.program))
    before = 0
    for at, _, message in sorted(messages, key=lambda m: (m[0], m[1])):
        tick = round(at * 2 * TICKS)
        track.append(message.copy(time=tick - before))
        before = tick
    track.append(mido.MetaMessage("end_of_track", time=TICKS * 6))
    midi = mido.MidiFile(ticks_per_beat=TICKS)
    midi.tracks.append(track)
    midi.save(path)


def stem(part, piece, length, work):
    """The part alone, dry, shape (2, length)."""
    events = piece.timed(part)
    if part.synth:
        seed = int.from_bytes(hashlib.sha256(f"{piece.slug}/{part.name}".encode()).digest()[:4])
        return VOICES[part.synth](events, length, np.random.default_rng(seed))
    midi = work / f"{piece.slug}.{part.name}.mid"
    write_midi(part, events, piece, midi)
    wave = work / f"{hashlib.sha256(midi.read_bytes()).hexdigest()[:24]}.wav"
    if not wave.exists():
        subprocess.run(
            ["fluidsynth", "-ni", "-q", "-R", "0", "-C", "0", "-g", "0.5", "-r", str(RATE),
             "-o", "synth.polyphony=512", "-O", "float", "-T", "wav", "-F", wave,
             SOUNDFONT, midi],
            check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    samples, rate = soundfile.read(wave, dtype="float64", always_2d=True)
    assert rate == RATE
    samples = samples.T[:, :length]
    return np.pad(samples, ((0, 0), (0, length - samples.shape[1])))


def peak_filter(samples, centre, gain_db, q=1.0):
    """A bell of `gain_db` at `centre` Hz."""
    a, w = decibels(gain_db) ** 0.5, 2 * np.pi * centre / RATE
    alpha = np.sin(w) / (2 * q)
    b = [1 + alpha * a, -2 * np.cos(w), 1 - alpha * a]
    d = [1 + alpha / a, -2 * np.cos(w), 1 - alpha / a]
    return lfilter(np.array(b) / d[0], np.array(d) / d[0], samples, axis=-1)


def driven(samples, amount):
    """Valve-like clipping, four times oversampled so that it stays free of aliases."""
    peak = np.percentile(np.abs(samples), 99.5) + 1e-9
    up = resample_poly(samples / peak, 4, 1, axis=-1)
    up = np.tanh(amount * (up + 0.06)) - np.tanh(amount * 0.06)
    return resample_poly(up, 1, 4, axis=-1)


def cabinet(samples):
    """What a closed-back guitar cabinet leaves of a driven signal."""
    samples = filtered(samples, low=85, high=4800, order=3)
    samples = peak_filter(samples, 120, 3.0, 1.2)
    samples = peak_filter(samples, 420, -3.0, 0.9)
    return peak_filter(samples, 2400, 4.0, 1.1)


ROOMS = {  # seconds of decay low, mid, high; pre-delay s; brightness Hz
    "booth": (0.30, 0.28, 0.20, 0.004, 7000),
    "room": (0.8, 0.7, 0.45, 0.010, 7500),
    "plate": (1.5, 1.6, 1.0, 0.018, 9000),
    "hall": (2.6, 2.3, 1.2, 0.028, 6500),
    "church": (4.8, 4.2, 1.9, 0.045, 5200),
}


@lru_cache(maxsize=None)
def impulse(room):
    """A stereo impulse response: early reflections, then noise that decays faster the
    higher it is. Unit energy."""
    low, mid, high, delay, bright = ROOMS[room]
    dice = np.random.default_rng(sum(map(ord, room)))
    size = int(max(low, mid) * 1.15 * RATE)
    t = np.arange(size) / RATE
    noise = dice.standard_normal((2, size))
    tail = (filtered(noise, high=320) * 1.2 * np.exp(-6.9 * t / low)
            + filtered(noise, low=320, high=2600) * np.exp(-6.9 * t / mid)
            + filtered(noise, low=2600, high=bright) * 0.9 * np.exp(-6.9 * t / high))
    tail *= np.clip(t / 0.03, 0, 1)
    for reflection in range(9):
        at = int((0.006 + 0.055 * dice.random()) * RATE)
        if at < size:
            tail[reflection % 2, at] += (1.6 - 0.13 * reflection) * (-1) ** reflection
    response = np.pad(tail, ((0, 0), (int(delay * RATE), 0)))
    response = filtered(response, low=140)
    return response / np.sqrt((response ** 2).sum(axis=1).mean())


def loudness(samples):
    value = METER.integrated_loudness(samples.T)
    return value if np.isfinite(value) else -70.0


def mixed(piece, work):
    """All parts through the desk into one stereo sum."""
    length = int(piece.duration * RATE)
    dry, wet = np.zeros((2, length)), np.zeros((2, length))
    for part in piece.parts:
        if not part.notes:
            continue
        samples = stem(part, piece, length, work)
        if part.drive:
            samples = driven(samples, part.drive)
        if part.cabinet:
            samples = cabinet(samples)
        samples = filtered(samples, part.low_cut or None, part.high_cut or None)
        middle, side = samples.mean(axis=0), (samples[0] - samples[1]) / 2 * part.width
        samples = np.stack([middle + side, middle - side])
        angle = (part.pan + 1) * np.pi / 4
        samples *= np.array([[np.cos(angle)], [np.sin(angle)]]) * np.sqrt(2)
        samples *= decibels(part.level - loudness(samples))
        dry += samples
        wet += samples * part.send
    response = impulse(piece.room)
    reverb = np.stack([fftconvolve(wet[c], response[c])[:length] for c in range(2)])
    return dry + reverb


def compressed(samples, ratio, threshold_db=-18.0):
    """The bus compressor: 15 ms up, 180 ms down, soft, one gain for both sides."""
    if ratio <= 1:
        return samples
    hop = 64
    blocks = samples.shape[1] // hop + 1
    padded = np.pad(samples, ((0, 0), (0, blocks * hop - samples.shape[1])))
    power = (padded ** 2).reshape(2, blocks, hop).mean(axis=(0, 2))
    level = 10 * np.log10(power + 1e-10)
    over = np.logaddexp(0, (level - threshold_db) / 3.0) * 3.0
    wanted = -over * (1 - 1 / ratio)
    up, down = np.exp(-hop / RATE / 0.015), np.exp(-hop / RATE / 0.180)
    gain, now = np.empty(blocks), 0.0
    for block, want in enumerate(wanted):
        keep = up if want < now else down
        now = keep * now + (1 - keep) * want
        gain[block] = now
    curve = np.interp(np.arange(samples.shape[1]), np.arange(blocks) * hop + hop / 2, gain)
    return samples * decibels(curve)


def limited(samples, ceiling_db):
    """A look-ahead limiter on true peaks (four times oversampled)."""
    true = np.abs(resample_poly(samples, 4, 1, axis=-1)).max(axis=0)
    true = true[: samples.shape[1] * 4].reshape(-1, 4).max(axis=1)
    gain = np.minimum(1.0, decibels(ceiling_db) / np.maximum(true, 1e-9))
    window = int(0.004 * RATE) | 1
    gain = minimum_filter1d(gain, 2 * window + 1)
    release = int(0.040 * RATE) | 1
    smooth = uniform_filter1d(minimum_filter1d(gain, release), release)
    return samples * np.minimum(uniform_filter1d(gain, window), smooth)


def mastered(piece, work):
    """The finished sound, shape (2, length), loudness as the piece asks."""
    samples = filtered(mixed(piece, work), low=28)
    if piece.air:
        samples = samples + filtered(samples, low=6500) * (decibels(piece.air) - 1)
    samples *= decibels(-18.0 - loudness(samples))
    samples = compressed(samples, piece.glue)
    fade = int(piece.fade * RATE)
    samples[:, -fade:] *= np.cos(np.linspace(0, np.pi / 2, fade)) ** 2
    base = samples
    boost = piece.loudness - loudness(base)
    for _ in range(4):
        samples = base * decibels(boost)
        if piece.loudness > -13:
            samples = np.tanh(samples * 0.9) / 0.9
        samples = limited(samples, CEILING_DB)
        boost += piece.loudness - loudness(samples)
    return samples


CODECS = {
    "opus": ["-c:a", "libopus", "-vbr", "on", "-application", "audio"],
    "ogg": ["-c:a", "libvorbis"],
    "mp3": ["-c:a", "libmp3lame", "-id3v2_version", "0", "-write_xing", "1"],
    "m4a": ["-c:a", "aac", "-movflags", "+faststart"],
    "flac": ["-c:a", "flac", "-compression_level", "12", "-sample_fmt", "s16"],
}


def encode(samples, path, quality):
    """Writes `samples` in the format of the path's ending. `quality` are ffmpeg's words."""
    codec = CODECS[path.suffix[1:]]
    rate = ["-ar", "44100"] if path.suffix in (".mp3", ".ogg", ".m4a") else []
    command = ["ffmpeg", "-v", "error", "-y", "-f", "f32le", "-ar", str(RATE), "-ac", "2",
               "-i", "-", "-map_metadata", "-1", "-fflags", "+bitexact", "-flags:a", "+bitexact",
               *codec, *quality, *rate, str(path)]
    subprocess.run(command, input=samples.T.astype("<f4").tobytes(), check=True)


def duration_of(path):
    told = subprocess.run(["ffprobe", "-v", "error", "-show_format", "-of", "json", str(path)],
                          check=True, capture_output=True).stdout
    return float(json.loads(told)["format"]["duration"])
