//! Features against librosa's, on signals that both sides make by the same formulas and on
//! excerpts of our own music.
//!
//! `tests/fixtures/analysis/make_reference.py` wrote the numbers and documents how. The
//! tolerances below are the promise: equal definitions agree within rounding and the
//! every-second-frame shortcut; tempo, onsets and percussion differ on purpose
//! (see `src/analysis/dsp/`) and are held to what a listener would notice.

use maeum::analysis::dsp::Extractor;
use maeum::decode::{AudioStream, Block};
use maeum::library::Features;
use serde_json::Value;
use std::f64::consts::TAU;
use std::path::Path;

const RATE: u32 = 22_050;
const C_MAJOR: [[i32; 3]; 4] = [[60, 64, 67], [65, 69, 72], [67, 71, 74], [60, 64, 67]];
const A_MINOR: [[i32; 3]; 4] = [[57, 60, 64], [62, 65, 69], [64, 68, 71], [57, 60, 64]];

/// Interleaved channels at a rate.
struct Signal {
    rate_hz: u32,
    channels: Vec<Vec<f64>>,
}

impl Signal {
    fn mono(samples: Vec<f64>) -> Self {
        Self {
            rate_hz: RATE,
            channels: vec![samples],
        }
    }

    fn features(&self) -> Features {
        let len = self.channels[0].len();
        let interleaved: Vec<f32> = (0..len)
            .flat_map(|i| self.channels.iter().map(move |channel| channel[i] as f32))
            .collect();
        features_of(&interleaved, self.channels.len(), self.rate_hz)
    }
}

fn features_of(interleaved: &[f32], channels: usize, sample_rate_hz: u32) -> Features {
    let mut extractor = Extractor::new();
    for samples in interleaved.chunks(1152 * channels) {
        let block = Block {
            samples,
            channels,
            sample_rate_hz,
        };
        extractor.push(block).unwrap();
    }
    extractor.finish().features
}

fn times(secs: f64, rate_hz: u32) -> impl Iterator<Item = f64> {
    (0..(secs * f64::from(rate_hz)) as u32).map(move |i| f64::from(i) / f64::from(rate_hz))
}

fn sine(secs: f64) -> Vec<f64> {
    times(secs, RATE)
        .map(|t| 0.5 * (TAU * 440.0 * t).sin())
        .collect()
}

fn chirp(secs: f64) -> Vec<f64> {
    let slope = 0.5 * (8000.0 - 100.0) / secs;
    times(secs, RATE)
        .map(|t| 0.5 * (TAU * (100.0 * t + slope * t * t)).sin())
        .collect()
}

fn clicks(secs: f64, rate_hz: u32, bpm: f64) -> Vec<f64> {
    times(secs, rate_hz)
        .map(|t| t % (60.0 / bpm))
        .map(|since| 0.8 * (TAU * 1000.0 * since).sin() * (-60.0 * since).exp())
        .collect()
}

fn chords(secs: f64, rate_hz: u32, progression: &[[i32; 3]; 4]) -> Vec<f64> {
    let each = secs / progression.len() as f64;
    times(secs, rate_hz)
        .map(|t| {
            let which = ((t / each) as usize).min(progression.len() - 1);
            let since = t - which as f64 * each;
            let mut sum = 0.0;
            for note in progression[which] {
                let hz = 440.0 * (f64::from(note - 69) / 12.0).exp2();
                for harmonic in 1..5 {
                    let harmonic = f64::from(harmonic);
                    sum += (TAU * hz * harmonic * since).sin() / harmonic;
                }
            }
            0.1 * sum * (-1.5 * since).exp()
        })
        .collect()
}

fn noise(secs: f64, rate_hz: u32) -> Vec<f64> {
    let mut state = 1u64;
    times(secs, rate_hz)
        .map(|_| {
            state = state
                .wrapping_mul(6364136223846793005)
                .wrapping_add(1442695040888963407);
            0.3 * ((state >> 40) as f64 / f64::from(1 << 23) - 1.0)
        })
        .collect()
}

