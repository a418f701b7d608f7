#!/usr/bin/env python3
"""Measures the finished demo library with librosa and says whether it holds together.

Decodes every file, computes what the player's first mood reading uses, z-scores it among
these pieces, and prints where each stands. Exits with 1 when a peak is over -1 dBTP, a
piece falls silent in the middle or ends abruptly, or the moods do not come out in order.
"""

import subprocess
import sys
from pathlib import Path

import librosa
import numpy as np
import pyloudnorm
from scipy.signal import resample_poly

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from catalogue import ALBUMS  # noqa: E402
from make import file_stem  # noqa: E402

RATE = 48_000
MAJOR = np.array([6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88])
MINOR = np.array([6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17])
HIGH, LOW = {"happy", "tense", "angry"}, {"peaceful", "sad", "neutral"}
BRIGHT, DARK = {"happy", "romantic", "peaceful"}, {"sad", "tense", "angry"}


def decoded(path):
    raw = subprocess.run(["ffmpeg", "-v", "error", "-i", str(path), "-f", "f32le", "-ar", str(RATE),
                          "-ac", "2", "-"], check=True, capture_output=True).stdout
    return np.frombuffer(raw, "<f4").reshape(-1, 2).T.astype(np.float64)


def best_correlation(chroma, profile):
    return max(np.corrcoef(chroma, np.roll(profile, key))[0, 1] for key in range(12))


def measured(path):
    stereo = decoded(path)
    mono = librosa.resample(stereo.mean(axis=0), orig_sr=RATE, target_sr=22_050)
    spectrum = np.abs(librosa.stft(mono))
    rms = librosa.feature.rms(S=spectrum)[0]
    loud = rms > 10 ** (-60 / 20)
    chroma = librosa.feature.chroma_stft(S=spectrum ** 2, sr=22_050).mean(axis=1)
    onsets = librosa.onset.onset_detect(y=mono, sr=22_050)
    tempo = float(np.atleast_1d(librosa.feature.tempo(y=mono, sr=22_050))[0])
    # Beats of silence inside: the longest run under -55 dBFS before the last two seconds.
    hop = RATE // 20
    level = 20 * np.log10(np.sqrt((stereo[:, : stereo.shape[1] // hop * hop] ** 2).mean(axis=0)
                                  .reshape(-1, hop).mean(axis=1)) + 1e-9)
    run = longest = 0
    for quiet in level[10:-60] < -55:
        run = run + 1 if quiet else 0
        longest = max(longest, run)
    return {
        "seconds": stereo.shape[1] / RATE,
        "lufs": pyloudnorm.Meter(RATE).integrated_loudness(stereo.T),
        "true_peak": 20 * np.log10(np.abs(resample_poly(stereo, 4, 1, axis=1)).max()),
        "gap": longest / 20,
        "end_db": float(level[-1]),
        "onset_rate": len(onsets) / (stereo.shape[1] / RATE),
        "rms_db": 20 * np.log10(rms[loud].mean()),
        "log_centroid": np.log(librosa.feature.spectral_centroid(S=spectrum, sr=22_050)[0][loud]
                               .mean()),
        "flux": float(np.maximum(np.diff(np.log1p(spectrum), axis=1), 0).mean()),
        "log2_tempo": np.log2(tempo),
        "mode": best_correlation(chroma, MAJOR) - best_correlation(chroma, MINOR),
        "log_flatness": np.log(librosa.feature.spectral_flatness(S=spectrum)[0][loud].mean()),
    }


def main():
    rows = []
    for album in ALBUMS:
        for number, track in enumerate(album.tracks, 1):
            piece = track.compose()
            path = HERE.parent / album.title / f"{file_stem(number, piece.title)}.{track.ending}"
            rows.append((track.mood, piece.slug, measured(path)))
    z = {}
    for key in rows[0][2]:
        values = np.array([row[2][key] for row in rows])
        z[key] = (values - values.mean()) / (values.std() + 1e-9)
    arousal = (0.40 * z["onset_rate"] + 0.25 * z["rms_db"] + 0.20 * z["log_centroid"]
               + 0.15 * z["flux"] + 0.10 * z["log2_tempo"])
    valence = (0.55 * z["mode"] + 0.20 * z["onset_rate"] + 0.15 * z["log2_tempo"]
               + 0.10 * z["log_centroid"] - 0.10 * z["rms_db"] - 0.10 * z["log_flatness"])
    print(f"{'mood':9} {'piece':10} {'s':>5} {'LUFS':>6} {'dBTP':>6} {'on/s':>5} {'bpm':>6} "
          f"{'mode':>6} {'centr':>6} {'gap':>4} {'end':>6} {'valence':>8} {'arousal':>8}")
    faults = []
    for i in sorted(range(len(rows)), key=lambda i: (rows[i][0], rows[i][1])):
        mood, slug, m = rows[i]
        print(f"{mood:9} {slug:10} {m['seconds']:5.1f} {m['lufs']:6.1f} {m['true_peak']:6.1f} "
              f"{m['onset_rate']:5.2f} {2 ** m['log2_tempo']:6.1f} {m['mode']:6.2f} "
              f"{np.exp(m['log_centroid']):6.0f} {m['gap']:4.1f} {m['end_db']:6.1f} "
              f"{valence[i]:8.2f} {arousal[i]:8.2f}")
        if m["true_peak"] > -1.0:
            faults.append(f"{slug}: peaks at {m['true_peak']:.1f} dBTP")
        if m["gap"] > 1.0:
            faults.append(f"{slug}: silent for {m['gap']:.1f} s")
        if m["end_db"] > -45:
            faults.append(f"{slug}: ends abruptly at {m['end_db']:.0f} dB")

    def ordered(values, above, below, what):
        over = [(values[i], rows[i][1]) for i in range(len(rows)) if rows[i][0] in above]
        under = [(values[i], rows[i][1]) for i in range(len(rows)) if rows[i][0] in below]
        print(f"{what}: lowest of {sorted(above)} {min(over)[0]:.2f} ({min(over)[1]}), "
              f"highest of {sorted(below)} {max(under)[0]:.2f} ({max(under)[1]})")
        if min(over)[0] <= max(under)[0]:
            faults.append(f"{what}: {min(over)[1]} is not above {max(under)[1]}")

    ordered(arousal, HIGH, LOW, "arousal")
    ordered(valence, BRIGHT, DARK, "valence")
    for fault in faults:
        print("FAULT", fault)
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
