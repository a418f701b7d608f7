//! [`Extractor`]: all families of features, fed with blocks of decoded audio.

use super::chroma::Chroma;
use super::contrast::Contrast;
use super::front::Front;
use super::hpss::Percussion;
use super::level::Level;
use super::loudness::Loudness;
use super::mel::{MelBank, Mfcc};
use super::onset::Onsets;
use super::spectrum::Shape;
use super::stft::Stft;
use super::{FRAME_LEN, HOP_LEN, MEL_BANDS, SAMPLE_RATE_HZ};
use crate::decode::Block;
use crate::library::{Features, Key, KeyMode};

/// Contrast, chroma and percussion change slowly; every second frame of overlapping ones
/// gives the same means at half the cost.
const SLOW_FAMILIES_EVERY: u64 = 2;

/// What [`Extractor::finish`] hands back.
#[derive(Debug, Clone, PartialEq)]
pub struct Extracted {
    /// The features.
    pub features: Features,
    /// Length of what was fed.
    pub duration_secs: f32,
    /// Length of the part that is louder than [`SILENCE_DB`](super::SILENCE_DB).
    pub sounding_secs: f32,
}

/// Computes [`Features`] of one stream, block by block.
pub struct Extractor {
    loudness: Loudness,
    front: Front,
    families: Families,
    duration_secs: f64,
}

/// What is computed from frames.
struct Families {
    stft: Stft,
    mel: MelBank,
    level: Level,
    shape: Shape,
    contrast: Contrast,
    mfcc: Mfcc,
    chroma: Chroma,
    percussion: Percussion,
    onsets: Onsets,
    frames: u64,
    sounding: u64,
}

impl Default for Extractor {
    fn default() -> Self {
        Self::new()
    }
}

impl Extractor {
    /// An extractor that has heard nothing.
    #[must_use]
    pub fn new() -> Self {
        Self {
            loudness: Loudness::new(),
            front: Front::new(),
            families: Families {
                stft: Stft::new(),
                mel: MelBank::new(),
                level: Level::default(),
                shape: Shape::new(),
                contrast: Contrast::new(),
                mfcc: Mfcc::new(),
                chroma: Chroma::new(),
                percussion: Percussion::new(),
                onsets: Onsets::new(),
                frames: 0,
                sounding: 0,
            },
            duration_secs: 0.0,
        }
    }

    /// Takes in a block. `Err` holds a sample rate that no file really has.
    pub fn push(&mut self, block: Block<'_>) -> Result<(), u32> {
        self.hear(block, |_, _| {})
    }

    /// The same, handing out each frame's 128 mel bands in dB with its level in dBFS.
    pub(in crate::analysis) fn hear(
        &mut self,
        block: Block<'_>,
        mut mel: impl FnMut(&[f32; MEL_BANDS], f32),
    ) -> Result<(), u32> {
        let families = &mut self.families;
        self.front.push(block, |frame| {
            families.push(frame);
            mel(&families.mel.db, families.level.db);
        })?;
        self.loudness
            .push(block.samples, block.channels, block.sample_rate_hz);
        self.duration_secs += block.secs();
        Ok(())
    }

    /// Ends an excerpt: what is pushed next does not follow on what was pushed before.
    pub(in crate::analysis) fn cut(&mut self, mut mel: impl FnMut(&[f32; MEL_BANDS], f32)) {
        let families = &mut self.families;
        self.front.finish(|frame| {
            families.push(frame);
            mel(&families.mel.db, families.level.db);
        });
        families.cut();
    }

    /// The features of what was pushed since the last time. The stream goes on; the loudness
    /// is that of all of it.
    pub(in crate::analysis) fn take(&mut self) -> Extracted {
        let mut features = silent();
        self.loudness.write(&mut features);
        if self.families.sounding > 0 {
            self.families.write(&mut features);
        }
        let hop_secs = HOP_LEN as f64 / f64::from(SAMPLE_RATE_HZ);
        let sounding_secs = (self.families.sounding as f64 * hop_secs).min(self.duration_secs);
        let extracted = Extracted {
            features,
            duration_secs: self.duration_secs as f32,
            sounding_secs: sounding_secs as f32,
        };
        self.families.clear();
        self.duration_secs = 0.0;
        extracted
    }

    /// Closes the stream. Silence, however long or short, has the features of silence.
    #[must_use]
    pub fn finish(mut self) -> Extracted {
        self.cut(|_, _| {});
        self.loudness.finish();
        self.take()
    }

    /// Whether anything was louder than [`SILENCE_DB`](super::SILENCE_DB).
    pub(in crate::analysis) fn has_heard(&self) -> bool {
        self.families.sounding > 0
    }
}

impl Families {
    fn push(&mut self, frame: &[f32; FRAME_LEN]) {
        let is_slow_turn = self.frames.is_multiple_of(SLOW_FAMILIES_EVERY);
        self.frames += 1;
        self.stft.compute(frame);
        self.mel.compute(&self.stft.power);
        let sounds = self.level.push(frame);
        self.onsets.push(&self.mel.db, sounds);
        if is_slow_turn {
            self.percussion.push(&self.mel.power);
        }
        if !sounds {
            return;
        }
        self.sounding += 1;
        self.shape.push(&self.stft);
        self.mfcc.push(&self.mel.db);
        if is_slow_turn || self.sounding == 1 {
            self.contrast.push(&self.stft);
            self.chroma.push(&self.stft.power);
        }
    }

