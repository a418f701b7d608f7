//! The kinds of likeness, and how much each counts for which purpose.

use crate::language::Language;
use serde::{Deserialize, Serialize};

/// One way two tracks, or a track and a feeling, are alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Signal {
    /// The distribution over the seven moods (cosine).
    Mood,
    /// The place on the valence–arousal plane (Euclidean).
    Plane,
    /// How its words feel, line by line (cosine of the distributions over the moods).
    Lyrics,
    /// How it sounds (cosine of the audio vector).
    Sound,
    /// Genre and era.
    Style,
    /// What was heard or listed together (skip-gram vectors, cosine).
    Listening,
    /// Sound and listening in one space, so that a track never heard has a place (cosine).
    Taste,
}

impl Signal {
    /// How many signals there are.
    pub const COUNT: usize = 7;

    /// All signals, in the order of every stored list of shares.
    pub const ALL: [Self; Self::COUNT] = [
        Self::Mood,
        Self::Plane,
        Self::Lyrics,
        Self::Sound,
        Self::Style,
        Self::Listening,
        Self::Taste,
    ];

    /// This signal's place in a list, `0..COUNT`.
    #[must_use]
    pub const fn index(self) -> usize {
        self as usize
    }

    /// The stable lower-case key of JSON output.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Mood => "mood",
            Self::Plane => "plane",
            Self::Lyrics => "lyrics",
            Self::Sound => "sound",
            Self::Style => "style",
            Self::Listening => "listening",
            Self::Taste => "taste",
        }
    }

    /// The name a listener reads.
    #[must_use]
    pub const fn name(self, language: Language) -> &'static str {
        match (language, self) {
            (Language::English, Self::Mood) => "same moods",
            (Language::Korean, Self::Mood) => "닮은 기분",
            (Language::English, Self::Plane) => "pleasantness and energy",
            (Language::Korean, Self::Plane) => "밝기와 활기",
            (Language::English, Self::Lyrics) => "what its words say",
            (Language::Korean, Self::Lyrics) => "노랫말의 마음",
            (Language::English, Self::Sound) => "similar sound",
            (Language::Korean, Self::Sound) => "비슷한 소리",
            (Language::English, Self::Style) => "genre and era",
            (Language::Korean, Self::Style) => "장르와 시대",
            (Language::English, Self::Listening) => "heard together",
            (Language::Korean, Self::Listening) => "함께 들은 음악",
            (Language::English, Self::Taste) => "close to your taste",
            (Language::Korean, Self::Taste) => "내 취향과 가까움",
        }
    }
}

/// What a playlist is for: decides how much each signal counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// A feeling: typed, picked or pointed at.
    Feeling,
    /// More like some tracks.
    Like,
    /// Like what was heard lately.
    Lately,
}

impl Purpose {
    /// Weight of each signal's list in rank fusion, in the order of [`Signal::ALL`]. Found
    /// with `tests/benches/evaluate.rs`; lists that nothing is known for drop out.
    #[must_use]
    pub const fn weights(self) -> [f32; Signal::COUNT] {
        match self {
            Self::Feeling => [1.0, 1.0, 0.8, 0.0, 0.0, 0.0, 0.5],
            Self::Like => [1.4, 1.4, 0.5, 1.5, 0.8, 1.5, 1.2],
            Self::Lately => [1.0, 1.0, 0.5, 0.6, 0.3, 0.6, 0.8],
        }
    }
}
