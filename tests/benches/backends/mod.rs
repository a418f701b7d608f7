//! Measures the same work with ONNX Runtime and with the built-in engine: each in a process
//! of its own, because a process has one of them for good.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

/// Tells the program that it is one of the two that measure.
const CHILD: &str = "MAEUM_BENCH_CHILD";
const LIBRARY: &str = "ORT_DYLIB_PATH";

/// What was measured: a name and milliseconds.
pub type Rows = Vec<(String, f64)>;

/// Measures with both and prints what comes of it. The models folder may be given as an
/// argument; `print` gets the rows of the built-in engine, and those of ONNX Runtime where
/// its library is named.
pub fn main(measure: impl FnOnce(&Path) -> Rows, print: impl FnOnce(&Rows, Option<&Rows>)) {
    // `cargo bench` adds an argument of its own.
    let models = std::env::args()
        .skip(1)
        .find(|argument| argument != "--bench")
        .map_or_else(
            || Path::new(env!("CARGO_MANIFEST_DIR")).join("models"),
            PathBuf::from,
        );
    if std::env::var_os(CHILD).is_some() {
        for (name, millis) in measure(&models) {
            println!("{name}\t{millis}");
        }
        return;
    }
    let built_in = run(&models, false);
    let with_library = std::env::var_os(LIBRARY).map(|_| run(&models, true));
    print(&built_in, with_library.as_ref());
}

/// Measures in a process of its own, with ONNX Runtime or without.
fn run(models: &Path, with_library: bool) -> Rows {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.arg(models).env(CHILD, "1");
    if !with_library {
        command.env_remove(LIBRARY);
    }
    let output = command.output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    String::from_utf8_lossy(&output.stdout)
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .map(|(name, millis)| (name.to_owned(), millis.parse().unwrap()))
        .collect()
}

/// Milliseconds since then.
pub fn millis(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1e3
}
