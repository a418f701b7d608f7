//! From a target to an ordered playlist with reasons. Pure.
//!
//! [`Calibration`] matches stored moods to this library's own spread, [`Target`] says what
//! is asked, `rank` lists the tracks by several signals and joins the lists, `pick` walks
//! down the joined list under the listener's limits, and [`Why`] tells what decided.

mod calibrate;
mod pick;
mod rank;
mod target;
mod why;

pub use calibrate::Calibration;
pub use target::{Target, TargetReading, mood_of_tracks};
pub use why::{Fact, Sound, Why};

use crate::library::{Library, Track};
use crate::mood::MoodVector;
use std::sync::Arc;

/// One track of a generated playlist.
#[derive(Debug, Clone, PartialEq)]
pub struct Suggestion {
    /// Which.
    pub track: Arc<Track>,
    /// How well it matches, 0…1; never rises along the list.
    pub match_score: f32,
    /// The track's mood as matched to the library.
    pub mood: MoodVector,
    /// Why it is here.
    pub why: Why,
}

/// What limits a playlist.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// At most so many tracks; more than [`Options::MOST_TRACKS`] counts as that many.
    pub max_tracks: usize,
    /// Stop when about so much music is gathered: at most half a track over.
    pub max_minutes: Option<f32>,
    /// At most so many tracks of one artist in a row of ten; relaxed when nothing else is
    /// left. Tracks without an artist are not counted against each other.
    pub per_artist: usize,
    /// Only tracks whose genre tag contains this text, if not empty; case does not matter.
    pub genre: String,
    /// Decides between near-equals: the same seed gives the same list.
    pub seed: u64,
}

impl Options {
    /// The longest list that can be asked for.
    pub const MOST_TRACKS: usize = 5_000;
}

impl Default for Options {
    fn default() -> Self {
        Self {
            max_tracks: 30,
            max_minutes: None,
            per_artist: 2,
            genre: String::new(),
            seed: 0,
        }
    }
}

/// What matches less than this does not fit: a small library is better answered with a
/// short list than with an angry song for a calm evening.
const FITTING: f32 = 0.1;
/// But so many tracks are always offered, as the nearest there are.
const AT_LEAST: usize = 3;

/// The tracks that fit `target` best, in order. `moods` comes from `calibration` and is
/// aligned with [`Library::tracks`].
///
/// Left out: missing and unanalyzed tracks, tracks without any mood (silence), other
/// genres, the target's seeds, second copies of one recording, and, after the first few,
/// what does not fit at all. A target that was not
/// understood (confidence 0) and has no seeds gets no tracks.
#[must_use]
pub fn suggest(
    library: &Library,
    calibration: &Calibration,
    moods: &[Option<MoodVector>],
    target: &Target,
    options: &Options,
) -> Vec<Suggestion> {
    let ranking = rank::Ranking::new(library, calibration, moods, target, options);
    let picked = pick::pick(library, &ranking, options);
    let scores = rank::falling(
        picked
            .iter()
            .map(|candidate| candidate.similarity)
            .collect(),
    );
    picked
        .into_iter()
        .zip(scores)
        .enumerate()
        .take_while(|(place, (_, match_score))| *place < AT_LEAST || *match_score >= FITTING)
        .map(|(_, (candidate, match_score))| {
            let track = &library.tracks()[candidate.row as usize];
            Suggestion {
                track: Arc::clone(track),
                match_score,
                mood: candidate.mood,
                why: why::reason(library, calibration, track, &candidate, target),
            }
        })
        .collect()
}
