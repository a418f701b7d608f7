//! What the listener owns, as immutable values. Pure: no files, no database.
//!
//! [`Track`] is one audio file with its tags, history and analysis; [`Library`] is a
//! snapshot of all of them that the store publishes whole and everyone else reads;
//! [`browse()`] answers the Library screen's search and sorting, [`Groups`] are its albums,
//! artists and folders; [`Playlists`] are what was saved, [`write_m3u`] and [`read_m3u`] their
//! files; [`Diary`] is what was heard, by days and by what led to it; [`ScanEvent`] is how scanning tells the store what it finds.

mod audio_reading;
mod browse;
mod cover;
mod diary;
mod escapes;
mod features;
mod folder;
mod groups;
mod history;
mod history_file;
mod loudness;
mod lyric_mood;
mod lyrics;
mod m3u;
mod plain_path;
mod playlist;
mod saved_queue;
mod scanned;
mod snapshot;
mod tag_edit;
mod track;
mod whole;

pub use audio_reading::{AudioReading, EMBEDDING_LEN, StyleTag};
pub use browse::{BrowseQuery, SortKey, browse, fold};
pub use cover::{CoverImage, CoverSize};
pub use diary::{DAY_BEGINS_HOUR, Date, DayPart, Diary, DiaryDay, DiarySitting, LocalTime};
pub use escapes::{is_escaped, path_of_address, unescaped};
pub use features::{Analysis, Features, Key, KeyMode};
pub use folder::{Folder, Problem};
pub use groups::{By, Group, GroupKey, GroupKind, GroupQuery, Groups};
pub use history::{EVERY_PLAY, Heard, Occasion, OccasionKind, Play, Sitting};
pub use history_file::{HistoryFormat, write_history};
pub use loudness::{Level, album_level, is_continued_by, same_album, track_level};
pub use lyric_mood::{LEAST_CONFIDENCE, LineMood, LyricMood};
pub use lyrics::{LyricLine, Lyrics, LyricsKind, WordTime};
pub use m3u::{M3uLine, read_m3u, write_m3u, write_m3u_lines};
pub use plain_path::plain_path;
pub use playlist::{
    Builtin, Changed, M3uEntry, Matcher, Playlist, PlaylistChange, PlaylistContent, PlaylistCover,
    PlaylistEdit, PlaylistEntry, PlaylistId, Playlists, Rule, SmartLimit, SmartOrder, SmartRules,
};
pub use saved_queue::{Repeat, SavedQueue};
pub use scanned::{
    ContentId, FileFacts, FileStamp, KnownFiles, ScanEvent, ScanFailure, ScanSummary, ScannedFile,
    TrackFiles, Walk,
};
pub use snapshot::Library;
pub use tag_edit::{CoverEdit, EditError, TagEdit};
pub use track::{ReplayGain, Tags, Track, TrackId};
pub use whole::{EmotionArc, Loudness, Waveform, WholeTrack};
