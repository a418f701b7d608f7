//! `maeum mood text` and `maeum mood track`

use super::args::{MoodArguments, MoodOf};
use super::session::Session;
use super::{Context, output};
use crate::analysis::{Analyzer, Control};
use crate::engine::Snapshot;
use crate::library::{Features, KeyMode};
use crate::mood::MoodVector;
use crate::words;
use anyhow::{Context as _, Result, bail};
use serde_json::{Map, Value, json};
use std::io::BufRead;
use std::path::Path;
use std::process::ExitCode;

pub(super) fn run(context: &Context<'_>, arguments: &MoodArguments) -> Result<ExitCode> {
    let all_read = match &arguments.of {
        MoodOf::Text { text } if text.is_empty() => from_lines(std::io::stdin().lock())?,
        MoodOf::Text { text } => {
            let mut all = true;
            for each in text {
                all &= answer(each, read_text(each))?;
            }
            all
        }
        MoodOf::Track { files } => {
            let session = Session::open(context)?;
            let mut all = true;
            for file in files {
                let reading = read_track(file, &session.snapshot);
                all &= answer(&file.to_string_lossy(), reading)?;
            }
            session.close();
            all
        }
    };
    Ok(if all_read {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Each line is a text. Bytes that are no UTF-8 are an error of that line, not of the rest.
fn from_lines(mut input: impl BufRead) -> Result<bool> {
    let mut all = true;
    let mut bytes = Vec::new();
    loop {
        bytes.clear();
        let read = input
            .read_until(b'\n', &mut bytes)
            .context("cannot read standard input")?;
        if read == 0 {
            return Ok(all);
        }
        let bytes = bytes.trim_ascii_end();
        if let Ok(text) = std::str::from_utf8(bytes) {
            all &= answer(text, read_text(text))?;
        } else {
            let shown = String::from_utf8_lossy(bytes);
            all &= answer(&shown, Err(anyhow::anyhow!("this is not UTF-8 text")))?;
        }
    }
}

fn read_text(text: &str) -> Result<(MoodVector, Vec<String>)> {
    if text.trim().is_empty() {
        bail!("the text is empty");
    }
    let reading = words::read(text);
    let why = reading.evidence.into_iter().map(|word| word.text);
    Ok((reading.mood, why.collect()))
}

fn read_track(file: &Path, snapshot: &Snapshot) -> Result<(MoodVector, Vec<String>)> {
    let path = std::path::absolute(file)
        .with_context(|| format!("cannot make sense of {}", file.display()))?;
    let known = snapshot.library.by_path(&path);
    if let Some(analysis) = known.and_then(|track| track.analysis.as_deref()) {
        return Ok((analysis.mood, evidence(&analysis.features)));
    }
    let analysis = Analyzer.analyze(&path, &Control::default())?;
    Ok((analysis.mood, evidence(&analysis.features)))
}

/// The numbers that the reading of a track rests on, in words.
fn evidence(features: &Features) -> Vec<String> {
    const TONICS: [&str; 12] = [
        "C", "C♯", "D", "E♭", "E", "F", "F♯", "G", "A♭", "A", "B♭", "B",
    ];
    let tonic = TONICS[usize::from(features.key.tonic) % TONICS.len()];
    let mode = match features.key.mode {
        KeyMode::Major => "major",
        KeyMode::Minor => "minor",
    };
    let tempo = if features.tempo_bpm > 0.0 {
        format!("{:.0} beats a minute", features.tempo_bpm)
    } else {
        "no clear beat".to_owned()
    };
    vec![
        tempo,
        format!("{:.1} onsets a second", features.onset_rate_hz),
        format!("{tonic} {mode} ({:+.2})", features.mode_strength),
        format!("{:.1} LUFS", features.loudness_lufs),
        format!("brightness {:.0} Hz", features.centroid_hz),
    ]
}

/// Prints one answer; false when it is an error.
fn answer(input: &str, reading: Result<(MoodVector, Vec<String>)>) -> Result<bool> {
    let mut object = Map::new();
    object.insert("input".into(), input.into());
    let read = match reading {
        Ok((mood, why)) => {
            object.append(&mut output::mood_json(&mood));
            object.insert("why".into(), json!(why));
            true
        }
        Err(error) => {
            object.insert("error".into(), format!("{error:#}").into());
            false
        }
    };
    output::line(&Value::Object(object).to_string())?;
    Ok(read)
}
