//! What a scan finds, as plain values: made in `scan`, merged into the library by `store`.

use super::{Lyrics, Tags, TrackId};
use std::collections::HashMap;
use std::path::PathBuf;

/// A name for the audio itself, independent of tags, file name and place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ContentId(pub [u8; 16]);

/// What tells an unchanged file without opening it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct FileStamp {
    /// Size.
    pub size_bytes: u64,
    /// When the content was last written, nanoseconds since 1970; 0 when unknown.
    pub mtime_unix_ns: i64,
    /// A hash of the names, sizes and times of the lyrics and covers beside the file, so
    /// that adding an `.lrc` is noticed; 0 when there are none.
    pub beside: i64,
}

/// What else is known of a track's file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileFacts {
    /// Names its audio.
    pub content: ContentId,
    /// Size.
    pub size_bytes: u64,
}

/// What is known of the files of all tracks.
pub type TrackFiles = HashMap<TrackId, FileFacts>;

/// The files known from earlier scans, good and bad ones, with their last stamps.
pub type KnownFiles = HashMap<PathBuf, FileStamp>;

/// One playable file, read.
#[derive(Debug, Clone, PartialEq)]
pub struct ScannedFile {
    /// Where it is.
    pub path: PathBuf,
    /// Its stamp when it was read.
    pub stamp: FileStamp,
    /// Names its audio.
    pub content: ContentId,
    /// Length of the audio.
    pub duration_secs: f32,
    /// Short name of the codec, such as `FLAC` or `Opus`.
    pub codec: String,
    /// What its tags say.
    pub tags: Tags,
    /// Whether a cover was found, embedded or beside the file.
    pub has_cover: bool,
    /// Lyrics, embedded or beside the file.
    pub lyrics: Option<Lyrics>,
    /// Stars in its tags, 1…5; 0 for none.
    pub stars: u8,
}

/// One file or folder that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScanFailure {
    /// Where it is.
    pub path: PathBuf,
    /// Its stamp, so that it is not tried again until it changes; `None` for folders.
    pub stamp: Option<FileStamp>,
    /// Why, in a plain sentence (English).
    pub reason: String,
    /// A known format that is not supported yet rather than a broken file.
    pub unsupported: bool,
}

/// What walking the folders found, before any file is opened.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Walk {
    /// The folders walked, and whether each could be opened.
    pub folders: Vec<(PathBuf, bool)>,
    /// Single files that were looked for outside the folders.
    pub single_files: Vec<PathBuf>,
    /// Every audio file found, supported or not.
    pub files: KnownFiles,
}

/// What a scan tells while it runs, in this order: one `Walked`, then files and failures
/// as they are read.
#[derive(Debug, Clone, PartialEq)]
pub enum ScanEvent {
    /// All folders were walked.
    Walked(Walk),
    /// A new or changed file was read.
    File(Box<ScannedFile>),
    /// A file or folder could not be read.
    Failed(ScanFailure),
}

/// What a finished scan did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ScanSummary {
    /// Audio files found, supported or not.
    pub files: usize,
    /// Known and not changed since.
    pub unchanged: usize,
    /// New to the library.
    pub added: usize,
    /// Known, with new tags or new audio.
    pub changed: usize,
    /// Recognised by their audio at a new place.
    pub moved: usize,
    /// Tracks whose file is gone now, in all.
    pub missing: usize,
    /// Files and folders that cannot be used now, in all.
    pub failed: usize,
}
