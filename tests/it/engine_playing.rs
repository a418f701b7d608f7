//! What is counted of music that plays through the engine, in a process of its own: it needs a
//! sound server.

use crate::support::engine::wait;
use crate::support::program::{passes_alone, this_program};
use crate::support::signal::{tone, write_wav};
use crate::support::sound_server::SoundHost;
use maeum::config::Folders;
use maeum::engine::{self, Command, Event, Handle, Options};
use maeum::library::{Heard, TrackId};
use maeum::playback::{PlayerCommand, PlayerState};
use std::path::PathBuf;
use std::sync::Arc;

/// Set in the process that plays only.
const PLAYS: &str = "MAEUM_TEST_ENGINE_PLAYS";

/// Runs one of the tests here again where there is a sound server.
fn with_sound(name: &str) -> bool {
    if std::env::var_os(PLAYS).is_some() {
        return true;
    }
    let host = SoundHost::new();
    let _server = host.serve();
    let mut command = this_program();
    host.sound_for(&mut command);
    passes_alone(command.env(PLAYS, "1"), &format!("engine_playing::{name}"));
    false
}

struct Desk {
    handle: Handle,
    folder: tempfile::TempDir,
}

impl Desk {
    /// One track of twenty seconds in the listener's library and one in the demo's; both have
    /// the same id.
    fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        for name in ["mine", "demo"] {
            let place = folder.path().join(name);
            std::fs::create_dir(&place).unwrap();
            let samples = tone(8_000, 220.0, 8_000 * 20);
            write_wav(&place.join("one.wav"), 8_000, 1, &samples);
        }
        let options = Options {
            folders: Folders {
                data: folder.path().join("data"),
                models: PathBuf::new(),
                demo_music: folder.path().join("demo"),
            },
            demo: false,
            scan_at_start: true,
            keep_queue: true,
        };
        let handle = engine::start(options, Arc::new(|| {})).unwrap();
        let desk = Self { handle, folder };
        desk.scanned();
        let mine = desk.folder.path().join("mine");
        desk.send(Command::AddPaths(vec![mine]));
        desk.scanned();
        desk
    }

    fn send(&self, command: Command) {
        self.handle.commands.send(command).unwrap();
    }

    fn scanned(&self) {
        wait(&self.handle, "the end of the scan", |event| {
            matches!(event, Event::Finished(_)).then_some(())
        });
    }

    fn player(&self, what: &str, wish: impl Fn(&PlayerState) -> bool) {
        wait(&self.handle, what, |event| match event {
            Event::Player(state) => wish(&state).then_some(()),
            _ => None,
        });
    }

    /// Plays the library's track until so much of it was heard.
    fn play(&self, until_secs: f32) {
        self.send(Command::Play {
            tracks: vec![TrackId(1)],
            start: 0,
        });
        self.player("music", |state| state.position_secs > until_secs);
    }

    fn history(&self) -> Arc<[Heard]> {
        self.send(Command::History { limit: 10 });
        wait(&self.handle, "what was heard", |event| match event {
            Event::History(heard) => Some(heard),
            _ => None,
        })
    }
}

#[test]
fn what_plays_while_another_library_is_opened_says_nothing_there() {
    if !with_sound("what_plays_while_another_library_is_opened_says_nothing_there") {
        return;
    }
    let desk = Desk::open();
    // Both libraries know their track.
    for demo in [true, false] {
        desk.send(Command::OpenDemo(demo));
        desk.scanned();
    }
    desk.play(3.0);
    desk.send(Command::OpenDemo(true));
    desk.scanned();
    assert_eq!(desk.history().len(), 0, "heard in the other library");
    desk.send(Command::OpenDemo(false));
    // The queue is there again, and leaving it was no skip.
    let (mut queue, mut skips) = (None, None);
    let (queue, skips) = wait(&desk.handle, "the library left before", |event| {
        match event {
            Event::Player(state) if state.queue.len() == 1 => queue = Some(state.position_secs),
            Event::Library(snapshot) if !snapshot.demo => {
                skips = Some(snapshot.library.get(TrackId(1))?.skip_count);
            }
            _ => {}
        }
        queue.zip(skips)
    });
    assert!(queue > 1.5 && skips == 0, "{queue} s, {skips} skips");
    assert_eq!(desk.history().len(), 0);
}

#[test]
fn a_track_left_after_half_of_it_was_played_and_one_left_before_was_skipped() {
    if !with_sound("a_track_left_after_half_of_it_was_played_and_one_left_before_was_skipped") {
        return;
    }
    let desk = Desk::open();
    let leave = || {
        desk.send(Command::Player(PlayerCommand::Next));
        desk.player("the end", |state| state.index.is_none());
    };
    desk.play(1.0);
    leave();
    desk.play(10.5);
    leave();
    let finished: Vec<bool> = desk
        .history()
        .iter()
        .map(|heard| heard.play.finished)
        .collect();
    assert_eq!(finished, [true, false], "newest first");
}
