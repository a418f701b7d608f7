//! Looking at samples: which tone is it, how loud.

use std::f64::consts::TAU;

/// One channel of interleaved samples.
pub fn channel(samples: &[f32], channels: usize, which: usize) -> Vec<f32> {
    samples
        .iter()
        .skip(which)
        .step_by(channels)
        .copied()
        .collect()
}

/// Root mean square.
pub fn rms(samples: &[f32]) -> f32 {
    let sum: f64 = samples.iter().map(|&s| f64::from(s) * f64::from(s)).sum();
    (sum / samples.len().max(1) as f64).sqrt() as f32
}

/// Share of the energy that a single tone explains, 0…1.
pub fn tone_share(samples: &[f32], rate_hz: u32, pitch_hz: f64) -> f64 {
    let step = TAU * pitch_hz / f64::from(rate_hz);
    let (mut real, mut imaginary, mut energy) = (0.0, 0.0, 0.0);
    for (index, &sample) in samples.iter().enumerate() {
        let sample = f64::from(sample);
        let phase = step * index as f64;
        real += sample * phase.cos();
        imaginary += sample * phase.sin();
        energy += sample * sample;
    }
    if energy == 0.0 {
        return 0.0;
    }
    2.0 * (real * real + imaginary * imaginary) / (energy * samples.len() as f64)
}
