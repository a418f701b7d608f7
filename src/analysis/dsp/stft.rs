//! Cutting the stream into frames, and their spectra.

use super::{BINS, FRAME_LEN, HOP_LEN};
use realfft::num_complex::Complex;
use realfft::{RealFftPlanner, RealToComplex};
use std::f32::consts::TAU;
use std::sync::Arc;

/// Cuts a stream of samples into overlapping frames. The first frame is centred on the
/// first sample, the last on one of the last [`HOP_LEN`].
pub struct Framer {
    buffer: [f32; FRAME_LEN],
    filled: usize,
}

impl Framer {
    pub fn new() -> Self {
        Self {
            buffer: [0.0; FRAME_LEN],
            filled: FRAME_LEN / 2,
        }
    }

    /// Takes samples in and hands out every frame that they complete.
    pub fn push(&mut self, mut samples: &[f32], mut frame: impl FnMut(&[f32; FRAME_LEN])) {
        while !samples.is_empty() {
            let taken = samples.len().min(FRAME_LEN - self.filled);
            self.buffer[self.filled..self.filled + taken].copy_from_slice(&samples[..taken]);
            self.filled += taken;
            samples = &samples[taken..];
            if self.filled == FRAME_LEN {
                frame(&self.buffer);
                self.buffer.copy_within(HOP_LEN.., 0);
                self.filled -= HOP_LEN;
            }
        }
    }

    /// Hands out the frames that reach over the end, zeros beyond it.
    pub fn finish(&mut self, frame: impl FnMut(&[f32; FRAME_LEN])) {
        self.push(&[0.0; FRAME_LEN / 2], frame);
    }
}

/// Hann-windowed spectrum of one frame at a time.
pub struct Stft {
    fft: Arc<dyn RealToComplex<f32>>,
    window: [f32; FRAME_LEN],
    windowed: Vec<f32>,
    bins: Vec<Complex<f32>>,
    scratch: Vec<Complex<f32>>,
    /// |X|² of the last frame.
    pub power: [f32; BINS],
    /// |X| of the last frame.
    pub magnitude: [f32; BINS],
}

impl Stft {
    pub fn new() -> Self {
        let fft = RealFftPlanner::new().plan_fft_forward(FRAME_LEN);
        let mut window = [0.0; FRAME_LEN];
        for (i, w) in window.iter_mut().enumerate() {
            // The periodic Hann window, as for every STFT.
            *w = 0.5 - 0.5 * (TAU * i as f32 / FRAME_LEN as f32).cos();
        }
        Self {
            window,
            windowed: fft.make_input_vec(),
            bins: fft.make_output_vec(),
            scratch: fft.make_scratch_vec(),
            fft,
            power: [0.0; BINS],
            magnitude: [0.0; BINS],
        }
    }

    /// Computes [`power`](Self::power) and [`magnitude`](Self::magnitude) of a frame.
    pub fn compute(&mut self, frame: &[f32; FRAME_LEN]) {
        for ((out, x), w) in self.windowed.iter_mut().zip(frame).zip(&self.window) {
            *out = x * w;
        }
        self.fft
            .process_with_scratch(&mut self.windowed, &mut self.bins, &mut self.scratch)
            .expect("buffers were made by the plan itself");
        for (power, bin) in self.power.iter_mut().zip(&self.bins) {
            *power = bin.re * bin.re + bin.im * bin.im;
        }
        for (magnitude, power) in self.magnitude.iter_mut().zip(&self.power) {
            *magnitude = power.sqrt();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_of_n_samples_has_one_frame_a_hop_and_one_more() {
        for len in [0, 1, 511, 512, 5000] {
            let mut framer = Framer::new();
            let mut count = 0;
            // Odd block sizes must not matter.
            for block in vec![0.5; len].chunks(333) {
                framer.push(block, |_| count += 1);
            }
            framer.finish(|_| count += 1);
            assert_eq!(count, 1 + len / HOP_LEN, "{len} samples");
        }
    }

    #[test]
    fn a_sine_on_a_bin_has_its_window_sum_as_magnitude() {
        let mut stft = Stft::new();
        let mut frame = [0.0; FRAME_LEN];
        for (i, x) in frame.iter_mut().enumerate() {
            *x = (TAU * 100.0 * i as f32 / FRAME_LEN as f32).sin();
        }
        stft.compute(&frame);
        assert!((stft.magnitude[100] - 512.0).abs() < 0.1);
        assert!(stft.magnitude[110] < 0.1);
    }
}
