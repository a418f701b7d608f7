//! `maeum mood text`, `maeum mood track` and `maeum mood photo`

use super::args::{MoodArguments, MoodOf};
use super::session::Session;
use super::{Context, absolute, output, photo};
use crate::analysis::{Analyzer, Control};
use crate::engine::Snapshot;
use crate::inference::text::{FeelingReader, TextModel, open};
use crate::library::{Analysis, AudioReading, Features, KeyMode, LyricMood, Lyrics, StyleTag};
use crate::mood::{MoodVector, Source, fuse, genre_mood};
use crate::scan::read_file;
use crate::words::WordReading;
use anyhow::{Context as _, Result, bail};
use serde_json::{Map, Value, json};
use std::io::BufRead;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

pub(super) fn run(context: &Context<'_>, arguments: &MoodArguments) -> Result<ExitCode> {
    let all_read = match &arguments.of {
        MoodOf::Text { text } => {
            let mut reader = FeelingReader::open(&context.folders.models);
            if let Some(problem) = reader.problem() {
                tracing::warn!("{problem}; texts are read with a table of words");
            }
            if text.is_empty() {
                from_lines(std::io::stdin().lock(), &mut reader)?
            } else {
                let mut all = true;
                for each in text {
                    let read = read_text(each, |text| reader.feel(text));
                    all &= answer(each, read)?;
                }
                all
            }
        }
        MoodOf::Track { files } => {
            let session = Session::open(context)?;
            let mut tracks = Tracks {
                snapshot: &session.snapshot,
                models: &context.folders.models,
                analyzer: None,
                model: None,
                tried: false,
            };
            let mut all = true;
            for file in files {
                all &= answer(&file.to_string_lossy(), tracks.read(file))?;
            }
            session.close();
            all
        }
        MoodOf::Photo { files, .. } => photo::moods(&context.folders.models, files)?,
    };
    Ok(if all_read {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Each line is a text. Bytes that are no UTF-8 are an error of that line, not of the rest.
fn from_lines(mut input: impl BufRead, reader: &mut FeelingReader) -> Result<bool> {
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
            all &= answer(text, read_text(text, |text| reader.skim(text)))?;
        } else {
            let shown = String::from_utf8_lossy(bytes);
            all &= answer(&shown, Err(anyhow::anyhow!("this is not UTF-8 text")))?;
        }
    }
}

/// What there is to print about a text or a track.
struct Reading {
    mood: MoodVector,
    why: Vec<String>,
    lyrics: Option<Arc<LyricMood>>,
}

fn read_text(text: &str, read: impl FnOnce(&str) -> WordReading) -> Result<Reading> {
    if text.trim().is_empty() {
        bail!("the text is empty");
    }
    let reading = read(text);
    let why = reading.evidence.into_iter().map(|word| word.text);
    Ok(Reading {
        mood: reading.mood,
        why: why.collect(),
        lyrics: None,
    })
}

/// Reads tracks: those of the library as they are kept, others here and now.
struct Tracks<'a> {
    snapshot: &'a Snapshot,
    models: &'a Path,
    /// Made for the first track that the library does not know.
    analyzer: Option<Analyzer>,
    /// Loaded for the first track that brings words.
    model: Option<TextModel>,
    /// Whether that was tried.
    tried: bool,
}

impl Tracks<'_> {
    fn read(&mut self, file: &Path) -> Result<Reading> {
        let path = absolute(file)?;
        let known = self.snapshot.library.by_path(&path);
        if let Some(track) = known
            && let Some(analysis) = track.analysis.as_deref()
        {
            let lyrics = track.lyric_mood.clone();
            let genre = &track.tags.genre;
            return Ok(joined(analysis, track.audio.as_deref(), lyrics, genre));
        }
        let analyzer = self
            .analyzer
            .get_or_insert_with(|| Analyzer::new(self.models));
        let (analysis, heard) = analyzer.analyze(&path, &Control::default())?;
        let (lyrics, genre) = read_file(&path).map_or_else(
            |_| (None, String::new()),
            |file| (file.lyrics, file.tags.genre),
        );
        let lyrics = lyrics.and_then(|lyrics| self.read_lyrics(&lyrics));
        let lyrics = lyrics.map(Arc::new);
        Ok(joined(&analysis, heard.as_ref(), lyrics, &genre))
    }

    /// `None` when the text model cannot be used.
    fn read_lyrics(&mut self, lyrics: &Lyrics) -> Option<LyricMood> {
        let warn = |error: &_| tracing::warn!("lyrics are not read: {error}");
        if !std::mem::replace(&mut self.tried, true) {
            self.model = open(self.models).inspect_err(warn).ok();
        }
        let model = self.model.as_mut()?;
        model
            .read_lyrics(lyrics, || true)
            .inspect_err(warn)
            .ok()
            .flatten()
    }
}

/// The sound's mood as it is kept, joined with the words' and the genre's.
fn joined(
    analysis: &Analysis,
    heard: Option<&AudioReading>,
    lyrics: Option<Arc<LyricMood>>,
    genre: &str,
) -> Reading {
    let sound = heard.map_or(analysis.mood, |heard| heard.mood);
    let mut readings = vec![(Source::Audio, sound)];
    let mut why = evidence(&analysis.features);
    why.extend(heard.and_then(styles));
    if let Some(lyrics) = lyrics.as_deref().filter(|lyrics| lyrics.counted_lines > 0) {
        readings.push((Source::Lyrics, lyrics.mood));
        let top = lyrics.mood.top();
        why.push(format!(
            "{:.0} % of {} lines are {}",
            100.0 * lyrics.share_of_lines(top),
            lyrics.counted_lines,
            top.key()
        ));
    }
    if let Some(mood) = genre_mood(genre) {
        readings.push((Source::Genre, mood));
        why.push(format!("filed under {genre}"));
    }
    Reading {
        mood: fuse(&readings).unwrap_or(sound),
        why,
        lyrics,
    }
}

/// The styles that are more likely than not, likeliest first.
fn styles(heard: &AudioReading) -> Option<String> {
    let mut likely: Vec<(StyleTag, f32)> = StyleTag::ALL
        .iter()
        .map(|(tag, _)| (*tag, heard.tag(*tag)))
        .filter(|(_, share)| *share > 0.5)
        .collect();
    likely.sort_by(|a, b| b.1.total_cmp(&a.1));
    let names: Vec<&str> = likely.iter().map(|(tag, _)| tag.key()).collect();
    (!names.is_empty()).then(|| names.join(", ").replace('_', " "))
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
fn answer(input: &str, reading: Result<Reading>) -> Result<bool> {
    let mut object = Map::new();
    object.insert("input".into(), input.into());
    let read = match reading {
        Ok(Reading { mood, why, lyrics }) => {
            object.append(&mut output::mood_json(&mood));
            object.insert("why".into(), json!(why));
            if let Some(lyrics) = lyrics {
                let mut told = output::mood_json(&lyrics.mood);
                told.insert("counted_lines".into(), lyrics.counted_lines.into());
                told.insert("language".into(), json!(lyrics.language));
                object.insert("lyrics".into(), Value::Object(told));
            }
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
