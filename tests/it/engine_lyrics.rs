//! Lyrics are read in the background: after a scan, after a change, after a kill, and again
//! when the model changes.

use crate::support::program::{small_models, write_manifest};
use crate::support::signal::{tone, write_wav};
use maeum::config::Folders;
use maeum::engine::{self, Command, Event, Handle, Notice, Options, ScanReport, Snapshot};
use maeum::library::BrowseQuery;
use maeum::mood::Mood;
use maeum::store::Store;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Longest that anything here may take; only reached when something is broken.
const PATIENCE: Duration = Duration::from_mins(1);

/// An installation with two tracks, one of them with lyrics, and a model of its own.
struct Home(TempDir);

impl Home {
    fn new() -> Self {
        let home = Self(tempfile::tempdir().unwrap());
        for folder in ["music", "models"] {
            std::fs::create_dir(home.path(folder)).unwrap();
        }
        for (number, name) in (1_u8..).zip(["sung", "played"]) {
            let samples = tone(22_050, 220.0 * f64::from(number), 22_050);
            write_wav(
                &home.path("music").join(format!("{name}.wav")),
                22_050,
                1,
                &samples,
            );
        }
        home.write_words("[00:00.10]I am so sad\n[00:00.50]and alone, tears, sad\n");
        for file in ["text.onnx", "tokenizer.json"] {
            let from = Path::new(small_models()).join(file);
            std::fs::copy(from, home.path("models").join(file)).unwrap();
        }
        home.set_model_version("1");
        home
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write_words(&self, words: &str) {
        std::fs::write(self.path("music/sung.lrc"), words).unwrap();
    }

    fn set_model_version(&self, version: &str) {
        write_manifest(small_models(), &self.path("models"), version);
    }

    fn open(&self) -> Handle {
        let options = Options {
            folders: Folders {
                data: self.path("data"),
                models: self.path("models"),
                demo_music: self.path("demo"),
            },
            demo: false,
            scan_at_start: false,
            keep_queue: false,
        };
        engine::start(options, Arc::new(|| {})).unwrap()
    }

    /// Opens, scans the music, and tells what that did and what the library is then.
    fn scan(&self) -> (ScanReport, Snapshot) {
        let handle = self.open();
        let add = Command::AddPaths(vec![self.path("music")]);
        handle.commands.send(add).unwrap();
        let (mut library, mut report) = (None, None);
        let end = Instant::now() + PATIENCE;
        loop {
            match handle.events.recv_deadline(end).expect("a finished scan") {
                Event::Library(snapshot) => library = Some(snapshot),
                Event::Finished(finished) => {
                    report = Some((*finished).clone());
                    // Answered after the library that the report tells of.
                    let browse = Command::Browse {
                        generation: 1,
                        query: BrowseQuery::default(),
                    };
                    handle.commands.send(browse).unwrap();
                }
                Event::Browsed { .. } => break,
                _ => {}
            }
        }
        handle.close();
        (report.unwrap(), library.unwrap())
    }

    /// Which tracks a version of the reading would have to read.
    fn pending(&self, version: &str) -> usize {
        let store = Store::open(&self.path("data/library.db"), |_| {}).unwrap();
        store.handle().pending_lyrics(version).unwrap().len()
    }
}

fn words_of(snapshot: &Snapshot) -> Option<Mood> {
    let tracks = snapshot.library.tracks();
    let sung = tracks.iter().find(|track| track.title() == "sung").unwrap();
    let played = tracks
        .iter()
        .find(|track| track.title() == "played")
        .unwrap();
    assert_eq!(
        played.lyric_mood, None,
        "a track without lyrics is left alone"
    );
    Some(sung.lyric_mood.as_ref()?.mood.top())
}

#[test]
fn a_scan_ends_with_its_lyrics_read_and_fused_with_the_sound() {
    let home = Home::new();
    let (report, snapshot) = home.scan();
    assert_eq!(report.analyzed, 2);
    assert_eq!(words_of(&snapshot), Some(Mood::Sad));
    let at = snapshot
        .library
        .tracks()
        .iter()
        .position(|track| track.lyric_mood.is_some())
        .unwrap();
    let track = &snapshot.library.tracks()[at];
    let sound = track.analysis.as_ref().unwrap().mood;
    let fused = snapshot.moods[at].unwrap();
    assert!(fused.share(Mood::Sad) > sound.share(Mood::Sad));
    let words = track.lyric_mood.as_ref().unwrap();
    assert_eq!((words.counted_lines, words.lines.len()), (2, 2));
}

#[test]
fn new_words_are_read_anew_and_nothing_else() {
    let home = Home::new();
    home.scan();
    home.write_words("[00:00.10]Happy happy dance, happy\n");
    let (report, snapshot) = home.scan();
    assert_eq!(report.analyzed, 0);
    assert_eq!(words_of(&snapshot), Some(Mood::Happy));
}

#[test]
fn a_new_model_reads_all_lyrics_anew_and_nothing_else() {
    let home = Home::new();
    home.scan();
    assert_eq!((home.pending("1+2"), home.pending("2+2")), (0, 1));
    home.set_model_version("2");
    let (report, snapshot) = home.scan();
    assert_eq!(report.analyzed, 0);
    assert_eq!(words_of(&snapshot), Some(Mood::Sad));
    assert_eq!((home.pending("1+2"), home.pending("2+2")), (1, 0));
}

#[test]
fn without_a_model_the_scan_ends_all_the_same_and_old_readings_stay() {
    let home = Home::new();
    std::fs::write(home.path("models/text.onnx"), "not what it was").unwrap();
    let (report, snapshot) = home.scan();
    assert_eq!((report.analyzed, words_of(&snapshot)), (2, None));
    let good = Path::new(small_models()).join("text.onnx");
    std::fs::copy(good, home.path("models/text.onnx")).unwrap();
    assert_eq!(words_of(&home.scan().1), Some(Mood::Sad));
    std::fs::remove_dir_all(home.path("models")).unwrap();
    assert_eq!(words_of(&home.scan().1), Some(Mood::Sad));
}

#[test]
fn a_damaged_model_is_told_once_in_a_window_that_is_open() {
    let home = Home::new();
    std::fs::write(home.path("models/tokenizer.json"), "{}").unwrap();
    let handle = home.open();
    let end = Instant::now() + PATIENCE;
    let reason = loop {
        let event = handle.events.recv_deadline(end).expect("a notice");
        if let Event::Notice(Notice::NoTextModel(reason)) = event {
            break reason;
        }
    };
    assert!(reason.contains("tokenizer.json"), "{reason}");
}

#[test]
fn lyrics_wait_while_the_work_is_held() {
    let home = Home::new();
    let handle = home.open();
    let send = |command| handle.commands.send(command).unwrap();
    send(Command::PauseAnalysis(true));
    send(Command::AddPaths(vec![home.path("music")]));
    let end = Instant::now() + PATIENCE;
    loop {
        match handle.events.recv_deadline(end).expect("word of the pause") {
            Event::Progress(progress) if progress.paused => break,
            Event::Finished(report) => panic!("not held: {report:?}"),
            _ => {}
        }
    }
    send(Command::PauseAnalysis(false));
    loop {
        if let Event::Finished(report) = handle.events.recv_deadline(end).expect("the end") {
            assert_eq!(report.analyzed, 2);
            break;
        }
    }
    handle.close();
    assert_eq!(home.pending("1+2"), 0);
}
