//! How fast analysis is: `cargo bench --bench analysis -- [FILE|FOLDER…]`.
//!
//! Prints for every track, and for all, the seconds of processor time (one core) for
//! decoding, features and mood, times real time, and the whole as a multiple of decoding
//! alone. Without arguments it takes the demo library.

// Its output is what it is for.
#![allow(clippy::print_stdout)]

use maeum::analysis::dsp::{Extracted, Extractor};
use maeum::analysis::reading;
use maeum::decode::{AudioStream, DecodeError};
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// The fastest of so many runs counts: the others met something else on the machine.
const RUNS: usize = 3;

#[derive(Default)]
struct Times {
    audio_secs: f64,
    decode: Duration,
    features: Duration,
    mood: Duration,
}

fn main() {
    // `cargo bench` adds an argument of its own.
    let mut roots: Vec<PathBuf> = std::env::args()
        .skip(1)
        .filter(|argument| argument != "--bench")
        .map(PathBuf::from)
        .collect();
    if roots.is_empty() {
        roots.push(Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/demo"));
    }
    let mut files: Vec<PathBuf> = roots
        .iter()
        .flat_map(walkdir::WalkDir::new)
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file())
        .map(walkdir::DirEntry::into_path)
        .collect();
    files.sort();

    println!(
        "{:>8} {:>9} {:>9} {:>9} {:>8} {:>9}  track",
        "audio s", "decode s", "feat. s", "mood ms", "×real", "×decode"
    );
    let mut all = Times::default();
    let mut tracks = 0u32;
    for file in &files {
        // Covers and texts lie among the music.
        let Ok(times) = measure(file) else { continue };
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        print_row(&times, &name);
        all.audio_secs += times.audio_secs;
        all.decode += times.decode;
        all.features += times.features;
        all.mood += times.mood;
        tracks += 1;
    }
    print_row(&all, &format!("all {tracks} tracks"));
    let whole = all.decode + all.features + all.mood;
    println!(
        "{:.3} s a track; decoding is {:.0} % of it",
        whole.as_secs_f64() / f64::from(tracks.max(1)),
        100.0 * all.decode.as_secs_f64() / whole.as_secs_f64().max(1e-9)
    );
}

fn print_row(times: &Times, name: &str) {
    let whole = (times.decode + times.features + times.mood).as_secs_f64();
    println!(
        "{:8.1} {:9.3} {:9.3} {:9.3} {:8.0} {:9.2}  {name}",
        times.audio_secs,
        times.decode.as_secs_f64(),
        times.features.as_secs_f64(),
        1e3 * times.mood.as_secs_f64(),
        times.audio_secs / whole.max(1e-9),
        whole / times.decode.as_secs_f64().max(1e-9),
    );
}

fn measure(path: &Path) -> Result<Times, DecodeError> {
    let mut times = Times {
        decode: Duration::MAX,
        ..Times::default()
    };
    let mut whole = Duration::MAX;
    let mut extracted = None;
    for _ in 0..RUNS {
        let started = Instant::now();
        decode(path)?;
        times.decode = times.decode.min(started.elapsed());
        let started = Instant::now();
        extracted = Some(extract(path)?);
        whole = whole.min(started.elapsed());
    }
    times.features = whole.saturating_sub(times.decode);
    if let Some(extracted) = extracted {
        times.audio_secs = f64::from(extracted.duration_secs);
        let started = Instant::now();
        black_box(reading::read(&extracted));
        times.mood = started.elapsed();
    }
    Ok(times)
}

fn decode(path: &Path) -> Result<(), DecodeError> {
    let mut stream = AudioStream::open(path)?;
    while let Some(block) = stream.next_block()? {
        black_box(block.samples);
    }
    Ok(())
}

fn extract(path: &Path) -> Result<Extracted, DecodeError> {
    let mut stream = AudioStream::open(path)?;
    let mut extractor = Extractor::new();
    while let Some(block) = stream.next_block()? {
        // A rate that cannot be leaves an empty analysis; its time does not matter here.
        let _ = extractor.push(block);
    }
    Ok(extractor.finish())
}
