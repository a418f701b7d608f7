//! True peak: the highest point of the wave between the samples, by fourfold oversampling.

use super::lanes;
use std::f32::consts::PI;

/// Filter length a phase, as in ITU-R BS.1770-4 annex 2.
const TAPS: usize = 12;

/// Points between two samples: at 1/4, 1/2 and 3/4.
const PHASES: usize = 3;

/// Samples looked at together.
const STEP: usize = 32;

/// Follows the highest true peak of any channel of a stream.
pub struct TruePeak {
    channels: Vec<Channel>,
    /// One channel's samples of a block.
    samples: Vec<f32>,
}

impl TruePeak {
    pub fn new() -> Self {
        Self {
            channels: Vec::new(),
            samples: Vec::new(),
        }
    }

    /// Takes in interleaved samples.
    pub fn push(&mut self, interleaved: &[f32], channels: usize) {
        if self.channels.len() < channels {
            self.channels.resize_with(channels, Channel::new);
        }
        for (index, channel) in self.channels.iter_mut().take(channels).enumerate() {
            self.samples.clear();
            self.samples
                .extend(interleaved.iter().skip(index).step_by(channels));
            channel.push(&self.samples);
        }
    }

    /// The highest |sample| or point between, full scale 1.
    pub fn finish(mut self) -> f32 {
        self.channels.iter_mut().fold(0.0, |peak, channel| {
            channel.finish();
            peak.max(channel.peak)
        })
    }
}

/// Follows one channel.
struct Channel {
    phases: [[f32; TAPS]; PHASES],
    /// By how much interpolation can exceed the samples at most.
    largest_gain: f32,
    /// The last samples of the previous block, then the current block.
    buffer: Vec<f32>,
    peak: f32,
}

impl Channel {
    fn new() -> Self {
        let phases = std::array::from_fn(|phase| interpolator((phase + 1) as f32 / 4.0));
        let largest_gain = phases
            .iter()
            .map(|taps: &[f32; TAPS]| taps.iter().map(|t| t.abs()).sum())
            .fold(1.0, f32::max);
        Self {
            phases,
            largest_gain,
            buffer: vec![0.0; TAPS - 1],
            peak: 0.0,
        }
    }

    fn push(&mut self, block: &[f32]) {
        self.buffer.extend_from_slice(block);
        self.peak = self.peak.max(lanes::peak(block));
        let ends = self.buffer.len() - (TAPS - 1);
        for start in (0..ends).step_by(STEP) {
            let len = STEP.min(ends - start);
            let around = &self.buffer[start..start + len + TAPS - 1];
            // Most stretches cannot reach the peak so far and need no filtering.
            if lanes::peak(around) * self.largest_gain > self.peak {
                for taps in &self.phases {
                    let between = filter(around, len, taps);
                    self.peak = self.peak.max(lanes::peak(&between[..len]));
                }
            }
        }
        self.buffer.copy_within(ends.., 0);
        self.buffer.truncate(TAPS - 1);
    }

    /// Lets the filter ring out, so that the last samples count too.
    fn finish(&mut self) {
        self.push(&[0.0; TAPS]);
    }
}

/// `len` outputs, computed side by side.
fn filter(samples: &[f32], len: usize, taps: &[f32; TAPS]) -> [f32; STEP] {
    let mut out = [0.0; STEP];
    for (k, tap) in taps.iter().enumerate() {
        for (sum, x) in out.iter_mut().zip(&samples[k..k + len]) {
            *sum += tap * x;
        }
    }
    out
}

/// Hann-windowed sinc that reads the wave at `fraction` after the sample before the middle.
fn interpolator(fraction: f32) -> [f32; TAPS] {
    let mut taps = [0.0; TAPS];
    for (i, tap) in taps.iter_mut().enumerate() {
        let distance = i as f32 - (TAPS / 2 - 1) as f32 - fraction;
        let half_width = TAPS as f32 / 2.0;
        let window = 0.5 + 0.5 * (PI * distance / half_width).cos();
        *tap = (PI * distance).sin() / (PI * distance) * window;
    }
    let sum: f32 = taps.iter().sum();
    taps.map(|tap| tap / sum)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ebur128::{EbuR128, Mode};

    #[test]
    fn a_wave_that_peaks_between_samples_is_read_there() {
        // A quarter of the sample rate at 45°: every sample is at 0.707 of the top.
        let wave: Vec<f32> = (0..1000)
            .map(|i| (PI / 2.0 * i as f32 + PI / 4.0).sin())
            .collect();
        let mut peak = TruePeak::new();
        for block in wave.chunks(97) {
            peak.push(block, 1);
        }
        assert!((lanes::peak(&wave) - 0.707).abs() < 0.01);
        let db = 20.0 * peak.finish().log10();
        assert!(db.abs() < 0.3, "{db} dBTP");
    }

    #[test]
    fn the_loudest_channel_counts_as_with_another_implementation() {
        for channels in [1, 2, 6] {
            let samples: Vec<f32> = (0..20_000 * channels)
                .map(|i| {
                    let (t, channel) = ((i / channels) as f32, (i % channels) as f32);
                    // Opposite in two channels: a mix of them would be silent.
                    let side = if i % channels % 2 == 0 { 0.5 } else { -0.5 };
                    side * (t * 1.1).sin() / (1.0 + 0.1 * channel)
                })
                .collect();
            let mut oracle = EbuR128::new(channels as u32, 44_100, Mode::TRUE_PEAK).unwrap();
            oracle.add_frames_f32(&samples).unwrap();
            let theirs = (0..channels as u32)
                .map(|channel| oracle.true_peak(channel).unwrap())
                .fold(0.0, f64::max);
            let mut peak = TruePeak::new();
            for block in samples.chunks(1000 * channels) {
                peak.push(block, channels);
            }
            let ours = f64::from(peak.finish());
            let off_db = 20.0 * (ours / theirs).log10();
            assert!(off_db.abs() < 0.2, "{channels} channels: {off_db} dB off");
        }
    }

    #[test]
    fn silence_has_no_peak() {
        let mut peak = TruePeak::new();
        peak.push(&[0.0; 64], 2);
        assert_eq!(peak.finish(), 0.0);
    }
}
