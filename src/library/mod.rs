//! What the listener owns, as immutable values. Pure: no files, no database.
//!
//! [`Track`] is one audio file with its tags, history and analysis; [`Library`] is a
//! snapshot of all of them that the store publishes whole and everyone else reads;
//! [`browse()`] answers the Library screen's search and sorting; [`write_m3u`] writes
//! playlists; [`ScanEvent`] is how scanning tells the store what it finds.

mod audio_reading;
mod browse;
mod cover;
mod features;
mod folder;
mod history;
mod loudness;
mod lyric_mood;
mod lyrics;
mod m3u;
mod saved_queue;
mod scanned;
mod snapshot;
mod track;
mod whole;

pub use audio_reading::{AudioReading, EMBEDDING_LEN, StyleTag};
pub use browse::{BrowseQuery, SortKey, browse, fold};
pub use cover::{CoverImage, CoverSize};
pub use features::{Analysis, Features, Key, KeyMode};
pub use folder::{Folder, Problem};
pub use history::Play;
pub use loudness::{Level, album_level, is_continued_by, same_album, track_level};
pub use lyric_mood::{LEAST_CONFIDENCE, LineMood, LyricMood};
pub use lyrics::{LyricLine, Lyrics, LyricsKind, WordTime};
pub use m3u::{read_m3u, write_m3u};
pub use saved_queue::{Repeat, SavedQueue};
pub use scanned::{
    ContentId, FileStamp, KnownFiles, ScanEvent, ScanFailure, ScanSummary, ScannedFile, Walk,
};
pub use snapshot::Library;
pub use track::{ReplayGain, Tags, Track, TrackId};
pub use whole::{EmotionArc, Loudness, Waveform, WholeTrack};
