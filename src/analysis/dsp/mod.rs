//! Digital signal processing: one family of features a file, streaming, no allocation a frame.
//!
//! Everything but loudness and peak works on a mono mix at [`SAMPLE_RATE_HZ`], cut into
//! frames of [`FRAME_LEN`] samples every [`HOP_LEN`], the first centred on the first sample
//! (librosa's `center=True` with zeros around the ends). Definitions are librosa 0.11's
//! unless a file says otherwise. Differences on purpose, all over:
//!
//! - Averages run over *sounding* frames only, those above [`SILENCE_DB`]: a second of
//!   digital silence before the music says nothing about the music.
//! - Powers are floored at [`POWER_FLOOR`] everywhere (librosa: 1e-10, and 80 dB below the
//!   loudest frame for MFCC, which a stream cannot know). The floor is about −94 dBFS, so
//!   16-bit dither, lossy coding and digital zeros read the same.

mod chroma;
mod contrast;
mod extractor;
mod front;
mod hpss;
mod lanes;
mod level;
mod log_mel;
mod loudness;
mod measure;
mod mel;
mod onset;
mod r128;
mod resample;
mod spectrum;
mod stats;
mod stft;
mod tempo;
mod true_peak;
mod waveform;

pub use extractor::{Extracted, Extractor, silent};
pub use log_mel::LogMel;
pub(super) use measure::Measure;

/// Rate that all spectral features work at: enough for everything below 11 kHz, where
/// moods are heard, at half the cost of 44.1 kHz.
pub const SAMPLE_RATE_HZ: u32 = 22_050;

/// Samples in one frame: 93 ms.
pub const FRAME_LEN: usize = 2048;

/// Samples from one frame to the next: 23 ms.
pub const HOP_LEN: usize = 512;

/// Bins of a frame's spectrum.
pub const BINS: usize = FRAME_LEN / 2 + 1;

/// Mel bands.
pub const MEL_BANDS: usize = 128;

/// Frames quieter than this do not count in averages, dBFS.
pub const SILENCE_DB: f32 = -70.0;

/// Smallest power of a spectral bin or band; a full-scale sine has 2.6e5.
pub const POWER_FLOOR: f32 = 1e-4;

/// Frames a second.
pub const FRAME_RATE_HZ: f32 = SAMPLE_RATE_HZ as f32 / HOP_LEN as f32;

/// Centre frequency of a bin.
fn bin_hz(bin: usize) -> f32 {
    bin as f32 * SAMPLE_RATE_HZ as f32 / FRAME_LEN as f32
}
