//! The same recording in more than one file, found in real ones.

use crate::support::fixtures;
use crate::support::program::{Program, errors, json_lines, text};
use maeum::library::TagEdit;
use maeum::scan::edit_tags;
use std::fs;
use std::path::Path;

fn put(folder: &Path, fixture: &str, name: &str, title: &str) {
    let path = folder.join(name);
    fs::copy(fixtures::path(fixture), &path).unwrap();
    let edit = TagEdit {
        title: Some(title.to_owned()),
        artist: Some("바다".to_owned()),
        ..TagEdit::default()
    };
    edit_tags(&path, &edit).unwrap();
}

#[test]
fn the_command_line_lists_copies_with_the_better_one_first() {
    let program = Program::new();
    let folder = tempfile::tempdir().unwrap();
    let music = folder.path();
    // Two fixtures of one length stand for one recording in two formats.
    put(music, "vorbis.ogg", "a.ogg", "Sea");
    put(music, "mp3-cbr.mp3", "b.mp3", "sea");
    put(music, "flac.flac", "c.flac", "Hill");
    fs::copy(music.join("c.flac"), music.join("d.flac")).unwrap();
    put(music, "aac.m4a", "e.m4a", "Alone");
    #[cfg(unix)]
    std::os::unix::fs::symlink(music.join("e.m4a"), music.join("f.m4a")).unwrap();
    let scanned = program.run(&["scan", music.to_str().unwrap()]);
    assert!(scanned.status.success(), "{}", errors(&scanned));

    let found = json_lines(&program.run(&["duplicates", "--json"]));
    assert_eq!(found.len(), 2, "{found:?}");
    let paths = |group: usize| -> Vec<String> {
        let copies = found[group]["copies"].as_array().unwrap().iter();
        let name = |copy: &serde_json::Value| {
            copy["path"]
                .as_str()
                .unwrap()
                .rsplit('/')
                .next()
                .unwrap()
                .to_owned()
        };
        copies.map(name).collect()
    };
    assert_eq!(
        (&found[0]["same_audio"], paths(0)),
        (&true.into(), vec!["c.flac".to_owned(), "d.flac".to_owned()])
    );
    assert_eq!(found[1]["same_audio"], false);
    let mut both = paths(1);
    both.sort();
    assert_eq!(both, ["a.ogg", "b.mp3"]);
    let copy = &found[0]["copies"][0];
    let size = fs::metadata(music.join("c.flac")).unwrap().len();
    assert_eq!(
        (copy["size_bytes"].as_u64(), copy["codec"].as_str()),
        (Some(size), Some("FLAC"))
    );
    let rate = copy["bit_rate_kbps"].as_f64().unwrap();
    let exact = size as f64 * 8.0 / copy["secs"].as_f64().unwrap() / 1_000.0;
    assert!((rate - exact).abs() <= 1.0, "{rate} {exact}");

    let words = text(&program.run(&["duplicates"]));
    assert!(
        words.contains("바다 - Hill") && words.contains("d.flac"),
        "{words}"
    );
    fs::remove_file(music.join("d.flac")).unwrap();
    fs::remove_file(music.join("a.ogg")).unwrap();
    program.run(&["scan"]);
    assert!(json_lines(&program.run(&["duplicates", "--json"])).is_empty());
}
