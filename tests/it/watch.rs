//! Changes under the music folders reach the library by themselves: real files, a real
//! watcher, the whole engine.

use crate::support::engine::without_models;
use crate::support::fixtures;
use crate::support::music::wav;
use maeum::engine::{self, Command, Event, Handle};
use maeum::library::{Library, LyricsKind, Track};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Longest that anything here may take; only reached when something is broken.
const PATIENCE: Duration = Duration::from_mins(1);

/// A music folder with two albums, and an engine that has scanned it.
struct Home {
    folder: TempDir,
    handle: Handle,
}

impl Home {
    fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        for album in ["music/first", "music/second", "data"] {
            fs::create_dir_all(folder.path().join(album)).unwrap();
        }
        for (seed, file) in (1..).zip(["first/a.wav", "first/b.wav", "second/c.wav"]) {
            fs::write(folder.path().join("music").join(file), wav(seed)).unwrap();
        }
        let options = without_models(folder.path());
        let handle = engine::start(options, Arc::new(|| {})).unwrap();
        let home = Self { folder, handle };
        let music = home.path("");
        home.handle
            .commands
            .send(Command::AddPaths(vec![music]))
            .unwrap();
        home.sees("three tracks", |library| library.len() == 3);
        home
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join("music").join(name)
    }

    /// Waits until the library is as wished; returns how long that took.
    fn sees(&self, what: &str, wish: impl Fn(&Library) -> bool) -> Duration {
        let began = Instant::now();
        loop {
            match self.handle.events.recv_deadline(began + PATIENCE) {
                Ok(Event::Library(snapshot)) if wish(&snapshot.library) => {
                    let took = began.elapsed();
                    eprintln!("{what}: seen after {took:.2?}");
                    return took;
                }
                Ok(_) => {}
                Err(error) => panic!("never seen: {what}: {error}"),
            }
        }
    }

    fn sees_track(&self, name: &str, wish: impl Fn(&Track) -> bool) {
        let path = self.path(name);
        self.sees(name, |library| {
            library.by_path(&path).is_some_and(|track| wish(track))
        });
    }
}

fn copy(fixture: &str, to: &Path) {
    fs::copy(fixtures::path(fixture), to).unwrap();
}

#[test]
fn files_that_are_made_moved_and_deleted_are_seen() {
    let home = Home::open();
    copy("flac.flac", &home.path("second/new.flac"));
    home.sees_track("second/new.flac", |track| track.codec == "FLAC");

    // A whole album made somewhere else and moved in.
    let outside = home.folder.path().join("outside");
    fs::create_dir(&outside).unwrap();
    fs::write(outside.join("d.wav"), wav(11)).unwrap();
    fs::write(outside.join("e.wav"), wav(12)).unwrap();
    fs::rename(&outside, home.path("third")).unwrap();
    home.sees("an album moved in", |library| library.len() == 6);

    fs::rename(home.path("first/a.wav"), home.path("third/a.wav")).unwrap();
    let old = home.path("first/a.wav");
    home.sees("a move", |library| {
        library
            .by_path(&home.path("third/a.wav"))
            .is_some_and(|track| !track.missing)
            && library.by_path(&old).is_none()
            && library.len() == 6
    });

    fs::remove_file(home.path("first/b.wav")).unwrap();
    home.sees_track("first/b.wav", |track| track.missing);
    fs::remove_dir_all(home.path("third")).unwrap();
    home.sees("a deleted album", |library| {
        let missing = library.tracks().iter().filter(|track| track.missing);
        missing.count() == 4
    });
}

#[test]
fn a_changed_file_is_read_again_and_lyrics_put_beside_it_are_found() {
    let home = Home::open();
    copy("mp3-cbr.mp3", &home.path("first/song.mp3"));
    home.sees_track("first/song.mp3", |track| track.duration_secs > 1.0);
    let words = "[00:00.10]one line\n";
    fs::write(home.path("first/song.lrc"), words).unwrap();
    home.sees_track("first/song.mp3", |track| track.lyrics == LyricsKind::Synced);
    fs::remove_file(home.path("first/song.lrc")).unwrap();
    home.sees_track("first/song.mp3", |track| track.lyrics == LyricsKind::None);
    copy("mp3-8khz.mp3", &home.path("first/song.mp3"));
    home.sees_track("first/song.mp3", |track| {
        (track.duration_secs - 1.5).abs() < 0.1
    });
}

#[test]
fn a_drive_that_goes_keeps_its_tracks_and_their_stars_until_it_comes_back() {
    let home = Home::open();
    let rated = Arc::new(std::sync::Mutex::new(None));
    home.handle.commands.send(Command::Rescan).unwrap();
    home.sees("the library", |library| {
        *rated.lock().unwrap() = library
            .by_path(&home.path("first/a.wav"))
            .map(|track| track.id);
        rated.lock().unwrap().is_some()
    });
    let id = rated.lock().unwrap().unwrap();
    home.handle
        .commands
        .send(Command::Rate {
            tracks: vec![id],
            stars: 4,
        })
        .unwrap();
    home.sees("stars", |library| library.get(id).unwrap().rating == 4);
    let away = home.folder.path().join("unplugged");
    fs::rename(home.path(""), &away).unwrap();
    home.sees("the drive gone", |library| {
        library.len() == 3 && library.tracks().iter().all(|track| track.missing)
    });
    fs::rename(&away, home.path("")).unwrap();
    home.sees("the drive back", |library| {
        library.len() == 3 && library.tracks().iter().all(|track| !track.missing)
    });
    // What is new on it is seen as before.
    fs::write(home.path("second/new.wav"), wav(21)).unwrap();
    home.sees("a new file on the drive", |library| library.len() == 4);
}
