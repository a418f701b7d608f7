//! The real window shows a file's folder: through a file manager on the session bus, or
//! through the desktop's opener where there is none.

use crate::support::bus::SessionBus;
use crate::support::desktop::{Screen, Window, wait_for};
use crate::support::program::Program;
use crate::support::signal::{tone, write_wav};
use crate::support::sound_server::SoundHost;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Stdio;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// Longest that anything here may take; only reached when something is broken.
const PATIENCE: Duration = Duration::from_mins(1);

/// A file manager that only remembers what it was to show.
struct FileManager {
    asked: Arc<Mutex<Vec<String>>>,
}

#[zbus::interface(name = "org.freedesktop.FileManager1")]
impl FileManager {
    fn show_items(&self, addresses: Vec<String>, startup_id: &str) {
        assert_eq!(startup_id, "");
        self.asked.lock().unwrap().extend(addresses);
    }
}

/// An opener that only writes down what it was to open.
fn opener(folder: &Path) -> String {
    let script = folder.join("xdg-open");
    let opened = folder.join("opened");
    let text = format!("#!/bin/sh\necho \"$1\" > '{}'\n", opened.display());
    fs::write(&script, text).unwrap();
    fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).unwrap();
    format!("{}:{}", folder.display(), std::env::var("PATH").unwrap())
}

#[test]
fn a_key_shows_the_file_of_what_plays() {
    let (screen, sound, program) = (Screen::open(), SoundHost::new(), Program::new());
    let _server = sound.serve();
    let bus = SessionBus::open();
    let folder = tempfile::tempdir().unwrap();
    let music = folder.path().join("음악 & more");
    fs::create_dir(&music).unwrap();
    let file = music.join("a#1.wav");
    write_wav(&file, 8_000, 1, &tone(8_000, 220.0, 8_000 * 60));

    let mut command = program.command(&[]);
    sound.sound_for(&mut command);
    screen.show(&mut command);
    command
        .arg(&file)
        .env("DBUS_SESSION_BUS_ADDRESS", &bus.address)
        .env("PATH", opener(folder.path()))
        .stderr(Stdio::null());
    let _window = Window::open(&mut command);
    wait_for(PATIENCE, || bus.playerctl(&["status"]) == "Playing").expect("it plays");
    screen.focus_window("Maeum");

    let opened = folder.path().join("opened");
    let read = || fs::read_to_string(&opened).unwrap_or_default();
    screen.press("ctrl+shift+o");
    wait_for(PATIENCE, || read().trim() == music.to_str().unwrap()).expect("the opener");
    fs::remove_file(&opened).unwrap();

    let asked = Arc::new(Mutex::new(Vec::new()));
    let manager = FileManager {
        asked: Arc::clone(&asked),
    };
    let _manager = zbus::blocking::connection::Builder::address(bus.address.as_str())
        .and_then(|bus| bus.name("org.freedesktop.FileManager1"))
        .and_then(|bus| bus.serve_at("/org/freedesktop/FileManager1", manager))
        .and_then(zbus::blocking::connection::Builder::build)
        .unwrap();
    screen.press("ctrl+shift+o");
    wait_for(PATIENCE, || !asked.lock().unwrap().is_empty()).expect("the file manager");
    let address = asked.lock().unwrap().join(" ");
    assert!(address.ends_with("%20%26%20more/a%231.wav"), "{address}");
    assert!(!opened.exists(), "one of the two is enough");
}
