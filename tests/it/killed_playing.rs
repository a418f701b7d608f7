//! kill -9 in the middle of music.

use crate::support::signal::{tone, write_wav};
use crate::support::sound_server::SoundHost;
use maeum::config::Folders;
use maeum::engine::{self, Command, Event, Options};
use maeum::playback::Status;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// Longest that anything here may take; only reached when something is broken.
const PATIENCE: Duration = Duration::from_mins(1);

/// The data folder of the process that plays; set there only.
const DATA_VARIABLE: &str = "MAEUM_TEST_PLAYING_DATA";
/// Files to play there, a line each; none to take up what was left.
const FILES_VARIABLE: &str = "MAEUM_TEST_PLAYING_FILES";

/// Not a test: the process that is killed. Tells what the player tells.
#[test]
#[ignore = "run by the other test"]
fn playing_process() {
    let Some(data) = std::env::var_os(DATA_VARIABLE) else {
        return;
    };
    let options = Options {
        folders: Folders::find(Some(PathBuf::from(data)), None),
        demo: false,
        scan_at_start: false,
        keep_queue: true,
    };
    let handle = engine::start(options, Arc::new(|| {})).unwrap();
    let files = std::env::var(FILES_VARIABLE).unwrap_or_default();
    let files: Vec<PathBuf> = files.lines().map(PathBuf::from).collect();
    if !files.is_empty() {
        handle.commands.send(Command::PlayFiles(files)).unwrap();
    }
    while let Ok(event) = handle.events.recv() {
        if let Event::Player(state) = event
            && let Some(index) = state.index
        {
            let tracks = state.queue.len();
            let title = state.queue[index].title();
            let status = state.status;
            println!(
                "STATE {status:?} {index} {tracks} {} {title}",
                state.position_secs
            );
        }
    }
}

struct Playing {
    process: Child,
    lines: Receiver<Told>,
}

#[derive(Debug, Clone, PartialEq)]
struct Told {
    status: String,
    index: usize,
    tracks: usize,
    position_secs: f32,
    title: String,
}

impl Playing {
    fn start(host: &SoundHost, data: &Path, files: &[PathBuf]) -> Self {
        let mut command = std::process::Command::new(std::env::current_exe().unwrap());
        host.sound_for(&mut command);
        let files: Vec<_> = files
            .iter()
            .map(|file| file.display().to_string())
            .collect();
        let mut process = command
            .args([
                "--ignored",
                "--exact",
                "killed_playing::playing_process",
                "--nocapture",
            ])
            .env(DATA_VARIABLE, data)
            .env(FILES_VARIABLE, files.join("\n"))
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let output = BufReader::new(process.stdout.take().unwrap());
        let (sender, lines) = channel();
        std::thread::spawn(move || {
            for line in output.lines().map_while(Result::ok) {
                if let Some((_, told)) = line.split_once("STATE ") {
                    let words: Vec<&str> = told.splitn(5, ' ').collect();
                    let _ = sender.send(Told {
                        status: words[0].to_owned(),
                        index: words[1].parse().unwrap(),
                        tracks: words[2].parse().unwrap(),
                        position_secs: words[3].parse().unwrap(),
                        title: words[4].to_owned(),
                    });
                }
            }
        });
        Self { process, lines }
    }

    fn wait(&self, what: &str, wish: impl Fn(&Told) -> bool) -> Told {
        loop {
            let told = self.lines.recv_timeout(PATIENCE);
            let told = told.unwrap_or_else(|_| panic!("never: {what}"));
            if wish(&told) {
                return told;
            }
        }
    }

    /// kill -9; what it told last.
    fn kill(mut self, last: Told) -> Told {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
        self.lines.iter().last().unwrap_or(last)
    }
}

#[test]
fn a_killed_player_comes_back_paused_at_the_same_track_within_five_seconds() {
    let host = SoundHost::new();
    let _server = host.serve();
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let files: Vec<PathBuf> = (0..3)
        .map(|number| {
            let path = folder.path().join(format!("{number}.wav"));
            // The second is the one that plays when the kill comes.
            let secs = if number == 1 { 90 } else { 2 };
            write_wav(&path, 44_100, 1, &tone(44_100, 220.0, 44_100 * secs));
            path
        })
        .collect();
    let mut random = fastrand::Rng::new();
    for _ in 0..3 {
        let playing = Playing::start(&host, &data, &files);
        let at = random.f32() * 5.0;
        let told = playing.wait("the second track", |told| {
            told.status == "Playing" && told.index == 1 && told.position_secs > at
        });
        let last = playing.kill(told);
        let again = Playing::start(&host, &data, &[]);
        let back = again.wait("the queue", |told| told.tracks > 0);
        println!(
            "killed at {:.2} s of {}, back at {:.2} s of {}",
            last.position_secs, last.title, back.position_secs, back.title
        );
        assert_eq!(back.status, format!("{:?}", Status::Paused));
        assert_eq!((back.tracks, back.index, &back.title), (3, 1, &last.title));
        let off = (back.position_secs - last.position_secs).abs();
        assert!(off < 5.0, "off by {off} s");
        again.kill(back);
    }
}
