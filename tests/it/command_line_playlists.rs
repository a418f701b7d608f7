//! `maeum playlist`.

use crate::support::program::{Program, demo_music, errors, text};

#[test]
fn playlists_come_in_and_go_out_by_the_command_line() {
    let program = Program::with_demo_music();
    let track = walkdir::WalkDir::new(demo_music())
        .into_iter()
        .flatten()
        .map(walkdir::DirEntry::into_path)
        .find(|path| {
            path.extension()
                .is_some_and(|extension| extension == "opus")
        })
        .unwrap();
    let list = program.data.path().join("Rainy days.m3u8");
    std::fs::write(&list, format!("{}\n/gone/x.mp3\n", track.display())).unwrap();
    let imported = program.run(&["playlist", "import", list.to_str().unwrap()]);
    assert!(imported.status.success(), "{}", errors(&imported));
    assert!(
        text(&imported).contains("1 found, 1 not"),
        "{}",
        text(&imported)
    );

    let all = program.json(&["playlist", "list", "--json"]);
    let row = |name: &str| {
        let rows = all.as_array().unwrap();
        let row = rows.iter().find(|row| row["name"] == name);
        row.unwrap_or_else(|| panic!("no {name} in {all}")).clone()
    };
    assert_eq!(row("Rainy days")["tracks"], 1);
    assert_eq!(row("Recently added")["smart"], true);
    assert!(row("Recently added")["tracks"].as_u64().unwrap() >= 14);

    let shown = program.json(&["playlist", "show", "rainy days", "--json"]);
    assert_eq!(shown[0]["path"], track.to_str().unwrap());
    assert_eq!(shown[1]["found"], false);

    let out = program.data.path().join("out.m3u8");
    for name in ["Rainy days", "최근에 들어온 곡"] {
        let exported = program.run(&["playlist", "export", name, out.to_str().unwrap()]);
        assert!(exported.status.success(), "{}", errors(&exported));
        let written = std::fs::read_to_string(&out).unwrap();
        assert!(written.contains(track.to_str().unwrap()), "{written}");
    }
    let unknown = program.run(&["playlist", "show", "nothing"]);
    assert!(!unknown.status.success());
    assert!(errors(&unknown).contains("nothing"));
}
