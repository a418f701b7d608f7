//! [`LogMel`]: the log-mel spectrum of a stream and nothing else, as the audio model is
//! trained on it.

use super::front::Front;
use super::mel::MelBank;
use super::stft::Stft;
use super::{FRAME_LEN, MEL_BANDS, lanes};
use crate::decode::Block;

/// Computes the frames that [`Extractor`](super::Extractor) sees, block by block.
pub struct LogMel {
    front: Front,
    spectrum: Spectrum,
}

struct Spectrum {
    stft: Stft,
    mel: MelBank,
}

impl Default for LogMel {
    fn default() -> Self {
        Self::new()
    }
}

impl LogMel {
    /// A reader that has heard nothing.
    #[must_use]
    pub fn new() -> Self {
        Self {
            front: Front::new(),
            spectrum: Spectrum {
                stft: Stft::new(),
                mel: MelBank::new(),
            },
        }
    }

    /// Takes in a block. Hands out every frame that it completes: the power in 128 mel
    /// bands, dB, no less than that of [`POWER_FLOOR`](super::POWER_FLOOR) (−40). `Err`
    /// holds a sample rate that no file really has.
    pub fn push(
        &mut self,
        block: Block<'_>,
        mut frame: impl FnMut(&[f32; MEL_BANDS]),
    ) -> Result<(), u32> {
        self.hear(block, |mel_db, _| frame(mel_db))
    }

    /// The same, handing out each frame's level in dBFS too.
    pub(in crate::analysis) fn hear(
        &mut self,
        block: Block<'_>,
        mut frame: impl FnMut(&[f32; MEL_BANDS], f32),
    ) -> Result<(), u32> {
        let spectrum = &mut self.spectrum;
        let each = |samples: &[f32; FRAME_LEN]| frame(spectrum.of(samples), level_db(samples));
        self.front.push(block, each)
    }

    /// Hands out the frames that reach over the end. What is pushed next is a new stream.
    pub fn finish(&mut self, mut frame: impl FnMut(&[f32; MEL_BANDS])) {
        self.cut(|mel_db, _| frame(mel_db));
    }

    /// The same, handing out each frame's level in dBFS too.
    pub(in crate::analysis) fn cut(&mut self, mut frame: impl FnMut(&[f32; MEL_BANDS], f32)) {
        let spectrum = &mut self.spectrum;
        self.front
            .finish(|samples| frame(spectrum.of(samples), level_db(samples)));
    }
}

impl Spectrum {
    fn of(&mut self, samples: &[f32; FRAME_LEN]) -> &[f32; MEL_BANDS] {
        self.stft.compute(samples);
        self.mel.compute(&self.stft.power);
        &self.mel.db
    }
}

fn level_db(samples: &[f32; FRAME_LEN]) -> f32 {
    let power = lanes::sum_of(samples, |x| x * x) / FRAME_LEN as f32;
    10.0 * power.max(1e-12).log10()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::dsp::{HOP_LEN, SAMPLE_RATE_HZ};
    use std::f32::consts::TAU;

    fn frames(mel: &mut LogMel, tone_hz: f32, secs: usize) -> Vec<[f32; MEL_BANDS]> {
        let rate = 44_100;
        let samples: Vec<f32> = (0..rate * secs)
            .flat_map(|i| [0.5 * (TAU * tone_hz * i as f32 / rate as f32).sin(); 2])
            .collect();
        let mut frames = Vec::new();
        for samples in samples.chunks(2 * 1152) {
            let block = Block {
                samples,
                channels: 2,
                sample_rate_hz: 44_100,
            };
            mel.push(block, |frame| frames.push(*frame)).unwrap();
        }
        mel.finish(|frame| frames.push(*frame));
        frames
    }

    #[test]
    fn a_tone_is_loudest_in_its_band_and_a_stream_after_another_starts_anew() {
        let mut mel = LogMel::new();
        let first = frames(&mut mel, 440.0, 2);
        assert_eq!(first.len(), 1 + 2 * SAMPLE_RATE_HZ as usize / HOP_LEN);
        let loudest = |frame: &[f32; MEL_BANDS]| {
            let bands = 0..MEL_BANDS;
            bands.max_by(|a, b| frame[*a].total_cmp(&frame[*b]))
        };
        // 440 Hz are 6.6 mels; a band is .39 mels wide.
        assert_eq!(loudest(&first[40]), Some(16));
        let again = frames(&mut mel, 440.0, 2);
        assert_eq!(again, first);
    }

    #[test]
    fn silence_is_at_the_floor() {
        let mut mel = LogMel::new();
        let mut lowest = f32::INFINITY;
        let block = Block {
            samples: &[0.0; 4096],
            channels: 1,
            sample_rate_hz: SAMPLE_RATE_HZ,
        };
        mel.push(block, |frame| lowest = frame[0]).unwrap();
        assert!((lowest + 40.0).abs() < 1e-3, "{lowest}");
    }
}
