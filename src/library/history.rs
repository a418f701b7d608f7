//! What was heard, and what led to it.

use super::TrackId;
use crate::mood::Mood;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use std::sync::Arc;

/// As many plays as a limit can name: more than anyone hears.
pub const EVERY_PLAY: usize = u32::MAX as usize;

/// One time a track was played.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Play {
    /// Which track.
    pub track: TrackId,
    /// When it began, seconds since 1970.
    pub at_unix_secs: i64,
    /// How long it was heard.
    pub played_secs: f32,
    /// Heard to its end, or half of it; otherwise it was skipped.
    pub finished: bool,
}

/// What kind of wish led to music.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OccasionKind {
    /// A typed feeling.
    Feeling,
    /// A mood picked by name.
    Mood,
    /// A point of the mood plane.
    Point,
    /// A photo.
    Photo,
    /// More like some track.
    Like,
    /// Like what was heard lately.
    Lately,
    /// Something unexpected.
    Surprise,
    /// A walk from one mood to another.
    Journey,
    /// A playlist.
    Playlist,
    /// Files that were opened.
    Files,
    /// Tracks picked in the library; also what a later version knows better.
    #[default]
    #[serde(other)]
    Library,
}

impl OccasionKind {
    /// Its name in files.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Feeling => "feeling",
            Self::Mood => "mood",
            Self::Point => "point",
            Self::Photo => "photo",
            Self::Like => "like",
            Self::Lately => "lately",
            Self::Surprise => "surprise",
            Self::Journey => "journey",
            Self::Playlist => "playlist",
            Self::Files => "files",
            Self::Library => "library",
        }
    }
}

/// What led to music.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Occasion {
    /// What kind of wish.
    pub kind: OccasionKind,
    /// The feeling as typed, the playlist's name, the track's title; may be empty.
    pub text: String,
    /// The mood it was understood as.
    pub mood: Option<Mood>,
    /// The photo.
    pub picture: Option<PathBuf>,
}

/// Music that one wish led to.
#[derive(Debug, Clone, PartialEq)]
pub struct Sitting {
    /// Tells it from others: when it began, microseconds since 1970.
    pub began_unix_us: i64,
    /// What led to it.
    pub occasion: Occasion,
}

/// A play with what led to it; `None` for plays of the time before that was kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Heard {
    /// The play.
    pub play: Play,
    /// What led to it.
    pub sitting: Option<Arc<Sitting>>,
}