    /// The next frame does not follow on the last.
    fn cut(&mut self) {
        self.percussion.cut();
        self.onsets.cut();
        self.level.cut();
    }

    fn write(&mut self, features: &mut Features) {
        self.onsets.close_part();
        self.level.write(features);
        self.shape.write(features);
        self.contrast.write(features);
        self.mfcc.write(features);
        self.chroma.write(features);
        self.percussion.write(features);
        self.onsets.write(features);
    }

    /// Forgets what was heard so far, but not what the next frame follows on.
    fn clear(&mut self) {
        self.level.clear();
        self.shape.clear();
        self.contrast.clear();
        self.mfcc.clear();
        self.chroma.clear();
        self.percussion.clear();
        self.onsets.clear();
        self.sounding = 0;
    }
}

/// The features of silence.
#[must_use]
pub fn silent() -> Features {
    Features {
        loudness_lufs: super::SILENCE_DB,
        rms_db: super::SILENCE_DB,
        rms_spread_db: 0.0,
        tempo_bpm: 0.0,
        onset_rate_hz: 0.0,
        key: Key {
            tonic: 0,
            mode: KeyMode::Major,
        },
        mode_strength: 0.0,
        centroid_hz: 0.0,
        bandwidth_hz: 0.0,
        rolloff_hz: 0.0,
        flatness: 0.0,
        contrast_db: [0.0; 7],
        flux: 0.0,
        zero_crossing_rate: 0.0,
        mfcc_mean: [0.0; 20],
        mfcc_spread: [0.0; 20],
        chroma: [0.0; 12],
        percussive_share: 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn extract(samples: &[f32], channels: usize, sample_rate_hz: u32) -> Extracted {
        let mut extractor = Extractor::new();
        for samples in samples.chunks(1152 * channels) {
            extractor
                .push(Block {
                    samples,
                    channels,
                    sample_rate_hz,
                })
                .unwrap();
        }
        extractor.finish()
    }

    fn all_numbers(features: &Features) -> Vec<f64> {
        fn collect(value: &serde_json::Value, into: &mut Vec<f64>) {
            match value {
                serde_json::Value::Array(items) => items.iter().for_each(|v| collect(v, into)),
                serde_json::Value::Object(fields) => fields.values().for_each(|v| collect(v, into)),
                // A number that is not finite is written as null.
                serde_json::Value::Null => into.push(f64::NAN),
                other => into.extend(other.as_f64()),
            }
        }
        let mut numbers = Vec::new();
        collect(&serde_json::to_value(features).unwrap(), &mut numbers);
        numbers
    }

    #[test]
    fn silence_nonsense_and_scraps_have_finite_features() {
        let nonsense: Vec<f32> = (0..30_000)
            .map(|i| [16.0, -16.0, 1e-30, 0.0, -1e-30, 16.0][i % 6])
            .collect();
        let impulse: Vec<f32> = (0..4000)
            .map(|i| if i == 2000 { 1.0 } else { 0.0 })
            .collect();
        for samples in [
            &[][..],
            &[0.5],
            &[0.1; 100],
            &vec![0.0; 30_000],
            &vec![1.0; 30_000],
            &nonsense,
            &impulse,
        ] {
            for (channels, rate_hz) in [(1, 22_050), (2, 44_100), (6, 8_000)] {
                let extracted = extract(samples, channels, rate_hz);
                let numbers = all_numbers(&extracted.features);
                assert!(numbers.iter().all(|x| x.is_finite()), "{extracted:?}");
            }
        }
        let silence = extract(&vec![0.0; 30_000], 1, 22_050);
        assert_eq!((silence.features, silence.sounding_secs), (silent(), 0.0));
    }

    #[test]
    fn the_size_of_the_blocks_does_not_matter() {
        let tone: Vec<f32> = (0..20_000).map(|i| (i as f32 * 0.1).sin() * 0.5).collect();
        let whole = extract(&tone, 2, 44_100);
        let mut extractor = Extractor::new();
        for samples in tone.chunks(14) {
            let block = Block {
                samples,
                channels: 2,
                sample_rate_hz: 44_100,
            };
            extractor.push(block).unwrap();
        }
        let pieces = extractor.finish().features;
        assert!((whole.features.centroid_hz - pieces.centroid_hz).abs() < 0.01);
        assert_eq!(whole.features.mfcc_mean, pieces.mfcc_mean);
    }

    #[test]
    fn a_stream_may_change_its_rate_and_channels() {
        let mut extractor = Extractor::new();
        for (channels, sample_rate_hz) in [(2, 44_100), (1, 22_050), (2, 48_000)] {
            let samples: Vec<f32> = (0..sample_rate_hz as usize * channels)
                .map(|i| 0.3 * (i as f32 * 0.05).sin())
                .collect();
            extractor
                .push(Block {
                    samples: &samples,
                    channels,
                    sample_rate_hz,
                })
                .unwrap();
        }
        let extracted = extractor.finish();
        assert!((extracted.duration_secs - 3.0).abs() < 1e-3);
        assert!((extracted.sounding_secs - 3.0).abs() < 0.1);
    }
}
