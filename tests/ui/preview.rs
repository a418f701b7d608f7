//! Opens the real window on a made-up engine, to look at it:
//! `cargo test --bench preview -- SCENE [dark|light] [en|ko] [WIDTHxHEIGHT]`.
//! Scenes: feel, asked, photo, album, unread, playing, library, settings, first, busy, unknown,
//! device, queue, duplicates, demo.
//! Keys lead from one place to the next: Ctrl+3 is Now playing.
#![allow(missing_docs)]

mod fake;

use crossbeam_channel::{Receiver, Sender, bounded};
use fake::Fake;
use maeum::config::{Settings, Theme};
use maeum::engine::{Command, Event, Handle, Wake};
use maeum::language::Language;
use maeum::library::{LyricsKind, Track};
use maeum::playback::Status;
use maeum::ui::{self, StartOptions};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let Some(scene) = args.iter().find(|arg| !arg.starts_with("--")).cloned() else {
        // `cargo test --all-targets` runs this without a scene.
        return;
    };
    let has = |word: &str| args.iter().any(|arg| arg == word);
    let settings = Settings {
        language: Some(if has("ko") {
            Language::Korean
        } else {
            Language::English
        }),
        theme: if has("light") {
            Theme::Light
        } else {
            Theme::Dark
        },
        ..Settings::default()
    };
    let start = StartOptions {
        settings,
        data_folder: PathBuf::from("/home/listener/.local/share/maeum"),
    };
    ui::run(move |wake, _| Ok(open(scene, wake)), start).expect("a display");
}

fn open(scene: String, wake: Wake) -> Handle {
    let (command_sender, commands) = bounded(1_024);
    let (events, event_receiver) = bounded(1_024);
    thread::Builder::new()
        .name("fake engine".to_owned())
        .spawn(move || run(&scene, &commands, &events, &wake))
        .expect("a thread");
    Handle::of_channels(command_sender, event_receiver)
}

fn run(scene: &str, commands: &Receiver<Command>, events: &Sender<Event>, wake: &Wake) {
    let mut fake = match scene {
        "first" => Fake::new(0, 0),
        "busy" => Fake::new(3_000, 120),
        "large" => Fake::new(100_000, 100_000),
        _ => Fake::new(420, 420),
    };
    if scene == "duplicates" {
        fake.add_copies(40);
    }
    if scene != "first" {
        fake.hear();
        fake.new_playlist("비 오는 날의 커피", 14);
        fake.new_playlist("Sunday breakfast", 9);
    }
    fake.demo = scene == "demo";
    let tell = |list: Vec<Event>| {
        for event in list {
            if events.send(event).is_err() {
                return;
            }
        }
        wake();
    };
    tell(fake.opening());
    tell(vec![Fake::problems()]);
    if scene == "playing" || scene == "device" || scene == "queue" {
        let tracks: Vec<_> = fake
            .library
            .tracks()
            .iter()
            .map(|t| t.id)
            .take(30)
            .collect();
        // One that is sung.
        let sung = |track: &Arc<Track>| track.lyrics == LyricsKind::Synced;
        let start = fake.library.tracks().iter().position(sung).unwrap_or(0);
        tell(fake.answer(&Command::Play { tracks, start }));
        fake.player.position_secs = 75.0;
        tell(fake.says_player());
    }
    let dropped: &[&str] = match scene {
        "photo" => &["/photos/evening at the sea.jpg"],
        "album" => &["/day/1.jpg", "/day/2.jpg", "/day/broken.jpg", "/day/3.jpg"],
        "unread" => &["/photos/broken.jpg"],
        _ => &[],
    };
    if !dropped.is_empty() {
        let paths = dropped.iter().map(PathBuf::from).collect();
        tell(vec![Event::DroppedPhotos(paths)]);
    }
    if scene == "device" {
        tell(fake.lose_device());
    }
    loop {
        match commands.recv_timeout(Duration::from_millis(250)) {
            Ok(command) => tell(fake.answer(&command)),
            Err(error) if error.is_timeout() => {
                if fake.player.status == Status::Playing && scene != "device" {
                    fake.player.position_secs += 0.25;
                    tell(fake.says_player());
                }
            }
            Err(_) => return,
        }
    }
}
