//! The headless commands, as a script would use them.

use crate::support::fixtures;
use crate::support::program::{Program, demo_music, errors, json_lines, text};
use std::path::Path;

const MOODS: [&str; 7] = [
    "happy", "romantic", "peaceful", "sad", "tense", "angry", "neutral",
];

#[test]
fn a_feeling_is_read_in_both_languages_one_json_object_a_line() {
    let program = Program::new();
    let output = program.run(&[
        "mood",
        "text",
        "calm evening by the sea",
        "비 오는 밤, 혼자라 슬프다",
    ]);
    assert!(output.status.success(), "{}", errors(&output));
    let readings = json_lines(&output);
    assert_eq!(readings.len(), 2);
    assert_eq!(readings[0]["input"], "calm evening by the sea");
    assert_eq!(readings[0]["top"], "peaceful", "{}", readings[0]);
    assert_eq!(readings[1]["top"], "sad", "{}", readings[1]);
    for reading in &readings {
        let shares: f64 = MOODS
            .iter()
            .map(|mood| reading["moods"][mood].as_f64().unwrap())
            .sum();
        assert!((shares - 1.0).abs() < 0.01, "{reading}");
        assert!(!reading["why"].as_array().unwrap().is_empty());
    }
}

#[test]
fn lines_from_standard_input_are_answered_in_order_and_a_bad_one_spoils_only_itself() {
    let program = Program::new();
    let output = program.with_input(&["mood", "text"], b"happy\n\xff\xfe\xfa\n\nsad and alone\n");
    assert_eq!(output.status.code(), Some(1));
    let readings = json_lines(&output);
    assert_eq!(readings.len(), 4);
    assert_eq!(readings[0]["top"], "happy");
    assert!(readings[1]["error"].as_str().unwrap().contains("UTF-8"));
    assert!(readings[2]["error"].as_str().unwrap().contains("empty"));
    assert_eq!(readings[3]["top"], "sad");
}

#[test]
fn scanning_again_redoes_nothing() {
    let program = Program::with_demo_music();
    let again = program.json(&["scan", "--json"]);
    assert_eq!(again["analyzed"], 0, "{again}");
    assert_eq!(again["files"], again["unchanged"], "{again}");
    assert_eq!(again["failed"].as_array().unwrap().len(), 0, "{again}");
}

#[test]
fn different_feelings_give_different_playlists_from_the_same_music() {
    let program = Program::with_demo_music();
    let calm = program.json(&["feel", "calm evening by the sea", "--json", "--limit", "4"]);
    let angry = program.json(&[
        "feel",
        "화가 나서 소리 지르고 싶다",
        "--json",
        "--limit",
        "4",
    ]);
    assert_eq!(calm["target"]["top"], "peaceful", "{calm}");
    assert_eq!(angry["target"]["top"], "angry", "{angry}");
    let mean_arousal = |playlist: &serde_json::Value| {
        let tracks = playlist["tracks"].as_array().unwrap();
        assert_eq!(tracks.len(), 4, "{playlist}");
        tracks
            .iter()
            .map(|track| track["mood"]["arousal"].as_f64().unwrap())
            .sum::<f64>()
            / 4.0
    };
    assert!(mean_arousal(&angry) > mean_arousal(&calm) + 0.3);
    for track in calm["tracks"].as_array().unwrap() {
        assert!(Path::new(track["path"].as_str().unwrap()).is_file());
        assert!(!track["why"].as_str().unwrap().is_empty());
        assert!(track["duration_secs"].as_f64().unwrap() > 10.0);
    }
    let same = program.json(&["feel", "calm evening by the sea", "--json", "--limit", "4"]);
    assert_eq!(calm, same, "the same seed gives the same list");
}

#[test]
fn a_playlist_can_be_written_as_m3u_and_found_by_example() {
    let program = Program::with_demo_music();
    let file = program.data.path().join("calm.m3u8");
    let output = program.run(&[
        "feel",
        "calm evening by the sea",
        "--m3u",
        file.to_str().unwrap(),
    ]);
    assert!(output.status.success(), "{}", errors(&output));
    let playlist = std::fs::read_to_string(&file).unwrap();
    let paths: Vec<_> = playlist
        .lines()
        .filter(|line| !line.starts_with('#'))
        .collect();
    assert!(
        paths.iter().all(|path| Path::new(path).is_file()),
        "{playlist}"
    );
    let like = program.json(&["like", paths[0], "--json", "--limit", "3"]);
    let found = like["tracks"].as_array().unwrap();
    assert_eq!(found.len(), 3);
    assert!(
        found.iter().all(|track| track["path"] != paths[0]),
        "the example itself is left out"
    );
}

