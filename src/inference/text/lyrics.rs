//! The words of a track, read line by line.

use super::{NAME, TextModel};
use crate::inference::{InferenceError, Manifest};
use crate::language::Language;
use crate::library::{LineMood, LyricMood, Lyrics};
use crate::words::lyrics::{SungLine, sung};
use std::collections::HashMap;
use std::path::Path;

/// Version of what is done around the model: which lines are read and how they are summed.
const LINES_VERSION: u32 = 2;

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
        let language = language_of(&lines, &moods);
        Ok(Some(LyricMood::new(moods, Some(language))))
    }
}

/// The language of most lines that count, each as often as it is sung. `moods` is aligned
/// with `lines`.
fn language_of(lines: &[Option<SungLine>], moods: &[LineMood]) -> Language {
    let (mut of_korean, mut of_all) = (0, 0);
    for (line, mood) in lines.iter().zip(moods) {
        let times = u32::from(mood.times());
        of_all += times;
        if line.as_ref().map(|line| line.language) == Some(Language::Korean) {
            of_korean += times;
        }
    }
    if 2 * of_korean > of_all {
        Language::Korean
    } else {
        Language::English
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mood::{Mood, MoodVector};

    #[test]
    fn the_language_is_that_of_the_lines_that_count() {
        let line = |language| {
            Some(SungLine {
                text: String::new(),
                language,
                times: 1,
            })
        };
        let counts = LineMood::new(&MoodVector::of_mood(Mood::Sad), 1);
        let heading = (None, LineMood::NOT_SUNG);
        let korean = (line(Language::Korean), counts);
        // Too doubtful to count.
        let english = (line(Language::English), LineMood::NOT_SUNG);
        let (lines, moods): (Vec<_>, Vec<_>) = [heading, english.clone(), korean, english]
            .into_iter()
            .unzip();
        assert_eq!(language_of(&lines, &moods), Language::Korean);
    }
}
