//! The real program on a session bus of its own, driven as media keys and desktop widgets
//! drive it; and a second start of it.

use crate::support::bus::SessionBus;
use crate::support::desktop::{Screen, Window, wait_for};
use crate::support::program::{Program, errors};
use crate::support::signal::{tone, write_wav};
use crate::support::sound_server::SoundHost;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;
use tempfile::TempDir;

/// Longest that anything here may take; only reached when something is broken.
const PATIENCE: Duration = Duration::from_mins(1);

/// A minute's tone each, and a cover beside them.
fn music() -> (TempDir, [PathBuf; 3]) {
    let folder = tempfile::tempdir().unwrap();
    let files = ["하나", "two", "three"].map(|name| {
        let file = folder.path().join(format!("{name}.wav"));
        write_wav(&file, 8_000, 1, &tone(8_000, 220.0, 8_000 * 60));
        file
    });
    std::fs::copy(
        Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/screenshots/feel.png"),
        folder.path().join("cover.png"),
    )
    .unwrap();
    (folder, files)
}

fn ended_well(window: &mut Window) -> bool {
    let mut status = None;
    let ended = wait_for(PATIENCE, || {
        status = window.0.try_wait().unwrap();
        status.is_some()
    });
    ended.is_ok() && status.is_some_and(|status| status.success())
}

struct Desk {
    screen: Screen,
    sound: SoundHost,
    program: Program,
}

impl Desk {
    fn new() -> Self {
        Self {
            screen: Screen::open(),
            sound: SoundHost::new(),
            program: Program::new(),
        }
    }

    fn start(&self, arguments: &[&Path], bus: Option<&SessionBus>) -> Command {
        let mut command = self.program.command(&[]);
        self.sound.sound_for(&mut command);
        self.screen.show(&mut command);
        command.args(arguments).stderr(Stdio::piped());
        if let Some(bus) = bus {
            command.env("DBUS_SESSION_BUS_ADDRESS", &bus.address);
        }
        command
    }
}

#[test]
fn the_desktop_sees_what_plays_and_drives_it() {
    let desk = Desk::new();
    let _server = desk.sound.serve();
    let bus = SessionBus::open();
    let monitor = bus.monitor();
    let (_folder, files) = music();
    let arguments: Vec<&Path> = files.iter().map(PathBuf::as_path).collect();
    let mut window = Window::open(&mut desk.start(&arguments, Some(&bus)));
    let says = |arguments: &[&str], wanted: &str| {
        let mut last = String::new();
        wait_for(PATIENCE, || {
            last = bus.playerctl(arguments);
            last == wanted
        })
        .unwrap_or_else(|()| panic!("{arguments:?}: {wanted} wanted, {last} found"));
    };
    let does = |arguments: &[&str]| bus.playerctl(arguments);
    let title = ["metadata", "title"];

    says(&["status"], "Playing");
    says(&title, "하나");
    says(&["metadata", "mpris:length"], "60000000");
    let art = bus.playerctl(&["metadata", "mpris:artUrl"]);
    let cover = files[0].with_file_name("cover.png");
    assert_eq!(art, format!("file://{}", cover.display()));
    assert!(
        bus.playerctl(&["metadata", "xesam:url"])
            .ends_with("/%ED%95%98%EB%82%98.wav")
    );

    does(&["pause"]);
    says(&["status"], "Paused");
    does(&["play-pause"]);
    says(&["status"], "Playing");
    does(&["next"]);
    says(&title, "two");
    does(&["previous"]);
    says(&title, "하나");

    let position_secs = || bus.playerctl(&["position"]).parse::<f64>().unwrap_or(-1.0);
    let near = |wanted: f64| {
        let there = || (position_secs() - wanted).abs() < 3.0;
        wait_for(PATIENCE, there).unwrap_or_else(|()| panic!("not at {wanted} s"));
    };
    does(&["pause"]);
    says(&["status"], "Paused");
    does(&["position", "30"]);
    near(30.0);
    does(&["position", "15+"]);
    near(45.0);
    does(&["position", "20-"]);
    near(25.0);

    does(&["volume", "0.25"]);
    says(&["volume"], "0.250000");
    for looped in ["Playlist", "Track", "None"] {
        does(&["loop", looped]);
        says(&["loop"], looped);
    }
    does(&["shuffle", "On"]);
    says(&["shuffle"], "On");
    does(&["shuffle", "Off"]);
    says(&["shuffle"], "Off");
    does(&["stop"]);
    near(0.0);

    let seen = [
        "string \"xesam:title\"",
        "string \"하나\"",
        "string \"xesam:title\"",
        "string \"two\"",
        "member=Seeked",
        "int64 30",
        "string \"Volume\"",
        "double 0.25",
        "string \"LoopStatus\"",
        "string \"Shuffle\"",
    ];
    let told = wait_for(PATIENCE, || monitor.saw(&seen));
    assert!(told.is_ok(), "{}", monitor.all());

    bus.call("org.mpris.MediaPlayer2.Quit");
    assert!(ended_well(&mut window), "the window stays open");
    assert_eq!(bus.playerctl(&["status"]), "");
}

