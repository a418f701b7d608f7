//! Playing files that need not be in the library, and telling photos from music: on a thread
//! of its own, because a folder may hold thousands. And writing the files that are asked for.

use super::guests::{Guest, GuestIds};
use super::inbox::Inbox;
use super::{Notice, photo};
use crate::library::{Library, ScanFailure, Track};
use crate::scan::{audio_files, is_playlist, read_file, read_playlist};
use std::collections::HashMap;
use std::fs::File;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What came of files that were to be played.
pub(super) struct Opened {
    /// What can be played, in order.
    pub tracks: Vec<Guest>,
    /// The first that cannot be.
    pub first_failure: Option<ScanFailure>,
    /// How many cannot be.
    pub failures: usize,
}

/// Reads the files, and those in folders, and sends what can be played to the engine. Tracks
/// of the library are played as such: with their moods, and counted as heard.
pub(super) fn read_for_playing(
    paths: Vec<PathBuf>,
    library: Arc<Library>,
    ids: GuestIds,
    inbox: Inbox,
) -> std::io::Result<()> {
    std::thread::Builder::new()
        .name("open-files".into())
        .spawn(move || inbox.files(read(paths, &library, &ids)))
        .map(drop)
}

fn read(paths: Vec<PathBuf>, library: &Library, ids: &GuestIds) -> Opened {
    let known: HashMap<&Path, &Arc<Track>> = library
        .tracks()
        .iter()
        .filter(|track| !track.missing)
        .map(|track| (track.path.as_path(), track))
        .collect();
    let mut opened = Opened {
        tracks: Vec::new(),
        first_failure: None,
        failures: 0,
    };
    for path in paths.into_iter().flat_map(expand) {
        if let Some(track) = known.get(path.as_path()) {
            opened.tracks.push((Arc::clone(track), None));
            continue;
        }
        match read_file(&path) {
            Ok(file) => opened.tracks.push(ids.track(file)),
            Err(failure) => {
                tracing::warn!("{}: {}", failure.path.display(), failure.reason);
                opened.failures += 1;
                opened.first_failure.get_or_insert(failure);
            }
        }
    }
    opened
}

/// Sorts dropped paths into photos and music, and sends both to the engine.
pub(super) fn sort_dropped(paths: Vec<PathBuf>, inbox: Inbox) -> std::io::Result<()> {
    std::thread::Builder::new()
        .name("sort-dropped".into())
        .spawn(move || inbox.dropped(photo::sorted(paths)))
        .map(drop)
}

fn expand(path: PathBuf) -> Vec<PathBuf> {
    if path.is_dir() {
        audio_files(&path)
    } else if is_playlist(&path) {
        // One that cannot be read is told as a file that cannot be played.
        match read_playlist(&path) {
            Ok(entries) => entries.into_iter().map(|entry| entry.path).collect(),
            Err(_) => vec![path],
        }
    } else {
        vec![path]
    }
}

/// Writes a file that the listener asked for, over one that is there only to `replace` it.
pub(super) fn write_file(path: &Path, text: &str, replace: bool) -> Notice {
    let written = if replace {
        std::fs::write(path, text)
    } else {
        File::create_new(path).and_then(|mut file| file.write_all(text.as_bytes()))
    };
    match written {
        Ok(()) => Notice::Exported(path.to_path_buf()),
        Err(error) if !replace && error.kind() == ErrorKind::AlreadyExists => {
            Notice::InTheWay(path.to_path_buf())
        }
        Err(error) => Notice::Failed(format!("cannot write {}: {error}", path.display())),
    }
}
