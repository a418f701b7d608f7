//! The commands that read texts and lyrics with a model, as a script would use them. The
//! model is the small one of the fixtures.

use crate::support::program::{
    Program, errors, json_lines, project, small_ears, small_models, text,
};
use crate::support::signal::{tone, write_wav};
use std::path::Path;

#[test]
fn odd_lines_have_an_answer_or_an_error_each_in_its_place() {
    let program = Program::new();
    let long = "so sad and alone ".repeat(6_000);
    let mut input = Vec::new();
    for line in [
        long.as_bytes(),
        b"\xff\xfe\x00\x80",
        "정말 sad 해, 슬퍼 so alone".as_bytes(),
        "😭😭😭".as_bytes(),
        b"",
        " \u{3000}\u{200b}".as_bytes(),
        b"qwzx vbnm",
        b"\x00\x01\x02",
        b"calm sea",
    ] {
        input.extend(line);
        input.push(b'\n');
    }
    let output = program.with_input(&["mood", "text", "--models-dir", small_models()], &input);
    assert_eq!(output.status.code(), Some(1), "{}", errors(&output));
    let readings = json_lines(&output);
    assert_eq!(readings.len(), 9);
    for (place, top) in [(0, "sad"), (2, "sad"), (8, "peaceful")] {
        assert_eq!(readings[place]["top"], top, "{place}");
        assert!(readings[place]["confidence"].as_f64().unwrap() > 0.5);
    }
    for place in [3, 5, 6, 7] {
        assert_eq!(readings[place]["confidence"], 0.0, "{}", readings[place]);
        assert_eq!(readings[place]["why"], serde_json::json!([]));
    }
    for place in [1, 4] {
        assert!(readings[place]["error"].is_string(), "{}", readings[place]);
    }
}

#[test]
fn a_texts_words_are_those_that_moved_its_reading() {
    let program = Program::new();
    let output = program.run(&[
        "mood",
        "text",
        "stones, not happy",
        "--models-dir",
        small_models(),
    ]);
    assert!(output.status.success(), "{}", errors(&output));
    assert_eq!(
        json_lines(&output)[0]["why"],
        serde_json::json!(["not happy"])
    );
}

#[test]
fn a_tracks_lyrics_are_told_with_its_sound() {
    let program = Program::new();
    let music = tempfile::tempdir().unwrap();
    let track = music.path().join("a.wav");
    write_wav(&track, 22_050, 1, &tone(22_050, 220.0, 22_050));
    std::fs::write(
        music.path().join("a.lrc"),
        "[00:00.10]I am so sad\n[00:00.30]눈물\n[00:00.50]and alone\n",
    )
    .unwrap();
    let arguments = [
        "mood",
        "track",
        track.to_str().unwrap(),
        "--models-dir",
        small_models(),
    ];
    let output = program.run(&arguments);
    assert!(output.status.success(), "{}", errors(&output));
    let reading = &json_lines(&output)[0];
    assert_eq!(reading["lyrics"]["counted_lines"], 3, "{reading}");
    assert_eq!(reading["lyrics"]["top"], "sad");
    assert_eq!(reading["lyrics"]["language"], "english");
    let why = reading["why"].to_string();
    assert!(why.contains("100 % of 3 lines are sad"), "{why}");
}

#[test]
fn a_damaged_model_of_any_kind_is_not_well() {
    let program = Program::new();
    let folder = tempfile::tempdir().unwrap();
    // The manifest names a file three folders up.
    let models = folder.path().join("a/b/c");
    let check = "models/self_check/self_check.onnx";
    for file in [&models.join("x"), &folder.path().join(check)] {
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    }
    std::fs::copy(project().join(check), folder.path().join(check)).unwrap();
    let read = |folder: &str| -> serde_json::Value {
        let path = Path::new(folder).join("manifest.json");
        serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
    };
    for from in [small_models(), small_ears()] {
        for file in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
            if file.path().is_file() {
                std::fs::copy(file.path(), models.join(file.file_name())).unwrap();
            }
        }
    }
    let mut manifest = read(small_models());
    let ears = read(small_ears())["models"].as_array().unwrap().clone();
    let audio = ears.into_iter().find(|model| model["name"] == "audio");
    manifest["models"].as_array_mut().unwrap().extend(audio);
    std::fs::write(models.join("manifest.json"), manifest.to_string()).unwrap();
    let doctor = || program.run(&["doctor", "--models-dir", models.to_str().unwrap()]);
    assert!(doctor().status.success(), "{}", text(&doctor()));
    std::fs::write(models.join("audio.onnx"), "not what it was").unwrap();
    assert_eq!(doctor().status.code(), Some(1), "{}", text(&doctor()));
}

#[test]
fn the_doctor_says_what_reads_feelings_and_that_a_damaged_model_is_not_well() {
    let program = Program::new();
    let report = program.json(&["doctor", "--json", "--models-dir", small_models()]);
    assert_eq!(report["feelings"]["read_by"], "the text model", "{report}");
    let models = tempfile::tempdir().unwrap();
    for file in ["manifest.json", "text.onnx", "tokenizer.json"] {
        std::fs::copy(
            Path::new(small_models()).join(file),
            models.path().join(file),
        )
        .unwrap();
    }
    std::fs::write(models.path().join("text.onnx"), "not what it was").unwrap();
    let folder = models.path().to_str().unwrap();
    let output = program.run(&["doctor", "--models-dir", folder]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output).contains("damaged"), "{}", text(&output));
    // Feelings are read all the same, with a word on how.
    let output = program.run(&[
        "mood",
        "text",
        "비 오는 밤, 혼자라 슬프다",
        "--models-dir",
        folder,
    ]);
    assert!(output.status.success());
    assert_eq!(json_lines(&output)[0]["top"], "sad");
    assert!(
        errors(&output).contains("table of words"),
        "{}",
        errors(&output)
    );
}