fn mix(secs: f64, rate_hz: u32) -> Vec<f64> {
    let chords = chords(secs, rate_hz, &A_MINOR);
    let clicks = clicks(secs, rate_hz, 100.0);
    let noise = noise(secs, rate_hz);
    times(secs, rate_hz)
        .zip(chords)
        .zip(clicks.into_iter().zip(noise))
        .map(|((t, chord), (click, noise))| {
            chord * (0.6 + 0.4 * (TAU * 4.0 * t).sin()) + 0.3 * click + 0.03 * noise
        })
        .collect()
}

fn framed_by_silence(secs: f64) -> Vec<f64> {
    let silence = vec![0.0; 2 * RATE as usize];
    [&silence[..], &chords(secs - 4.0, RATE, &C_MAJOR), &silence].concat()
}

fn stereo(secs: f64, rate_hz: u32) -> Signal {
    let right = chords(secs, rate_hz, &C_MAJOR);
    Signal {
        rate_hz,
        channels: vec![
            mix(secs, rate_hz),
            right.into_iter().map(|x| 0.5 * x).collect(),
        ],
    }
}

fn signals() -> Vec<(&'static str, Signal)> {
    vec![
        ("sine", Signal::mono(sine(4.0))),
        ("chirp", Signal::mono(chirp(6.0))),
        ("clicks 120", Signal::mono(clicks(9.0, RATE, 120.0))),
        ("clicks 90", Signal::mono(clicks(9.0, RATE, 90.0))),
        ("C major", Signal::mono(chords(6.0, RATE, &C_MAJOR))),
        ("A minor", Signal::mono(chords(6.0, RATE, &A_MINOR))),
        ("noise", Signal::mono(noise(4.0, RATE))),
        ("mix", Signal::mono(mix(8.0, RATE))),
        ("framed by silence", Signal::mono(framed_by_silence(8.0))),
        ("stereo 44100", stereo(8.0, 44_100)),
        ("stereo 48000", stereo(8.0, 48_000)),
    ]
}

/// How near a feature must come: within `absolute` or within `relative` of the reference.
struct Tolerance {
    feature: &'static str,
    relative: f64,
    absolute: f64,
}

const fn within(feature: &'static str, relative: f64, absolute: f64) -> Tolerance {
    Tolerance {
        feature,
        relative,
        absolute,
    }
}

const TOLERANCES: [Tolerance; 15] = [
    within("loudness_lufs", 0.0, 0.2),
    within("rms_db", 0.0, 0.1),
    within("rms_spread_db", 0.02, 0.1),
    within("onset_rate_hz", 0.10, 0.25),
    within("mode_strength", 0.0, 0.05),
    within("centroid_hz", 0.01, 1.0),
    // The bandwidth of a pure tone is the rounding of 32-bit arithmetic.
    within("bandwidth_hz", 0.01, 3.0),
    within("rolloff_hz", 0.01, 11.0),
    within("flatness", 0.04, 1e-5),
    within("contrast_db", 0.03, 0.5),
    within("flux", 0.03, 0.01),
    within("zero_crossing_rate", 0.01, 0.0005),
    within("mfcc_mean", 0.01, 0.5),
    within("mfcc_spread", 0.03, 0.5),
    within("chroma", 0.0, 0.04),
];

/// Two resamplers keep different amounts of what lies just below 11 kHz.
const RESAMPLED_SLACK: f64 = 3.0;

/// What differs between librosa's features and ours by more than the promise.
fn differences(name: &str, slack: f64, ours: &Features, reference: &Value) -> Vec<String> {
    let ours = serde_json::to_value(ours).unwrap();
    let mut found = Vec::new();
    for Tolerance {
        feature,
        relative,
        absolute,
    } in TOLERANCES
    {
        let numbers = |value: &Value| -> Vec<f64> {
            match &value[feature] {
                Value::Array(items) => items.iter().filter_map(Value::as_f64).collect(),
                one => one.as_f64().into_iter().collect(),
            }
        };
        let (mine, theirs) = (numbers(&ours), numbers(reference));
        assert_eq!(mine.len(), theirs.len(), "{name}: {feature}");
        for (index, (mine, theirs)) in mine.iter().zip(&theirs).enumerate() {
            if (mine - theirs).abs() > slack * absolute.max(relative * theirs.abs()) {
                found.push(format!("{name}: {feature}[{index}] {mine} for {theirs}"));
            }
        }
    }
    found
}

