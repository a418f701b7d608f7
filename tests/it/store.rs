//! The library on disk: kept through restarts, kills, damage and a second process.

use crate::support::music::{Collection, wav};
use maeum::library::{
    Analysis, ContentId, Features, FileStamp, Key, KeyMode, Library, LyricLine, Lyrics, Play,
    ScanEvent, ScanFailure, ScannedFile, Tags, TrackId, Walk,
};
use maeum::mood::{Mood, MoodVector};
use maeum::recommend::{Feedback, Reaction, Setting, Signal};
use maeum::store::{Store, StoreError, StoreEvent, StoreHandle};
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Instant;

/// Version of the features these tests pretend to compute.
const VERSION: u32 = 3;

/// Tells the test binary that it is the child of
/// [`a_library_killed_at_any_moment_opens_with_all_that_was_finished`].
const CHILD: &str = "MAEUM_TEST_STORE_CHILD";

fn analysis(seed: u32) -> Analysis {
    let mut random = fastrand::Rng::with_seed(u64::from(seed));
    let mut number = || random.f32() * 10.0 - 5.0;
    Analysis {
        features: Features {
            loudness_lufs: number(),
            rms_db: number(),
            rms_spread_db: number(),
            tempo_bpm: number(),
            onset_rate_hz: number(),
            key: Key {
                tonic: (seed % 12) as u8,
                mode: KeyMode::Minor,
            },
            mode_strength: number(),
            centroid_hz: number(),
            bandwidth_hz: number(),
            rolloff_hz: number(),
            flatness: number(),
            contrast_db: [(); 7].map(|()| number()),
            flux: number(),
            zero_crossing_rate: number(),
            mfcc_mean: [(); 20].map(|()| number()),
            mfcc_spread: [(); 20].map(|()| number()),
            chroma: [(); 12].map(|()| number()),
            percussive_share: number(),
        },
        mood: MoodVector::from_point(number() / 5.0, number() / 5.0, 0.7),
    }
}

fn content(seed: u32) -> ContentId {
    let mut id = [7; 16];
    id[..4].copy_from_slice(&seed.to_le_bytes());
    ContentId(id)
}

fn scanned(seed: u32) -> ScannedFile {
    ScannedFile {
        path: PathBuf::from(format!("/music/artist {}/{seed}.flac", seed % 100)),
        stamp: FileStamp {
            size_bytes: 30_000_000 + u64::from(seed),
            mtime_unix_ns: 1_700_000_000_000_000_000 + i64::from(seed),
            beside: -i64::from(seed),
        },
        content: content(seed),
        duration_secs: 200.5,
        codec: "FLAC".to_owned(),
        tags: Tags {
            title: format!("노래 {seed}"),
            artist: format!("Artist {}", seed % 100),
            year: Some(1999),
            ..Tags::default()
        },
        has_cover: true,
        lyrics: seed.is_multiple_of(2).then(|| Lyrics {
            lines: vec![LyricLine::new(Some(1.25), format!("줄 {seed}"))],
        }),
        stars: 0,
    }
}

fn add(store: &StoreHandle, seed: u32) {
    store.apply_scan(ScanEvent::File(Box::new(scanned(seed))));
}

fn open(path: &Path) -> Store {
    Store::open(path, |_| {}).unwrap()
}

fn everything(library: &Library) -> Vec<maeum::library::Track> {
    library
        .tracks()
        .iter()
        .map(|track| (**track).clone())
        .collect()
}

