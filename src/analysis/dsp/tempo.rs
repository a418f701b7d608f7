//! Tempo: at which lag the onset envelope repeats itself (autocorrelation tempogram).
//!
//! As librosa's `feature.tempo`: Hann-windowed stretches of 8 s are autocorrelated, each
//! scaled to its largest value, averaged, and weighed with a log-normal prior around
//! 120 bpm. On purpose different: a stretch starts every 2 s instead of every frame; its
//! mean is taken off first, so that an envelope without a beat reads as none; and the peak
//! is interpolated, where librosa answers in whole frames of lag (117 or 123 bpm, not 120).

use super::FRAME_RATE_HZ;
use std::f32::consts::TAU;

/// Frames in a stretch: 8 s.
const STRETCH_LEN: usize = 344;

/// Frames from one stretch to the next: 2 s.
const STRETCH_HOP: usize = 86;

/// Tempo the prior is centred on, and its spread in octaves.
const PRIOR_BPM: f32 = 120.0;
const PRIOR_OCTAVES: f32 = 1.0;

/// Tempos looked for.
const SLOWEST_BPM: f32 = 30.0;
const FASTEST_BPM: f32 = 320.0;

/// Mean autocorrelation that counts as a beat, of 1 for exact repetition: so much in any
/// case, and so much over the root of the number of stretches, as chance evens out.
const WEAKEST_BEAT: f32 = 0.05;
const CHANCE: f32 = 0.25;

/// Autocorrelation of the onset envelope, averaged over stretches.
pub struct Tempo {
    window: [f32; STRETCH_LEN],
    /// The newest frames; older ones move out at the front.
    recent: [f32; STRETCH_LEN],
    filled: usize,
    correlation: [f64; STRETCH_LEN],
    stretches: u32,
}

impl Tempo {
    pub fn new() -> Self {
        let mut window = [0.0; STRETCH_LEN];
        for (i, w) in window.iter_mut().enumerate() {
            *w = 0.5 - 0.5 * (TAU * i as f32 / STRETCH_LEN as f32).cos();
        }
        Self {
            window,
            recent: [0.0; STRETCH_LEN],
            filled: 0,
            correlation: [0.0; STRETCH_LEN],
            stretches: 0,
        }
    }

    /// Takes in the onset strength of a frame.
    pub fn push(&mut self, novelty: f32) {
        if self.filled == STRETCH_LEN {
            self.recent.copy_within(STRETCH_HOP.., 0);
            self.filled -= STRETCH_HOP;
        }
        self.recent[self.filled] = novelty;
        self.filled += 1;
        if self.filled == STRETCH_LEN {
            self.take_stretch();
        }
    }

    /// The next frame does not follow on the last: no stretch reaches across. What is
    /// shorter than a stretch is one, unless there were others: then it is dropped.
    pub fn cut(&mut self) {
        if self.stretches == 0 && self.filled > 0 {
            self.take_stretch();
        }
        self.filled = 0;
    }

    /// Forgets what was heard so far, but not what the next frame follows on.
    pub fn clear(&mut self) {
        self.correlation = [0.0; STRETCH_LEN];
        self.stretches = 0;
    }

    /// Beats a minute; 0 when nothing repeats.
    pub fn bpm(&self) -> f32 {
        if self.stretches == 0 {
            return 0.0;
        }
        let at = |lag: usize| (self.correlation[lag] / f64::from(self.stretches)) as f32;
        let shortest = (60.0 * FRAME_RATE_HZ / FASTEST_BPM).ceil() as usize;
        let longest = (60.0 * FRAME_RATE_HZ / SLOWEST_BPM).floor() as usize;
        let weakest = WEAKEST_BEAT + CHANCE / (self.stretches as f32).sqrt();
        let mut best = (0, f32::NEG_INFINITY);
        for lag in shortest..=longest {
            let strength = at(lag);
            let is_peak = strength >= at(lag - 1) && strength >= at(lag + 1);
            if strength < weakest || !is_peak {
                continue;
            }
            let octaves = (bpm_of(lag as f32) / PRIOR_BPM).log2() / PRIOR_OCTAVES;
            let score = strength.ln() - 0.5 * octaves * octaves;
            if score > best.1 {
                best = (lag, score);
            }
        }
        let (lag, _) = best;
        if lag == 0 {
            return 0.0;
        }
        bpm_of(lag as f32 + vertex(at(lag - 1), at(lag), at(lag + 1)))
    }

    fn take_stretch(&mut self) {
        self.stretches += 1;
        let recent = &self.recent[..self.filled];
        let mean = recent.iter().sum::<f32>() / recent.len() as f32;
        let mut stretch = [0.0; STRETCH_LEN];
        for ((out, novelty), weight) in stretch.iter_mut().zip(recent).zip(&self.window) {
            *out = (novelty - mean) * weight;
        }
        let energy = super::lanes::dot(&stretch, &stretch);
        if energy <= f32::EPSILON {
            return;
        }
        for (lag, sum) in self.correlation.iter_mut().enumerate() {
            *sum += f64::from(super::lanes::dot(&stretch, &stretch[lag..]) / energy);
        }
    }
}

fn bpm_of(lag_frames: f32) -> f32 {
    60.0 * FRAME_RATE_HZ / lag_frames
}

/// Offset, −0.5…0.5, of the top of the parabola through three neighbours.
fn vertex(before: f32, at: f32, after: f32) -> f32 {
    let curvature = before - 2.0 * at + after;
    if curvature.abs() < f32::EPSILON {
        0.0
    } else {
        (0.5 * (before - after) / curvature).clamp(-0.5, 0.5)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tempo_of(envelope: impl Iterator<Item = f32>) -> f32 {
        let mut tempo = Tempo::new();
        envelope.for_each(|novelty| tempo.push(novelty));
        tempo.cut();
        tempo.bpm()
    }

    #[test]
    fn regular_pulses_have_their_tempo() {
        for bpm in [70.0, 90.0, 120.0, 140.0] {
            let period = 60.0 * FRAME_RATE_HZ / bpm;
            let pulses = (0..900).map(|i| {
                let phase = (i as f32 % period).min(period - i as f32 % period);
                (-phase * phase / 2.0).exp()
            });
            let heard = tempo_of(pulses);
            assert!((heard / bpm - 1.0).abs() < 0.02, "{bpm} heard as {heard}");
        }
    }

    #[test]
    fn an_even_or_missing_envelope_has_no_tempo() {
        assert_eq!(tempo_of((0..900).map(|_| 1.0)), 0.0);
        assert_eq!(tempo_of(std::iter::empty()), 0.0);
    }
}
