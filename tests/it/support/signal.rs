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

/// A tone, one channel, half scale.
pub fn tone(rate_hz: u32, pitch_hz: f64, frames: usize) -> Vec<i16> {
    let step = TAU * pitch_hz / f64::from(rate_hz);
    (0..frames)
        .map(|frame| ((step * frame as f64).sin() * 16_384.0) as i16)
        .collect()
}

/// Writes a 16-bit WAV file.
pub fn write_wav(path: &std::path::Path, rate_hz: u32, channels: u16, samples: &[i16]) {
    let data_len = samples.len() as u32 * 2;
    let mut bytes = Vec::with_capacity(44 + samples.len() * 2);
    bytes.extend(b"RIFF");
    bytes.extend((36 + data_len).to_le_bytes());
    bytes.extend(b"WAVEfmt ");
    bytes.extend(16_u32.to_le_bytes());
    bytes.extend(1_u16.to_le_bytes());
    bytes.extend(channels.to_le_bytes());
    bytes.extend(rate_hz.to_le_bytes());
    bytes.extend((rate_hz * u32::from(channels) * 2).to_le_bytes());
    bytes.extend((channels * 2).to_le_bytes());
    bytes.extend(16_u16.to_le_bytes());
    bytes.extend(b"data");
    bytes.extend(data_len.to_le_bytes());
    bytes.extend(samples.iter().flat_map(|sample| sample.to_le_bytes()));
    std::fs::write(path, bytes).unwrap();
}

/// The same samples as a decoder gives them.
pub fn as_float(samples: &[i16]) -> Vec<f32> {
    samples.iter().map(|&s| f32::from(s) / 32_768.0).collect()
}
