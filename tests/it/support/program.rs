//! The real program, run as a process of its own with its own data folder.

use serde_json::Value;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;
use tempfile::TempDir;

/// The project's folder.
pub fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The demo library's music.
pub fn demo_music() -> PathBuf {
    project().join("assets/demo")
}

/// A models folder with a text model small enough to be read; see its `make.py`.
pub fn small_models() -> &'static str {
    concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/models")
}

/// A models folder with an audio model small enough to be read; see its `make.py`.
pub fn small_ears() -> &'static str {
    concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/models/ears")
}

/// Writes the manifest of one of those folders to another, with this version of the model.
pub fn write_manifest(from: &str, to: &Path, version: &str) {
    let manifest = std::fs::read_to_string(Path::new(from).join("manifest.json")).unwrap();
    let manifest = manifest.replace("small-1", version);
    std::fs::write(to.join("manifest.json"), manifest).unwrap();
}

/// An installation with an empty data folder.
pub struct Program {
    pub data: TempDir,
}

impl Program {
    pub fn new() -> Self {
        Self {
            data: tempfile::tempdir().unwrap(),
        }
    }

    /// An installation that has scanned the demo library's music. The scan is done once
    /// for all tests; each gets a copy.
    pub fn with_demo_music() -> Self {
        static SCANNED: OnceLock<Program> = OnceLock::new();
        let scanned = SCANNED.get_or_init(|| {
            let program = Self::new();
            let summary = program.json(&["scan", "--json", demo_music().to_str().unwrap()]);
            assert!(summary["analyzed"].as_u64().unwrap() >= 14, "{summary}");
            program
        });
        let copy = Self::new();
        for file in std::fs::read_dir(scanned.data.path()).unwrap() {
            let file = file.unwrap();
            std::fs::copy(file.path(), copy.data.path().join(file.file_name())).unwrap();
        }
        copy
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_maeum"));
        command
            .args(arguments)
            .arg("--data-dir")
            .arg(self.data.path())
            .env("LC_ALL", "C.UTF-8")
            .env_remove("RUST_LOG")
            .stdin(Stdio::null());
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// Runs a command that must succeed and returns the JSON it prints.
    pub fn json(&self, arguments: &[&str]) -> Value {
        let output = self.run(arguments);
        assert!(
            output.status.success(),
            "{arguments:?}: {}",
            errors(&output)
        );
        serde_json::from_slice(&output.stdout)
            .unwrap_or_else(|error| panic!("{error}: {}", text(&output)))
    }

    /// Runs a command with something on its standard input.
    pub fn with_input(&self, arguments: &[&str], input: &[u8]) -> Output {
        let mut child = self
            .command(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let input = input.to_vec();
        let writer = std::thread::spawn(move || stdin.write_all(&input));
        let output = child.wait_with_output().unwrap();
        writer.join().unwrap().unwrap();
        output
    }
}

/// These tests, to be run in a process of their own.
pub fn this_program() -> Command {
    Command::new(std::env::current_exe().unwrap())
}

/// Runs one test of [`this_program`], and nothing else.
pub fn passes_alone(command: &mut Command, test: &str) {
    let output = command.args(["--exact", test]).output().unwrap();
    let said = text(&output);
    assert!(
        output.status.success() && said.contains("1 passed"),
        "{said}"
    );
}

/// Standard output as text.
pub fn text(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Standard error as text.
pub fn errors(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Standard output as one JSON value a line.
pub fn json_lines(output: &Output) -> Vec<Value> {
    text(output)
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}
