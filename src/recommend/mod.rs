//! From a target to an ordered playlist with reasons. Pure.

use crate::language::Language;
use crate::library::{Library, Track, TrackId};
use crate::mood::{MoodVector, Source};
use std::sync::Arc;

/// What a query asks for.
#[derive(Debug, Clone, PartialEq)]
pub struct Target {
    /// The mood asked for.
    pub mood: MoodVector,
    /// What it was read from.
    pub read: Vec<TargetReading>,
    /// Tracks to be near to, when examples were given; they are left out of the answer.
    pub seeds: Vec<TrackId>,
}

/// One source of a target with its reason.
#[derive(Debug, Clone, PartialEq)]
pub struct TargetReading {
    /// Where it comes from.
    pub source: Source,
    /// Why it was read so, such as `"lonely", "rain"`; empty when there is nothing to say.
    pub why: Vec<String>,
}

/// One track of a generated playlist.
#[derive(Debug, Clone, PartialEq)]
pub struct Suggestion {
    /// Which.
    pub track: Arc<Track>,
    /// How well it matches, 0…1; falls along the list.
    pub match_score: f32,
    /// The track's mood as matched to the library.
    pub mood: MoodVector,
    /// Why it is here.
    pub why: Why,
}

/// The reason a track was suggested: facts that really decided, most important first.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Why {
    /// The facts.
    pub facts: Vec<Fact>,
}

/// One fact of a reason.
#[derive(Debug, Clone, PartialEq)]
pub enum Fact {}

impl Why {
    /// One grammatical line in the listener's language.
    #[must_use]
    pub fn line(&self, _language: Language) -> String {
        unimplemented!()
    }
}

/// What limits a playlist.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// At most so many tracks.
    pub max_tracks: usize,
    /// Stop when about so much music is gathered.
    pub max_minutes: Option<f32>,
    /// At most so many tracks of one artist in a row of ten; relaxed when nothing else is left.
    pub per_artist: usize,
    /// Only tracks whose genre tag contains this text, if not empty.
    pub genre: String,
    /// Decides between equals.
    pub seed: u64,
}

/// How this library's own moods are spread, for matching "very calm" to what is very calm here.
#[derive(Debug, Clone, Default)]
pub struct Calibration {}

impl Calibration {
    /// Reads the spread of a library. O(n log n); done once a snapshot, off the UI thread.
    #[must_use]
    pub fn of(_library: &Library) -> Self {
        unimplemented!()
    }

    /// A track's raw mood matched to the library's spread.
    #[must_use]
    pub fn matched(&self, _raw: &MoodVector) -> MoodVector {
        unimplemented!()
    }

    /// The moods of all tracks, aligned with [`Library::tracks`].
    #[must_use]
    pub fn moods(&self, _library: &Library) -> Vec<Option<MoodVector>> {
        unimplemented!()
    }
}

/// The tracks that fit `target` best, in order.
#[must_use]
pub fn suggest(
    _library: &Library,
    _moods: &[Option<MoodVector>],
    _target: &Target,
    _options: &Options,
) -> Vec<Suggestion> {
    unimplemented!()
}

/// The mood of some tracks taken together, for "more like these" and "lately".
/// `weights` is aligned with `tracks`.
#[must_use]
pub fn mood_of_tracks(_moods: &[(MoodVector, f32)]) -> MoodVector {
    unimplemented!()
}
