//! From any rate and channel count to the mono stream that frames are cut from.

use super::SAMPLE_RATE_HZ;
use rubato::audioadapter_buffers::direct::InterleavedSlice;
use rubato::{Fft, FixedSync, Indexing, Resampler as _, WindowFunction};

/// Samples resampled at a time. About 25 ms at the usual rates: long enough for a steep
/// filter, short enough to stay in the nearest cache.
const CHUNK_LEN: usize = 1024;

/// Rates that can be meant. A header that claims another lies.
const RATES_HZ: std::ops::RangeInclusive<u32> = 1_000..=1_000_000;

/// Averages interleaved channels into `mono`, replacing what it held.
pub fn mix_to_mono(samples: &[f32], channels: usize, mono: &mut Vec<f32>) {
    mono.clear();
    match channels {
        0 => {}
        1 => mono.extend_from_slice(samples),
        2 => mono.extend(samples.chunks_exact(2).map(|lr| 0.5 * (lr[0] + lr[1]))),
        _ => {
            let scale = 1.0 / channels as f32;
            mono.extend(
                samples
                    .chunks_exact(channels)
                    .map(|frame| frame.iter().sum::<f32>() * scale),
            );
        }
    }
}

/// Brings a mono stream to [`SAMPLE_RATE_HZ`]. The rate may change in mid-stream.
pub struct Resampler {
    rate_hz: u32,
    /// `None` while the rate is right already.
    converter: Option<Converter>,
}

impl Resampler {
    pub fn new() -> Self {
        Self {
            rate_hz: SAMPLE_RATE_HZ,
            converter: None,
        }
    }

    /// Takes samples in and hands resampled ones out. `Err` for a rate that cannot be meant.
    pub fn push(
        &mut self,
        mono: &[f32],
        rate_hz: u32,
        mut out: impl FnMut(&[f32]),
    ) -> Result<(), UnlikelyRate> {
        if rate_hz != self.rate_hz {
            self.finish(&mut out);
            self.converter = if rate_hz == SAMPLE_RATE_HZ {
                None
            } else {
                Some(Converter::new(rate_hz)?)
            };
            self.rate_hz = rate_hz;
        }
        match &mut self.converter {
            Some(converter) => converter.push(mono, out),
            None => out(mono),
        }
        Ok(())
    }

    /// Hands out what the filter still holds.
    pub fn finish(&mut self, out: impl FnMut(&[f32])) {
        if let Some(converter) = &mut self.converter {
            converter.finish(out);
        }
    }
}

/// A sample rate that no file really has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnlikelyRate(pub u32);

struct Converter {
    fft: Fft<f32>,
    rate_hz: u32,
    waiting: Vec<f32>,
    output: Vec<f32>,
    /// Output samples of the filter's own delay that are still to be dropped.
    delay_left: usize,
    taken: u64,
    given: u64,
}

impl Converter {
    fn new(rate_hz: u32) -> Result<Self, UnlikelyRate> {
        if !RATES_HZ.contains(&rate_hz) {
            return Err(UnlikelyRate(rate_hz));
        }
        let fft = Fft::new_custom(
            rate_hz as usize,
            SAMPLE_RATE_HZ as usize,
            CHUNK_LEN,
            1,
            1,
            WindowFunction::BlackmanHarris2,
            FixedSync::Both,
        )
        .map_err(|_| UnlikelyRate(rate_hz))?;
        Ok(Self {
            rate_hz,
            waiting: Vec::with_capacity(fft.input_frames_max()),
            output: vec![0.0; fft.output_frames_max()],
            delay_left: fft.output_delay(),
            fft,
            taken: 0,
            given: 0,
        })
    }

    fn push(&mut self, mut samples: &[f32], mut out: impl FnMut(&[f32])) {
        self.taken += samples.len() as u64;
        while !samples.is_empty() {
            let wanted = self.fft.input_frames_next();
            let (now, later) = samples.split_at(samples.len().min(wanted - self.waiting.len()));
            self.waiting.extend_from_slice(now);
            samples = later;
            if self.waiting.len() == wanted {
                self.convert(&mut out);
            }
        }
    }

    fn finish(&mut self, mut out: impl FnMut(&[f32])) {
        let due = self.due();
        while self.given < due {
            self.convert(&mut out);
        }
    }

    /// Output samples that the input so far amounts to.
    fn due(&self) -> u64 {
        (self.taken * u64::from(SAMPLE_RATE_HZ)).div_ceil(u64::from(self.rate_hz))
    }

    /// Converts what waits, silence in place of what is missing.
    fn convert(&mut self, out: &mut impl FnMut(&[f32])) {
        let len = self.waiting.len();
        let partial = Indexing::new().partial_len(len);
        let frames = self.output.len();
        let input = InterleavedSlice::new(&self.waiting, 1, len)
            .expect("a mono slice has as many frames as samples");
        let mut output = InterleavedSlice::new_mut(&mut self.output, 1, frames)
            .expect("a mono slice has as many frames as samples");
        let (_, written) = self
            .fft
            .process_into_buffer(&input, &mut output, Some(&partial))
            .expect("buffers are as long as the converter asked for");
        self.waiting.clear();
        let dropped = self.delay_left.min(written);
        self.delay_left -= dropped;
        let left = (self.due() - self.given) as usize;
        let fresh = &self.output[dropped..written.min(dropped + left)];
        self.given += fresh.len() as u64;
        out(fresh);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::f32::consts::TAU;

    fn resampled(rate_hz: u32, tone_hz: f32) -> Vec<f32> {
        let tone: Vec<f32> = (0..rate_hz)
            .map(|i| (TAU * tone_hz * i as f32 / rate_hz as f32).sin())
            .collect();
        let mut resampler = Resampler::new();
        let mut out = Vec::new();
        for block in tone.chunks(1000) {
            resampler
                .push(block, rate_hz, |x| out.extend_from_slice(x))
                .unwrap();
        }
        resampler.finish(|x| out.extend_from_slice(x));
        out
    }

    #[test]
    fn a_second_stays_a_second_and_a_tone_the_same_tone_at_any_rate() {
        for rate_hz in [8_000, 11_025, 22_050, 44_100, 48_000, 96_000, 192_000] {
            let out = resampled(rate_hz, 1000.0);
            assert_eq!(out.len(), 22_050, "from {rate_hz} Hz");
            for (i, x) in out.iter().enumerate().skip(2000).take(18_000) {
                let wanted = (TAU * 1000.0 * i as f32 / 22_050.0).sin();
                // The filter's delay may be half a sample off: .14 on this slope.
                assert!((x - wanted).abs() < 0.15, "{rate_hz} Hz, sample {i}");
            }
        }
    }

    #[test]
    fn what_lies_above_the_new_rate_is_gone() {
        let out = resampled(44_100, 15_000.0);
        assert!(out[2000..20_000].iter().all(|x| x.abs() < 0.01));
    }

    #[test]
    fn a_rate_no_file_has_is_refused() {
        let mut resampler = Resampler::new();
        assert_eq!(resampler.push(&[0.0], 3, |_| ()), Err(UnlikelyRate(3)));
    }

    #[test]
    fn channels_are_averaged() {
        let mut mono = Vec::new();
        mix_to_mono(&[1.0, 0.0, 0.5, 0.5], 2, &mut mono);
        assert_eq!(mono, [0.5, 0.5]);
        mix_to_mono(&[0.3, 0.6, 0.9], 3, &mut mono);
        assert!((mono[0] - 0.6).abs() < 1e-6);
    }
}
