//! What was computed from a track's sound: plain numbers, made in `analysis`, kept by `store`.

use crate::mood::MoodVector;
use serde::{Deserialize, Serialize};

/// Major or minor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum KeyMode {
    /// Major.
    Major,
    /// Minor.
    Minor,
}

/// A musical key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Key {
    /// Pitch class of the tonic, 0 = C … 11 = B.
    pub tonic: u8,
    /// Major or minor.
    pub mode: KeyMode,
}

/// DSP descriptors of one track, averaged over its frames. All values are finite.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Features {
    /// Integrated loudness (EBU R128) of the original channels of what was read of the
    /// track, LUFS; −70 for silence. That of the whole track is its
    /// [`Loudness`](super::Loudness).
    pub loudness_lufs: f32,
    /// Mean level of the frames that sound (above −70 dBFS, as in every mean below), dBFS.
    pub rms_db: f32,
    /// Standard deviation of the frame level, dB.
    pub rms_spread_db: f32,
    /// Tempo, beats a minute; 0 when no beat was found.
    pub tempo_bpm: f32,
    /// Onsets a second of sound.
    pub onset_rate_hz: f32,
    /// Most likely key.
    pub key: Key,
    /// Best major minus best minor Krumhansl correlation, −2…2; above 0 sounds major.
    pub mode_strength: f32,
    /// Spectral centroid, Hz.
    pub centroid_hz: f32,
    /// Spectral bandwidth, Hz.
    pub bandwidth_hz: f32,
    /// Frequency below which 85 % of the spectrum's magnitude lies, Hz.
    pub rolloff_hz: f32,
    /// Spectral flatness, 0 (tone) … 1 (white noise).
    pub flatness: f32,
    /// Spectral contrast of seven octave bands, dB.
    pub contrast_db: [f32; 7],
    /// Mean half-wave rectified spectral flux of the log-mel spectrum, dB a frame.
    pub flux: f32,
    /// Zero crossings a sample, 0…1.
    pub zero_crossing_rate: f32,
    /// Means of 20 mel-frequency cepstral coefficients.
    pub mfcc_mean: [f32; 20],
    /// Standard deviations of the same.
    pub mfcc_spread: [f32; 20],
    /// Mean energy of the twelve pitch classes from C, largest 1; all 0 for silence.
    pub chroma: [f32; 12],
    /// Share of percussive energy after harmonic/percussive separation, 0…1.
    pub percussive_share: f32,
}

/// What is known about a track's sound.
#[derive(Debug, Clone, PartialEq)]
pub struct Analysis {
    /// The numbers.
    pub features: Features,
    /// The mood that the rule reads from them against the shipped reference statistics. Never rewritten
    /// when the library grows: it is matched to the library when a question is asked.
    pub mood: MoodVector,
}
