//! Level and zero crossings of a frame, from its samples.

use super::stats::Running;
use super::{FRAME_LEN, HOP_LEN, SILENCE_DB, lanes};
use crate::library::Features;

/// Samples above this are not negative: the last ripples of a fade are no crossings.
const ZERO: f32 = -1e-10;

/// Mean level, its spread, and the rate of zero crossings, over sounding frames.
#[derive(Default)]
pub struct Level {
    decibels: Running,
    crossings: Running,
    /// Sum of squares and zero crossings of each hop of the last frame, a ring.
    hops: [(f32, u32); HOPS],
    frames: usize,
    /// Of the last frame, dBFS.
    pub db: f32,
}

/// Hops in a frame; all but the newest were in the frame before.
const HOPS: usize = FRAME_LEN / HOP_LEN;

impl Level {
    /// Takes a frame in; whether it sounds at all.
    pub fn push(&mut self, frame: &[f32; FRAME_LEN]) -> bool {
        let known = if self.frames == 0 { 0 } else { HOPS - 1 };
        for hop in known..HOPS {
            let start = hop * HOP_LEN;
            let samples = &frame[start..start + HOP_LEN];
            let with_previous = &frame[start.saturating_sub(1)..start + HOP_LEN];
            // The oldest hop makes place.
            self.hops[(self.frames + hop + 1) % HOPS] = (
                lanes::sum_of(samples, |x| x * x),
                zero_crossings(with_previous),
            );
        }
        self.frames += 1;
        let power = self.hops.iter().map(|hop| hop.0).sum::<f32>() / FRAME_LEN as f32;
        self.db = 10.0 * power.max(1e-12).log10();
        if self.db <= SILENCE_DB {
            return false;
        }
        self.decibels.push(self.db);
        let crossings: u32 = self.hops.iter().map(|hop| hop.1).sum();
        self.crossings.push(crossings as f32 / FRAME_LEN as f32);
        true
    }

    /// The next frame shares nothing with the last.
    pub fn cut(&mut self) {
        self.frames = 0;
    }

    /// Forgets what was heard so far, but not what the next frame follows on.
    pub fn clear(&mut self) {
        self.decibels = Running::default();
        self.crossings = Running::default();
    }

    pub fn write(&self, features: &mut Features) {
        features.rms_db = self.decibels.mean();
        features.rms_spread_db = self.decibels.spread();
        features.zero_crossing_rate = self.crossings.mean();
    }
}

fn zero_crossings(samples: &[f32]) -> u32 {
    samples
        .iter()
        .zip(&samples[1..])
        .map(|(a, b)| u32::from((*a < ZERO) != (*b < ZERO)))
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crossings_are_changes_of_sign() {
        assert_eq!(zero_crossings(&[1.0, -1.0, -0.5, 0.25, 0.5, -2.0]), 3);
    }

    #[test]
    fn a_silent_frame_does_not_sound() {
        let mut level = Level::default();
        assert!(!level.push(&[0.0; FRAME_LEN]));
        assert!(level.push(&[0.1; FRAME_LEN]));
        // Three hops of silence are still in the first, one in the third, none after that.
        for _ in 0..6 {
            level.push(&[0.1; FRAME_LEN]);
        }
        assert!(level.decibels.mean() < -20.0);
        let mut steady = Level::default();
        for _ in 0..6 {
            steady.push(&[0.1; FRAME_LEN]);
        }
        assert!((steady.decibels.mean() + 20.0).abs() < 1e-3);
        assert!(steady.decibels.spread() < 1e-3);
    }
}