#[test]
fn a_second_start_hands_its_files_to_the_open_window() {
    let desk = Desk::new();
    let _server = desk.sound.serve();
    let bus = SessionBus::open();
    let (_folder, files) = music();
    let _window = Window::open(&mut desk.start(&[], Some(&bus)));
    desk.screen.focus_window("Maeum");
    // Without a bus: it is the socket that they meet at.
    let second = desk.start(&[&files[1]], None).output().unwrap();
    assert!(second.status.success(), "{}", errors(&second));
    let plays = || bus.playerctl(&["metadata", "title"]) == "two";
    wait_for(PATIENCE, plays).expect("the first window plays it");
    // A start without files only raises it.
    let third = desk.start(&[], None).output().unwrap();
    assert!(third.status.success(), "{}", errors(&third));
    let fourth = desk.start(&[Path::new("nowhere.mp3")], None);
    let fourth = { fourth }.output().unwrap();
    assert!(!fourth.status.success());
    assert!(errors(&fourth).contains("nowhere.mp3"));
    assert_eq!(bus.playerctl(&["metadata", "title"]), "two");
}

#[test]
fn a_window_that_was_killed_is_in_nobodys_way() {
    let desk = Desk::new();
    let _server = desk.sound.serve();
    let bus = SessionBus::open();
    let (_folder, files) = music();
    let first = Window::open(&mut desk.start(&[], None));
    desk.screen.focus_window("Maeum");
    drop(first);
    let _second = Window::open(&mut desk.start(&[&files[2]], Some(&bus)));
    let plays = || bus.playerctl(&["metadata", "title"]) == "three";
    wait_for(PATIENCE, plays).expect("the second window opens and plays");
}

#[expect(
    clippy::too_many_arguments,
    clippy::used_underscore_binding,
    reason = "as the desktop has it"
)]
mod hung {
    use std::collections::HashMap;
    use zbus::zvariant::OwnedValue;

    /// A desktop whose notifications hang.
    pub struct Notifications;

    #[zbus::interface(name = "org.freedesktop.Notifications")]
    impl Notifications {
        async fn notify(
            &self,
            _program: &str,
            _replaced: u32,
            _icon: &str,
            _title: &str,
            _body: &str,
            _actions: Vec<String>,
            _hints: HashMap<String, OwnedValue>,
            _shown_ms: i32,
        ) -> u32 {
            std::future::pending().await
        }
    }
}

#[test]
fn a_desktop_that_hangs_keeps_neither_the_keys_nor_the_end_waiting() {
    let desk = Desk::new();
    let _server = desk.sound.serve();
    let bus = SessionBus::open();
    let _hung = zbus::blocking::connection::Builder::address(bus.address.as_str())
        .and_then(|bus| bus.name("org.freedesktop.Notifications"))
        .and_then(|bus| bus.serve_at("/org/freedesktop/Notifications", hung::Notifications))
        .and_then(zbus::blocking::connection::Builder::build)
        .unwrap();
    let settings = desk.program.data.path().join("settings.json");
    std::fs::write(settings, r#"{"notify":true}"#).unwrap();
    let (_folder, files) = music();
    let arguments: Vec<&Path> = files.iter().map(PathBuf::as_path).collect();
    let mut window = Window::open(&mut desk.start(&arguments, Some(&bus)));
    for title in ["하나", "two"] {
        let plays = || bus.playerctl(&["metadata", "title"]) == title;
        wait_for(PATIENCE, plays).unwrap_or_else(|()| panic!("{title} is not shown"));
        bus.playerctl(&["next"]);
    }
    bus.call("org.mpris.MediaPlayer2.Quit");
    assert!(ended_well(&mut window), "the program never ends");
}
