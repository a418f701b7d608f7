//! The words of a track, read line by line.

use super::{NAME, TextModel};
use crate::inference::{InferenceError, Manifest};
use crate::language::Language;
use crate::library::{LineMood, LyricMood, Lyrics};
use crate::words::lyrics::{SungLine, sung};
use std::collections::HashMap;
use std::path::Path;

/// Version of what is done around the model: which lines are read and how they are summed.
const LINES_VERSION: u32 = 1;

/// The version of lyric moods that the text model of a models folder makes; one of another
/// version is made anew. Nothing is loaded.
pub fn lyrics_version(models: &Path) -> Result<String, InferenceError> {
    Ok(version_of(&Manifest::read(models)?.entry(NAME)?.version))
}

fn version_of(model: &str) -> String {
    format!("{model}+{LINES_VERSION}")
}

impl TextModel {
    /// Names the model and what is done around it, as [`lyrics_version`] does.
    #[must_use]
    pub fn lyrics_version(&self) -> String {
        version_of(&self.version)
    }

    /// Reads the sung lines of some lyrics and sums them up. `go_on` is asked before every
    /// line; when it says no, the answer is `None`.
    pub fn read_lyrics(
        &mut self,
        lyrics: &Lyrics,
        mut go_on: impl FnMut() -> bool,
    ) -> Result<Option<LyricMood>, InferenceError> {
        let lines = sung(lyrics);
        // A chorus is read once.
        let mut known: HashMap<&str, LineMood> = HashMap::new();
        let mut moods = Vec::with_capacity(lines.len());
        for line in &lines {
            let Some(SungLine { text, times, .. }) = line else {
                moods.push(LineMood::NOT_SUNG);
                continue;
            };
            let mood = if let Some(mood) = known.get(text.as_str()) {
                *mood
            } else if go_on() {
                let reading = self.read(&[text])?.remove(0);
                LineMood::new(&reading.mood, u8::from(!reading.is_nothing))
            } else {
                return Ok(None);
            };
            known.insert(text, mood);
            moods.push(mood.sung(*times));
        }
        let korean = |line: &&SungLine| line.language == Language::Korean;
        let counted = lines.iter().flatten().zip(&moods);
        let (mut of_korean, mut of_all) = (0, 0);
        for (line, mood) in counted.filter(|(_, mood)| mood.times() > 0) {
            of_all += u32::from(mood.times());
            of_korean += if korean(&line) {
                u32::from(mood.times())
            } else {
                0
            };
        }
        let language = if 2 * of_korean > of_all {
            Language::Korean
        } else {
            Language::English
        };
        Ok(Some(LyricMood::new(moods, Some(language))))
    }
}