#[test]
fn a_track_is_read_whether_or_not_it_is_in_the_library() {
    let program = Program::new();
    let piece = std::fs::read_dir(demo_music())
        .unwrap()
        .flat_map(|album| {
            std::fs::read_dir(album.unwrap().path())
                .into_iter()
                .flatten()
        })
        .map(|file| file.unwrap().path())
        .find(|path| {
            path.extension()
                .is_some_and(|extension| extension == "opus")
        })
        .unwrap();
    let output = program.run(&[
        "mood",
        "track",
        piece.to_str().unwrap(),
        "/nowhere/at-all.mp3",
    ]);
    assert_eq!(output.status.code(), Some(1));
    let readings = json_lines(&output);
    assert!(MOODS.contains(&readings[0]["top"].as_str().unwrap()));
    assert!(readings[0]["confidence"].as_f64().unwrap() > 0.0);
    assert!(
        readings[1]["error"]
            .as_str()
            .unwrap()
            .contains("at-all.mp3")
    );
}

#[test]
fn a_path_means_the_same_however_it_is_written() {
    let program = Program::new();
    let home = tempfile::tempdir().unwrap();
    let (music, work) = (home.path().join("Music"), home.path().join("work"));
    std::fs::create_dir_all(&work).unwrap();
    std::fs::create_dir(&music).unwrap();
    let file = music.join("a.flac");
    std::fs::copy(fixtures::path("flac.flac"), &file).unwrap();
    let from_work = |arguments: &[&str]| {
        let mut command = program.command(arguments);
        let output = command.current_dir(&work).output().unwrap();
        assert!(output.status.success(), "{}", errors(&output));
        text(&output)
    };
    from_work(&["scan", "../Music"]);
    from_work(&["thumb", "up", "../work/.././Music/a.flac"]);
    let taste: serde_json::Value = serde_json::from_str(&from_work(&["taste", "--json"])).unwrap();
    assert_eq!(taste["tracks"][0]["path"], file.to_str().unwrap());
}

#[test]
fn tracks_whose_files_are_gone_can_be_forgotten_and_come_back() {
    let program = Program::new();
    let music = tempfile::tempdir().unwrap();
    let (kept, gone) = (music.path().join("a.flac"), music.path().join("b.mp3"));
    std::fs::copy(fixtures::path("flac.flac"), &kept).unwrap();
    std::fs::copy(fixtures::path("mp3-cbr.mp3"), &gone).unwrap();
    let aside = music.path().join("aside");
    let scan = || program.json(&["scan", "--json", music.path().to_str().unwrap()]);
    let tracks = || {
        let report = program.run(&["doctor", "--json"]);
        let report: serde_json::Value = serde_json::from_str(&text(&report)).unwrap();
        report["library"]["tracks"].clone()
    };
    scan();
    let there = program.run(&["forget", kept.to_str().unwrap()]);
    assert!(!there.status.success() && errors(&there).contains("is there"));
    std::fs::rename(&gone, &aside).unwrap();
    assert_eq!((scan()["missing"].clone(), tracks()), (1.into(), 2.into()));
    let forgotten = program.run(&["forget", gone.to_str().unwrap()]);
    assert!(forgotten.status.success(), "{}", errors(&forgotten));
    assert_eq!((scan()["missing"].clone(), tracks()), (0.into(), 1.into()));
    std::fs::rename(&aside, &gone).unwrap();
    let back = scan();
    assert_eq!((&back["analyzed"], tracks()), (&0.into(), 2.into()));
}

#[test]
fn mistakes_are_told_in_one_line_with_the_cause() {
    let program = Program::new();
    for (arguments, expected) in [
        (&["scan", "/nowhere/at/all"][..], "does not exist"),
        (&["feel", "calm"], "scan"),
        (&["play", "/nowhere/at/all.mp3"], "does not exist"),
    ] {
        let output = program.run(arguments);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        assert_eq!(text(&output), "");
        let errors = errors(&output);
        assert_eq!(errors.trim_end().lines().count(), 1, "{errors}");
        assert!(errors.contains(expected), "{errors}");
    }
}