#[test]
fn everything_is_there_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("deep/library.db");
    let store = open(&path);
    let handle = store.handle();
    handle.add_folder(PathBuf::from("/music")).unwrap();
    for seed in 0..50 {
        add(handle, seed);
    }
    handle.apply_scan(ScanEvent::Failed(ScanFailure {
        path: PathBuf::from("/music/bad.mp3"),
        stamp: Some(FileStamp::default()),
        reason: "not an audio file".to_owned(),
        unsupported: false,
    }));
    handle.finish_scan(true).unwrap();
    for seed in 0..40 {
        handle.save_analysis(content(seed), VERSION, analysis(seed));
    }
    handle.save_analysis_problem(content(40), VERSION, "silence".to_owned());
    let id = handle.library().unwrap().tracks()[7].id;
    let rated = handle.library().unwrap().tracks()[8].id;
    handle.rate(vec![rated, id], 9).unwrap();
    handle.rate(vec![id], 0).unwrap();
    let play = |at_unix_secs, finished| Play {
        track: id,
        at_unix_secs,
        played_secs: 12.5,
        finished,
    };
    for play in [play(100, true), play(300, false), play(200, true)] {
        handle.record_play(play);
    }
    let before = everything(&handle.library().unwrap());
    let pending = handle.pending_analyses(VERSION, None).unwrap();
    let known = handle.known_files().unwrap();
    let problems = handle.problems().unwrap();
    assert_eq!(
        (before.len(), pending.len(), known.len(), problems.len()),
        (50, 9, 51, 2)
    );
    drop(store);

    let store = open(&path);
    let handle = store.handle();
    assert_eq!(everything(&handle.library().unwrap()), before);
    assert_eq!(handle.pending_analyses(VERSION, None).unwrap(), pending);
    assert_eq!(
        handle.pending_analyses(VERSION + 1, None).unwrap().len(),
        50
    );
    assert_eq!(handle.known_files().unwrap(), known);
    assert_eq!(handle.problems().unwrap(), problems);
    assert_eq!(handle.folders().unwrap()[0].path, Path::new("/music"));
    let times: Vec<i64> = handle
        .history(2)
        .unwrap()
        .iter()
        .map(|play| play.at_unix_secs)
        .collect();
    assert_eq!(times, [300, 200]);
    let track = Arc::clone(handle.library().unwrap().get(id).unwrap());
    assert_eq!((track.play_count, track.skip_count), (2, 1));
    assert_eq!(track.last_played_unix_secs, Some(200));
    let sung = before
        .iter()
        .find(|track| track.tags.title == "노래 4")
        .unwrap();
    assert_eq!(handle.lyrics(sung.id).unwrap(), scanned(4).lyrics);
    assert_eq!(handle.lyrics(TrackId(9999)).unwrap(), None);
}

#[test]
fn lyrics_are_found_before_and_after_they_are_written() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.db");
    let store = open(&path);
    add(store.handle(), 2);
    let id = store.handle().library().unwrap().tracks()[0].id;
    assert_eq!(store.handle().lyrics(id).unwrap(), scanned(2).lyrics);
    store.handle().flush().unwrap();
    assert_eq!(store.handle().lyrics(id).unwrap(), scanned(2).lyrics);
    drop(store);
    assert_eq!(open(&path).handle().lyrics(id).unwrap(), scanned(2).lyrics);
}

#[test]
fn a_replaced_file_goes_on_as_the_same_track_with_its_own_lyrics() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.db");
    let store = open(&path);
    let handle = store.handle();
    let old = scanned(2);
    let mut new = scanned(2);
    new.content = content(999);
    new.stamp.size_bytes += 1;
    new.lyrics = scanned(4).lyrics;
    let heard = |file: &ScannedFile| {
        let walk = Walk {
            folders: vec![(PathBuf::from("/music"), true)],
            files: [(file.path.clone(), file.stamp)].into(),
            ..Walk::default()
        };
        handle.apply_scan(ScanEvent::Walked(walk));
        handle.apply_scan(ScanEvent::File(Box::new(file.clone())));
        let track = Arc::clone(handle.library().unwrap().by_path(&file.path).unwrap());
        handle.save_analysis(file.content, VERSION, analysis(1));
        handle.record_play(Play {
            track: track.id,
            at_unix_secs: 5,
            played_secs: 9.0,
            finished: true,
        });
        // Written before the scan ends, under whatever identity it has by then.
        handle.flush().unwrap();
        handle.finish_scan(true).unwrap()
    };
    heard(&old);
    let id = handle.library().unwrap().tracks()[0].id;
    let summary = heard(&new);
    assert_eq!((summary.changed, summary.added, summary.missing), (1, 0, 0));
    drop(store);
    let store = open(&path);
    let library = store.handle().library().unwrap();
    assert_eq!(library.len(), 1);
    let track = library.get(id).unwrap();
    assert_eq!((track.play_count, track.missing), (2, false));
    assert!(track.analysis.is_some());
    assert_eq!(store.handle().lyrics(id).unwrap(), new.lyrics);
    let plays = store.handle().history(10).unwrap();
    assert!(plays.len() == 2 && plays.iter().all(|play| play.track == id));
}

#[test]
fn snapshots_are_told_at_the_start_and_few_of_them_afterwards() {
    let folder = tempfile::tempdir().unwrap();
    let (sender, events) = crossbeam_channel::unbounded();
    let store = Store::open(&folder.path().join("library.db"), move |event| {
        let _ = sender.send(event);
    })
    .unwrap();
    for _ in 0..3 {
        events.recv().unwrap();
    }
    for seed in 0..2000 {
        add(store.handle(), seed);
    }
    drop(store);
    let snapshots: Vec<usize> = events
        .iter()
        .filter_map(|event| match event {
            StoreEvent::Library(library) => Some(library.len()),
            _ => None,
        })
        .collect();
    assert_eq!(snapshots.last(), Some(&2000));
    assert!(snapshots.len() < 500, "{} snapshots", snapshots.len());
}

