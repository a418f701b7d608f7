//! The audio files of `tests/fixtures/audio`, made by `tests/fixtures/make.sh`.

use maeum::decode::AudioStream;
use std::path::{Path, PathBuf};

/// A fixture and what is known about it.
#[derive(Debug, Clone, Copy)]
pub struct Fixture {
    pub file: &'static str,
    pub codec: &'static str,
    pub pitch_hz: f64,
    pub rate_hz: u32,
    pub channels: usize,
    pub secs: f64,
    /// Whether the decoded length is exact to the frame: nothing of the encoder's delay
    /// and padding is left.
    pub exact: bool,
}

const fn fixture(
    file: &'static str,
    codec: &'static str,
    pitch_hz: f64,
    rate_hz: u32,
    channels: usize,
    secs: f64,
    exact: bool,
) -> Fixture {
    Fixture {
        file,
        codec,
        pitch_hz,
        rate_hz,
        channels,
        secs,
        exact,
    }
}

/// Every format that plays.
pub const PLAYABLE: [Fixture; 23] = [
    fixture("mp3-cbr.mp3", "MP3", 440.0, 44_100, 2, 1.5, true),
    fixture("mp3-vbr.mp3", "MP3", 470.0, 44_100, 1, 1.5, true),
    // Without a header frame nothing tells the delay.
    fixture("mp3-noxing.mp3", "MP3", 500.0, 44_100, 1, 2.0, false),
    fixture("mp3-8khz.mp3", "MP3", 530.0, 8_000, 1, 1.5, true),
    fixture("aac.aac", "AAC", 560.0, 44_100, 2, 1.5, false),
    fixture("aac.m4a", "AAC", 590.0, 44_100, 2, 1.5, true),
    fixture("aac-faststart.m4a", "AAC", 620.0, 48_000, 1, 1.5, true),
    fixture("alac.m4a", "ALAC", 650.0, 44_100, 1, 0.4, true),
    fixture("flac.flac", "FLAC", 680.0, 44_100, 2, 0.3, true),
    fixture(
        "flac-192khz-24bit.flac",
        "FLAC",
        710.0,
        192_000,
        1,
        0.1,
        true,
    ),
    fixture("flac.ogg", "FLAC", 740.0, 44_100, 1, 0.4, true),
    fixture("flac-5.1.flac", "FLAC", 770.0, 48_000, 6, 0.1, true),
    fixture("vorbis.ogg", "Vorbis", 800.0, 44_100, 2, 1.5, true),
    fixture("opus.opus", "Opus", 830.0, 48_000, 2, 1.5, true),
    fixture("opus-mono.opus", "Opus", 860.0, 48_000, 1, 1.5, true),
    fixture("opus.webm", "Opus", 890.0, 48_000, 1, 1.0, false),
    fixture("opus.m4a", "Opus", 1190.0, 48_000, 1, 1.0, true),
    fixture("wav-8khz.wav", "PCM", 920.0, 8_000, 1, 1.0, true),
    fixture("wav-24bit.wav", "PCM", 950.0, 22_050, 1, 0.3, true),
    fixture("wav-float.wav", "PCM", 980.0, 16_000, 1, 0.3, true),
    fixture("aiff.aiff", "PCM", 1010.0, 22_050, 1, 0.4, true),
    fixture("caf.caf", "PCM", 1040.0, 22_050, 1, 0.4, true),
    fixture("vorbis.mka", "Vorbis", 1070.0, 44_100, 1, 1.0, false),
];

/// Formats told apart but not decoded.
pub const UNSUPPORTED: [(&str, &str); 4] = [
    ("ape.ape", "APE"),
    ("wavpack.wv", "WavPack"),
    ("wma.wma", "WMA"),
    ("tta.tta", "TTA"),
];

/// Where a fixture lies.
pub fn path(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures/audio")
        .join(file)
}

/// Everything a file holds, interleaved.
pub fn decode_all(path: &Path) -> Vec<f32> {
    let mut stream = AudioStream::open(path).unwrap();
    rest_of(&mut stream)
}

/// Everything from here to the end, interleaved.
pub fn rest_of(stream: &mut AudioStream) -> Vec<f32> {
    let mut samples = Vec::new();
    while let Some(block) = stream.next_block().unwrap() {
        samples.extend_from_slice(block.samples);
    }
    samples
}