#[test]
fn a_data_folder_that_cannot_be_written_is_a_clear_error() {
    let program = Program::new();
    let file = program.data.path().join("a-file");
    std::fs::write(&file, "in the way").unwrap();
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_maeum"))
        .args(["feel", "calm", "--data-dir"])
        .arg(file.join("inside"))
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        errors(&output).trim_end().lines().count(),
        1,
        "{}",
        errors(&output)
    );
    assert!(errors(&output).contains("a-file"), "{}", errors(&output));
}

#[test]
fn the_doctor_names_models_engine_device_database_and_folders() {
    let program = Program::new();
    let report = program.json(&["doctor", "--json"]);
    for part in ["onnx", "models", "audio_device", "data_folder", "library"] {
        assert!(report.get(part).is_some(), "{part} is missing in {report}");
    }
}

#[test]
fn thumbs_change_the_next_list_say_so_and_can_be_reset() {
    let program = Program::with_demo_music();
    let ask = || program.json(&["feel", "calm evening by the sea", "--json", "--limit", "5"]);
    let paths = |list: &serde_json::Value| -> Vec<String> {
        let tracks = list["tracks"].as_array().unwrap();
        let path = |track: &serde_json::Value| track["path"].as_str().unwrap().to_owned();
        tracks.iter().map(path).collect()
    };
    let before = ask();
    let first = paths(&before)[0].clone();
    let output = program.run(&["thumb", "never", &first]);
    assert!(output.status.success(), "{}", errors(&output));
    assert!(!paths(&ask()).contains(&first));
    let second = paths(&before)[1].clone();
    let output = program.run(&["thumb", "down", &second]);
    assert!(output.status.success(), "{}", errors(&output));
    let taste = program.json(&["taste", "--json"]);
    assert_eq!(taste["reactions"], 2, "{taste}");
    assert_eq!(taste["never"]["tracks"][0], first.as_str());
    let shown = text(&program.run(&["taste"]));
    assert!(shown.contains("thumbs down 1×"), "{shown}");
    let reset = program.json(&["taste", "--reset", "--json"]);
    assert_eq!(reset["reactions"], 0);
    assert_eq!(ask(), before, "a reset brings everything back");
    let wrong = program.run(&["thumb", "up", "/nowhere/x.mp3"]);
    assert_eq!(wrong.status.code(), Some(1));
    assert!(errors(&wrong).contains("not in the library"));
}

#[test]
fn a_journey_a_surprise_and_filters_work_without_a_window() {
    let program = Program::with_demo_music();
    let journey = program.json(&["journey", "sad", "0.6,0.4", "--json", "--limit", "6"]);
    let arousal: Vec<f64> = journey["tracks"]
        .as_array()
        .unwrap()
        .iter()
        .map(|track| track["mood"]["arousal"].as_f64().unwrap())
        .collect();
    assert!(arousal.len() >= 3, "{journey}");
    assert!(arousal[0] < arousal[arousal.len() - 1], "{arousal:?}");
    assert!(
        journey["tracks"][0]["why"]
            .as_str()
            .unwrap()
            .contains("step 1 of")
    );
    let negative = program.json(&["journey", "-0.6,-0.3", "peaceful", "--json"]);
    assert!(!negative["tracks"].as_array().unwrap().is_empty());
    let outside = program.run(&["journey", "sad", "7,1"]);
    assert!(errors(&outside).contains("outside"), "{}", errors(&outside));
    let here = program.run(&["journey", "here", "happy"]);
    assert!(errors(&here).contains("listened"), "{}", errors(&here));
    let surprise = program.json(&["surprise", "--seed", "4", "--json"]);
    assert_eq!(
        surprise,
        program.json(&["surprise", "--seed", "4", "--json"])
    );
    let korean = program.json(&["feel", "calm", "--language", "ko", "--json"]);
    for track in korean["tracks"].as_array().unwrap() {
        let named = format!("{}{}{}", track["title"], track["artist"], track["album"]);
        assert!(named.chars().any(|c| ('가'..='힣').contains(&c)), "{track}");
    }
    let each = program.json(&["feel", "calm", "--mode", "each", "--json"]);
    let signals = each["tracks"][0]["signals"].as_object().unwrap();
    assert!(signals.contains_key("mood") && signals.contains_key("plane"));
    let history = program.run(&["history"]);
    assert_eq!(text(&history).trim(), "nothing was listened to yet");
}
