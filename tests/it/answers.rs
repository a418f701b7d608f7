//! What is no ordinary stereo track has its answer too: noise, speech, jingles, mixes of
//! hours, few and many channels, low and high rates.

use crate::support::program::small_ears;
use maeum::analysis::{Analyzer, Control, first_look_secs};
use maeum::library::{Analysis, AudioReading};
use std::f64::consts::TAU;
use std::fs::File;
use std::io::{Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// The header of a WAV file with so many bytes of samples.
fn header(rate_hz: u32, channels: u16, bits: u16, data_len: u32) -> Vec<u8> {
    let frame_len = channels * bits / 8;
    let mut bytes = b"RIFF".to_vec();
    bytes.extend((36 + data_len).to_le_bytes());
    bytes.extend(b"WAVEfmt \x10\0\0\0\x01\0");
    bytes.extend(channels.to_le_bytes());
    bytes.extend(rate_hz.to_le_bytes());
    bytes.extend((rate_hz * u32::from(frame_len)).to_le_bytes());
    bytes.extend(frame_len.to_le_bytes());
    bytes.extend(bits.to_le_bytes());
    bytes.extend(b"data");
    bytes.extend(data_len.to_le_bytes());
    bytes
}

/// Samples −1…1 as whole numbers of 16 or 24 bits.
fn encoded(samples: impl Iterator<Item = f64>, bits: u16) -> Vec<u8> {
    let full = f64::from((1_u32 << (bits - 1)) - 1);
    let len = usize::from(bits / 8);
    samples
        .flat_map(|sample| {
            let code = (sample.clamp(-1.0, 1.0) * full) as i32;
            code.to_le_bytes().into_iter().take(len)
        })
        .collect()
}

/// A tune of chords with a pulse, at a moment.
fn music(secs: f64) -> f64 {
    const ROOTS: [f64; 4] = [261.63, 349.23, 392.0, 261.63];
    let root = ROOTS[(secs / 2.0) as usize % ROOTS.len()];
    let since_beat = secs % 0.5;
    let chord = [1.0, 1.26, 1.5, 2.0].map(|times| (TAU * root * times * secs).sin());
    0.12 * chord.iter().sum::<f64>() * (-3.0 * since_beat).exp()
}

struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// The same sound in all channels.
    fn write(
        &self,
        (rate_hz, channels, bits): (u32, u16, u16),
        secs: f64,
        sound: impl Fn(f64) -> f64,
    ) -> PathBuf {
        let frames = (secs * f64::from(rate_hz)) as u32;
        let samples = (0..frames).flat_map(|frame| {
            let sample = sound(f64::from(frame) / f64::from(rate_hz));
            std::iter::repeat_n(sample, usize::from(channels))
        });
        let data = encoded(samples, bits);
        let path = self.path(&format!("{rate_hz} {channels} {bits} {secs}.wav"));
        let mut file = File::create(&path).unwrap();
        file.write_all(&header(rate_hz, channels, bits, data.len() as u32))
            .unwrap();
        file.write_all(&data).unwrap();
        path
    }
}

fn read(path: &Path) -> (Analysis, AudioReading) {
    let mut analyzer = Analyzer::new(Path::new(small_ears()));
    let (analysis, heard) = analyzer.analyze(path, &Control::new()).unwrap();
    (analysis, heard.expect("the model is there"))
}

const CD: (u32, u16, u16) = (44_100, 2, 16);

#[test]
fn any_rate_depth_and_number_of_channels_reads_like_a_cd() {
    let folder = Folder::new();
    let secs = 5.0;
    let (cd, cd_heard) = read(&folder.write(CD, secs, music));
    for format in [
        // Mono, telephone, studio, surround.
        (44_100, 1, 16),
        (8_000, 1, 16),
        (192_000, 2, 24),
        (48_000, 6, 16),
    ] {
        let (other, heard) = read(&folder.write(format, secs, music));
        assert_eq!(other.features.key, cd.features.key, "{format:?}");
        let apart = heard.mood.plane_distance(&cd_heard.mood);
        assert!(apart < 0.25, "{format:?}: {apart}");
        let apart = other.mood.plane_distance(&cd.mood);
        assert!(apart < 0.25, "{format:?}: {apart} by the rule");
        assert!((other.mood.confidence - cd.mood.confidence).abs() < 0.1);
    }
}

#[test]
fn noise_is_read_with_little_confidence() {
    let folder = Folder::new();
    let (music, _) = read(&folder.write(CD, 8.0, music));
    let mut rng = fastrand::Rng::with_seed(1);
    let noise: Vec<f64> = (0..8 * 44_100).map(|_| 0.4 * rng.f64() - 0.2).collect();
    let at = |secs: f64| noise[(secs * 44_100.0).round() as usize % noise.len()];
    let (by_rule, heard) = read(&folder.write((44_100, 1, 16), 8.0, at));
    assert!(by_rule.mood.confidence < 0.6 * music.mood.confidence);
    assert!(heard.mood.confidence < music.mood.confidence);
}

#[test]
fn a_voice_that_reads_is_read_with_little_confidence() {
    let folder = Folder::new();
    let (music, _) = read(&folder.write(CD, 9.0, music));
    let (by_rule, heard) = read(&crate::support::fixtures::path("speech.ogg"));
    assert!(
        by_rule.mood.confidence < 0.6 * music.mood.confidence,
        "{by_rule:?}"
    );
    assert!(heard.mood.confidence < music.mood.confidence);
}

#[test]
fn a_jingle_of_three_seconds_is_read_with_less_confidence_than_a_tune() {
    let folder = Folder::new();
    let (jingle, heard) = read(&folder.write(CD, 3.0, music));
    let (tune, _) = read(&folder.write(CD, 20.0, music));
    assert!(jingle.mood.confidence > 0.0 && heard.mood.confidence > 0.0);
    assert!(jingle.mood.confidence < 0.6 * tune.mood.confidence);
}

#[test]
fn of_a_mix_of_two_hours_a_minute_is_read_here_and_there() {
    const RATE: u32 = 8_000;
    const SECS: u32 = 7_200;
    assert!(first_look_secs(SECS as f32) <= 80.0);
    let folder = Folder::new();
    let path = folder.path("mix.wav");
    let mut file = File::create(&path).unwrap();
    let data_len = SECS * RATE * 2;
    file.write_all(&header(RATE, 1, 16, data_len)).unwrap();
    // Silence that takes no place on the disk, but for twenty seconds around each sixth.
    file.set_len(44 + u64::from(data_len)).unwrap();
    for number in 1..6 {
        let from_secs = SECS * number / 6 - 10;
        let tune = (0..20 * RATE).map(|i| music(f64::from(i) / f64::from(RATE)));
        file.seek(SeekFrom::Start(44 + u64::from(from_secs * RATE * 2)))
            .unwrap();
        file.write_all(&encoded(tune, 16)).unwrap();
    }
    drop(file);
    let (mix, heard) = read(&path);
    // Had it been read from the start, it would be silent.
    assert!(mix.mood.confidence > 0.4, "{:?}", mix.mood);
    assert!(heard.mood.confidence > 0.4);
}

#[test]
fn music_where_no_excerpt_lies_is_found() {
    let folder = Folder::new();
    let early = |secs: f64| if secs < 6.0 { music(secs) } else { 0.0 };
    let (hidden, _) = read(&folder.write((8_000, 1, 16), 120.0, early));
    assert!(hidden.mood.confidence > 0.0, "{:?}", hidden.mood);
}
