//! What the desktop is shown now, and what its wishes mean for that.

use super::facts::{Facts, position_secs};
use crate::playback::{PlayerCommand, PlayerState};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

/// What is shown now.
pub struct Now {
    pub state: Arc<PlayerState>,
    pub facts: Facts,
    /// When the player told.
    pub at: Instant,
}

impl Now {
    /// What the player tells at this moment.
    pub fn of(state: &Arc<PlayerState>, facts: Facts) -> Self {
        Self {
            state: Arc::clone(state),
            facts,
            at: Instant::now(),
        }
    }

    /// Where the music is.
    pub fn position_secs(&self) -> f32 {
        position_secs(&self.state, self.at.elapsed())
    }

    /// On to the next track, if there is one.
    pub fn next(&self) -> Option<PlayerCommand> {
        self.facts.can_go_next.then_some(PlayerCommand::Next)
    }

    /// On or back by so much; past the end means the next track.
    pub fn seek_by(&self, offset_secs: f32) -> Option<PlayerCommand> {
        let position_secs = self.position_secs() + offset_secs;
        if !self.facts.can_seek {
            None
        } else if position_secs > self.state.duration_secs {
            self.next()
        } else {
            Some(PlayerCommand::Seek {
                position_secs: position_secs.max(0.0),
            })
        }
    }

    /// To a place in the track; ignored when it lies outside.
    pub fn seek_to(&self, position_secs: f32) -> Option<PlayerCommand> {
        let inside = (0.0..=self.state.duration_secs).contains(&position_secs);
        (self.facts.can_seek && inside).then_some(PlayerCommand::Seek { position_secs })
    }
}

/// Playing after this begins at the beginning of the track.
pub fn stop() -> [PlayerCommand; 2] {
    [
        PlayerCommand::Pause,
        PlayerCommand::Seek { position_secs: 0.0 },
    ]
}

/// Read by the desktop's own threads, written by ours.
#[derive(Clone)]
pub struct Shared(Arc<Mutex<Now>>);

impl Default for Shared {
    fn default() -> Self {
        let nothing = Now::of(&Arc::default(), Facts::default());
        Self(Arc::new(Mutex::new(nothing)))
    }
}

impl Shared {
    pub fn lock(&self) -> MutexGuard<'_, Now> {
        // Every change is whole, so a panic elsewhere leaves it usable.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::Track;

    fn now(tracks: usize, position_secs: f32) -> Now {
        let state = Arc::new(PlayerState {
            queue: (0..tracks).map(|_| Arc::new(Track::default())).collect(),
            index: (tracks > 0).then_some(0),
            position_secs,
            duration_secs: if tracks > 0 { 100.0 } else { 0.0 },
            ..PlayerState::default()
        });
        let facts = Facts::of(&state, None);
        Now::of(&state, facts)
    }

    fn sought_secs(command: Option<PlayerCommand>) -> Option<f32> {
        match command? {
            PlayerCommand::Seek { position_secs } => Some(position_secs),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_step_past_the_end_is_the_next_track_and_one_before_the_beginning_is_there() {
        assert_eq!(sought_secs(now(2, 95.0).seek_by(-10.0)), Some(85.0));
        assert_eq!(sought_secs(now(2, 5.0).seek_by(-10.0)), Some(0.0));
        let next = now(2, 95.0).seek_by(10.0);
        assert!(matches!(next, Some(PlayerCommand::Next)), "{next:?}");
        assert!(now(1, 95.0).seek_by(10.0).is_none());
    }

    #[test]
    fn places_outside_of_the_track_are_no_places() {
        assert_eq!(sought_secs(now(1, 0.0).seek_to(60.0)), Some(60.0));
        for position_secs in [-1.0, 100.1, f32::NAN] {
            assert!(now(1, 0.0).seek_to(position_secs).is_none());
        }
        assert!(now(0, 0.0).seek_to(0.0).is_none());
    }
}
