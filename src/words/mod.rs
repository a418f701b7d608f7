//! A typed feeling, read with word norms. Pure: the norms are compiled in.

use crate::language::Language;
use crate::mood::MoodVector;

/// What a text says.
#[derive(Debug, Clone, PartialEq)]
pub struct WordReading {
    /// The mood; [`MoodVector::UNKNOWN`] when no word was known.
    pub mood: MoodVector,
    /// The words that moved the reading, strongest first.
    pub evidence: Vec<WordEvidence>,
    /// The language most of the letters are in.
    pub language: Language,
}

/// One word that moved the reading.
#[derive(Debug, Clone, PartialEq)]
pub struct WordEvidence {
    /// As typed, with a negation or intensifier that belongs to it.
    pub text: String,
    /// What it adds, −1…1.
    pub valence: f32,
    /// What it adds, −1…1.
    pub arousal: f32,
}

/// Reads a feeling in English, Korean or both mixed.
#[must_use]
pub fn read(_text: &str) -> WordReading {
    WordReading {
        mood: MoodVector::UNKNOWN,
        evidence: Vec::new(),
        language: Language::English,
    }
}
