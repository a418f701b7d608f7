//! Changing the sample rate, for devices that do not take a track's own.

use rubato::audioadapter_buffers::direct::InterleavedSlice;
use rubato::{Fft, FixedSync, Indexing, Resampler as _};

/// Frames resampled at a time, about.
const CHUNK_FRAMES: usize = 1024;

/// A stream of interleaved frames from one rate to another, without delay: the first frame
/// out belongs to the first frame in (to within half a frame), and there are as many as the
/// ratio says.
pub struct Resampler {
    inner: Fft<f32>,
    channels: usize,
    ratio: f64,
    /// Frames waiting for a full chunk.
    pending: Vec<f32>,
    /// One chunk of output.
    chunk: Vec<f32>,
    /// Frames still to drop: the filter's delay.
    delay_left: usize,
    frames_in: u64,
    frames_out: u64,
}

impl Resampler {
    /// From one rate to another, Hz; `None` if no filter can be made for the ratio.
    #[must_use]
    pub fn new(from_hz: u32, to_hz: u32, channels: usize) -> Option<Self> {
        let ratio = f64::from(to_hz) / f64::from(from_hz);
        let inner = Fft::new(
            from_hz as usize,
            to_hz as usize,
            CHUNK_FRAMES,
            channels,
            FixedSync::Input,
        );
        let inner = inner.ok()?;
        Some(Self {
            chunk: vec![0.0; inner.output_frames_max() * channels],
            delay_left: inner.output_delay(),
            inner,
            channels,
            ratio,
            pending: Vec::new(),
            frames_in: 0,
            frames_out: 0,
        })
    }

    /// Resamples, appending to `out` what is ready.
    pub fn push(&mut self, samples: &[f32], out: &mut Vec<f32>) {
        self.frames_in += (samples.len() / self.channels) as u64;
        self.pending.extend_from_slice(samples);
        let mut done = 0;
        loop {
            let chunk_len = self.inner.input_frames_next() * self.channels;
            if self.pending.len() - done < chunk_len {
                break;
            }
            self.process(done, None, out);
            done += chunk_len;
        }
        self.pending.drain(..done);
    }

    /// Frames that are still to come out for what was pushed.
    #[must_use]
    pub fn owed(&self) -> u64 {
        self.total_out().saturating_sub(self.frames_out)
    }

    fn total_out(&self) -> u64 {
        (self.frames_in as f64 * self.ratio).round() as u64
    }

    /// Appends the rest, after the last push.
    pub fn finish(&mut self, out: &mut Vec<f32>) {
        let total = self.total_out();
        let mut left = self.pending.len() / self.channels;
        let whole = self.inner.input_frames_next() * self.channels;
        self.pending.resize(whole, 0.0);
        // The filter's tail takes a chunk or two of silence to come out.
        for _ in 0..8 {
            if self.frames_out >= total {
                break;
            }
            let before = out.len();
            self.process(0, Some(left), out);
            left = 0;
            let excess = self.frames_out.saturating_sub(total) as usize;
            out.truncate(out.len().saturating_sub(excess * self.channels).max(before));
        }
        self.pending.clear();
    }

    fn process(&mut self, start: usize, partial: Option<usize>, out: &mut Vec<f32>) {
        let input = &self.pending[start..];
        let frames = input.len() / self.channels;
        let capacity = self.chunk.len() / self.channels;
        let (Ok(input), Ok(mut output)) = (
            InterleavedSlice::new(input, self.channels, frames),
            InterleavedSlice::new_mut(&mut self.chunk, self.channels, capacity),
        ) else {
            return;
        };
        let indexing = partial.map(|frames| Indexing::new().partial_len(frames));
        let made = self
            .inner
            .process_into_buffer(&input, &mut output, indexing.as_ref());
        let made = made.map_or(0, |(_, made)| made);
        let dropped = self.delay_left.min(made);
        self.delay_left -= dropped;
        self.frames_out += (made - dropped) as u64;
        out.extend_from_slice(&self.chunk[dropped * self.channels..made * self.channels]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::f64::consts::TAU;

    fn tone(rate: u32, frames: usize) -> Vec<f32> {
        let step = TAU * 1000.0 / f64::from(rate);
        (0..frames)
            .flat_map(|frame| {
                let value = (step * frame as f64).sin() as f32 * 0.5;
                [value, -value]
            })
            .collect()
    }

    /// Error of a resampled tone against the same tone made at the new rate, dB.
    fn error_db(from: u32, to: u32) -> f64 {
        let mut resampler = Resampler::new(from, to, 2).unwrap();
        let mut out = Vec::new();
        for block in tone(from, from as usize).chunks(2 * 777) {
            resampler.push(block, &mut out);
        }
        resampler.finish(&mut out);
        let expected = tone(to, to as usize);
        assert_eq!(out.len(), expected.len(), "{from} to {to}");
        // The tone's hard edges ring; the rest must fit to the sample.
        let inner = 2000..expected.len() - 2000;
        let power = |samples: &mut dyn Iterator<Item = f32>| -> f64 {
            samples.map(|s| f64::from(s) * f64::from(s)).sum()
        };
        let pairs = out[inner.clone()].iter().zip(&expected[inner.clone()]);
        let error = power(&mut pairs.map(|(a, b)| a - b));
        let signal = power(&mut expected[inner].iter().copied());
        10.0 * (error / signal).log10()
    }

    #[test]
    fn a_tone_stays_the_same_tone_in_time_and_level() {
        for (from, to) in [
            (44_100, 48_000),
            (48_000, 44_100),
            (96_000, 48_000),
            (8_000, 48_000),
        ] {
            let error = error_db(from, to);
            assert!(error < -90.0, "{from} to {to}: {error:.0} dB");
        }
    }
}
