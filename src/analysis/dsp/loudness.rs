//! Loudness (EBU R128) of the original channels.
//!
//! Loudness is measured at the file's own rate and channels: a mono mix would read up to
//! 3 dB lower and levelling would be wrong by as much.

use super::r128::Meter;
use crate::library::Features;

/// What silence reads as, LUFS: the standard's absolute gate.
const SILENT_LUFS: f32 = -70.0;

/// Integrated loudness of a stream.
pub struct Loudness {
    meter: Option<Meter>,
}

impl Loudness {
    pub fn new() -> Self {
        Self { meter: None }
    }

    /// Takes in interleaved samples.
    pub fn push(&mut self, samples: &[f32], channels: usize, rate_hz: u32) {
        let meter = match self.meter.take() {
            Some(meter) if meter.fits(channels, rate_hz) => meter,
            // The layout changed in the middle of the stream.
            Some(meter) => meter.continued(channels, rate_hz),
            None => Meter::new(channels, rate_hz),
        };
        self.meter.insert(meter).push(samples);
    }

    pub fn finish(&mut self) {
        if let Some(meter) = &mut self.meter {
            meter.finish();
        }
    }

    pub fn write(&self, features: &mut Features) {
        let lufs = self.meter.as_ref().and_then(Meter::lufs);
        features.loudness_lufs = lufs.map_or(SILENT_LUFS, |lufs| (lufs as f32).max(SILENT_LUFS));
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
        loudness.push(&samples, channels, rate);
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
    }

    #[test]
    fn short_and_silent_sounds_have_a_loudness_too() {
        let short = loudness_of(0.2, 2, 1.0).loudness_lufs;
        assert!((-10.0..0.0).contains(&short), "{short}");
        assert_eq!(loudness_of(2.0, 2, 0.0).loudness_lufs, SILENT_LUFS);
        assert_eq!(loudness_of(0.0, 2, 0.0).loudness_lufs, SILENT_LUFS);
    }
}
