//! What was heard and what led to it: kept, told, written and erased, by the real program.

use crate::support::program::{Program, errors, json_lines, text};
use maeum::library::{
    ContentId, FileStamp, Heard, Occasion, OccasionKind, Play, ScanEvent, ScannedFile, Sitting,
    Tags, TrackId,
};
use maeum::mood::Mood;
use maeum::recommend::{Feedback, Reaction, Setting, Signal};
use maeum::store::Store;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// 12 May 2026, 12:00 UTC: the same day in every time zone there is, but for the Pacific's edge.
const NOON: i64 = 1_778_587_200;
const DAY: i64 = 24 * 3_600;

fn open(data: &Path) -> Store {
    Store::open(&data.join("library.db"), |_| {}).unwrap()
}

/// A library of two tracks and their plays on two days.
fn hear(data: &Path) {
    let store = open(data);
    let handle = store.handle();
    for number in 1..=2_u8 {
        handle.apply_scan(ScanEvent::File(Box::new(ScannedFile {
            path: PathBuf::from(format!("/m/{number}.flac")),
            stamp: FileStamp::default(),
            content: ContentId([number; 16]),
            duration_secs: 100.0,
            codec: "FLAC".to_owned(),
            tags: Tags {
                title: format!("Title {number}"),
                artist: "Duo".to_owned(),
                ..Tags::default()
            },
            has_cover: false,
            lyrics: None,
            stars: 0,
        })));
    }
    let sitting = Arc::new(Sitting {
        began_unix_us: NOON * 1_000_000,
        occasion: Occasion {
            kind: OccasionKind::Feeling,
            text: "비 오는 날".to_owned(),
            mood: Some(Mood::Sad),
            picture: None,
        },
    });
    for (track, at, sitting) in [
        (1, NOON - DAY, None),
        (1, NOON, Some(Arc::clone(&sitting))),
        (2, NOON + 100, Some(sitting)),
    ] {
        handle.record_heard(Heard {
            play: Play {
                track: TrackId(track),
                at_unix_secs: at,
                played_secs: 100.0,
                finished: true,
            },
            sitting,
        });
    }
}

#[test]
fn plays_keep_what_led_to_them_and_are_erased_without_a_trace() {
    let folder = tempfile::tempdir().unwrap();
    hear(folder.path());
    let store = open(folder.path());
    let heard = store.handle().heard(10).unwrap();
    let led = |heard: &Heard| heard.sitting.as_ref().map(|s| s.occasion.text.clone());
    let told: Vec<Option<String>> = heard.iter().map(led).collect();
    let rain = Some("비 오는 날".to_owned());
    assert_eq!(told, [rain.clone(), rain, None]);
    store.handle().erase_history(NOON, NOON + 100).unwrap();
    assert_eq!(store.handle().heard(10).unwrap().len(), 1);
    let counted = store.handle().library().unwrap();
    assert_eq!(counted.get(TrackId(2)).unwrap().play_count, 1);
    drop(store);
    for file in std::fs::read_dir(folder.path()).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        let trace = "비 오는 날".as_bytes();
        assert!(!bytes.windows(trace.len()).any(|bytes| bytes == trace));
    }
}

#[test]
fn what_was_learned_from_erased_plays_does_not_tell_when_or_what_for() {
    let folder = tempfile::tempdir().unwrap();
    hear(folder.path());
    let store = open(folder.path());
    let setting = Some(Setting {
        region: Mood::Sad,
        stood_out: [0.25; Signal::COUNT],
    });
    let reaction = |track, reaction, at_unix_secs| Feedback {
        track: TrackId(track),
        reaction,
        at_unix_secs,
        setting,
    };
    // A play is judged when it ends.
    let said = [
        reaction(1, Reaction::Finished, NOON - DAY + 100),
        reaction(1, Reaction::Finished, NOON + 100),
        reaction(2, Reaction::ThumbUp, NOON + 150),
        reaction(2, Reaction::Finished, NOON + 200),
    ];
    for each in said {
        store.handle().record_feedback(each).unwrap();
    }
    store.handle().erase_history(NOON, NOON + 100).unwrap();
    let blank = |feedback: Feedback| Feedback {
        at_unix_secs: 0,
        setting: None,
        ..feedback
    };
    let left = [said[0], blank(said[1]), said[2], blank(said[3])];
    let last_heard = |store: &Store| {
        let library = store.handle().library().unwrap();
        [1, 2].map(|id| library.get(TrackId(id)).unwrap().last_played_unix_secs)
    };
    assert_eq!(store.handle().feedback().unwrap(), left);
    assert_eq!(last_heard(&store), [Some(NOON - DAY), None]);
    drop(store);
    let store = open(folder.path());
    assert_eq!(store.handle().feedback().unwrap(), left);
    assert_eq!(last_heard(&store), [Some(NOON - DAY), None]);
}

#[test]
fn a_history_that_cannot_be_read_is_told() {
    let program = Program::new();
    hear(program.data.path());
    let database = program.data.path().join("library.db");
    let connection = rusqlite::Connection::open(database).unwrap();
    connection.execute("DROP TABLE history", []).unwrap();
    drop(connection);
    for arguments in [&["history"][..], &["history", "--erase", "2026-05-12"]] {
        let output = program.run(arguments);
        assert!(!output.status.success());
        assert!(errors(&output).contains("history"), "{}", errors(&output));
    }
}

#[test]
fn the_command_line_writes_and_erases_the_history() {
    let program = Program::new();
    hear(program.data.path());
    let rows = program.json(&["history", "--export", "json"]);
    let rows = rows.as_array().unwrap();
    assert_eq!(rows.len(), 3);
    assert_eq!(rows[1]["occasion"]["text"], "비 오는 날");
    let csv = program.run(&["history", "--export", "csv"]);
    assert!(
        text(&csv).contains(",feeling,비 오는 날,sad"),
        "{}",
        text(&csv)
    );
    let file = program.data.path().join("listens.jsonl");
    let to = [
        "history",
        "--export",
        "listenbrainz",
        "--to",
        file.to_str().unwrap(),
    ];
    let written = program.run(&to);
    assert!(written.status.success(), "{}", errors(&written));
    let listens = std::fs::read_to_string(&file).unwrap();
    let first: Value = serde_json::from_str(listens.lines().next().unwrap()).unwrap();
    assert_eq!(first["listened_at"], NOON - DAY);

    let erased = program
        .command(&["history", "--erase", "2026-05-12"])
        .env("TZ", "UTC")
        .output();
    let erased = erased.unwrap();
    assert!(erased.status.success(), "{}", errors(&erased));
    let left = json_lines(&program.run(&["history", "--json"]));
    assert_eq!(left.len(), 1);
    assert_eq!(left[0]["at_unix_secs"], NOON - DAY);
    let wrong = program.run(&["history", "--erase", "yesterday"]);
    assert!(!wrong.status.success());
    assert!(errors(&wrong).contains("2026-05-12"), "{}", errors(&wrong));
    program.run(&["history", "--erase", "all"]);
    assert!(json_lines(&program.run(&["history", "--json"])).is_empty());
}
