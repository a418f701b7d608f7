//! Level and zero crossings of a frame, from its samples.

use super::stats::Running;
use super::{FRAME_LEN, SILENCE_DB, lanes};
use crate::library::Features;

/// Samples above this are not negative: the last ripples of a fade are no crossings.
const ZERO: f32 = -1e-10;

/// Mean level, its spread, and the rate of zero crossings, over sounding frames.
#[derive(Default)]
pub struct Level {
    level_db: Running,
    crossings: Running,
}

impl Level {
    /// Takes a frame in; whether it sounds at all.
    pub fn push(&mut self, frame: &[f32; FRAME_LEN]) -> bool {
        let power = lanes::sum_of(frame, |x| x * x) / FRAME_LEN as f32;
        let level_db = 10.0 * power.max(1e-12).log10();
        if level_db <= SILENCE_DB {
            return false;
        }
        self.level_db.push(level_db);
        self.crossings
            .push(zero_crossings(frame) as f32 / FRAME_LEN as f32);
        true
    }

    pub fn write(&self, features: &mut Features) {
        features.rms_db = self.level_db.mean();
        features.rms_spread_db = self.level_db.spread();
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
        assert!((level.level_db.mean() + 20.0).abs() < 1e-3);
    }
}
