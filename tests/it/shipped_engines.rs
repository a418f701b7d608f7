//! The shipped models, run by the program as users run it: with ONNX Runtime and with the
//! built-in engine they read the same, and music sounds as it does.

use crate::support::program::{Program, errors, json_lines, project};
use serde_json::Value;

const MUSIC: [&str; 4] = ["calm", "driving", "lively", "mournful"];

/// What the program prints about these, one value each, with one engine.
fn read(arguments: &[&str], library: Option<&std::ffi::OsStr>) -> Vec<Value> {
    let program = Program::new();
    let mut command = program.command(arguments);
    match library {
        Some(library) => command.env("ORT_DYLIB_PATH", library),
        None => command.env_remove("ORT_DYLIB_PATH"),
    };
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", errors(&output));
    let readings = json_lines(&output);
    assert!(
        !errors(&output).contains("cannot"),
        "a model was passed over: {}",
        errors(&output)
    );
    readings
}

fn music() -> Vec<String> {
    MUSIC
        .map(|name| format!("tests/fixtures/analysis/{name}.ogg"))
        .map(|file| project().join(file).to_string_lossy().into_owned())
        .to_vec()
}

/// Every number in a reading, with where it stands.
fn numbers(value: &Value, place: &str, found: &mut Vec<(String, f64)>) {
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                numbers(value, &format!("{place}/{key}"), found);
            }
        }
        Value::Array(values) => {
            for (index, value) in values.iter().enumerate() {
                numbers(value, &format!("{place}/{index}"), found);
            }
        }
        _ => found.extend(value.as_f64().map(|number| (place.to_owned(), number))),
    }
}

#[test]
fn both_engines_read_the_same_with_the_shipped_models() {
    let Some(library) = std::env::var_os("MAEUM_TEST_ONNXRUNTIME") else {
        eprintln!("ONNX Runtime is not here; only the built-in engine was tested");
        return;
    };
    let music = music();
    let sunset = project().join("tests/fixtures/photo/sunset.png");
    let mut track = vec!["mood", "track"];
    track.extend(music.iter().map(String::as_str));
    for arguments in [
        track,
        vec![
            "mood",
            "text",
            "비 오는 밤, 혼자라 슬프다",
            "sunny drive with friends",
        ],
        vec!["mood", "photo", sunset.to_str().unwrap()],
    ] {
        let (built_in, runtime) = (read(&arguments, None), read(&arguments, Some(&library)));
        assert_eq!(built_in.len(), runtime.len(), "{arguments:?}");
        for (one, other) in built_in.iter().zip(&runtime) {
            assert_eq!(one["top"], other["top"]);
            for axis in ["valence", "arousal", "moods", "confidence"] {
                let (mut first, mut second) = (Vec::new(), Vec::new());
                numbers(&one[axis], axis, &mut first);
                numbers(&other[axis], axis, &mut second);
                assert!(!first.is_empty(), "{axis}: {one}");
                for ((place, a), (_, b)) in first.iter().zip(&second) {
                    // Activations are quantised a little differently.
                    assert!((a - b).abs() < 0.03, "{place}: {a} and {b}\n{one}\n{other}");
                }
            }
        }
    }
}

#[test]
fn the_shipped_audio_model_tells_these_tunes_apart() {
    let music = music();
    let mut arguments = vec!["mood", "track"];
    arguments.extend(music.iter().map(String::as_str));
    let readings = read(&arguments, None);
    let of = |name: &str, axis: &str| {
        let at = MUSIC.iter().position(|each| *each == name).unwrap();
        readings[at][axis].as_f64().unwrap()
    };
    assert!(
        of("driving", "arousal") > of("calm", "arousal") + 0.2,
        "{readings:?}"
    );
    assert!(
        of("lively", "arousal") > of("mournful", "arousal") + 0.2,
        "{readings:?}"
    );
    assert!(
        of("lively", "valence") > of("mournful", "valence") + 0.2,
        "{readings:?}"
    );
}
