//! Lyrics as lines: found and parsed in `scan`, kept by `store`.

use serde::{Deserialize, Serialize};

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
