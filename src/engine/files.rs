//! Playing files that need not be in the library, and telling photos from music: on a thread
//! of its own, because a folder may hold thousands.

use super::inbox::{Guest, Inbox};
use super::{now_unix_secs, photo};
use crate::library::{Library, Lyrics, ScannedFile, Track, TrackId};
use crate::scan::{audio_files, is_playlist, read_file, read_playlist};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Reads the files, and those in folders, and sends what can be played to the engine. Tracks
/// of the library are played as such: with their moods, and counted as heard.
pub(super) fn read_for_playing(
    paths: Vec<PathBuf>,
    library: Arc<Library>,
    inbox: Inbox,
) -> std::io::Result<()> {
    std::thread::Builder::new()
        .name("open-files".into())
        .spawn(move || {
            let known: HashMap<&Path, &Arc<Track>> = library
                .tracks()
                .iter()
                .filter(|track| !track.missing)
                .map(|track| (track.path.as_path(), track))
                .collect();
            let mut tracks = Vec::new();
            let mut first_failure = None;
            for path in paths.into_iter().flat_map(expand) {
                if let Some(track) = known.get(path.as_path()) {
                    tracks.push((Arc::clone(track), None));
                    continue;
                }
                match read_file(&path) {
                    // Ids below zero are not the library's.
                    Ok(file) => {
                        let id = TrackId(-1 - i64::try_from(tracks.len()).unwrap_or(i64::MAX - 1));
                        tracks.push(guest(id, file));
                    }
                    Err(failure) => {
                        tracing::warn!("{}: {}", failure.path.display(), failure.reason);
                        first_failure.get_or_insert(failure);
                    }
                }
            }
            inbox.files(if tracks.is_empty() {
                Err(first_failure)
            } else {
                Ok(tracks)
            });
        })
        .map(drop)
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

fn guest(id: TrackId, file: ScannedFile) -> Guest {
    let track = Track {
        id,
        path: file.path,
        tags: file.tags,
        duration_secs: file.duration_secs,
        codec: file.codec,
        has_cover: file.has_cover,
        lyrics: file.lyrics.as_ref().map(Lyrics::kind).unwrap_or_default(),
        added_unix_secs: now_unix_secs(),
        ..Track::default()
    };
    (Arc::new(track), file.lyrics)
}