fn reference() -> Value {
    serde_json::from_str(include_str!("../fixtures/analysis/reference.json")).unwrap()
}

#[test]
fn features_agree_with_librosa() {
    let reference = reference();
    let found: Vec<String> = signals()
        .iter()
        .flat_map(|(name, signal)| {
            let slack = if signal.rate_hz == RATE {
                1.0
            } else {
                RESAMPLED_SLACK
            };
            differences(name, slack, &signal.features(), &reference[name])
        })
        .collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// Ten seconds each of our demo pieces, and the tempo that their scores ask for.
const EXCERPTS: [(&str, f32); 4] = [
    ("lively", 118.0),
    ("driving", 172.0),
    // From 58 to 60.
    ("mournful", 59.0),
    ("calm", 58.0),
];

#[test]
fn features_of_music_agree_with_librosa() {
    let reference = reference();
    let mut found = Vec::new();
    for (name, written_bpm) in EXCERPTS {
        let path = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join(format!("tests/fixtures/analysis/{name}.ogg"));
        let mut stream = AudioStream::open(&path).unwrap();
        let mut extractor = Extractor::new();
        while let Some(block) = stream.next_block().unwrap() {
            extractor.push(block).unwrap();
        }
        let ours = extractor.finish().features;
        let theirs = &reference[name];
        found.extend(differences(name, RESAMPLED_SLACK, &ours, theirs));
        // Half and double tempo are both ways to count.
        let octaves = (ours.tempo_bpm / written_bpm).log2();
        if (octaves - octaves.round().clamp(-1.0, 1.0)).abs() > 0.03 {
            found.push(format!("{name}: {} bpm for {written_bpm}", ours.tempo_bpm));
        }
        let key = serde_json::to_value(ours.key).unwrap();
        if key != theirs["key"] {
            found.push(format!("{name}: key {key} for {}", theirs["key"]));
        }
        let percussive = theirs["percussive_share"].as_f64().unwrap();
        if (f64::from(ours.percussive_share) - percussive).abs() > 0.2 {
            found.push(format!(
                "{name}: {} percussive for {percussive}",
                ours.percussive_share
            ));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn chords_have_their_key_and_clicks_their_tempo() {
    let reference = reference();
    for (name, progression) in [("C major", &C_MAJOR), ("A minor", &A_MINOR)] {
        let features = Signal::mono(chords(6.0, RATE, progression)).features();
        let key = serde_json::to_value(features.key).unwrap();
        assert_eq!(key, reference[name]["key"], "{name}");
    }
    for bpm in [90.0, 120.0] {
        let heard = Signal::mono(clicks(9.0, RATE, bpm)).features().tempo_bpm;
        let error = f64::from(heard) / bpm - 1.0;
        assert!(error.abs() < 0.02, "{bpm} bpm heard as {heard}");
    }
}

#[test]
fn steady_sounds_have_no_tempo() {
    for (name, samples) in [("sine", sine(4.0)), ("noise", noise(4.0, RATE))] {
        let features = Signal::mono(samples).features();
        assert_eq!(features.tempo_bpm, 0.0, "{name}");
    }
}

#[test]
fn percussion_is_ordered_as_by_librosa() {
    let share = |samples: Vec<f64>| Signal::mono(samples).features().percussive_share;
    let (tone, chord, click) = (
        share(sine(4.0)),
        share(chords(6.0, RATE, &C_MAJOR)),
        share(clicks(9.0, RATE, 120.0)),
    );
    assert!(tone < 0.1 && tone < chord && chord < 0.3, "{tone} {chord}");
    assert!(click > 0.7, "{click}");
}
