#!/usr/bin/env bash
# Sets the analysis beside other programs on the same files, in seconds of processor time:
#
#     tests/benches/compare.sh FOLDER [SCRATCH]
#
# ffmpeg decodes to nothing; bliss-audio (GPL, so never a dependency: a program of three lines
# is built in the scratch folder) analyzes; librosa computes MFCC, chroma, contrast, tempo and
# HPSS for the first LIBROSA_FILES files, in a virtual environment in the scratch folder.
# What is not installed is left out. Prints a table for the README.
set -euo pipefail

here=$(cd "$(dirname "$0")/../.." && pwd)
folder=$(realpath "${1:?which folder of music?}")
scratch=${2:-${TMPDIR:-/tmp}/maeum-compare}
librosa_files=${LIBROSA_FILES:-5}
mkdir -p "$scratch"
find "$folder" -type f \( -iname '*.ogg' -o -iname '*.opus' -o -iname '*.mp3' -o -iname '*.flac' \
    -o -iname '*.m4a' -o -iname '*.wav' \) | sort > "$scratch/files"

# Seconds of processor time of a command and of all that it starts.
cpu() {
    local TIMEFORMAT='%U %S'
    { time "$@" > "$scratch/out" 2> "$scratch/err"; } 2>&1 | awk '{ print $1 + $2 }'
}

echo "ours…" >&2
(cd "$here" && cargo bench ${CARGO_BENCH_PROFILE:+--profile "$CARGO_BENCH_PROFILE"} \
    --bench analysis -- "$folder") > "$scratch/ours"
read -r audio decode rule look whole _ < <(grep 'all [0-9]* tracks' "$scratch/ours")

ffmpeg_secs=-
if command -v ffmpeg > /dev/null; then
    echo "ffmpeg…" >&2
    ffmpeg_all() {
        while read -r file; do
            ffmpeg -nostdin -v error -threads 1 -i "$file" -vn -f null - < /dev/null
        done < "$scratch/files"
    }
    ffmpeg_secs=$(cpu ffmpeg_all)
fi

bliss_secs=-
if command -v cargo > /dev/null; then
    echo "bliss-audio…" >&2
    if [ ! -x "$scratch/bliss/target/release/bliss" ]; then
        mkdir -p "$scratch/bliss/src"
        cat > "$scratch/bliss/Cargo.toml" <<'TOML'
[package]
name = "bliss"
version = "0.0.0"
edition = "2021"

[dependencies]
bliss-audio = { version = "0.13", default-features = false, features = ["symphonia-all"] }

[workspace]
TOML
        cat > "$scratch/bliss/src/main.rs" <<'RUST'
use bliss_audio::decoder::{symphonia::SymphoniaDecoder, Decoder};

fn main() {
    for file in std::io::stdin().lines().map_while(Result::ok) {
        if let Err(error) = SymphoniaDecoder::song_from_path(&file) {
            eprintln!("{file}: {error}");
        }
    }
}
RUST
        (cd "$scratch/bliss" && unset CARGO_TARGET_DIR && cargo build --release --quiet) || true
    fi
    if [ -x "$scratch/bliss/target/release/bliss" ]; then
        bliss_all() { "$scratch/bliss/target/release/bliss" < "$scratch/files"; }
        bliss_secs=$(cpu bliss_all)
    fi
fi

librosa_secs=-
if command -v python3 > /dev/null; then
    echo "librosa…" >&2
    if [ ! -x "$scratch/venv/bin/python" ]; then
        python3 -m venv "$scratch/venv" && "$scratch/venv/bin/pip" --quiet install librosa || true
    fi
    cat > "$scratch/features.py" <<'PYTHON'
import sys
import time

import librosa

librosa.feature.mfcc(y=librosa.chirp(fmin=50, fmax=5000, duration=3))  # compiles and loads
audio = spent = 0.0
for path in sys.stdin.read().split("\n")[: int(sys.argv[1])]:
    if not path:
        continue
    y, rate = librosa.load(path)
    before = time.process_time()
    librosa.feature.mfcc(y=y, sr=rate)
    librosa.feature.chroma_stft(y=y, sr=rate)
    librosa.feature.spectral_contrast(y=y, sr=rate)
    librosa.beat.beat_track(y=y, sr=rate)
    librosa.effects.hpss(y)
    spent += time.process_time() - before
    audio += len(y) / rate
print(audio, spent)
PYTHON
    if OMP_NUM_THREADS=1 "$scratch/venv/bin/python" "$scratch/features.py" "$librosa_files" \
        < "$scratch/files" > "$scratch/librosa" 2> "$scratch/librosa.err"; then
        librosa_secs=$(awk -v all="$audio" '{ print all * $2 / $1 }' "$scratch/librosa")
    fi
fi

row() {
    awk -v name="$1" -v secs="$2" -v decode="$decode" -v look="$look" 'BEGIN {
        if (secs == "-") exit
        printf "| %s | %.2f | %.2f | %.2f |\n", name, secs, secs / decode, look / secs
    }'
}
echo "$(wc -l < "$scratch/files") files, $audio s of music"
echo "| | processor s | × decoding | the first look costs × |"
echo "|---|---|---|---|"
row "decoding with symphonia" "$decode"
row "decoding with ffmpeg" "$ffmpeg_secs"
row "**first look: decoding, features, audio model**" "$look"
row "first look by the rule alone" "$rule"
row "whole-track pass" "$whole"
row "bliss-audio" "$bliss_secs"
row "librosa: MFCC, chroma, contrast, tempo, HPSS (without decoding)" "$librosa_secs"
