//! What the listener does to files through the engine: tags, copies, the trash.

use crate::support::engine::{tones, wait, without_models};
#[cfg(target_os = "linux")]
use crate::support::program::{passes_alone, this_program};
use maeum::config::Settings;
use maeum::engine::{self, Command, EditReport, Event, Handle};
use maeum::library::{EditError, Library, TagEdit, Track};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// An engine that watches a folder of three analyzed tracks.
struct Desk {
    folder: TempDir,
    handle: Handle,
    library: Arc<Library>,
}

impl Desk {
    fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let music = tones(folder.path(), 3);
        let options = without_models(folder.path());
        let handle = engine::start(options, Arc::new(|| {})).unwrap();
        let mut desk = Self {
            folder,
            handle,
            library: Arc::default(),
        };
        desk.send(Command::AddPaths(vec![music]));
        desk.see("three analyzed tracks", |library| {
            library.analyzed_len() == 3
        });
        desk
    }

    fn send(&self, command: Command) {
        self.handle.commands.send(command).unwrap();
    }

    fn see(&mut self, what: &str, wish: impl Fn(&Library) -> bool) {
        self.library = wait(&self.handle, what, |event| match event {
            Event::Library(snapshot) if wish(&snapshot.library) => Some(snapshot.library),
            _ => None,
        });
    }

    fn edited(&self) -> Arc<EditReport> {
        wait(&self.handle, "the end of an edit", |event| match event {
            Event::Edited(report) => Some(report),
            _ => None,
        })
    }

    fn track(&self, name: &str) -> Arc<Track> {
        let path = self.folder.path().join("music").join(name);
        Arc::clone(self.library.by_path(&path).unwrap())
    }
}

#[test]
fn edited_tags_reach_the_library_once_and_cost_no_analysis() {
    let mut desk = Desk::open();
    let before = desk.track("1.wav");
    let other = desk.track("2.wav");
    std::fs::remove_file(&other.path).unwrap();
    let edit = TagEdit {
        title: Some("새 제목".to_owned()),
        year: Some(Some(1999)),
        ..TagEdit::default()
    };
    desk.send(Command::EditTags {
        tracks: vec![before.id, other.id],
        edit,
    });
    let report = desk.edited();
    assert_eq!(report.changed, [before.id]);
    assert_eq!(report.failed, [(other.path.clone(), EditError::Gone)]);
    assert!(report.may_undo && !report.undone);
    desk.see("the new title", |library| {
        library
            .get(before.id)
            .is_some_and(|track| track.title() == "새 제목")
    });
    let after = desk.track("1.wav");
    assert_eq!((after.tags.year, &after.path), (Some(1999), &before.path));
    assert!(after.analysis.is_some() && after.analysis == before.analysis);

    // The watcher has told by now, and has nothing new to tell.
    let quiet = Instant::now() + Duration::from_secs(2);
    while let Ok(event) = desk.handle.events.recv_deadline(quiet) {
        match event {
            Event::Library(snapshot) => {
                let again = snapshot.library.get(before.id).unwrap();
                // Only that the other file is gone may still be news.
                assert_eq!((&again.tags, again.missing), (&after.tags, false));
            }
            Event::Progress(progress) => {
                assert_eq!(progress.to_analyze, 0, "analyzed again: {progress:?}");
            }
            _ => {}
        }
    }

    desk.send(Command::UndoEdit);
    let report = desk.edited();
    assert_eq!(report.changed, [before.id]);
    assert!(report.undone && !report.may_undo);
    desk.see("the tags as before", |library| {
        library
            .get(before.id)
            .is_some_and(|track| track.tags == before.tags)
    });
}

/// Runs itself again with a home of its own: the trash is the listener's.
#[cfg(target_os = "linux")]
#[test]
fn a_copy_is_found_and_goes_to_the_trash() {
    let name = "engine_upkeep::a_copy_is_found_and_goes_to_the_trash";
    if std::env::var_os("MAEUM_TEST_TRASH").is_some() {
        let home = std::env::var_os("XDG_DATA_HOME").unwrap();
        return find_and_trash(&std::path::Path::new(&home).join("Trash"));
    }
    let home = tempfile::tempdir().unwrap();
    let mut command = this_program();
    command.env("MAEUM_TEST_TRASH", "1");
    passes_alone(command.env("XDG_DATA_HOME", home.path()), name);
}

