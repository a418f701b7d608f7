//! The engine's door, from outside.

use super::signal::{tone, write_wav};
use crossbeam_channel::RecvTimeoutError;
use maeum::config::Folders;
use maeum::engine::{Event, Handle, Options};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Longest that anything may take; only reached when something is broken.
const PATIENCE: Duration = Duration::from_mins(1);

/// Waits for an event that is as wished.
pub fn wait<T>(handle: &Handle, what: &str, mut wish: impl FnMut(Event) -> Option<T>) -> T {
    let end = Instant::now() + PATIENCE;
    loop {
        match handle.events.recv_deadline(end) {
            Ok(event) => {
                if let Some(found) = wish(event) {
                    return found;
                }
            }
            Err(RecvTimeoutError::Timeout) => panic!("never came: {what}"),
            Err(RecvTimeoutError::Disconnected) => panic!("the engine ended before {what}"),
        }
    }
}

/// An installation in this folder, without models and demo.
pub fn without_models(folder: &Path) -> Options {
    Options {
        folders: Folders {
            data: folder.join("data"),
            models: PathBuf::new(),
            demo_music: PathBuf::new(),
        },
        demo: false,
        scan_at_start: true,
        keep_queue: false,
    }
}

/// `music/1.wav` and so on in this folder, a second of a tone each; where they are.
pub fn tones(folder: &Path, files: u8) -> PathBuf {
    let music = folder.join("music");
    std::fs::create_dir(&music).unwrap();
    for number in 1..=files {
        let samples = tone(22_050, 220.0 * f64::from(number), 22_050);
        write_wav(&music.join(format!("{number}.wav")), 22_050, 1, &samples);
    }
    music
}
