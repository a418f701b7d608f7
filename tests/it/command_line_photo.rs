//! The commands that read photos, as a script would use them. The models are the small ones of
//! the fixtures.

use crate::support::pictures::jpeg;
use crate::support::program::{Program, errors, json_lines, small_models, text};
use image::{Rgb, RgbImage};
use std::path::Path;

fn photo(folder: &Path, name: &str, colour: [u8; 3]) -> String {
    let path = folder.join(name);
    std::fs::write(&path, jpeg(&RgbImage::from_pixel(120, 80, Rgb(colour)))).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn each_photo_has_a_line_with_all_opinions_and_a_bad_one_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let warm = photo(folder.path(), "저녁.jpg", [250, 140, 40]);
    let sea = photo(folder.path(), "sea.jpg", [10, 90, 220]);
    let bad = folder.path().join("bad.jpg");
    std::fs::write(&bad, b"no").unwrap();
    let program = Program::new();
    let output = program.run(&[
        "mood",
        "photo",
        "--json",
        &warm,
        bad.to_str().unwrap(),
        &sea,
        "--models-dir",
        small_models(),
    ]);
    assert_eq!(output.status.code(), Some(1), "{}", errors(&output));
    let lines = json_lines(&output);
    assert_eq!(lines.len(), 3);
    assert_eq!(lines[0]["input"], warm);
    assert_eq!(lines[0]["top"], "happy", "{}", lines[0]);
    assert!(lines[0]["tags"]["sunset"].as_f64().unwrap() > 0.9);
    assert_eq!(lines[0]["palette"].as_array().unwrap().len(), 1);
    let readers: Vec<_> = lines[2]["opinions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|opinion| opinion["reader"].as_str().unwrap())
        .collect();
    assert_eq!(readers, ["model", "colour", "words"]);
    for opinion in lines[2]["opinions"].as_array().unwrap() {
        assert!(opinion["valence"].is_number() && opinion["share"].is_number());
        assert!(!opinion["why"].as_str().unwrap().is_empty(), "{opinion}");
    }
    let error = lines[1]["error"].as_str().unwrap();
    assert!(error.contains("no picture"), "{error}");
}

#[test]
fn a_photo_becomes_a_playlist() {
    let folder = tempfile::tempdir().unwrap();
    let warm = photo(folder.path(), "warm.jpg", [250, 140, 40]);
    photo(folder.path(), "sea.jpg", [10, 90, 220]);
    let program = Program::with_demo_music();
    let models = ["--models-dir", small_models()];
    let one = program.json(&[&["photo", &warm, "--json", "--limit", "4"], &models[..]].concat());
    assert_eq!(one["tracks"].as_array().unwrap().len(), 4);
    assert_eq!(one["read"][0]["source"], "photo");
    assert_eq!(one["photos"][0]["name"], "warm.jpg");
    let calm = program.json(
        &[
            &["photo", &warm, "--energy", "-1", "--json", "--limit", "4"],
            &models[..],
        ]
        .concat(),
    );
    let arousal = |list: &serde_json::Value| list["target"]["arousal"].as_f64().unwrap();
    assert!(arousal(&calm) < arousal(&one));

    let day = folder.path().to_str().unwrap();
    let shown = program.run(&[&["photo", day, "--limit", "4"], &models[..]].concat());
    assert!(shown.status.success(), "{}", errors(&shown));
    let shown = text(&shown);
    assert!(
        shown.contains("sea.jpg: sea") && shown.contains("→"),
        "{shown}"
    );

    let nothing = program.run(&[&["photo", "/nowhere/a.jpg"], &models[..]].concat());
    assert!(!nothing.status.success());
    assert!(errors(&nothing).contains("a.jpg"), "{}", errors(&nothing));
    let far = program.run(&["photo", &warm, "--energy", "3"]);
    assert!(errors(&far).contains("-1 to 1"), "{}", errors(&far));
}