#[cfg(target_os = "linux")]
fn find_and_trash(trash: &std::path::Path) {
    use maeum::engine::Notice;
    let mut desk = Desk::open();
    let original = desk.track("1.wav");
    let copy = original.path.with_file_name("copy.wav");
    std::fs::copy(&original.path, &copy).unwrap();
    desk.see("the copy", |library| library.by_path(&copy).is_some());
    let copy = desk.track("copy.wav");
    desk.send(Command::FindDuplicates);
    let found = wait(&desk.handle, "duplicates", |event| match event {
        Event::Duplicates(found) => Some(found),
        _ => None,
    });
    assert_eq!(found.len(), 1);
    assert!(found[0].same_audio);
    let ids: Vec<_> = found[0].copies.iter().map(|copy| copy.track).collect();
    assert_eq!(ids, [original.id, copy.id]);

    desk.send(Command::MoveToTrash(copy.id));
    let trashed = wait(&desk.handle, "the trash", |event| match event {
        Event::Notice(Notice::Trashed(path)) => Some(path),
        Event::Notice(notice) => panic!("{notice:?}"),
        _ => None,
    });
    assert!(trashed == copy.path && !copy.path.exists() && original.path.exists());
    assert!(trash.join("files/copy.wav").is_file());
    let note = std::fs::read_to_string(trash.join("info/copy.wav.trashinfo")).unwrap();
    assert!(note.contains("/music/copy.wav\nDeletionDate=2"), "{note}");
    desk.see("the copy gone", |library| library.get(copy.id).is_none());
    std::fs::rename(trash.join("files/copy.wav"), &copy.path).unwrap();
    desk.see("the copy back", |library| {
        let back = library.get(copy.id);
        back.is_some_and(|track| !track.missing && track.analysis.is_some())
    });
}

#[test]
fn stars_reach_the_file_only_when_asked_for() {
    let desk = Desk::open();
    let track = desk.track("1.wav");
    let rated = |stars| Command::Rate {
        tracks: vec![track.id],
        stars,
    };
    let sees = |stars| {
        wait(&desk.handle, "the stars", |event| match event {
            Event::Library(snapshot) => {
                (snapshot.library.get(track.id)?.rating == stars).then_some(())
            }
            _ => None,
        });
    };
    let bytes = std::fs::read(&track.path).unwrap();
    desk.send(rated(3));
    sees(3);
    assert_eq!(std::fs::read(&track.path).unwrap(), bytes);
    desk.send(Command::ChangeSettings(Settings {
        ratings_in_tags: true,
        ..Settings::default()
    }));
    desk.send(rated(5));
    let report = desk.edited();
    assert_eq!(
        (&report.changed[..], &report.failed[..]),
        (&[][..], &[][..])
    );
    assert!(!report.may_undo, "stars are changed by other stars");
    sees(5);
    let now = std::fs::read(&track.path).unwrap();
    assert!(now.windows(4).any(|part| part == b"POPM"));
}

#[test]
fn a_file_is_written_once_for_many_clicks_on_its_stars_and_before_the_end() {
    let desk = Desk::open();
    desk.send(Command::ChangeSettings(Settings {
        ratings_in_tags: true,
        ..Settings::default()
    }));
    let click = |track: &Track, stars| {
        desk.send(Command::Rate {
            tracks: vec![track.id],
            stars,
        });
    };
    let stars = |track: &Track| maeum::scan::read_file(&track.path).unwrap().stars;
    let (first, second) = (desk.track("1.wav"), desk.track("2.wav"));
    for clicked in [1, 2, 5, 4] {
        click(&first, clicked);
    }
    assert!(!desk.edited().undone);
    assert_eq!(stars(&first), 4);
    // The next that is told is something else already.
    desk.send(Command::UndoEdit);
    assert!(desk.edited().undone);

    click(&first, 2);
    click(&second, 3);
    desk.handle.close();
    assert_eq!((stars(&first), stars(&second)), (2, 3));
}
