//! What was heard.

use super::TrackId;

/// One time a track was played.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Play {
    /// Which track.
    pub track: TrackId,
    /// When it began, seconds since 1970.
    pub at_unix_secs: i64,
    /// How long it was heard.
    pub played_secs: f32,
    /// Heard to the end, or nearly; otherwise it was skipped.
    pub finished: bool,
}
