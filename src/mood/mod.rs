//! The mood space: one space for tracks, words and photos, so that anything can be
//! compared with anything. Pure: numbers in, numbers out.
//!
//! A [`MoodVector`] is a point on Russell's circumplex (valence, arousal) with a
//! distribution over seven [`Mood`]s and a confidence. Distances live beside it,
//! [`fuse()`] joins readings from several sources, [`genre_mood`] is the weakest of them, and `project` translates to the label
//! sets of other tools.

mod fuse;
mod genre;
mod project;
mod vector;

pub use fuse::{Source, fuse};
pub use genre::genre_mood;
pub use project::{FiveMood, SixEmotion, five_moods, six_emotions};
pub use vector::MoodVector;

use crate::language::Language;
use serde::{Deserialize, Serialize};

/// One of the seven moods. The order of [`Mood::ALL`] is the order of every stored or
/// exchanged distribution: file formats, JSON, models, tests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mood {
    /// 기쁨
    Happy,
    /// 로맨틱
    Romantic,
    /// 평화
    Peaceful,
    /// 슬픔
    Sad,
    /// 긴장
    Tense,
    /// 분노
    Angry,
    /// 중립
    Neutral,
}

impl Mood {
    /// How many moods there are.
    pub const COUNT: usize = 7;

    /// All moods, in the order of every distribution.
    pub const ALL: [Self; Self::COUNT] = [
        Self::Happy,
        Self::Romantic,
        Self::Peaceful,
        Self::Sad,
        Self::Tense,
        Self::Angry,
        Self::Neutral,
    ];

    /// This mood's place in a distribution, `0..7`.
    #[must_use]
    pub const fn index(self) -> usize {
        self as usize
    }

    /// The stable lower-case key of files, JSON and models.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Happy => "happy",
            Self::Romantic => "romantic",
            Self::Peaceful => "peaceful",
            Self::Sad => "sad",
            Self::Tense => "tense",
            Self::Angry => "angry",
            Self::Neutral => "neutral",
        }
    }

    /// The mood whose [`key`](Self::key) is `key`.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mood| mood.key() == key)
    }

    /// The name a listener reads.
    #[must_use]
    pub const fn name(self, language: Language) -> &'static str {
        match (language, self) {
            (Language::English, _) => self.key(),
            (Language::Korean, Self::Happy) => "기쁨",
            (Language::Korean, Self::Romantic) => "로맨틱",
            (Language::Korean, Self::Peaceful) => "평화",
            (Language::Korean, Self::Sad) => "슬픔",
            (Language::Korean, Self::Tense) => "긴장",
            (Language::Korean, Self::Angry) => "분노",
            (Language::Korean, Self::Neutral) => "중립",
        }
    }

    /// Valence and arousal of this mood, each in −1…1: rounded means of word norms
    /// (Glasgow norms for English, four Korean norm studies).
    #[must_use]
    pub const fn anchor(self) -> (f32, f32) {
        match self {
            Self::Happy => (0.70, 0.45),
            Self::Romantic => (0.60, 0.25),
            Self::Peaceful => (0.55, -0.40),
            Self::Sad => (-0.60, -0.27),
            Self::Tense => (-0.50, 0.25),
            Self::Angry => (-0.65, 0.45),
            Self::Neutral => (0.0, -0.30),
        }
    }
}