#[test]
fn a_second_process_reads_and_is_told_why_it_may_not_write() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.db");
    let owner = open(&path);
    add(owner.handle(), 1);
    owner.handle().flush().unwrap();
    let reader = open(&path);
    assert!(reader.handle().is_read_only() && !owner.handle().is_read_only());
    assert_eq!(reader.handle().library().unwrap().len(), 1);
    let id = reader.handle().library().unwrap().tracks()[0].id;
    assert_eq!(reader.handle().lyrics(id).unwrap(), scanned(1).lyrics);
    let refused = reader.handle().add_folder(PathBuf::from("/x")).unwrap_err();
    assert!(matches!(refused, StoreError::InUse { .. }), "{refused}");
    assert!(
        refused
            .to_string()
            .contains("in use by another running Maeum")
    );
    add(reader.handle(), 2);
    reader.handle().flush().unwrap();
    drop(reader);
    add(owner.handle(), 3);
    drop(owner);
    let again = open(&path);
    assert!(!again.handle().is_read_only());
    assert_eq!(again.handle().library().unwrap().len(), 2);
}

#[test]
fn a_damaged_library_is_set_aside_and_a_new_one_begun() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.db");
    let store = open(&path);
    for seed in 0..300 {
        add(store.handle(), seed);
    }
    drop(store);
    let whole = fs::read(&path).unwrap();
    let mut scratched = whole.clone();
    for byte in scratched.iter_mut().skip(4096).take(20_000) {
        *byte = 0x5A;
    }
    let kinds = [
        b"this is no database, it only has its name".repeat(100),
        whole[..whole.len() / 2].to_vec(),
        scratched,
    ];
    for (number, damaged) in (1..).zip(kinds) {
        fs::write(&path, &damaged).unwrap();
        let (sender, events) = crossbeam_channel::unbounded();
        let store = Store::open(&path, move |event| {
            let _ = sender.send(event);
        })
        .unwrap();
        assert!(store.handle().library().unwrap().is_empty());
        add(store.handle(), 1);
        store.handle().flush().unwrap();
        drop(store);
        let aside = folder.path().join(format!("library.db.damaged-{number}"));
        assert_eq!(fs::read(&aside).unwrap(), damaged);
        let told = events.iter().any(|event| {
            matches!(event, StoreEvent::Failed(why) if why.contains(&*aside.to_string_lossy()))
        });
        assert!(told);
        assert_eq!(open(&path).handle().library().unwrap().len(), 1);
    }
}

#[test]
fn a_library_of_a_later_version_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.db");
    drop(open(&path));
    let connection = rusqlite::Connection::open(&path).unwrap();
    connection.pragma_update(None, "user_version", 99).unwrap();
    drop(connection);
    let before = fs::read(&path).unwrap();
    let refused = Store::open(&path, |_| {}).unwrap_err();
    assert!(matches!(refused, StoreError::Newer { .. }), "{refused}");
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[test]
fn a_data_folder_that_cannot_be_used_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "in the way").unwrap();
    let refused = Store::open(&file.join("library.db"), |_| {}).unwrap_err();
    assert!(matches!(refused, StoreError::Folder { .. }), "{refused}");
    assert!(refused.to_string().contains("file"), "{refused}");
    let in_the_way = folder.path().join("library.db");
    fs::create_dir(&in_the_way).unwrap();
    let refused = Store::open(&in_the_way, |_| {}).unwrap_err();
    assert!(matches!(refused, StoreError::Read { .. }), "{refused}");
}

