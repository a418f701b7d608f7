//! Finds music: walks and watches folders, reads tags, covers and lyrics; changes tags when
//! asked to. A file that cannot be read is a result like any other; nothing found here ever
//! ends a scan.
//!
//! [`scan`] walks first, which is quick, and opens only what is new or has changed:
//!
//! ```text
//! walk → Walked → for each new or changed file: decode::probe + tags → File or Failed
//! ```

mod control;
mod cover;
mod cover_file;
mod edit;
mod encoding;
mod lrc;
mod lyrics;
mod photos;
mod playlist_file;
mod playlists;
mod ratings;
mod rewrite;
mod riff;
mod tags;
mod walk;
mod watch;

pub use control::ScanControl;
pub use cover::{load_cover, load_picture};
pub use cover_file::{cover_file, keep_picture};
pub use edit::{Undo, edit_tags, rate_file, undo_edit};
pub use photos::{is_photo_name, photo_extensions, photo_files};
pub use playlist_file::{is_playlist, read_playlist};
pub use playlists::playlists;
pub use walk::after_changes;
pub use watch::{FolderWatcher, WatchNews};

use crate::decode;
use crate::library::{FileStamp, KnownFiles, ScanEvent, ScanFailure, ScannedFile, Walk};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use tags::Embedded;
use walk::{Beside, Found};

/// What to look at.
#[derive(Debug, Clone, Default)]
pub struct ScanRequest {
    /// Folders, walked to the bottom.
    pub folders: Vec<PathBuf>,
    /// Single files outside of them, whatever their names.
    pub files: Vec<PathBuf>,
}

/// How far a scan is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ScanProgress {
    /// Audio files found so far.
    pub files_found: usize,
    /// New and changed files; 0 until all folders are walked.
    pub to_read: usize,
    /// Those that were read.
    pub read: usize,
}

/// Scans. `known` holds the files of earlier scans, which are not opened again while their
/// stamps stay the same. Returns `false` when cancelled; what was told until then holds.
pub fn scan(
    request: &ScanRequest,
    known: &KnownFiles,
    control: &ScanControl,
    on_progress: &mut dyn FnMut(ScanProgress),
    on_event: &mut dyn FnMut(ScanEvent),
) -> bool {
    let mut progress = ScanProgress::default();
    let mut go_on = true;
    let walked = walk::walk(&request.folders, &request.files, &mut |files_found| {
        progress.files_found = files_found;
        on_progress(progress);
        go_on = control.go_on();
        go_on
    });
    if !go_on {
        return false;
    }
    on_event(ScanEvent::Walked(Walk {
        folders: walked.folders,
        single_files: request.files.clone(),
        files: walked
            .files
            .iter()
            .map(|found| (found.path.clone(), found.stamp))
            .collect(),
    }));
    for failure in walked.failures {
        on_event(ScanEvent::Failed(failure));
    }
    let mut new: Vec<&Found> = walked
        .files
        .iter()
        .filter(|found| known.get(&found.path) != Some(&found.stamp))
        .collect();
    // First what has changed where it was: a new file with the same audio is then a copy,
    // not the place the track has moved to.
    new.sort_by_key(|found| !known.contains_key(&found.path));
    progress.files_found = walked.files.len();
    progress.to_read = new.len();
    on_progress(progress);
    for found in new {
        if !control.go_on() {
            return false;
        }
        on_event(match read_found(found) {
            Ok(file) => ScanEvent::File(Box::new(file)),
            Err(failure) => ScanEvent::Failed(failure),
        });
        progress.read += 1;
        on_progress(progress);
    }
    true
}

/// Whether the name is that of an audio file, supported or not.
#[must_use]
pub fn is_audio_name(path: &Path) -> bool {
    walk::is_audio(path)
}

/// All audio files under `folder` that a scan would open, in order; for playing a folder
/// that is not in the library.
#[must_use]
pub fn audio_files(folder: &Path) -> Vec<PathBuf> {
    let walked = walk::walk(&[folder.to_path_buf()], &[], &mut |_| true);
    let mut paths: Vec<PathBuf> = walked.files.into_iter().map(|found| found.path).collect();
    paths.sort();
    paths
}

/// Reads one file that need not be in the library.
pub fn read_file(path: &Path) -> Result<ScannedFile, ScanFailure> {
    let walked = walk::walk(&[], &[path.to_path_buf()], &mut |_| true);
    let found = walked.files.into_iter().next().unwrap_or_else(|| Found {
        path: path.to_path_buf(),
        stamp: FileStamp::default(),
        beside: Beside::default(),
    });
    read_found(&found)
}

fn read_found(found: &Found) -> Result<ScannedFile, ScanFailure> {
    let path = &found.path;
    let fail = |reason: String, unsupported: bool| ScanFailure {
        path: path.clone(),
        stamp: Some(found.stamp),
        reason,
        unsupported,
    };
    let probed = match catch_unwind(AssertUnwindSafe(|| decode::probe(path))) {
        Ok(Ok(probed)) => probed,
        Ok(Err(error)) => {
            return Err(match walk::unsupported_format(path) {
                // A name promises something, a decoder says no: believe the name.
                Some(format) if found.stamp.size_bytes > 0 => {
                    fail(format!("{format} is not supported yet"), true)
                }
                _ => fail(error.reason(), error.is_unsupported()),
            });
        }
        Err(_) => return Err(fail("the file is damaged beyond reading".to_owned(), false)),
    };
    let Embedded {
        mut tags,
        lyrics,
        has_cover,
        stars,
    } = tags::read(path).unwrap_or_else(|error| {
        // The audio is fine; broken tags are as good as none.
        tracing::info!("{}: {error}", path.display());
        Embedded::default()
    });
    if tags.title.is_empty()
        && let Some(stem) = path.file_stem().filter(|stem| stem.to_str().is_none())
    {
        // The name stands in for the title, and this one cannot be shown as it is: old
        // Korean archives unpack to file names in CP949.
        tags.title = encoding::decode(stem.as_encoded_bytes());
    }
    Ok(ScannedFile {
        path: path.clone(),
        stamp: found.stamp,
        content: probed.content,
        duration_secs: probed.duration_secs as f32,
        codec: probed.codec.to_owned(),
        tags,
        has_cover: has_cover || found.beside.cover.is_some(),
        lyrics: lyrics::choose(&found.beside, lyrics),
        stars,
    })
}
