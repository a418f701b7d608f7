//! `maeum mood photo`

use super::output;
use crate::inference::photo::{PhotoReader, decode};
use crate::inference::text::FeelingReader;
use crate::language::Language;
use crate::photo::PhotoReading;
use anyhow::Result;
use serde_json::{Map, Value, json};
use std::path::{Path, PathBuf};

/// Tags less probable than this are not worth a line.
const TOLD: f32 = 0.05;

/// Prints the reading of each photo; false when some are errors.
pub(super) fn moods(models: &Path, files: &[PathBuf]) -> Result<bool> {
    let mut reader = PhotoReader::open(models);
    if let Some(problem) = reader.problem() {
        tracing::warn!("{problem}; photos are read by their colours alone");
    }
    let mut words = FeelingReader::open(models);
    if let Some(problem) = words.problem() {
        tracing::warn!("{problem}; texts are read with a table of words");
    }
    let mut all = true;
    for file in files {
        let mut object = Map::new();
        object.insert("input".into(), file.to_string_lossy().into());
        match decode(file) {
            Ok(photo) => {
                let mut told = reading_json(&reader.read(&photo.pixels, &mut words));
                object.append(&mut told);
                if let Some(taken) = photo.taken {
                    object.insert("taken".into(), taken.into());
                }
            }
            Err(problem) => {
                all = false;
                object.insert("error".into(), problem.to_string().into());
            }
        }
        output::line(&Value::Object(object).to_string())?;
    }
    Ok(all)
}

/// How a photo was read: the mood, why, tags with their probability, colours as `#rrggbb`, and
/// each opinion with its own mood, its share in the whole and its reason.
pub(super) fn reading_json(reading: &PhotoReading) -> Map<String, Value> {
    let language = Language::English;
    let mut object = output::mood_json(&reading.mood);
    object.insert("why".into(), json!([reading.why(language)]));
    let tags = reading.scene.tags.iter().filter(|(_, p)| *p >= TOLD);
    let tags: Map<String, Value> = tags
        .map(|(tag, probability)| (tag.to_string(), output::rounded(*probability)))
        .collect();
    object.insert("tags".into(), Value::Object(tags));
    let palette = reading.colours.palette.iter();
    let palette: Vec<String> = palette
        .map(|[r, g, b]| format!("#{r:02x}{g:02x}{b:02x}"))
        .collect();
    object.insert("palette".into(), json!(palette));
    let opinions: Vec<Value> = reading
        .opinions
        .iter()
        .map(|(opinion, share)| {
            let mut told = Map::new();
            told.insert("reader".into(), json!(opinion.reader));
            told.append(&mut output::mood_json(&opinion.mood));
            told.insert("share".into(), output::rounded(*share));
            let reason = reading.reason(opinion.reader, language);
            told.insert("why".into(), reason.into());
            Value::Object(told)
        })
        .collect();
    object.insert("opinions".into(), json!(opinions));
    object
}