#[test]
fn a_library_killed_at_any_moment_opens_with_all_that_was_finished() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.db");
    let mut random = fastrand::Rng::with_seed(9);
    let mut finished = 0;
    for round in 0..12 {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "store::writes_until_it_is_killed", "--nocapture"])
            .env(CHILD, &path)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let after = random.usize(1..12);
        let told: Vec<u32> = lines
            .map_while(Result::ok)
            .filter_map(|line| line.strip_prefix("finished ")?.parse().ok())
            .take(after)
            .collect();
        // Not just after an answer, but somewhere in the work that follows it.
        std::thread::sleep(std::time::Duration::from_micros(random.u64(0..3000)));
        child.kill().unwrap();
        child.wait().unwrap();
        assert_eq!(told.len(), after, "round {round}: the child gave up");
        finished = told.last().copied().unwrap_or(finished).max(finished);

        let connection = rusqlite::Connection::open(&path).unwrap();
        let check: String = connection
            .pragma_query_value(None, "integrity_check", |row| row.get(0))
            .unwrap();
        assert_eq!(check, "ok", "round {round}");
        drop(connection);
        let store = open(&path);
        let library = store.handle().library().unwrap();
        for seed in 0..finished {
            let track = library.by_path(&scanned(seed).path);
            let track = track.unwrap_or_else(|| panic!("round {round}: track {seed} is lost"));
            assert_eq!(track.analysis.as_deref(), Some(&analysis(seed)));
            assert_eq!(track.tags, scanned(seed).tags);
        }
    }
    assert!(finished > 20);
    let aside = fs::read_dir(folder.path()).unwrap();
    let damaged = aside
        .flatten()
        .any(|entry| entry.file_name().to_string_lossy().contains("damaged"));
    assert!(!damaged);
}

/// The child of the test above; does nothing on its own.
#[test]
fn writes_until_it_is_killed() {
    let Some(path) = std::env::var_os(CHILD) else {
        return;
    };
    let store = open(Path::new(&path));
    let handle = store.handle();
    let start = handle.library().unwrap().len() as u32;
    for seed in start.. {
        add(handle, seed);
        handle.save_analysis(content(seed), VERSION, analysis(seed));
        // What follows the last flush may be lost; it is made again.
        add(handle, seed / 2);
        if seed % 3 == 0 {
            handle.flush().unwrap();
            println!("finished {}", seed + 1);
        }
    }
}

#[test]
fn ten_thousand_tracks_open_quickly() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.db");
    let store = open(&path);
    let started = Instant::now();
    for seed in 0..10_000 {
        add(store.handle(), seed);
        store
            .handle()
            .save_analysis(content(seed), VERSION, analysis(seed));
    }
    drop(store);
    let written = started.elapsed();
    let started = Instant::now();
    let store = open(&path);
    assert_eq!(store.handle().library().unwrap().analyzed_len(), 10_000);
    println!(
        "10,000 tracks: written in {written:.2?}, opened in {:.2?}, {} MB",
        started.elapsed(),
        fs::metadata(&path).unwrap().len() / 1_000_000
    );
}

#[test]
fn a_scan_of_real_files_is_finished_after_a_restart_in_its_middle() {
    let mut collection = Collection::new();
    for seed in 0..6 {
        collection.put(&format!("{seed}.wav"), wav(seed));
    }
    let mut events = crate::support::music::scan_once(&collection.music());
    events.truncate(4);
    for event in events {
        collection.store().apply_scan(event);
    }
    collection.reopen();
    assert_eq!(collection.library().len(), 3);
    let summary = collection.scan();
    assert_eq!((summary.unchanged, summary.added), (3, 3));
}

#[test]
fn reactions_are_kept_in_order_and_forgotten_on_request() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.db");
    let said = |reaction, setting| Feedback {
        track: TrackId(1),
        reaction,
        at_unix_secs: 5,
        setting,
    };
    let setting = Setting {
        region: Mood::Tense,
        stood_out: [0.25; Signal::COUNT],
    };
    let all = [
        said(Reaction::ThumbUp, Some(setting)),
        said(Reaction::NeverInMood, None),
    ];
    let store = Store::open(&path, |_| {}).unwrap();
    add(store.handle(), 1);
    for feedback in all {
        store.handle().record_feedback(feedback).unwrap();
    }
    let unknown = Feedback {
        track: TrackId(99),
        ..all[0]
    };
    store.handle().record_feedback(unknown).unwrap();
    assert_eq!(store.handle().feedback().unwrap(), all);
    drop(store);
    let store = Store::open(&path, |_| {}).unwrap();
    assert_eq!(store.handle().feedback().unwrap(), all);
    let reader = Store::open(&path, |_| {}).unwrap();
    let refused = reader.handle().record_feedback(all[0]);
    assert!(matches!(refused, Err(StoreError::InUse { .. })));
    store.handle().clear_feedback().unwrap();
    store.handle().record_feedback(all[1]).unwrap();
    assert_eq!(store.handle().feedback().unwrap(), all[1..]);
    drop(store);
    let store = Store::open(&path, |_| {}).unwrap();
    assert_eq!(store.handle().feedback().unwrap(), all[1..]);
}
