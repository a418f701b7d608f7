//! How long the rest will take.

use std::collections::VecDeque;
use std::time::Duration;

/// Finished tracks that the throughput is taken from: enough to even out, few enough to
/// follow a change of effort.
const REMEMBERED: usize = 64;

/// Estimates the time left from seconds of audio done in seconds of work.
#[derive(Debug, Clone, Default)]
pub struct TimeLeft {
    /// Audio and work seconds of the last tracks.
    done: VecDeque<(f32, f32)>,
}

impl TimeLeft {
    /// Takes in a finished track: how long it plays, and how long one worker took.
    pub fn record(&mut self, audio_secs: f32, elapsed: Duration) {
        if self.done.len() == REMEMBERED {
            self.done.pop_front();
        }
        self.done
            .push_back((audio_secs.max(0.0), elapsed.as_secs_f32()));
    }

    /// Time for `audio_secs` more with so many workers. `None` before the first track.
    #[must_use]
    pub fn estimate(&self, audio_secs: f32, workers: usize) -> Option<Duration> {
        let (audio, work) = self
            .done
            .iter()
            .fold((0.0, 0.0), |sum, done| (sum.0 + done.0, sum.1 + done.1));
        if audio <= 0.0 || work <= 0.0 {
            return None;
        }
        let secs = audio_secs.max(0.0) * work / audio / workers.max(1) as f32;
        Duration::try_from_secs_f32(secs).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_promised_before_the_first_track() {
        assert_eq!(TimeLeft::default().estimate(100.0, 2), None);
    }

    #[test]
    fn the_estimate_follows_throughput_and_workers() {
        let mut left = TimeLeft::default();
        left.record(200.0, Duration::from_secs(1));
        assert_eq!(left.estimate(2000.0, 1), Some(Duration::from_secs(10)));
        assert_eq!(left.estimate(2000.0, 2), Some(Duration::from_secs(5)));
        // The machine became busy: the old speed is forgotten.
        for _ in 0..REMEMBERED {
            left.record(100.0, Duration::from_secs(1));
        }
        assert_eq!(left.estimate(2000.0, 1), Some(Duration::from_secs(20)));
    }

    #[test]
    fn tracks_without_length_do_not_break_it() {
        let mut left = TimeLeft::default();
        left.record(0.0, Duration::from_millis(1));
        assert_eq!(left.estimate(100.0, 1), None);
        left.record(f32::INFINITY, Duration::from_secs(1));
        assert_eq!(left.estimate(100.0, 1), Some(Duration::ZERO));
    }
}
