//! Energy of the twelve pitch classes, and the key they suggest.

use super::stats::Running;
use super::{BINS, FRAME_LEN, SAMPLE_RATE_HZ};
use crate::library::{Features, Key, KeyMode};

/// Pitch classes.
const CLASSES: usize = 12;

/// Frequency of the A that octave 0 of the filters starts at.
const OCTAVE_ZERO_HZ: f32 = 440.0 / 16.0;

/// Octaves above [`OCTAVE_ZERO_HZ`] where the filters weigh most, and their spread.
const CENTRE_OCTAVE: f32 = 5.0;
const OCTAVE_SPREAD: f32 = 2.0;

/// How well each pitch class from the tonic fits a key, as rated by listeners
/// (Krumhansl & Kessler 1982).
const MAJOR_PROFILE: [f32; CLASSES] = [
    6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88,
];
const MINOR_PROFILE: [f32; CLASSES] = [
    6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17,
];

/// Mean chroma: each frame scaled to a largest class of 1, then averaged.
///
/// librosa's `chroma_stft` filters at standard tuning; tuning is not estimated, a stream
/// cannot know it beforehand.
pub struct Chroma {
    /// Weights of one bin for all classes, so that a bin is added with vector code.
    filters: Vec<[f32; CLASSES]>,
    classes: [Running; CLASSES],
}

impl Chroma {
    pub fn new() -> Self {
        Self {
            filters: (0..BINS).map(filter).collect(),
            classes: [Running::default(); CLASSES],
        }
    }

    /// Forgets what was heard so far.
    pub fn clear(&mut self) {
        self.classes = [Running::default(); CLASSES];
    }

    pub fn push(&mut self, power: &[f32; BINS]) {
        let mut energy = [0.0f32; CLASSES];
        for (power, weights) in power.iter().zip(&self.filters) {
            for (sum, weight) in energy.iter_mut().zip(weights) {
                *sum += power * weight;
            }
        }
        let largest = energy.iter().copied().fold(0.0, f32::max);
        if largest > 0.0 {
            for (class, energy) in self.classes.iter_mut().zip(energy) {
                class.push(energy / largest);
            }
        }
    }

    pub fn write(&self, features: &mut Features) {
        let means = self.classes.map(|class| class.mean());
        let (key, mode_strength) = estimate_key(&means);
        features.key = key;
        features.mode_strength = mode_strength;
        let largest = means.iter().copied().fold(0.0, f32::max);
        features.chroma = if largest > 0.0 {
            means.map(|mean| mean / largest)
        } else {
            means
        };
    }
}

/// Gaussian bumps around the pitch classes, a semitone wide or, for low bins, a bin wide.
fn filter(bin: usize) -> [f32; CLASSES] {
    let semitones = |bin: usize| {
        let hz = bin as f32 * SAMPLE_RATE_HZ as f32 / FRAME_LEN as f32;
        CLASSES as f32 * (hz / OCTAVE_ZERO_HZ).log2()
    };
    // Bin 0 has no pitch; it is put an octave and a half below bin 1.
    let here = if bin == 0 {
        semitones(1) - 1.5 * CLASSES as f32
    } else {
        semitones(bin)
    };
    let width = (semitones(bin + 1) - here).max(1.0);
    let mut weights = [0.0; CLASSES];
    for (class, weight) in weights.iter_mut().enumerate() {
        let half = CLASSES as f32 / 2.0;
        let distance = (here - class as f32 + half).rem_euclid(CLASSES as f32) - half;
        *weight = (-0.5 * (2.0 * distance / width).powi(2)).exp();
    }
    let norm = weights.iter().map(|w| w * w).sum::<f32>().sqrt();
    let octave = (here / CLASSES as f32 - CENTRE_OCTAVE) / OCTAVE_SPREAD;
    let scale = (-0.5 * octave * octave).exp() / norm;
    // Counted from A so far; the first class is C.
    weights.rotate_left(3);
    weights.map(|weight| weight * scale)
}

/// The key whose profile correlates best with a chroma, and how much better the best major
/// key correlates than the best minor one (−2…2). A chroma without shape is C major, 0.
fn estimate_key(chroma: &[f32; CLASSES]) -> (Key, f32) {
    let [(major_tonic, major), (minor_tonic, minor)] = krumhansl(chroma);
    let key = if major >= minor {
        Key {
            tonic: major_tonic,
            mode: KeyMode::Major,
        }
    } else {
        Key {
            tonic: minor_tonic,
            mode: KeyMode::Minor,
        }
    };
    (key, major - minor)
}

/// Best major and best minor key with their Pearson correlations.
fn krumhansl(chroma: &[f32; CLASSES]) -> [(u8, f32); 2] {
    [MAJOR_PROFILE, MINOR_PROFILE].map(|profile| {
        let mut best = (0, f32::NEG_INFINITY);
        for tonic in 0..CLASSES as u8 {
            let mut from_tonic = *chroma;
            from_tonic.rotate_left(usize::from(tonic));
            let fit = correlation(&from_tonic, &profile);
            if fit > best.1 {
                best = (tonic, fit);
            }
        }
        best
    })
}

fn correlation(a: &[f32; CLASSES], b: &[f32; CLASSES]) -> f32 {
    let mean = |v: &[f32; CLASSES]| v.iter().sum::<f32>() / CLASSES as f32;
    let (a_mean, b_mean) = (mean(a), mean(b));
    let (mut product, mut a_squares, mut b_squares) = (0.0, 0.0, 0.0);
    for (x, y) in a.iter().zip(b) {
        let (x, y) = (x - a_mean, y - b_mean);
        product += x * y;
        a_squares += x * x;
        b_squares += y * y;
    }
    let norm = (a_squares * b_squares).sqrt();
    if norm > 1e-9 { product / norm } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_is_its_own_key() {
        let mut g_major = MAJOR_PROFILE;
        g_major.rotate_right(7);
        let (key, strength) = estimate_key(&g_major);
        assert_eq!((key.tonic, key.mode), (7, KeyMode::Major));
        assert!(strength > 0.1);
        let mut e_minor = MINOR_PROFILE;
        e_minor.rotate_right(4);
        let (key, strength) = estimate_key(&e_minor);
        assert_eq!((key.tonic, key.mode), (4, KeyMode::Minor));
        assert!(strength < -0.1);
    }

    #[test]
    fn no_pitch_is_no_mode() {
        assert_eq!(estimate_key(&[0.0; CLASSES]).1, 0.0);
        assert_eq!(estimate_key(&[1.0; CLASSES]).1, 0.0);
    }

    #[test]
    fn a_bin_at_440_hz_belongs_to_a() {
        let bin = (440.0 * FRAME_LEN as f32 / SAMPLE_RATE_HZ as f32).round() as usize;
        let weights = filter(bin);
        let best = (0..CLASSES).max_by(|a, b| weights[*a].total_cmp(&weights[*b]));
        assert_eq!(best, Some(9));
    }
}
