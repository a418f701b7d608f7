//! Onsets: the novelty of each frame, its mean (flux), and its peaks.

use super::stats::Running;
use super::tempo::Tempo;
use super::{FRAME_RATE_HZ, MEL_BANDS, lanes};
use crate::library::Features;

/// Frames looked at together when onsets are picked: 95 s. Loudness is compared within
/// such a part only, so memory stays bounded and a loud end does not hide a quiet start.
const PART_LEN: usize = 4096;

/// librosa's peak picking at this frame rate, in frames: a peak is the largest of the frames
/// from `PRE_MAX` before, and exceeds by `DELTA` the mean from `PRE_MEAN` before to
/// `POST_MEAN` after.
const PRE_MAX: usize = 1;
const PRE_MEAN: usize = 4;
const POST_MEAN: usize = 4;
const WAIT: usize = 1;
const DELTA: f32 = 0.07;

/// Novelty is scaled to its largest value, but to no less than this, dB a frame, so that
/// the ripples of a steady tone are not taken for onsets.
const SMALLEST_RANGE_DB: f32 = 1.0;

/// Onset envelope: mean rise of the log-mel spectrum from frame to frame, dB.
pub struct Onsets {
    previous_db: [f32; MEL_BANDS],
    started: bool,
    flux: Running,
    part: Vec<f32>,
    sounding: u64,
    count: u64,
    tempo: Tempo,
}

impl Onsets {
    pub fn new() -> Self {
        Self {
            previous_db: [0.0; MEL_BANDS],
            started: false,
            flux: Running::default(),
            part: Vec::with_capacity(PART_LEN),
            sounding: 0,
            count: 0,
            tempo: Tempo::new(),
        }
    }

    pub fn push(&mut self, mel_db: &[f32; MEL_BANDS], sounds: bool) {
        let novelty = if self.started {
            let mut rises = [0.0; MEL_BANDS];
            for ((rise, now), before) in rises.iter_mut().zip(mel_db).zip(&self.previous_db) {
                *rise = (now - before).max(0.0);
            }
            lanes::sum_of(&rises, |x| x) / MEL_BANDS as f32
        } else {
            0.0
        };
        self.started = true;
        self.previous_db = *mel_db;
        if sounds {
            self.flux.push(novelty);
            self.sounding += 1;
        }
        self.tempo.push(novelty);
        self.part.push(novelty);
        if self.part.len() == PART_LEN {
            self.close_part();
        }
    }

    /// The next frame does not follow on the last.
    pub fn cut(&mut self) {
        self.close_part();
        self.tempo.cut();
        self.started = false;
    }

    /// Forgets what was heard so far, but not what the next frame follows on.
    pub fn clear(&mut self) {
        self.tempo.clear();
        self.flux = Running::default();
        self.sounding = 0;
        self.count = 0;
    }

    pub fn write(&self, features: &mut Features) {
        features.flux = self.flux.mean();
        features.onset_rate_hz = if self.sounding > 0 {
            self.count as f32 * FRAME_RATE_HZ / self.sounding as f32
        } else {
            0.0
        };
        features.tempo_bpm = self.tempo.bpm();
    }

    /// Counts the onsets that wait to be compared with later ones.
    pub fn close_part(&mut self) {
        self.count += count_peaks(&mut self.part) as u64;
        self.part.clear();
    }
}

/// How many onsets an envelope has. Scales it in place.
fn count_peaks(envelope: &mut [f32]) -> usize {
    let lowest = envelope.iter().copied().fold(f32::INFINITY, f32::min);
    let highest = envelope.iter().copied().fold(0.0, f32::max);
    let range = (highest - lowest).max(SMALLEST_RANGE_DB);
    for value in envelope.iter_mut() {
        *value = (*value - lowest) / range;
    }
    let mut count = 0;
    let mut last: Option<usize> = None;
    for i in 0..envelope.len() {
        let value = envelope[i];
        let is_largest = envelope[i.saturating_sub(PRE_MAX)..i]
            .iter()
            .all(|before| *before <= value);
        let around = &envelope[i.saturating_sub(PRE_MEAN)..(i + POST_MEAN + 1).min(envelope.len())];
        let mean = around.iter().sum::<f32>() / around.len() as f32;
        let waited = last.is_none_or(|last| i - last > WAIT);
        if value > 0.0 && is_largest && value >= mean + DELTA && waited {
            count += 1;
            last = Some(i);
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_spike_is_one_onset() {
        let mut envelope = vec![0.1; 100];
        for at in [10, 30, 50, 70] {
            envelope[at] = 6.0;
            envelope[at + 1] = 5.0;
        }
        assert_eq!(count_peaks(&mut envelope), 4);
    }

    #[test]
    fn ripples_and_silence_have_no_onsets() {
        let mut ripples: Vec<f32> = (0..200).map(|i| 0.02 * (i % 3) as f32).collect();
        assert_eq!(count_peaks(&mut ripples), 0);
        assert_eq!(count_peaks(&mut [0.0; 50]), 0);
        assert_eq!(count_peaks(&mut []), 0);
    }
}
