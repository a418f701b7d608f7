//! `maeum doctor`

use super::args::DoctorArguments;
use super::session::Session;
use super::{Context, output};
use crate::config::Folders;
use crate::inference::photo::PhotoReader;
use crate::inference::text::FeelingReader;
use crate::inference::{Backend, InferenceError, Manifest, Runtime, self_check};
use crate::playback::DeviceOutput;
use anyhow::Result;
use serde_json::{Value, json};
use std::process::ExitCode;
use std::time::Instant;

pub(super) fn run(context: &Context<'_>, arguments: &DoctorArguments) -> Result<ExitCode> {
    let folders = if context.demo {
        context.folders.for_demo()
    } else {
        context.folders.clone()
    };
    let onnx = check_onnx(&folders);
    let (library, library_is_well) = check_library(context);
    let (feelings, feelings_are_well) = check_feelings(&folders);
    let (photos, photos_are_well) = check_photos(&folders);
    let (models, models_are_whole) = check_models(&folders);
    let models_are_well = models_are_whole && feelings_are_well && photos_are_well;
    let well = library_is_well && models_are_well && onnx.get("error").is_none();
    let report = json!({
        "version": env!("CARGO_PKG_VERSION"),
        "onnx": onnx,
        "models": models,
        "feelings": feelings,
        "photos": photos,
        "audio_device": check_device(),
        "data_folder": folders.data.to_string_lossy(),
        "library": library,
    });
    if arguments.json {
        output::line(&report.to_string())?;
    } else {
        print(&report, 0)?;
    }
    Ok(if well {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn check_onnx(folders: &Folders) -> Value {
    let runtime = match Runtime::get() {
        Ok(runtime) => runtime,
        Err(error) => return json!({"error": error.to_string()}),
    };
    let mut report = match runtime.backend() {
        Backend::OnnxRuntime { library } => {
            json!({"backend": "ONNX Runtime", "library": library.to_string_lossy()})
        }
        Backend::BuiltIn { passed_over: None } => json!({"backend": "built-in"}),
        Backend::BuiltIn {
            passed_over: Some(reason),
        } => json!({"backend": "built-in", "passed_over": reason}),
    };
    match Manifest::read(&folders.models).and_then(|manifest| self_check(runtime, &manifest)) {
        Ok(error) => report["self_check_error"] = error.into(),
        Err(error) => report["error"] = error.to_string().into(),
    }
    report
}

/// The models that are listed, and whether all their files are as they should be.
fn check_models(folders: &Folders) -> (Value, bool) {
    let manifest = match Manifest::read(&folders.models) {
        Ok(manifest) => manifest,
        Err(error) => return (json!({"error": error.to_string()}), false),
    };
    let mut whole = true;
    let models = manifest.models.iter().map(|entry| {
        let files = manifest.bytes(entry).and_then(|model| {
            let mut bytes = model.len();
            for file in [&entry.tokenizer, &entry.panel, &entry.fusion] {
                let shipped = manifest.shipped_bytes(file.as_ref())?;
                bytes += shipped.map_or(0, |shipped| shipped.len());
            }
            Ok(bytes)
        });
        let state = match files {
            Ok(bytes) => format!("{bytes} bytes, whole"),
            Err(error) => {
                whole = false;
                error.to_string()
            }
        };
        json!({
            "name": entry.name,
            "version": entry.version,
            "licence": entry.licence,
            "state": state,
        })
    });
    let models: Vec<Value> = models.collect();
    let report = json!({"folder": folders.models.to_string_lossy(), "models": models});
    (report, whole)
}

/// What reads typed feelings and lyrics, and whether that is as it should be.
fn check_feelings(folders: &Folders) -> (Value, bool) {
    let mut reader = FeelingReader::open(&folders.models);
    if let Some(problem) = reader.problem() {
        // Word norms alone are a lesser player, but a whole one.
        let is_well = matches!(problem, InferenceError::NotListed(_));
        let report = json!({"read_by": "a table of words", "reason": problem.to_string()});
        return (report, is_well);
    }
    let started = Instant::now();
    reader.skim("a calm evening by the sea, 조용한 저녁 바다");
    let milliseconds = started.elapsed().as_secs_f32() * 1e3;
    let report = json!({
        "read_by": "the text model",
        "milliseconds": output::rounded(milliseconds),
    });
    (report, true)
}

/// What reads photos, and whether that is as it should be.
fn check_photos(folders: &Folders) -> (Value, bool) {
    match PhotoReader::open(&folders.models).problem() {
        // Colours alone are a lesser reader, but one.
        Some(problem) => (
            json!({"read_by": "their colours", "reason": problem.to_string()}),
            matches!(problem, InferenceError::NotListed(_)),
        ),
        None => (json!({"read_by": "the photo model"}), true),
    }
}

fn check_device() -> Value {
    match DeviceOutput::default_name() {
        Ok(name) => json!({"name": name}),
        Err(reason) => json!({"error": reason.to_string()}),
    }
}

/// The library's report, and whether it could be opened.
fn check_library(context: &Context<'_>) -> (Value, bool) {
    let session = match Session::open(context) {
        Ok(session) => session,
        Err(error) => return (json!({"error": format!("{error:#}")}), false),
    };
    let library = &session.snapshot.library;
    let report = json!({
        "tracks": library.len(),
        "analyzed": library.analyzed_len(),
        "lyrics_read": library.tracks().iter().filter(|track| track.lyric_mood.is_some()).count(),
        "missing": library.tracks().iter().filter(|track| track.missing).count(),
        "folders": session.folders.iter().map(|folder| json!({
            "path": folder.path.to_string_lossy(),
            "reachable": folder.reachable,
        })).collect::<Vec<_>>(),
        "failed_files": session.problems.iter().map(|problem| json!({
            "path": problem.path.to_string_lossy(),
            "error": problem.reason,
        })).collect::<Vec<_>>(),
    });
    session.close();
    (report, true)
}

/// Objects as indented `key: value` lines.
fn print(value: &Value, depth: usize) -> Result<()> {
    let indent = "  ".repeat(depth);
    match value {
        Value::Object(fields) => {
            for (key, field) in fields {
                let key = key.replace('_', " ");
                match field {
                    Value::Object(_) => {
                        output::line(&format!("{indent}{key}:"))?;
                        print(field, depth + 1)?;
                    }
                    Value::Array(items) => {
                        output::line(&format!("{indent}{key}: {}", items.len()))?;
                        print(field, depth + 1)?;
                    }
                    _ => output::line(&format!("{indent}{key}: {}", plain(field)))?,
                }
            }
        }
        Value::Array(items) => {
            for item in items {
                let fields = item.as_object().map_or_else(
                    || plain(item),
                    |fields| fields.values().map(plain).collect::<Vec<_>>().join(" · "),
                );
                output::line(&format!("{indent}- {fields}"))?;
            }
        }
        _ => output::line(&format!("{indent}{}", plain(value)))?,
    }
    Ok(())
}

fn plain(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}
