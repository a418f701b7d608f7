//! When the music stops by itself. Pure.

use std::time::{Duration, Instant};

/// The last part of a timer, over which the music fades out.
const FADE: Duration = Duration::from_secs(20);

/// When the music should stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sleep {
    /// After this time, fading out towards the end.
    In(Duration),
    /// After the current track.
    EndOfTrack,
    /// After the last track of the queue, whatever repeats.
    EndOfQueue,
}

/// A wish to stop, and since when.
#[derive(Debug, Clone, Copy)]
pub struct SleepTimer {
    wish: Sleep,
    set_at: Instant,
}

impl SleepTimer {
    /// Begins to run now.
    #[must_use]
    pub fn new(wish: Sleep, now: Instant) -> Self {
        Self { wish, set_at: now }
    }

    /// What is wished for; a time is what is left of it.
    #[must_use]
    pub fn left(&self, now: Instant) -> Sleep {
        match self.wish {
            Sleep::In(time) => Sleep::In(time.saturating_sub(now.duration_since(self.set_at))),
            other => other,
        }
    }

    /// Whether the time is over.
    #[must_use]
    pub fn is_over(&self, now: Instant) -> bool {
        self.left(now) == Sleep::In(Duration::ZERO)
    }

    /// The gain now: full, then falling to silence. The square sounds like an even fall.
    #[must_use]
    pub fn gain(&self, now: Instant) -> f32 {
        let (Sleep::In(time), Sleep::In(left)) = (self.wish, self.left(now)) else {
            return 1.0;
        };
        let fade = FADE.min(time / 2).as_secs_f32();
        if fade <= 0.0 {
            return 1.0;
        }
        (left.as_secs_f32() / fade).min(1.0).powi(2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: Duration = Duration::from_mins(1);

    #[test]
    fn the_music_fades_over_the_last_seconds_and_then_it_is_time() {
        let start = Instant::now();
        let timer = SleepTimer::new(Sleep::In(15 * MINUTE), start);
        assert_eq!(timer.left(start + 5 * MINUTE), Sleep::In(10 * MINUTE));
        assert_eq!(timer.gain(start + 14 * MINUTE), 1.0);
        let mut last = 1.0;
        for second in 41..60 {
            let gain = timer.gain(start + 14 * MINUTE + Duration::from_secs(second));
            assert!(gain < last, "{second}: {gain}");
            last = gain;
        }
        assert!(!timer.is_over(start + 14 * MINUTE));
        assert!(timer.is_over(start + 15 * MINUTE));
        assert_eq!(timer.gain(start + 15 * MINUTE), 0.0);
    }

    #[test]
    fn the_end_of_something_has_no_clock() {
        let start = Instant::now();
        for wish in [Sleep::EndOfTrack, Sleep::EndOfQueue] {
            let timer = SleepTimer::new(wish, start);
            let later = start + 600 * MINUTE;
            assert_eq!(timer.left(later), wish);
            assert!(!timer.is_over(later));
            assert_eq!(timer.gain(later), 1.0);
        }
    }
}
