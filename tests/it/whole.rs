//! Reading tracks from end to end: what is measured, when, and how it is kept.

use crate::support::engine::{tones, wait};
use crate::support::shelf::random_analysis;
use crate::support::signal::{tone, write_wav};
use crate::support::store::Kept;
use maeum::analysis::{AnalysisError, Analyzer, Control};
use maeum::config::Folders;
use maeum::engine::{self, Command, Event, Handle, Options};
use maeum::library::{
    ContentId, EmotionArc, FileStamp, Loudness, ScanEvent, ScannedFile, Tags, Track, TrackId, Walk,
    Waveform, WholeTrack,
};
use maeum::store::{Store, StoreHandle};
use std::collections::HashMap;
use std::f64::consts::TAU;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Longest that anything here may take; only reached when something is broken.
const PATIENCE: Duration = Duration::from_mins(3);

const RATE: u32 = 22_050;

/// One without an audio model: the rule reads alone.
fn analyzer() -> Analyzer {
    Analyzer::new(Path::new("/no/models"))
}

/// A quiet low tone, then twice as long loud ticks of a bright chord.
fn two_parts(quiet_secs: u32) -> Vec<i16> {
    let quiet = 0..quiet_secs * RATE;
    let loud = 0..2 * quiet_secs * RATE;
    let tone = |hz: f64, i: u32| (TAU * hz * f64::from(i) / f64::from(RATE)).sin();
    quiet
        .map(|i| (900.0 * tone(110.0, i)) as i16)
        .chain(loud.map(|i| {
            let chord = tone(1046.5, i) + tone(1318.5, i) + tone(1568.0, i);
            let since_tick = f64::from(i % (RATE / 5)) / f64::from(RATE);
            (9000.0 * chord * (-20.0 * since_tick).exp()) as i16
        }))
        .collect()
}

#[test]
fn a_track_tells_its_loudness_its_outline_and_the_way_of_its_mood() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("two parts.wav");
    write_wav(&path, RATE, 1, &two_parts(20));
    let whole = analyzer()
        .read_whole(&path, &Control::new(), || false)
        .unwrap();
    assert!((-25.0..-5.0).contains(&whole.loudness.lufs), "{whole:?}");
    assert!(
        (-3.0..0.5).contains(&whole.loudness.true_peak_dbtp),
        "{whole:?}"
    );
    let levels: Vec<(f32, f32)> = whole.waveform.levels().collect();
    let mean =
        |part: &[(f32, f32)]| part.iter().map(|(peak, _)| peak).sum::<f32>() / part.len() as f32;
    let (quiet, loud) = levels.split_at(Waveform::COLUMNS / 3);
    assert!(mean(quiet) < 0.05 && mean(loud) > 0.2, "{levels:?}");
    let arousal: Vec<f32> = whole.arc.points().map(|point| point.unwrap().1).collect();
    assert_eq!(arousal.len(), 6, "a point every ten seconds");
    assert!(arousal[..2].iter().all(|quiet| *quiet < arousal[3] - 0.3));
}

#[test]
fn silence_and_scraps_have_an_outline_too_and_work_can_be_called_off() {
    let folder = tempfile::tempdir().unwrap();
    let silence = folder.path().join("silence.wav");
    write_wav(&silence, 8_000, 1, &vec![0; 8_000 * 12]);
    let whole = analyzer()
        .read_whole(&silence, &Control::new(), || false)
        .unwrap();
    assert_eq!(whole.loudness.lufs, -70.0);
    assert!(whole.arc.points().all(|point| point.is_none()));
    assert!(whole.waveform.levels().all(|level| level == (0.0, 0.0)));

    let scrap = folder.path().join("scrap.wav");
    write_wav(&scrap, 8_000, 1, &[16_384; 40]);
    let whole = analyzer()
        .read_whole(&scrap, &Control::new(), || false)
        .unwrap();
    assert!(
        whole
            .waveform
            .levels()
            .all(|(peak, _)| (peak - 0.5).abs() < 0.01)
    );

    let given_up = analyzer().read_whole(&silence, &Control::new(), || true);
    assert!(matches!(given_up, Err(AnalysisError::Cancelled(_))));
    let missing = analyzer().read_whole(&folder.path().join("gone"), &Control::new(), || false);
    assert!(matches!(missing, Err(AnalysisError::Decode(_))));
}

