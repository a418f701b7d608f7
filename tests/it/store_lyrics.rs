//! The moods of lyrics are kept, and only they are made anew, when the words or the model
//! change.

use crate::support::store::Kept;
use maeum::language::Language;
use maeum::library::{
    ContentId, FileStamp, LineMood, LyricLine, LyricMood, Lyrics, ScanEvent, ScannedFile, Tags,
    Track, Walk,
};
use maeum::mood::{Mood, MoodVector};
use maeum::store::{PendingLyrics, StoreHandle};
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

struct Shelf(Kept);

impl Shelf {
    fn new() -> Self {
        Self(Kept::new())
    }

    fn reopen(&mut self) {
        self.0.reopen();
    }

    fn handle(&self) -> &StoreHandle {
        self.0.handle()
    }

    /// Scans a folder that holds one file, changed at `version`.
    fn scan(&self, version: i64, audio: u8, title: &str, words: Option<&str>) {
        let file = ScannedFile {
            path: PathBuf::from("/music/a.flac"),
            stamp: FileStamp {
                mtime_unix_ns: version,
                ..FileStamp::default()
            },
            content: ContentId([audio; 16]),
            duration_secs: 100.0,
            codec: "FLAC".to_owned(),
            tags: Tags {
                title: title.to_owned(),
                ..Tags::default()
            },
            has_cover: false,
            lyrics: words.map(lyrics),
            stars: 0,
        };
        self.handle().apply_scan(ScanEvent::Walked(Walk {
            folders: vec![(PathBuf::from("/music"), true)],
            single_files: Vec::new(),
            files: HashMap::from([(file.path.clone(), file.stamp)]),
        }));
        self.handle().apply_scan(ScanEvent::File(Box::new(file)));
        self.handle().finish_scan(true).unwrap();
    }

    fn track(&self) -> Arc<Track> {
        let library = self.handle().library().unwrap();
        assert_eq!(library.len(), 1);
        Arc::clone(&library.tracks()[0])
    }

    fn pending(&self, version: &str) -> Option<PendingLyrics> {
        let pending = self.handle().pending_lyrics(version).unwrap();
        assert!(pending.len() <= 1);
        pending.first().copied()
    }

    fn read(&self, version: &str, mood: Mood) {
        let pending = self.pending(version).expect("something to read");
        self.handle()
            .save_lyric_mood(pending, version, reading(mood));
    }

    fn top(&self) -> Option<Mood> {
        let track = self.track();
        Some(track.lyric_mood.as_ref()?.mood.top())
    }
}

fn lyrics(words: &str) -> Lyrics {
    Lyrics {
        lines: words
            .lines()
            .map(|text| LyricLine::new(None, text.to_owned()))
            .collect(),
    }
}

fn reading(mood: Mood) -> LyricMood {
    let line = LineMood::new(&MoodVector::of_mood(mood), 1);
    LyricMood::new(vec![line, LineMood::NOT_SUNG, line], Some(Language::Korean))
}

#[test]
fn a_reading_is_there_after_a_restart_line_by_line() {
    let mut shelf = Shelf::new();
    shelf.scan(1, 1, "One", Some("하나\n\n둘"));
    shelf.read("1", Mood::Sad);
    let before = shelf.track();
    assert_eq!(before.lyric_mood.as_deref(), Some(&reading(Mood::Sad)));
    shelf.reopen();
    assert_eq!(shelf.track(), before);
    assert_eq!(shelf.pending("1"), None);
}

#[test]
fn other_words_or_another_model_are_read_anew_and_the_old_reading_serves_meanwhile() {
    let mut shelf = Shelf::new();
    shelf.scan(1, 1, "One", Some("어제"));
    shelf.read("1", Mood::Sad);
    shelf.scan(2, 1, "A new title", Some("어제"));
    assert_eq!(shelf.pending("1"), None, "the same words");
    shelf.scan(3, 1, "A new title", Some("내일"));
    assert_eq!(shelf.top(), Some(Mood::Sad));
    shelf.reopen();
    assert_eq!(shelf.top(), Some(Mood::Sad));
    shelf.read("1", Mood::Happy);
    assert_eq!(shelf.top(), Some(Mood::Happy));
    assert_eq!(shelf.pending("1"), None);
    assert!(shelf.pending("2").is_some());
    assert_eq!(shelf.top(), Some(Mood::Happy));
    shelf.read("2", Mood::Peaceful);
    assert_eq!(
        (shelf.top(), shelf.pending("2")),
        (Some(Mood::Peaceful), None)
    );
}

#[test]
fn a_reading_of_words_that_have_changed_meanwhile_is_dropped() {
    let shelf = Shelf::new();
    shelf.scan(1, 1, "One", Some("어제"));
    let pending = shelf.pending("1").unwrap();
    shelf.scan(2, 1, "One", Some("내일"));
    shelf
        .handle()
        .save_lyric_mood(pending, "1", reading(Mood::Angry));
    assert_eq!(shelf.top(), None);
    assert!(shelf.pending("1").is_some());
}

#[test]
fn a_track_that_loses_its_lyrics_loses_their_mood() {
    let mut shelf = Shelf::new();
    shelf.scan(1, 1, "One", Some("어제"));
    shelf.read("1", Mood::Sad);
    shelf.scan(2, 1, "One", None);
    assert_eq!((shelf.top(), shelf.pending("1")), (None, None));
    shelf.reopen();
    assert_eq!((shelf.top(), shelf.pending("1")), (None, None));
}

#[test]
fn a_better_encoding_in_a_tracks_place_brings_its_own_reading() {
    let mut shelf = Shelf::new();
    shelf.scan(1, 1, "One", Some("어제"));
    shelf.read("1", Mood::Sad);
    let id = shelf.track().id;
    shelf.scan(2, 2, "One", Some("어제"));
    assert_eq!(shelf.track().id, id);
    shelf.read("1", Mood::Happy);
    shelf.reopen();
    assert_eq!((shelf.track().id, shelf.top()), (id, Some(Mood::Happy)));
    assert_eq!(shelf.pending("1"), None);
}
