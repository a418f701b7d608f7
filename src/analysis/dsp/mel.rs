//! Log-mel spectrum and mel-frequency cepstral coefficients.

use super::stats::Running;
use super::{BINS, MEL_BANDS, POWER_FLOOR, SAMPLE_RATE_HZ, bin_hz, lanes};
use crate::library::Features;
use std::f32::consts::PI;

const COEFFICIENTS: usize = 20;

/// Slaney's mel scale: linear to 1 kHz, logarithmic above.
const HZ_PER_LINEAR_MEL: f32 = 200.0 / 3.0;
const LOG_FROM_HZ: f32 = 1000.0;
const LOG_FROM_MEL: f32 = LOG_FROM_HZ / HZ_PER_LINEAR_MEL;
/// ln(6.4) / 27 a mel.
const LOG_STEP: f32 = 0.068_751_78;

/// One triangular filter: weights of the bins from `first_bin` on.
struct Filter {
    first_bin: usize,
    weights: Vec<f32>,
}

/// 128 Slaney filters of equal area over 0…11,025 Hz, kept sparse.
pub struct MelBank {
    filters: Vec<Filter>,
    /// Power in each band of the last frame.
    pub power: [f32; MEL_BANDS],
    /// The same in dB.
    pub db: [f32; MEL_BANDS],
}

impl MelBank {
    pub fn new() -> Self {
        let top_mel = mel_of(SAMPLE_RATE_HZ as f32 / 2.0);
        let edge_hz = |edge: usize| hz_of(top_mel * edge as f32 / (MEL_BANDS + 1) as f32);
        let filters = (0..MEL_BANDS)
            .map(|band| triangle(edge_hz(band), edge_hz(band + 1), edge_hz(band + 2)))
            .collect();
        Self {
            filters,
            power: [0.0; MEL_BANDS],
            db: [0.0; MEL_BANDS],
        }
    }

    /// Computes [`power`](Self::power) and [`db`](Self::db) of a frame's power spectrum.
    pub fn compute(&mut self, power: &[f32; BINS]) {
        for (out, filter) in self.power.iter_mut().zip(&self.filters) {
            *out = lanes::dot(&power[filter.first_bin..], &filter.weights);
        }
        for (db, power) in self.db.iter_mut().zip(&self.power) {
            *db = 10.0 * power.max(POWER_FLOOR).log10();
        }
    }
}

fn triangle(low_hz: f32, centre_hz: f32, high_hz: f32) -> Filter {
    let area = 2.0 / (high_hz - low_hz);
    let weight = |bin: usize| {
        let rising = (bin_hz(bin) - low_hz) / (centre_hz - low_hz);
        let falling = (high_hz - bin_hz(bin)) / (high_hz - centre_hz);
        rising.min(falling).max(0.0) * area
    };
    let first_bin = (0..BINS).find(|bin| weight(*bin) > 0.0).unwrap_or(0);
    let weights = (first_bin..BINS)
        .map(weight)
        .take_while(|weight| *weight > 0.0)
        .collect();
    Filter { first_bin, weights }
}

fn mel_of(hz: f32) -> f32 {
    if hz < LOG_FROM_HZ {
        hz / HZ_PER_LINEAR_MEL
    } else {
        LOG_FROM_MEL + (hz / LOG_FROM_HZ).ln() / LOG_STEP
    }
}

fn hz_of(mel: f32) -> f32 {
    if mel < LOG_FROM_MEL {
        mel * HZ_PER_LINEAR_MEL
    } else {
        LOG_FROM_HZ * (LOG_STEP * (mel - LOG_FROM_MEL)).exp()
    }
}

/// Mean and spread of the first 20 cepstral coefficients (orthonormal DCT-II of the log-mel
/// spectrum).
pub struct Mfcc {
    cosines: Vec<[f32; MEL_BANDS]>,
    coefficients: [Running; COEFFICIENTS],
}

impl Mfcc {
    pub fn new() -> Self {
        let bands = MEL_BANDS as f32;
        let cosines = (0..COEFFICIENTS)
            .map(|k| {
                let scale = if k == 0 { 1.0 / bands } else { 2.0 / bands }.sqrt();
                std::array::from_fn(|band| {
                    scale * (PI * k as f32 * (2.0 * band as f32 + 1.0) / (2.0 * bands)).cos()
                })
            })
            .collect();
        Self {
            cosines,
            coefficients: [Running::default(); COEFFICIENTS],
        }
    }

    /// Forgets what was heard so far.
    pub fn clear(&mut self) {
        self.coefficients = [Running::default(); COEFFICIENTS];
    }

    pub fn push(&mut self, mel_db: &[f32; MEL_BANDS]) {
        for (cosine, coefficient) in self.cosines.iter().zip(&mut self.coefficients) {
            coefficient.push(lanes::dot(cosine, mel_db));
        }
    }

    pub fn write(&self, features: &mut Features) {
        features.mfcc_mean = self.coefficients.map(|c| c.mean());
        features.mfcc_spread = self.coefficients.map(|c| c.spread());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mel_scale_is_its_own_inverse_and_meets_at_1_khz() {
        for hz in [0.0, 440.0, 999.0, 1000.0, 6400.0, 11025.0] {
            assert!((hz_of(mel_of(hz)) - hz).abs() < 0.05, "{hz}");
        }
        assert!((mel_of(6400.0) - 42.0).abs() < 1e-3);
    }

    #[test]
    fn every_filter_hears_something() {
        let bank = MelBank::new();
        assert!(bank.filters.iter().all(|f| !f.weights.is_empty()));
    }

    #[test]
    fn an_even_log_spectrum_has_only_the_zeroth_coefficient() {
        let mut mfcc = Mfcc::new();
        mfcc.push(&[-10.0; MEL_BANDS]);
        let mut features = crate::analysis::dsp::extractor::silent();
        mfcc.write(&mut features);
        assert!((features.mfcc_mean[0] + 10.0 * 128f32.sqrt()).abs() < 0.01);
        assert!(features.mfcc_mean[1..].iter().all(|c| c.abs() < 1e-3));
    }
}