struct Shelf(Kept);

impl Shelf {
    fn new() -> Self {
        Self(Kept::new())
    }

    fn reopen(&mut self) {
        self.0.reopen();
    }

    fn handle(&self) -> &StoreHandle {
        self.0.handle()
    }

    /// Scans a folder with one analyzed file of this audio, changed at `version`.
    fn scan(&self, version: i64, audio: u8) -> TrackId {
        let file = ScannedFile {
            path: PathBuf::from("/music/a.flac"),
            stamp: FileStamp {
                mtime_unix_ns: version,
                ..FileStamp::default()
            },
            content: ContentId([audio; 16]),
            duration_secs: 100.0,
            codec: "FLAC".to_owned(),
            tags: Tags {
                title: "a".to_owned(),
                ..Tags::default()
            },
            has_cover: false,
            lyrics: None,
            stars: 0,
        };
        self.handle().apply_scan(ScanEvent::Walked(Walk {
            folders: vec![(PathBuf::from("/music"), true)],
            single_files: Vec::new(),
            files: HashMap::from([(file.path.clone(), file.stamp)]),
        }));
        let content = file.content;
        self.handle().apply_scan(ScanEvent::File(Box::new(file)));
        self.handle().finish_scan(true).unwrap();
        self.handle().save_analysis(content, 1, random_analysis(1));
        self.track().id
    }

    fn track(&self) -> Arc<Track> {
        Arc::clone(&self.handle().library().unwrap().tracks()[0])
    }

    fn pending(&self, version: &str) -> usize {
        self.handle().pending_whole(None, version).unwrap().len()
    }

    fn read(&self, version: &str, lufs: f32) {
        for pending in self.handle().pending_whole(None, version).unwrap() {
            self.handle()
                .save_whole(pending.content, version.into(), Arc::new(whole(lufs)));
        }
    }

    fn lufs(&self) -> (Option<f32>, Option<f32>) {
        let track = self.track();
        let whole = self.handle().whole(track.id).unwrap();
        (
            track.loudness.map(|loudness| loudness.lufs),
            whole.map(|whole| whole.loudness.lufs),
        )
    }
}

fn whole(lufs: f32) -> WholeTrack {
    WholeTrack {
        loudness: Loudness {
            lufs,
            true_peak_dbtp: -1.0,
        },
        waveform: Waveform::new(&[(0.5, 0.25); Waveform::COLUMNS]),
        arc: EmotionArc::new(&[Some((0.5, -0.5)), None]),
    }
}

#[test]
fn what_was_read_is_kept_until_a_new_version_has_read_it_anew() {
    let mut shelf = Shelf::new();
    let id = shelf.scan(1, 1);
    assert_eq!((shelf.pending("1"), shelf.lufs()), (1, (None, None)));
    shelf.read("1", -14.0);
    assert_eq!(
        shelf.lufs(),
        (Some(-14.0), Some(-14.0)),
        "before it is written"
    );
    shelf.reopen();
    assert_eq!(shelf.lufs(), (Some(-14.0), Some(-14.0)));
    let kept = shelf.handle().whole(id).unwrap().unwrap();
    let meant = whole(-14.0);
    assert_eq!((&kept.arc, &kept.waveform), (&meant.arc, &meant.waveform));
    assert_eq!((shelf.pending("1"), shelf.pending("2")), (0, 1));
    assert_eq!(shelf.lufs().0, Some(-14.0), "the old one serves meanwhile");
    shelf.read("2", -15.0);
    shelf.reopen();
    assert_eq!(shelf.lufs(), (Some(-15.0), Some(-15.0)));
}

