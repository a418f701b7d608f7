//! The promises of the map in `src/lib.rs`, checked against the sources: who may import
//! whom, who owns which outside crate, and that a frame never waits.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Rooms from top to bottom; a room may import those on lower lines only. Rooms on one
/// line do not know each other, except where [`ALLOWED`] says so.
const LAYERS: &[&[&str]] = &[
    &["main"],
    &["ui", "cli"],
    &["engine"],
    &["desktop"],
    &["playback", "store", "scan", "analysis", "inference"],
    &["decode"],
    &["recommend"],
    &["words", "photo"],
    &["library"],
    &["mood"],
    &["config", "language"],
];

const ALLOWED: &[(&str, &str)] = &[
    // The audio model is run by the analyzer.
    ("analysis", "inference"),
    // Settings name the language.
    ("config", "language"),
    // The window is opened by the default command.
    ("main", "cli"),
];

/// Which rooms may name an outside crate.
const OWNERS: &[(&str, &[&str])] = &[
    ("eframe", &["ui"]),
    ("egui", &["ui"]),
    ("egui_extras", &["ui"]),
    ("rfd", &["ui"]),
    ("rusqlite", &["store"]),
    ("ort", &["inference"]),
    ("ort_tract", &["inference"]),
    ("tokenizers", &["inference"]),
    ("cpal", &["playback"]),
    ("alsa", &["playback"]),
    ("zbus", &["desktop"]),
    ("souvlaki", &["desktop"]),
    ("sys_locale", &["language"]),
    ("raw_window_handle", &["ui"]),
    ("symphonia", &["decode"]),
    ("symphonia_adapter_libopus", &["decode"]),
    ("lofty", &["scan"]),
    ("notify", &["scan"]),
    ("image", &["scan", "inference"]),
    ("exif", &["inference"]),
    ("ebur128", &["analysis"]),
    ("realfft", &["analysis"]),
    ("jiff", &["engine"]),
    ("clap", &["cli", "main"]),
    ("indicatif", &["cli"]),
    ("anyhow", &["cli", "main"]),
];

/// What would make a frame wait, or reach around the engine.
const FORBIDDEN_IN_UI: &[&str] = &[
    "std::fs",
    "File::open",
    "Mutex",
    "RwLock",
    "thread::sleep",
    ".recv()",
    "recv_timeout",
    ".join()",
    "block_on",
];

fn sources() -> BTreeMap<PathBuf, String> {
    fn collect(folder: &Path, into: &mut BTreeMap<PathBuf, String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                collect(&path, into);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                into.insert(path, text);
            }
        }
    }
    let mut files = BTreeMap::new();
    collect(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
        &mut files,
    );
    files
}

/// `src/ui/feel.rs` and `src/ui.rs` are both in room `ui`.
fn room(path: &Path) -> String {
    let inside = path
        .strip_prefix(Path::new(env!("CARGO_MANIFEST_DIR")).join("src"))
        .unwrap();
    let first = inside.components().next().unwrap().as_os_str();
    first.to_string_lossy().trim_end_matches(".rs").to_owned()
}

fn layer(room: &str) -> usize {
    LAYERS
        .iter()
        .position(|layer| layer.contains(&room))
        .unwrap_or_else(|| panic!("room {room} is not on the map"))
}

/// Code without comments and doc comments.
fn code(text: &str) -> String {
    text.lines()
        .map(|line| line.find("//").map_or(line, |at| &line[..at]))
        .collect::<Vec<_>>()
        .join("\n")
}

/// The identifiers that follow `prefix` in `code`, groups in braces unfolded one level.
fn named_after(code: &str, prefix: &str) -> Vec<String> {
    let identifier = |text: &str| -> String {
        text.trim_start()
            .chars()
            .take_while(|c| c.is_alphanumeric() || *c == '_')
            .collect()
    };
    let mut found = Vec::new();
    for (at, _) in code.match_indices(prefix) {
        let boundary = code[..at]
            .chars()
            .next_back()
            .is_none_or(|c| !c.is_alphanumeric() && c != '_' && c != '$');
        let rest = &code[at + prefix.len()..];
        if !boundary {
            continue;
        }
        if let Some(group) = rest.strip_prefix('{') {
            let mut depth = 0;
            let mut item = String::new();
            for c in group.chars() {
                match c {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    ',' if depth == 0 => found.push(identifier(&std::mem::take(&mut item))),
                    _ if depth == 0 => item.push(c),
                    _ => {}
                }
            }
            found.push(identifier(&item));
        } else {
            found.push(identifier(rest));
        }
    }
    found.retain(|name| !name.is_empty());
    found
}

#[test]
fn imports_point_downward() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let from = room(&path);
        if from == "lib" {
            continue;
        }
        let code = code(&text);
        for prefix in ["crate::", "maeum::"] {
            for to in named_after(&code, prefix) {
                let known = LAYERS
                    .iter()
                    .flat_map(|layer| *layer)
                    .any(|room| *room == to);
                let fine = !known
                    || to == from
                    || layer(&to) > layer(&from)
                    || ALLOWED.contains(&(from.as_str(), to.as_str()));
                if !fine {
                    wrong.push(format!("{}: {from} imports {to}", path.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn outside_crates_have_one_owner() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let from = room(&path);
        let code = code(&text);
        for (name, owners) in OWNERS {
            let named = code.match_indices(&format!("{name}::")).any(|(at, _)| {
                code[..at]
                    .chars()
                    .next_back()
                    .is_none_or(|c| !c.is_alphanumeric() && c != '_' && c != ':')
            });
            if named && !owners.contains(&from.as_str()) {
                wrong.push(format!("{}: {from} names {name}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_frame_never_waits() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        if room(&path) != "ui" {
            continue;
        }
        let code = code(&text);
        for forbidden in FORBIDDEN_IN_UI {
            if code.contains(forbidden) {
                wrong.push(format!("{}: {forbidden}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_file_outgrows_its_one_job() {
    for (path, text) in sources() {
        let lines = text.lines().count();
        assert!(lines <= 600, "{} has {lines} lines", path.display());
    }
}

#[test]
fn nothing_reaches_the_network() {
    for (path, text) in sources() {
        let code = code(&text);
        for forbidden in ["std::net", "TcpStream", "UdpSocket", "reqwest", "ureq"] {
            assert!(!code.contains(forbidden), "{}: {forbidden}", path.display());
        }
    }
}
