//! What the desktop is shown of the player, and what of it changed. Pure.

use crate::library::Track;
use crate::playback::{PlayerState, Repeat, Status};
use std::sync::Arc;
use std::time::Duration;

/// A position that differs by more than this from where the music would have got to by
/// itself was jumped to.
const JUMP_SECS: f32 = 1.0;

/// What the desktop is shown, but for the position.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Facts {
    pub status: Status,
    pub repeat: Repeat,
    pub shuffled: bool,
    /// 0…1.
    pub volume: f32,
    pub track: Option<TrackFacts>,
    pub can_go_next: bool,
    pub can_go_previous: bool,
    pub can_play: bool,
    pub can_pause: bool,
    pub can_seek: bool,
}

/// What the desktop is shown of a track.
#[derive(Debug, Clone, PartialEq)]
pub struct TrackFacts {
    pub track: Arc<Track>,
    pub length_us: i64,
    /// Address of its cover.
    pub art: Option<String>,
}

impl Facts {
    /// What is to be shown of the player.
    pub fn of(state: &PlayerState, art: Option<String>) -> Self {
        let current = state.current();
        let after = state.index.is_some_and(|at| at + 1 < state.queue.len());
        Self {
            status: state.status,
            repeat: state.repeat,
            shuffled: state.shuffled,
            volume: state.volume,
            can_go_next: after || (current.is_some() && state.repeat == Repeat::All),
            can_go_previous: current.is_some(),
            can_play: !state.queue.is_empty(),
            can_pause: current.is_some(),
            can_seek: current.is_some() && state.duration_secs > 0.0,
            track: current.map(|track| TrackFacts {
                track: Arc::clone(track),
                length_us: micros(state.duration_secs),
                art,
            }),
        }
    }
}

/// Seconds as the desktop counts them.
pub fn micros(secs: f32) -> i64 {
    (f64::from(secs) * 1e6) as i64
}

/// Where the music is, so long after the player told.
pub fn position_secs(state: &PlayerState, since: Duration) -> f32 {
    let since_secs = if state.status == Status::Playing {
        since.as_secs_f32()
    } else {
        0.0
    };
    let end = state.duration_secs;
    let position_secs = state.position_secs + since_secs;
    if end > 0.0 {
        position_secs.min(end)
    } else {
        position_secs
    }
}

/// Whether the music got where it is by a jump, `since` the player told `before`. Who looks
/// on takes a new track to begin at its beginning.
pub fn jumped(before: &PlayerState, now: &PlayerState, since: Duration) -> bool {
    let same = before.current().map(|track| track.id) == now.current().map(|track| track.id);
    let expected_secs = if same {
        position_secs(before, since)
    } else {
        0.0
    };
    // A track that plays again from its beginning has jumped too.
    now.current().is_some() && (now.position_secs - expected_secs).abs() > JUMP_SECS
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::{Tags, TrackId};
    use std::path::PathBuf;

    fn state(ids: &[i64], index: usize, position_secs: f32) -> PlayerState {
        let track = |id: &i64| {
            Arc::new(Track {
                id: TrackId(*id),
                path: PathBuf::from(format!("/m/{id}.flac")),
                tags: Tags::default(),
                duration_secs: 100.0,
                ..Track::default()
            })
        };
        PlayerState {
            status: Status::Playing,
            queue: ids.iter().map(track).collect(),
            index: Some(index),
            position_secs,
            duration_secs: 100.0,
            volume: 0.5,
            ..PlayerState::default()
        }
    }

    #[test]
    fn only_what_can_be_done_is_offered() {
        let first = Facts::of(&state(&[1, 2], 0, 0.0), None);
        assert!(first.can_go_next && first.can_seek && first.can_pause);
        let mut last = state(&[1, 2], 1, 0.0);
        assert!(!Facts::of(&last, None).can_go_next);
        last.repeat = Repeat::All;
        assert!(Facts::of(&last, None).can_go_next);
        let nothing = Facts::of(&PlayerState::default(), None);
        assert!(!nothing.can_play && !nothing.can_seek && nothing.track.is_none());
    }

    #[test]
    fn music_that_plays_on_has_not_jumped() {
        let second = Duration::from_secs(1);
        let before = state(&[1, 2], 0, 10.0);
        assert!(!jumped(&before, &state(&[1, 2], 0, 11.1), second));
        assert!(jumped(&before, &state(&[1, 2], 0, 40.0), second));
        assert!(jumped(&before, &state(&[1, 2], 0, 0.0), second));
        // The next track begins at its beginning, or was returned to in its middle.
        assert!(!jumped(&before, &state(&[1, 2], 1, 0.1), second));
        assert!(jumped(&before, &state(&[1, 2], 1, 50.0), second));
    }

    #[test]
    fn held_music_stands_still_and_none_plays_past_its_end() {
        let mut held = state(&[1], 0, 10.0);
        assert_eq!(position_secs(&held, Duration::from_secs(200)), 100.0);
        held.status = Status::Paused;
        assert_eq!(position_secs(&held, Duration::from_secs(200)), 10.0);
    }
}
