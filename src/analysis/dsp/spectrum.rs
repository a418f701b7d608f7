//! The shape of a frame's spectrum: centroid, bandwidth, rolloff, flatness.

use super::stats::Running;
use super::stft::Stft;
use super::{BINS, POWER_FLOOR, bin_hz, lanes};
use crate::library::Features;

/// Share of the magnitude that lies below the rolloff.
const ROLLOFF_SHARE: f32 = 0.85;

/// Magnitudes added up before looking where the rolloff falls.
const ROLLOFF_STRIDE: usize = 32;

/// Means of the spectral shape.
pub struct Shape {
    hz: [f32; BINS],
    hz_squared: [f32; BINS],
    centroid: Running,
    bandwidth: Running,
    rolloff: Running,
    flatness: Running,
}

impl Shape {
    pub fn new() -> Self {
        let mut hz = [0.0; BINS];
        for (bin, value) in hz.iter_mut().enumerate() {
            *value = bin_hz(bin);
        }
        Self {
            hz,
            hz_squared: hz.map(|f| f * f),
            centroid: Running::default(),
            bandwidth: Running::default(),
            rolloff: Running::default(),
            flatness: Running::default(),
        }
    }

    /// Forgets what was heard so far.
    pub fn clear(&mut self) {
        self.centroid = Running::default();
        self.bandwidth = Running::default();
        self.rolloff = Running::default();
        self.flatness = Running::default();
    }

    pub fn push(&mut self, spectrum: &Stft) {
        let total = lanes::sum_of(&spectrum.magnitude, |x| x);
        if total <= 0.0 {
            return;
        }
        let centroid = lanes::dot(&spectrum.magnitude, &self.hz) / total;
        let second_moment = lanes::dot(&spectrum.magnitude, &self.hz_squared) / total;
        self.centroid.push(centroid);
        self.bandwidth
            .push((second_moment - centroid * centroid).max(0.0).sqrt());
        self.rolloff.push(rolloff(&spectrum.magnitude, total));
        self.flatness.push(flatness(&spectrum.power));
    }

    pub fn write(&self, features: &mut Features) {
        features.centroid_hz = self.centroid.mean();
        features.bandwidth_hz = self.bandwidth.mean();
        features.rolloff_hz = self.rolloff.mean();
        features.flatness = self.flatness.mean();
    }
}

/// The lowest bin up to which [`ROLLOFF_SHARE`] of the magnitude lies, in Hz.
fn rolloff(magnitude: &[f32; BINS], total: f32) -> f32 {
    let wanted = ROLLOFF_SHARE * total;
    let mut below = 0.0;
    let mut start = 0;
    for stride in magnitude.chunks(ROLLOFF_STRIDE) {
        let sum = lanes::sum_of(stride, |x| x);
        if below + sum >= wanted {
            break;
        }
        below += sum;
        start += stride.len();
    }
    for (bin, value) in magnitude.iter().enumerate().skip(start) {
        below += value;
        if below >= wanted {
            return bin_hz(bin);
        }
    }
    bin_hz(BINS - 1)
}

/// Geometric over arithmetic mean of the power spectrum.
fn flatness(power: &[f32; BINS]) -> f32 {
    // One logarithm for eight bins: their product stays far inside an f64's range.
    let chunks = power.chunks_exact(8);
    let mut log_sum: f64 = chunks
        .remainder()
        .iter()
        .map(|p| f64::from(p.max(POWER_FLOOR)).ln())
        .sum();
    for chunk in chunks {
        log_sum += chunk
            .iter()
            .map(|p| f64::from(p.max(POWER_FLOOR)))
            .product::<f64>()
            .ln();
    }
    let geometric = (log_sum / BINS as f64).exp() as f32;
    let arithmetic = lanes::sum_of(power, |p| p.max(POWER_FLOOR)) / BINS as f32;
    geometric / arithmetic
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_even_spectrum_is_flat_and_rolls_off_near_its_end() {
        let flat = [2.0; BINS];
        assert!((flatness(&flat) - 1.0).abs() < 1e-4);
        let hz = rolloff(&flat, 2.0 * BINS as f32);
        assert!((hz / bin_hz(BINS - 1) - 0.85).abs() < 0.01);
    }

    #[test]
    fn a_single_line_is_not_flat() {
        let mut line = [0.0; BINS];
        line[200] = 1e5;
        assert!(flatness(&line) < 1e-5);
        assert_eq!(rolloff(&line, 1e5), bin_hz(200));
    }
}
