//! Playlists through the engine's door, on real files.

use crate::support::engine::{tones, wait, without_models};
use maeum::engine::{self, Command, Event, Handle, Notice, Options};
use maeum::library::{
    PlaylistChange, PlaylistContent, PlaylistCover, PlaylistEdit, PlaylistEntry, PlaylistId,
    Playlists, SmartRules, TrackId,
};
use std::path::PathBuf;
use std::sync::Arc;
use tempfile::TempDir;

struct Desk {
    folder: TempDir,
    handle: Handle,
}

impl Desk {
    /// A library of `music/1.wav` and `music/2.wav`.
    fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let music = tones(folder.path(), 2);
        let options = Options {
            scan_at_start: false,
            ..without_models(folder.path())
        };
        let handle = engine::start(options, Arc::new(|| {})).unwrap();
        let desk = Self { folder, handle };
        desk.send(Command::AddPaths(vec![music]));
        desk.wait("the end of the scan", |event| {
            matches!(event, Event::Finished(_)).then_some(())
        });
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn send(&self, command: Command) {
        self.handle.commands.send(command).unwrap();
    }

    fn wait<T>(&self, what: &str, wish: impl FnMut(Event) -> Option<T>) -> T {
        wait(&self.handle, what, wish)
    }

    fn made(&self) -> PlaylistId {
        self.wait("a new playlist", |event| match event {
            Event::PlaylistMade(id) => Some(id),
            _ => None,
        })
    }

    fn playlists(&self, wish: impl Fn(&Playlists) -> bool) -> Arc<Playlists> {
        self.wait("the playlists", |event| match event {
            Event::Playlists(all) => wish(&all).then_some(all),
            _ => None,
        })
    }
}

#[test]
fn a_playlist_file_comes_in_and_goes_out_with_all_its_lines() {
    let desk = Desk::open();
    let list = desk.path("music/my list.m3u");
    std::fs::write(&list, "2.wav\nnowhere/x.mp3\n#EXTINF:1,1\n/old/1.wav\n").unwrap();
    desk.send(Command::ImportPlaylist(list));
    let id = desk.made();
    let told = desk.wait("what became of it", |event| match event {
        Event::Notice(Notice::Imported {
            name,
            matched,
            unmatched,
        }) => Some((name, matched, unmatched)),
        _ => None,
    });
    assert_eq!(told, ("my list".to_owned(), 2, 1));
    let all = desk.playlists(|all| all.get(id).is_some());
    let places: Vec<bool> = all
        .get(id)
        .unwrap()
        .entries()
        .iter()
        .map(|entry| entry.track().is_some())
        .collect();
    assert_eq!(places, [true, false, true]);
    let out = desk.path("music/out.m3u8");
    std::fs::write(&out, "mine").unwrap();
    let told = |replace| {
        desk.send(Command::ExportPlaylist {
            path: out.clone(),
            id,
            replace,
        });
        desk.wait("word of the file", |event| match event {
            Event::Notice(notice) => Some(notice),
            _ => None,
        })
    };
    assert_eq!(told(false), Notice::InTheWay(out.clone()));
    assert_eq!(std::fs::read_to_string(&out).unwrap(), "mine");
    assert_eq!(told(true), Notice::Exported(out.clone()));
    let text = std::fs::read_to_string(&out).unwrap();
    let files: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
    assert_eq!(files, ["2.wav", "nowhere/x.mp3", "1.wav"]);
}

#[test]
fn a_file_that_lists_nothing_is_told_and_makes_no_playlist() {
    let desk = Desk::open();
    let list = desk.path("empty.m3u8");
    std::fs::write(&list, "#EXTM3U\n").unwrap();
    for path in [list, desk.path("nowhere.m3u8")] {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        desk.send(Command::ImportPlaylist(path));
        let reason = desk.wait("the reason", |event| match event {
            Event::Notice(Notice::Failed(reason)) => Some(reason),
            Event::PlaylistMade(id) => panic!("{id:?} was made"),
            _ => None,
        });
        assert!(reason.contains(&name), "{reason}");
    }
}

#[test]
fn smart_playlists_are_found_when_asked() {
    let desk = Desk::open();
    desk.send(Command::ChangePlaylists(PlaylistChange::Create {
        name: "everything".to_owned(),
        cover: PlaylistCover::Mosaic,
        content: PlaylistContent::Smart(SmartRules::default()),
    }));
    let id = desk.made();
    desk.playlists(|all| all.get(id).is_some());
    desk.send(Command::FindSmartTracks);
    let tracks = desk.wait("the tracks", |event| match event {
        Event::SmartTracks(found) => found.get(&id).cloned(),
        _ => None,
    });
    assert_eq!(tracks.len(), 2);
}

#[test]
fn changes_are_told_and_kept_in_order() {
    let desk = Desk::open();
    let entries = [1, 2].map(|id| PlaylistEntry::Track(TrackId(id)));
    desk.send(Command::ChangePlaylists(PlaylistChange::Create {
        name: "a".to_owned(),
        cover: PlaylistCover::Mosaic,
        content: PlaylistContent::Tracks(entries.to_vec()),
    }));
    let id = desk.made();
    for edit in [
        PlaylistEdit::Move { from: 0, to: 1 },
        PlaylistEdit::Rename("b".to_owned()),
    ] {
        desk.send(Command::ChangePlaylists(PlaylistChange::Edit(id, edit)));
    }
    let all = desk.playlists(|all| all.get(id).is_some_and(|each| each.name == "b"));
    assert_eq!(all.get(id).unwrap().track_ids(), [2, 1].map(TrackId));
}
