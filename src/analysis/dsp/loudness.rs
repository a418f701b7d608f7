//! Loudness (EBU R128) of the original channels, peak of their mono mix.
//!
//! Loudness is measured at the file's own rate and channels: a mono mix would read up to
//! 3 dB lower and levelling would be wrong by as much.

use super::true_peak::TruePeak;
use crate::library::Features;
use ebur128::{EbuR128, Mode};

/// What silence reads as, LUFS and dBTP: the standard's absolute gate.
const SILENT_DB: f32 = -70.0;

/// Length of the standard's measuring block.
const GATING_BLOCK_SECS: f32 = 0.4;

/// Integrated loudness and true peak of a stream.
pub struct Loudness {
    meter: Option<EbuR128>,
    frames: u64,
    peak: TruePeak,
}

impl Loudness {
    pub fn new() -> Self {
        Self {
            meter: None,
            frames: 0,
            peak: TruePeak::new(),
        }
    }

    /// Takes in the same block twice: interleaved, and mixed to mono.
    pub fn push(&mut self, samples: &[f32], channels: usize, rate_hz: u32, mono: &[f32]) {
        self.peak.push(mono);
        self.frames += mono.len() as u64;
        if let Some(meter) = self.meter_for(channels, rate_hz) {
            // Fails only for a wrong channel count, which has just been set.
            let _ = meter.add_frames_f32(samples);
        }
    }

    pub fn finish(&mut self) {
        self.peak.finish();
        let Some(meter) = &mut self.meter else {
            return;
        };
        // The meter waits for a whole block; give a shorter sound the silence it lacks.
        let block = (GATING_BLOCK_SECS * meter.rate() as f32).ceil() as u64;
        if self.frames < block {
            let missing = (block - self.frames) as usize;
            let _ = meter.add_frames_f32(&vec![0.0; missing * meter.channels() as usize]);
        }
    }

    pub fn write(&self, features: &mut Features) {
        let loudness = self
            .meter
            .as_ref()
            .and_then(|meter| meter.loudness_global().ok())
            .filter(|lufs| lufs.is_finite());
        features.loudness_lufs = loudness.map_or(SILENT_DB, |lufs| (lufs as f32).max(SILENT_DB));
        features.true_peak_dbtp = (20.0 * self.peak.peak().max(1e-9).log10()).max(SILENT_DB);
    }

    /// The meter, set to this layout. `None` for one that the standard does not know.
    fn meter_for(&mut self, channels: usize, rate_hz: u32) -> Option<&mut EbuR128> {
        let channels = u32::try_from(channels).ok()?;
        match &mut self.meter {
            // Measured blocks are kept over a change in the middle of a stream.
            Some(meter) => {
                if meter.channels() != channels || meter.rate() != rate_hz {
                    meter.change_parameters(channels, rate_hz).ok()?;
                }
            }
            // A histogram of block loudness instead of a list that grows with the track.
            None => {
                self.meter = EbuR128::new(channels, rate_hz, Mode::I | Mode::HISTOGRAM).ok();
            }
        }
        self.meter.as_mut()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::f32::consts::TAU;

    fn loudness_of(secs: f32, channels: usize, amplitude: f32) -> Features {
        let rate = 48_000;
        let mono: Vec<f32> = (0..(secs * rate as f32) as usize)
            .map(|i| amplitude * (TAU * 997.0 * i as f32 / rate as f32).sin())
            .collect();
        let samples: Vec<f32> = mono.iter().flat_map(|x| vec![*x; channels]).collect();
        let mut loudness = Loudness::new();
        loudness.push(&samples, channels, rate, &mono);
        loudness.finish();
        let mut features = crate::analysis::dsp::extractor::silent();
        loudness.write(&mut features);
        features
    }

    #[test]
    fn a_full_scale_sine_reads_as_the_standard_says() {
        // BS.1770: 997 Hz at 0 dBFS in one channel is −3.01 LKFS, in both 0.
        assert!((loudness_of(2.0, 1, 1.0).loudness_lufs + 3.01).abs() < 0.1);
        assert!(loudness_of(2.0, 2, 1.0).loudness_lufs.abs() < 0.1);
        assert!(loudness_of(2.0, 2, 1.0).true_peak_dbtp.abs() < 0.1);
    }

    #[test]
    fn short_and_silent_sounds_have_a_loudness_too() {
        let short = loudness_of(0.2, 2, 1.0).loudness_lufs;
        assert!((-10.0..0.0).contains(&short), "{short}");
        assert_eq!(loudness_of(2.0, 2, 0.0).loudness_lufs, SILENT_DB);
        assert_eq!(loudness_of(0.0, 2, 0.0).loudness_lufs, SILENT_DB);
    }
}