#[test]
fn other_audio_in_its_place_is_read_anew() {
    let mut shelf = Shelf::new();
    let id = shelf.scan(1, 1);
    shelf.read("1", -14.0);
    // A better encoding of the same song goes on as the same track.
    assert_eq!(shelf.scan(2, 2), id);
    assert_eq!((shelf.pending("1"), shelf.lufs()), (1, (None, None)));
    shelf.reopen();
    assert_eq!((shelf.pending("1"), shelf.lufs()), (1, (None, None)));
    shelf.read("1", -9.0);
    shelf.reopen();
    assert_eq!(shelf.lufs(), (Some(-9.0), Some(-9.0)));
}

fn open(home: &Path) -> Handle {
    let options = Options {
        folders: Folders {
            data: home.join("data"),
            models: home.join("models"),
            demo_music: home.join("demo"),
        },
        demo: false,
        scan_at_start: false,
        keep_queue: false,
    };
    engine::start(options, Arc::new(|| {})).unwrap()
}

#[test]
fn tracks_are_read_to_their_end_once_all_were_looked_at_and_on_request() {
    let home = tempfile::tempdir().unwrap();
    let music = home.path().join("music");
    std::fs::create_dir(&music).unwrap();
    for hz in [220, 330] {
        let path = music.join(format!("{hz}.wav"));
        write_wav(&path, RATE, 1, &tone(RATE, f64::from(hz), 8_000));
    }
    let handle = open(home.path());
    handle
        .commands
        .send(Command::AddPaths(vec![music]))
        .unwrap();
    let end = Instant::now() + PATIENCE;
    let next = || handle.events.recv_deadline(end).expect("an event");
    // All of them, with nobody asking.
    let track = loop {
        if let Event::Library(snapshot) = next() {
            let tracks = snapshot.library.tracks();
            if tracks.len() == 2 && tracks.iter().all(|track| track.loudness.is_some()) {
                break tracks[0].id;
            }
        }
    };
    handle
        .commands
        .send(Command::LoadWholeTrack(track))
        .unwrap();
    let kept = loop {
        if let Event::WholeTrack { track: of, whole } = next() {
            assert_eq!(of, track);
            break whole.expect("it was read");
        }
    };
    handle.close();

    // A newer version of the reading finds them unread.
    let database = home.path().join("data/library.db");
    let store = Store::open(&database, |_| {}).unwrap();
    let outdated = store.handle().pending_whole(None, "another").unwrap();
    assert_eq!(outdated.len(), 2);
    for pending in outdated {
        let kept = Arc::clone(&kept);
        store
            .handle()
            .save_whole(pending.content, "another".into(), kept);
    }
    drop(store);
    let handle = open(home.path());
    handle
        .commands
        .send(Command::LoadWholeTrack(track))
        .unwrap();
    let mut told = 0;
    while told < 2 {
        if let Event::WholeTrack { whole, .. } = handle.events.recv_deadline(end).unwrap() {
            assert!(
                whole.is_some(),
                "the old one serves until the new one is there"
            );
            told += 1;
        }
    }
}

#[test]
fn a_track_that_comes_later_is_read_to_its_end_too() {
    let home = tempfile::tempdir().unwrap();
    let music = tones(home.path(), 1);
    let handle = open(home.path());
    let commands = &handle.commands;
    commands
        .send(Command::AddPaths(vec![music.clone()]))
        .unwrap();
    let all_read = |tracks: usize| {
        wait(&handle, "all read to their end", |event| match event {
            Event::Library(snapshot) => {
                let known = snapshot.library.tracks();
                let read = known.iter().all(|track| track.loudness.is_some());
                (known.len() == tracks && read).then_some(())
            }
            _ => None,
        });
    };
    all_read(1);
    // The folder is watched.
    for (tracks, name) in [(2, "later.wav"), (3, "last.wav")] {
        let hz = 100.0 * tracks as f64;
        write_wav(&music.join(name), RATE, 1, &tone(RATE, hz, 8_000));
        all_read(tracks);
    }
}
