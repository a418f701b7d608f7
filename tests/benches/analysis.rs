//! How fast analysis is: `cargo bench --bench analysis -- [--models FOLDER] [FILE|FOLDER…]`.
//!
//! Prints for every track, and for all, the seconds of processor time (one core) of decoding
//! the whole file, of the first look (all that a new track needs: decoding, features and
//! mood) by the rule alone and with the audio model, and of the whole-track pass; and the
//! first look as a multiple of decoding. Without arguments it takes the demo library and the
//! shipped models. `tests/benches/compare.sh` sets other programs beside it.

// Its output is what it is for.
#![allow(clippy::print_stdout)]

use maeum::analysis::{AnalysisError, Analyzer, Control, Wanted};
use maeum::decode::AudioStream;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// The fastest of so many runs counts: the others met something else on the machine.
const RUNS: usize = 3;

#[derive(Default)]
struct Times {
    audio_secs: f64,
    decode: Duration,
    rule: Duration,
    look: Duration,
    whole: Duration,
}

fn main() {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut models = project.join("models");
    let mut roots: Vec<PathBuf> = Vec::new();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            // `cargo bench` adds an argument of its own.
            "--bench" => {}
            "--models" => models = arguments.next().map(PathBuf::from).unwrap_or_default(),
            _ => roots.push(PathBuf::from(argument)),
        }
    }
    if roots.is_empty() {
        roots.push(project.join("assets/demo"));
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
        "{:>8} {:>9} {:>9} {:>9} {:>9} {:>9}  track",
        "audio s", "decode s", "rule s", "look s", "whole s", "×decode"
    );
    let mut analyzer = Analyzer::new(&models);
    let mut all = Times::default();
    let mut tracks = 0u32;
    for file in &files {
        // Covers and texts lie among the music.
        let Ok(times) = measure(&mut analyzer, file) else {
            continue;
        };
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        print_row(&times, &name);
        all.audio_secs += times.audio_secs;
        all.decode += times.decode;
        all.rule += times.rule;
        all.look += times.look;
        all.whole += times.whole;
        tracks += 1;
    }
    print_row(&all, &format!("all {tracks} tracks"));
    println!(
        "{:.4} s a track; {:.0} times real time",
        all.look.as_secs_f64() / f64::from(tracks.max(1)),
        all.audio_secs / all.look.as_secs_f64().max(1e-9),
    );
}

fn print_row(times: &Times, name: &str) {
    println!(
        "{:8.1} {:9.4} {:9.4} {:9.4} {:9.4} {:9.2}  {name}",
        times.audio_secs,
        times.decode.as_secs_f64(),
        times.rule.as_secs_f64(),
        times.look.as_secs_f64(),
        times.whole.as_secs_f64(),
        times.look.as_secs_f64() / times.decode.as_secs_f64().max(1e-9),
    );
}

fn measure(analyzer: &mut Analyzer, path: &Path) -> Result<Times, AnalysisError> {
    let control = Control::new();
    let wanted = |reading| Wanted {
        rule: None,
        reading,
    };
    let mut audio_secs = 0.0;
    let decode = fastest(|| decode(path, &mut audio_secs))?;
    let rule = fastest(|| analyzer.look(path, 0.0, wanted(false), &control).map(drop))?;
    // The model is loaded once a worker, not once a track.
    analyzer.look(path, 0.0, wanted(true), &control)?;
    let look = fastest(|| analyzer.look(path, 0.0, wanted(true), &control).map(drop))?;
    let whole = fastest(|| analyzer.read_whole(path, &control, || false).map(drop))?;
    Ok(Times {
        audio_secs,
        decode,
        rule,
        look,
        whole,
    })
}

fn fastest(mut work: impl FnMut() -> Result<(), AnalysisError>) -> Result<Duration, AnalysisError> {
    let mut best = Duration::MAX;
    for _ in 0..RUNS {
        let before = Clock::read();
        work()?;
        best = best.min(before.elapsed());
    }
    Ok(best)
}

fn decode(path: &Path, audio_secs: &mut f64) -> Result<(), AnalysisError> {
    let mut stream = AudioStream::open(path)?;
    *audio_secs = 0.0;
    while let Some(block) = stream.next_block()? {
        let frames = black_box(block.samples).len() / block.channels.max(1);
        *audio_secs += frames as f64 / f64::from(block.sample_rate_hz.max(1));
    }
    Ok(())
}

/// Processor time of this thread where the system tells it, wall time elsewhere.
struct Clock {
    on_processor: Option<Duration>,
    started: Instant,
}

impl Clock {
    fn read() -> Self {
        Self {
            on_processor: on_processor(),
            started: Instant::now(),
        }
    }

    fn elapsed(&self) -> Duration {
        match (self.on_processor, on_processor()) {
            (Some(before), Some(now)) => now.saturating_sub(before),
            _ => self.started.elapsed(),
        }
    }
}

/// Linux: the first number of `schedstat` is nanoseconds on a processor.
fn on_processor() -> Option<Duration> {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanos = told.split_whitespace().next()?.parse().ok()?;
    Some(Duration::from_nanos(nanos))
}
