//! Playlists on disk: changed, kept, and true when tracks turn out to be others.

use maeum::library::{
    Builtin, ContentId, FileStamp, M3uEntry, PlaylistChange, PlaylistContent, PlaylistCover,
    PlaylistEdit, PlaylistEntry, PlaylistId, Playlists, Rule, ScanEvent, ScannedFile, SmartRules,
    Tags, TrackId,
};
use maeum::mood::Mood;
use maeum::store::Store;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::TempDir;

struct Shelf {
    folder: TempDir,
    store: Option<Store>,
}

impl Shelf {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Some(open(folder.path()));
        Self { folder, store }
    }

    fn change(&self, change: PlaylistChange) -> Option<PlaylistId> {
        let store = self.store.as_ref().unwrap();
        store.handle().change_playlists(change).unwrap()
    }

    fn all(&self) -> Arc<Playlists> {
        self.store.as_ref().unwrap().handle().playlists().unwrap()
    }

    /// Closes the library and opens it again.
    fn again(&mut self) {
        self.store = None;
        self.store = Some(open(self.folder.path()));
    }

    fn scan(&self, files: &[(&str, u8)]) {
        let handle = self.store.as_ref().unwrap().handle();
        for (path, content) in files {
            handle.apply_scan(ScanEvent::File(Box::new(ScannedFile {
                path: PathBuf::from(path),
                stamp: FileStamp::default(),
                content: ContentId([*content; 16]),
                duration_secs: 100.0,
                codec: "FLAC".to_owned(),
                tags: Tags::default(),
                has_cover: false,
                lyrics: None,
                stars: 0,
            })));
        }
        handle.finish_scan(true).unwrap();
    }
}

fn open(folder: &Path) -> Store {
    Store::open(&folder.join("library.db"), |_| {}).unwrap()
}

fn create(name: &str, entries: Vec<PlaylistEntry>) -> PlaylistChange {
    PlaylistChange::Create {
        name: name.to_owned(),
        cover: PlaylistCover::Mood(Mood::Sad),
        content: PlaylistContent::Tracks(entries),
    }
}

#[test]
fn a_new_library_comes_with_smart_playlists() {
    let shelf = Shelf::new();
    assert_eq!(*shelf.all(), Playlists::builtin());
}

#[test]
fn what_was_changed_is_there_again_as_it_was() {
    let mut shelf = Shelf::new();
    shelf.scan(&[("/m/1.flac", 1), ("/m/2.flac", 2)]);
    let unmatched = PlaylistEntry::Unmatched(M3uEntry {
        path: PathBuf::from("/gone/음악.mp3"),
        name: "A - B".to_owned(),
        duration_secs: Some(12.0),
    });
    let track = |id| PlaylistEntry::Track(TrackId(id));
    let rain = create("비 오는 날", vec![track(2), unmatched, track(1), track(2)]);
    let rain = shelf.change(rain).unwrap();
    let calm = shelf.all().0[3].id;
    let rules = SmartRules {
        rules: vec![Rule::Genre {
            contains: "jazz".to_owned(),
            not: true,
        }],
        ..SmartRules::default()
    };
    for change in [
        PlaylistChange::Edit(calm, PlaylistEdit::Rules(rules.clone())),
        PlaylistChange::Edit(calm, PlaylistEdit::Rename("Mine".to_owned())),
        PlaylistChange::Edit(rain, PlaylistEdit::Move { from: 0, to: 3 }),
        PlaylistChange::Move { id: rain, to: 0 },
    ] {
        shelf.change(change);
    }
    shelf.change(PlaylistChange::Delete(shelf.all().0[1].id));
    let before = shelf.all();
    shelf.again();
    let after = shelf.all();
    assert_eq!(after, before);
    assert_eq!(after.0[0].track_ids(), [1, 2, 2].map(TrackId));
    let calm = after.get(calm).unwrap();
    assert_eq!(
        (calm.rules(), calm.builtin),
        (Some(&rules), Some(Builtin::CalmEvening))
    );
}

#[test]
fn a_deleted_playlist_is_no_other_ones_later() {
    let mut shelf = Shelf::new();
    let first = shelf.change(create("a", Vec::new())).unwrap();
    let kept = Arc::clone(shelf.all().get(first).unwrap());
    shelf.change(PlaylistChange::Delete(first));
    let second = shelf.change(create("b", Vec::new())).unwrap();
    assert_ne!(first, second);
    let restore = PlaylistChange::Restore {
        playlist: kept,
        at: 0,
    };
    shelf.change(restore);
    shelf.again();
    let names: Vec<String> = shelf.all().0.iter().map(|each| each.name.clone()).collect();
    assert_eq!((names[0].as_str(), names[5].as_str()), ("a", "b"));
}

#[test]
fn a_file_that_moved_stays_in_its_playlists() {
    let mut shelf = Shelf::new();
    shelf.scan(&[("/m/1.flac", 1), ("/m/2.flac", 2)]);
    let entries = vec![PlaylistEntry::Track(TrackId(1))];
    let id = shelf.change(create("a", entries)).unwrap();
    shelf.scan(&[("/m/moved/1.flac", 1), ("/m/2.flac", 2)]);
    shelf.again();
    let handle = shelf.store.as_ref().unwrap().handle();
    let library = handle.library().unwrap();
    let tracks = shelf.all().get(id).unwrap().track_ids();
    assert_eq!(tracks.len(), 1);
    assert!(library.get(tracks[0]).is_some());
}
