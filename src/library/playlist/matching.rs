//! Which track of the library a line of a playlist file means: by its path, else by artist
//! and title, else by the file's name and length.

use super::PlaylistEntry;
use crate::library::{Library, Track, TrackId, fold};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Lengths that differ by more are of different recordings.
const SAME_LENGTH_SECS: f32 = 3.0;

/// One line of a playlist file, with what `#EXTINF` says about it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct M3uEntry {
    /// Its file, absolute.
    pub path: PathBuf,
    /// "Artist - Title", as written; may be empty.
    pub name: String,
    /// Its length; `None` when it was not told.
    pub duration_secs: Option<f32>,
}

impl M3uEntry {
    /// What to call it: the name, or the file's.
    #[must_use]
    pub fn title(&self) -> String {
        if self.name.is_empty() {
            let stem = self.path.file_stem().unwrap_or(self.path.as_os_str());
            stem.to_string_lossy().into_owned()
        } else {
            self.name.clone()
        }
    }
}

/// A library laid out for matching.
pub struct Matcher<'a> {
    paths: HashMap<&'a Path, &'a Track>,
    names: HashMap<String, Vec<&'a Track>>,
    files: HashMap<String, Vec<&'a Track>>,
}

impl<'a> Matcher<'a> {
    /// Lays out a library. Looks at every track.
    #[must_use]
    pub fn new(library: &'a Library) -> Self {
        let mut matcher = Self {
            paths: HashMap::new(),
            names: HashMap::new(),
            files: HashMap::new(),
        };
        for track in library.tracks().iter().map(Arc::as_ref) {
            matcher.paths.insert(&track.path, track);
            if !track.tags.title.is_empty() {
                for artist in [track.artist(), track.album_artist()] {
                    let tracks = matcher.names.entry(name(artist, track.title()));
                    tracks.or_default().push(track);
                }
            }
            let tracks = matcher.files.entry(file_name(&track.path));
            tracks.or_default().push(track);
        }
        matcher
    }

    /// The track that a line means.
    #[must_use]
    pub fn find(&self, entry: &M3uEntry) -> Option<TrackId> {
        let there = self.paths.get(entry.path.as_path());
        if let Some(track) = there.filter(|track| !track.missing) {
            return Some(track.id);
        }
        let by_name =
            split(&entry.name).and_then(|(artist, title)| self.names.get(&name(artist, title)));
        let by_file = self.files.get(&file_name(&entry.path));
        // A name said in tags is surer than that of a file: "01.mp3" is many. Without a
        // length a file's name alone must be the only one.
        let nearest = nearest(by_name, entry, false).or_else(|| nearest(by_file, entry, true));
        nearest.or_else(|| there.map(|track| track.id))
    }

    /// The place in a playlist that a line becomes.
    #[must_use]
    pub fn entry(&self, entry: M3uEntry) -> PlaylistEntry {
        match self.find(&entry) {
            Some(id) => PlaylistEntry::Track(id),
            None => PlaylistEntry::Unmatched(entry),
        }
    }
}

/// Of several, the one whose length is nearest and whose file is there.
fn nearest(tracks: Option<&Vec<&Track>>, entry: &M3uEntry, only_one: bool) -> Option<TrackId> {
    let tracks = tracks?;
    let distance = |track: &Track| {
        let told = entry.duration_secs?;
        Some((track.duration_secs - told).abs())
    };
    let close = tracks.iter().filter(|track| match distance(track) {
        Some(distance) => distance <= SAME_LENGTH_SECS,
        None => !only_one || tracks.len() == 1,
    });
    let best = close.min_by(|a, b| {
        let missing = a.missing.cmp(&b.missing);
        let lengths = || {
            distance(a)
                .unwrap_or(0.0)
                .total_cmp(&distance(b).unwrap_or(0.0))
        };
        missing.then_with(lengths)
    })?;
    Some(best.id)
}

fn name(artist: &str, title: &str) -> String {
    format!("{}\n{}", fold(artist.trim()), fold(title.trim()))
}

fn file_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default();
    fold(&name.to_string_lossy())
}

/// "Artist - Title" or "Artist – Title", at the first dash that stands alone.
fn split(name: &str) -> Option<(&str, &str)> {
    [" - ", " – ", " — "]
        .into_iter()
        .filter_map(|dash| Some((name.find(dash)?, dash)))
        .min_by_key(|(at, _)| *at)
        .map(|(at, dash)| (&name[..at], &name[at + dash.len()..]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::Tags;

    fn track(id: i64, path: &str, artist: &str, title: &str, duration_secs: f32) -> Arc<Track> {
        Arc::new(Track {
            id: TrackId(id),
            path: PathBuf::from(path),
            tags: Tags {
                title: title.to_owned(),
                artist: artist.to_owned(),
                ..Tags::default()
            },
            duration_secs,
            ..Track::default()
        })
    }

    fn found(path: &str, name: &str, duration_secs: Option<f32>) -> Option<i64> {
        let library = Library::new(vec![
            track(1, "/m/a/01.flac", "하나", "바다", 200.0),
            track(2, "/m/b/01.flac", "Duo", "Sea - Live", 300.0),
            track(3, "/m/c/Sea.flac", "Duo", "Sea", 180.0),
            track(4, "/m/c/sea (radio).flac", "Duo", "Sea", 150.0),
        ]);
        let entry = M3uEntry {
            path: PathBuf::from(path),
            name: name.to_owned(),
            duration_secs,
        };
        Matcher::new(&library).find(&entry).map(|id| id.0)
    }

    #[test]
    fn the_path_decides_then_the_tags_then_the_file() {
        assert_eq!(found("/m/a/01.flac", "Duo - Sea", None), Some(1));
        assert_eq!(found("/old/x.mp3", "하나 - 바다", None), Some(1));
        assert_eq!(found("/old/x.mp3", "DUO – sea", Some(151.0)), Some(4));
        assert_eq!(found("/old/x.mp3", "Duo - Sea - Live", None), Some(2));
        assert_eq!(found("/old/SEA.FLAC", "", None), Some(3));
        assert_eq!(found("/old/01.flac", "", Some(299.0)), Some(2));
    }

    #[test]
    fn what_fits_badly_is_no_match() {
        assert_eq!(found("/old/x.mp3", "Duo - Other", None), None);
        // Two files of that name, and no word about which; and another recording.
        assert_eq!(found("/old/01.flac", "", None), None);
        assert_eq!(found("/old/sea.flac", "", Some(60.0)), None);
        assert_eq!(found("/old/x.mp3", "하나 - 바다", Some(60.0)), None);
    }
}
