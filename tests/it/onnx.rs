//! Both ONNX backends compute the same. A process has one backend, so each runs in its own.

use std::path::Path;
use std::process::Command;

/// Runs `doctor` with or without ONNX Runtime and returns its JSON report.
fn doctor(library: Option<&Path>) -> serde_json::Value {
    let data = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_maeum"));
    command
        .args(["doctor", "--json", "--data-dir"])
        .arg(data.path());
    match library {
        Some(library) => command.env("ORT_DYLIB_PATH", library),
        None => command.env_remove("ORT_DYLIB_PATH"),
    };
    let output = command.output().unwrap();
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stderr)))
}

#[test]
fn the_built_in_engine_passes_the_self_check() {
    let report = doctor(None);
    assert_eq!(report["onnx"]["backend"], "built-in");
    assert!(report["onnx"]["self_check_error"].as_f64().unwrap() < 1e-4);
}

#[test]
fn onnx_runtime_passes_the_same_self_check() {
    // packaging/test brings the library where pip is there, and says so where it is not.
    let Some(library) = std::env::var_os("MAEUM_TEST_ONNXRUNTIME") else {
        eprintln!("ONNX Runtime is not here; only the built-in engine was tested");
        return;
    };
    let report = doctor(Some(Path::new(&library)));
    assert_eq!(report["onnx"]["backend"], "ONNX Runtime");
    assert!(report["onnx"]["self_check_error"].as_f64().unwrap() < 1e-4);
}

#[test]
fn a_library_that_is_none_is_passed_over_with_a_word() {
    let folder = tempfile::tempdir().unwrap();
    let library = folder.path().join("libonnxruntime.so");
    std::fs::write(&library, "not a library").unwrap();
    let report = doctor(Some(&library));
    assert_eq!(report["onnx"]["backend"], "built-in");
    assert!(
        report["onnx"]["passed_over"]
            .as_str()
            .unwrap()
            .contains("libonnxruntime.so")
    );
}
