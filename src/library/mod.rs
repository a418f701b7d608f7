//! What the listener owns, as immutable values. Pure: no files, no database.
//!
//! [`Track`] is one audio file with its tags, history and analysis; [`Library`] is a
//! snapshot of all of them that the store publishes whole and everyone else reads;
//! [`browse`] answers the Library screen's search and sorting; [`m3u`] writes playlists.

mod browse;
mod features;
mod m3u;
mod snapshot;
mod track;

pub use browse::{BrowseQuery, SortKey, browse};
pub use features::{Analysis, Features, Key, KeyMode};
pub use m3u::write_m3u;
pub use snapshot::Library;
pub use track::{LyricsKind, ReplayGain, Tags, Track, TrackId};
