//! Copies of the made-up engine's tracks.

use super::Fake;
use maeum::engine::{Event, Notice};
use maeum::library::{ContentId, FileFacts, Library, Track, TrackId};
use maeum::recommend::{Index, duplicates};
use std::collections::HashMap;
use std::sync::Arc;

/// Size of a file, bytes: as its codec has it.
fn size_bytes(track: &Track) -> u64 {
    let kbps = if track.codec == "FLAC" { 912.0 } else { 192.0 };
    (track.duration_secs * kbps * 125.0) as u64
}

impl Fake {
    /// Gives the first tracks that are there a copy as MP3 each, and every fourth one a copy
    /// of the very same file, too.
    pub fn add_copies(&mut self, count: usize) {
        let mut tracks = self.library.tracks().to_vec();
        let there: Vec<_> = tracks
            .iter()
            .filter(|track| !track.missing)
            .cloned()
            .collect();
        let mut id = tracks.iter().map(|track| track.id.0).max().unwrap_or(0);
        let mut add = |track: &Track, codec: &str, folder: &str| {
            id += 1;
            let name = track.path.file_stem().unwrap_or_default().to_string_lossy();
            let extension = codec.to_lowercase();
            let path = format!("/home/listener/Music/{folder}/{name}.{extension}");
            tracks.push(Arc::new(Track {
                id: TrackId(id),
                path: path.into(),
                codec: codec.to_owned(),
                has_cover: false,
                ..track.clone()
            }));
        };
        for (index, track) in there.iter().take(count).enumerate() {
            add(track, "MP3", "Old phone");
            if index % 4 == 0 {
                add(track, &track.codec, "백업");
            }
        }
        self.show(Library::new(tracks));
    }

    fn show(&mut self, library: Library) {
        self.library = Arc::new(library);
        self.index = Index::of(&self.library);
        self.moods = Arc::clone(self.index.moods());
    }

    pub fn find_duplicates(&self) -> Vec<Event> {
        let files = self.library.tracks().iter().map(|track| {
            // A back-up is the same file; everything else has audio of its own.
            let title = track.tags.title.as_str();
            let audio = match track.codec.as_str() {
                "MP3" => track.id.0.to_string(),
                _ => format!("{title}{}", track.artist()),
            };
            let mut content = [0; 16];
            for (index, byte) in audio.bytes().enumerate() {
                content[index % 16] ^= byte.rotate_left(index as u32 / 16);
            }
            let facts = FileFacts {
                content: ContentId(content),
                size_bytes: size_bytes(track),
            };
            (track.id, facts)
        });
        let files: HashMap<_, _> = files.collect();
        vec![Event::Duplicates(duplicates(&self.library, &files).into())]
    }

    pub fn trash(&mut self, id: TrackId) -> Vec<Event> {
        let mut path = None;
        let tracks = self.library.tracks().iter().map(|track| {
            let mut track = Arc::clone(track);
            if track.id == id {
                path = Some(track.path.clone());
                Arc::make_mut(&mut track).missing = true;
            }
            track
        });
        let tracks = tracks.collect();
        self.show(Library::new(tracks));
        let notice = path.map(|path| Event::Notice(Notice::Trashed(path)));
        notice.into_iter().chain([self.snapshot()]).collect()
    }
}
