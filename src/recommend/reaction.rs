//! What the listener does about a track, and which of it stands.

use super::signal::Signal;
use crate::library::TrackId;
use crate::mood::Mood;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// What the listener did about a track.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reaction {
    /// Thumb up.
    ThumbUp,
    /// Thumb down.
    ThumbDown,
    /// The thumb was taken back.
    ThumbTaken,
    /// Never suggest this track.
    NeverTrack,
    /// Never suggest this artist.
    NeverArtist,
    /// Never suggest this track in this mood.
    NeverInMood,
    /// The track and its artist may be suggested again.
    Allowed,
    /// Skipped early.
    Skipped,
    /// Heard to the end.
    Finished,
    /// Heard to the end once more within a day.
    Replayed,
    /// Dragged up in a list.
    DraggedUp,
    /// Dragged out of a list, or taken out of the queue.
    DraggedOut,
    /// The last drag of the track, up or out, was taken back.
    DragTaken,
    /// The last skip of the track was taken back: it plays on.
    SkipTaken,
}

impl Reaction {
    /// The stable key of the database and of JSON.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::ThumbUp => "thumb_up",
            Self::ThumbDown => "thumb_down",
            Self::ThumbTaken => "thumb_taken",
            Self::NeverTrack => "never_track",
            Self::NeverArtist => "never_artist",
            Self::NeverInMood => "never_in_mood",
            Self::Allowed => "allowed",
            Self::Skipped => "skipped",
            Self::Finished => "finished",
            Self::Replayed => "replayed",
            Self::DraggedUp => "dragged_up",
            Self::DraggedOut => "dragged_out",
            Self::DragTaken => "drag_taken",
            Self::SkipTaken => "skip_taken",
        }
    }

    /// The reaction whose [`key`](Self::key) is `key`.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        [
            Self::ThumbUp,
            Self::ThumbDown,
            Self::ThumbTaken,
            Self::NeverTrack,
            Self::NeverArtist,
            Self::NeverInMood,
            Self::Allowed,
            Self::Skipped,
            Self::Finished,
            Self::Replayed,
            Self::DraggedUp,
            Self::DraggedOut,
            Self::DragTaken,
            Self::SkipTaken,
        ]
        .into_iter()
        .find(|reaction| reaction.key() == key)
    }

    /// How good it says the track was (−1…1), and how surely (0…1).
    pub(super) const fn verdict(self) -> (f32, f32) {
        match self {
            Self::ThumbUp => (1.0, 1.0),
            Self::ThumbDown => (-1.0, 1.0),
            Self::Replayed => (1.0, 0.4),
            Self::Finished => (0.5, 0.3),
            Self::Skipped => (-0.7, 0.3),
            Self::DraggedUp => (0.6, 0.5),
            Self::DraggedOut => (-0.7, 0.6),
            // A ban says what to leave out, not how good it is: a spare copy of a loved song
            // is banned, too.
            Self::ThumbTaken
            | Self::NeverTrack
            | Self::NeverArtist
            | Self::NeverInMood
            | Self::Allowed
            | Self::DragTaken
            | Self::SkipTaken => (0.0, 0.0),
        }
    }
}

/// In what a track was suggested when the listener reacted.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Setting {
    /// The strongest mood of what was asked for.
    pub region: Mood,
    /// For each signal (in the order of [`Signal::ALL`]), the track's share of it less the
    /// mean share in that playlist, −1…1: what it was suggested for rather than others.
    pub stood_out: [f32; Signal::COUNT],
}

/// One reaction of the listener.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Feedback {
    /// To which track.
    pub track: TrackId,
    /// What it was.
    pub reaction: Reaction,
    /// When, seconds since 1970.
    pub at_unix_secs: i64,
    /// In which playlist, if it came from one.
    pub setting: Option<Setting>,
}

/// The reactions that stand, in their order: what was taken back was never done, nor was a
/// thumb that the other one replaced. `feedback` is in the order it was given.
#[must_use]
pub fn standing(feedback: &[Feedback]) -> Vec<Feedback> {
    let mut standing: Vec<Option<Feedback>> = Vec::with_capacity(feedback.len());
    // Where each track's thumbs stand, which all point the same way.
    let mut thumbs: HashMap<TrackId, Vec<usize>> = HashMap::new();
    for each in feedback {
        let taken_back: &[Reaction] = match each.reaction {
            Reaction::DragTaken => &[Reaction::DraggedUp, Reaction::DraggedOut],
            Reaction::SkipTaken => &[Reaction::Skipped],
            Reaction::ThumbUp | Reaction::ThumbDown | Reaction::ThumbTaken => {
                let given = thumbs.entry(each.track).or_default();
                given.retain(|at| {
                    let stands = standing[*at].filter(|thumb| thumb.reaction == each.reaction);
                    standing[*at] = stands;
                    stands.is_some()
                });
                if each.reaction != Reaction::ThumbTaken {
                    given.push(standing.len());
                    standing.push(Some(*each));
                }
                continue;
            }
            _ => {
                standing.push(Some(*each));
                continue;
            }
        };
        let last = standing.iter_mut().rev().find(|earlier| {
            earlier.is_some_and(|earlier| {
                earlier.track == each.track && taken_back.contains(&earlier.reaction)
            })
        });
        last.map(Option::take);
    }
    standing.into_iter().flatten().collect()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub fn said(track: i64, reaction: Reaction) -> Feedback {
        Feedback {
            track: TrackId(track),
            reaction,
            at_unix_secs: 0,
            setting: None,
        }
    }

    #[test]
    fn what_was_taken_back_was_never_done() {
        let given = [
            said(1, Reaction::DraggedUp),
            said(2, Reaction::DraggedOut),
            said(1, Reaction::DraggedUp),
            said(1, Reaction::Finished),
            said(1, Reaction::DragTaken),
            said(3, Reaction::DragTaken),
            said(2, Reaction::Skipped),
            said(2, Reaction::SkipTaken),
        ];
        let left = [given[0], given[1], given[3]];
        assert_eq!(standing(&given), left);
        assert_eq!(standing(&left), left);
    }

    #[test]
    fn of_a_tracks_thumbs_those_of_the_last_mind_stand() {
        let given = [
            said(1, Reaction::ThumbUp),
            said(2, Reaction::ThumbDown),
            said(1, Reaction::ThumbUp),
            said(3, Reaction::ThumbUp),
            said(1, Reaction::Finished),
            said(1, Reaction::ThumbDown),
            said(3, Reaction::ThumbTaken),
            said(3, Reaction::ThumbTaken),
        ];
        assert_eq!(standing(&given[..5]), given[..5]);
        assert_eq!(standing(&given), [given[1], given[4], given[5]]);
    }

    #[test]
    fn every_reaction_has_a_key_of_its_own() {
        for reaction in [Reaction::ThumbUp, Reaction::DragTaken, Reaction::Allowed] {
            assert_eq!(Reaction::from_key(reaction.key()), Some(reaction));
        }
        assert_eq!(Reaction::from_key("cheered"), None);
    }
}
