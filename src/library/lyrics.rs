//! Lyrics as lines: found and parsed in `scan`, kept by `store`.

use serde::{Deserialize, Serialize};
use std::ops::Range;

/// Which lyrics a track has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LyricsKind {
    /// None.
    #[default]
    None,
    /// Text without times.
    Plain,
    /// Lines with times (LRC).
    Synced,
}

/// The words of a track.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Lyrics {
    /// The lines; those with times come in order of time.
    pub lines: Vec<LyricLine>,
}

/// One line of lyrics.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LyricLine {
    /// When it is sung, from the start of the track; `None` in lyrics without times.
    pub start_secs: Option<f32>,
    /// What is sung; empty for a pause.
    pub text: String,
    /// When its words are sung, in their order; empty where that is not written.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<WordTime>,
}

/// When a word of a line is sung.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct WordTime {
    /// From the start of the track.
    pub start_secs: f32,
    /// Where the word begins in the line's text, bytes.
    pub at: usize,
}

impl LyricLine {
    /// A line without times of its words.
    #[must_use]
    pub const fn new(start_secs: Option<f32>, text: String) -> Self {
        Self {
            start_secs,
            text,
            words: Vec::new(),
        }
    }

    /// How much of the text has been sung, or begun, at this time, bytes; all of it where
    /// the words have no times.
    #[must_use]
    pub fn sung_at(&self, position_secs: f32) -> usize {
        let to_come = self
            .words
            .iter()
            .find(|word| word.start_secs > position_secs);
        let at = to_come.map_or(self.text.len(), |word| word.at);
        self.text.floor_char_boundary(at)
    }
}

impl Lyrics {
    /// Which kind these are.
    #[must_use]
    pub fn kind(&self) -> LyricsKind {
        if self.lines.is_empty() {
            LyricsKind::None
        } else if self.lines.iter().any(|line| line.start_secs.is_some()) {
            LyricsKind::Synced
        } else {
            LyricsKind::Plain
        }
    }

    /// The lines that are sung at this time: several where a line and its translation, say,
    /// begin together. Empty before the first, and without times.
    #[must_use]
    pub fn lines_at(&self, position_secs: f32) -> Range<usize> {
        let begun = |line: &LyricLine| line.start_secs.is_some_and(|start| start <= position_secs);
        let Some(last) = self.lines.iter().rposition(begun) else {
            return 0..0;
        };
        let start = self.lines[last].start_secs;
        let before = self.lines[..last].iter().rev();
        let together = before.take_while(|line| line.start_secs == start).count();
        last - together..last + 1
    }

    /// When the next line or word after this time begins.
    #[must_use]
    pub fn next_after(&self, position_secs: f32) -> Option<f32> {
        self.lines
            .iter()
            .flat_map(|line| {
                let words = line.words.iter().map(|word| word.start_secs);
                line.start_secs.into_iter().chain(words)
            })
            .filter(|start| *start > position_secs)
            .min_by(f32::total_cmp)
    }

    /// Tells other words from these; the same words at other times are the same.
    #[must_use]
    pub fn fingerprint(&self) -> i64 {
        let hash = blake3::hash(self.text().as_bytes());
        let (first, _) = hash.as_bytes().split_at(8);
        first
            .iter()
            .fold(0, |sum, byte| sum << 8 | i64::from(*byte))
    }

    /// The words alone, one line of text per line.
    #[must_use]
    pub fn text(&self) -> String {
        let lines: Vec<&str> = self.lines.iter().map(|line| line.text.as_str()).collect();
        lines.join("\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn song() -> Lyrics {
        let word = |start_secs, at| WordTime { start_secs, at };
        Lyrics {
            lines: vec![
                LyricLine {
                    words: vec![word(1.0, 0), word(1.5, "사랑 ".len())],
                    ..LyricLine::new(Some(1.0), "사랑 노래".to_owned())
                },
                LyricLine::new(Some(4.0), "again".to_owned()),
            ],
        }
    }

    #[test]
    fn the_line_and_the_words_of_a_moment_are_found() {
        let song = song();
        assert!(song.lines_at(0.9).is_empty());
        assert_eq!(song.lines_at(1.0), 0..1);
        assert_eq!(song.lines_at(60.0), 1..2);
        let begun = |secs| &song.lines[0].text[..song.lines[0].sung_at(secs)];
        assert_eq!(
            (begun(0.5), begun(1.2), begun(1.5)),
            ("", "사랑 ", "사랑 노래")
        );
        assert_eq!(song.lines[1].sung_at(0.0), "again".len());
    }

    #[test]
    fn a_line_is_sung_together_with_its_translation() {
        let line = |start, text: &str| LyricLine::new(Some(start), text.to_owned());
        let song = Lyrics {
            lines: vec![
                line(1.0, "愛"),
                line(1.0, "ai"),
                line(1.0, "사랑"),
                line(4.0, "夢"),
            ],
        };
        assert_eq!(song.lines_at(2.0), 0..3);
        assert_eq!(song.lines_at(4.0), 3..4);
    }

    #[test]
    fn what_changes_next_is_a_word_or_a_line() {
        let song = song();
        assert_eq!(song.next_after(0.0), Some(1.0));
        assert_eq!(song.next_after(1.0), Some(1.5));
        assert_eq!(song.next_after(1.5), Some(4.0));
        assert_eq!(song.next_after(4.0), None);
    }

    #[test]
    fn a_place_inside_a_letter_is_moved_before_it() {
        let mut song = song();
        song.lines[0].words[1].at = 1;
        assert_eq!(song.lines[0].sung_at(1.2), 0);
    }

    #[test]
    fn lines_kept_before_words_had_times_are_still_read() {
        let line: LyricLine = serde_json::from_str(r#"{"start_secs":1.0,"text":"a"}"#).unwrap();
        assert_eq!(line, LyricLine::new(Some(1.0), "a".to_owned()));
        assert!(!serde_json::to_string(&line).unwrap().contains("words"));
    }
}
