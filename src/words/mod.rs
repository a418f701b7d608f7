//! A typed feeling, read with word norms. Pure: the norms are compiled in.
//!
//! `clues` finds the words of a text and how negation and degree words bend them (`korean`
//! knows endings and particles, `hangul` letters), `norms` knows what words say, and
//! [`read`] adds it up and keeps the words that decided. [`lyrics`] finds the lines of a song
//! that are sung.

mod clues;
mod hangul;
mod korean;
pub mod lyrics;
mod norms;

pub use clues::{Clue, clues};

use crate::language::Language;
use crate::mood::{Mood, MoodVector};
use norms::{ENGLISH, KOREAN, Norms, Weights};
use unicode_normalization::UnicodeNormalization;

/// A feeling is a sentence or a page, not a book: of longer texts the beginning is read.
const MOST_CHARACTERS: usize = 4_000;
/// At most so many words are given as evidence.
const MOST_EVIDENCE: usize = 6;
/// Evidence is at least so much of the strongest word's.
const LEAST_EVIDENCE: f32 = 0.3;
/// A text whose strongest word says less than this says nothing.
const LEAST_STRENGTH: f32 = 0.6;

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
pub fn read(text: &str) -> WordReading {
    let text: String = text.nfc().take(MOST_CHARACTERS).collect();
    let language = language_of(&text);
    let clues = clues(&text);
    let scale = scale(clues.len());
    let mut sum = match language {
        Language::English => ENGLISH.start,
        Language::Korean => KOREAN.start,
    };
    let mut known: Vec<(&Clue, Weights)> = Vec::new();
    for clue in &clues {
        if let Some(weights) = weights(clue, language) {
            sum.add(&weights, scale);
            known.push((clue, weights));
        }
    }
    let strongest = known.iter().map(|(_, w)| w.strength()).fold(0.0, f32::max);
    if strongest < LEAST_STRENGTH {
        return WordReading {
            mood: MoodVector::UNKNOWN,
            evidence: Vec::new(),
            language,
        };
    }
    let share_known = known.len() as f32 / clues.len() as f32;
    let mood = mood_of(&sum, share_known);
    WordReading {
        mood,
        evidence: evidence(&text, &known, mood.top(), scale),
        language,
    }
}

/// The words of a text that speak for `mood`, strongest first.
#[must_use]
pub fn speaking_for(text: &str, mood: Mood) -> Vec<WordEvidence> {
    let text: String = text.nfc().take(MOST_CHARACTERS).collect();
    let language = language_of(&text);
    let clues = clues(&text);
    let mut known: Vec<(&Clue, Weights)> = clues
        .iter()
        .filter_map(|clue| Some((clue, weights(clue, language)?)))
        .collect();
    known.retain(|(_, weights)| weights.0[2 + mood.index()] > 0.0);
    evidence(&text, &known, mood, scale(clues.len()))
}

/// Every word shares the page with the others; as in `build.py`.
fn scale(clues: usize) -> f32 {
    1.0 / (clues.max(1) as f32 + 2.0).sqrt()
}

/// The sum of all words as a mood. Half of the point is where the moods' anchors lie: moods
/// and plane are learned apart, and together they are right more often.
fn mood_of(sum: &Weights, share_known: f32) -> MoodVector {
    let plain = MoodVector::new(sum.valence(), sum.arousal(), sum.moods(), 1.0);
    let (mut valence, mut arousal) = (plain.valence / 2.0, plain.arousal / 2.0);
    for mood in Mood::ALL {
        let (at_valence, at_arousal) = mood.anchor();
        valence += plain.share(mood) * at_valence / 2.0;
        arousal += plain.share(mood) * at_arousal / 2.0;
    }
    let confidence = share_known.sqrt() * (0.3 + plain.share(plain.top()));
    MoodVector::new(valence, arousal, plain.moods, confidence)
}

/// What a clue adds. Marks and emoji mean the same in both languages but were learned in
/// each; the reading's language is asked first.
fn weights(clue: &Clue, language: Language) -> Option<Weights> {
    let norms: [&Norms; 2] = match (clue.is_korean, language) {
        (false, Language::English) => [&ENGLISH, &KOREAN],
        (true, _) => return korean_weights(clue),
        (false, Language::Korean) => {
            let is_word = clue.keys[0].starts_with(|letter: char| letter.is_ascii_alphabetic());
            if is_word {
                [&ENGLISH, &KOREAN]
            } else {
                [&KOREAN, &ENGLISH]
            }
        }
    };
    norms
        .iter()
        .find_map(|norms| norms.weights(&clue.keys, clue.factor))
}

/// As written, or else as two words written together: 비오는날, 안슬퍼.
fn korean_weights(clue: &Clue) -> Option<Weights> {
    if let Some(weights) = KOREAN.weights(&clue.keys, clue.factor) {
        return Some(weights);
    }
    let word = clue.keys.first()?;
    let cuts = word.char_indices().map(|(at, _)| at).skip(1);
    for cut in cuts {
        let (before, after) = word.split_at(cut);
        let Some(second) = KOREAN.weights(&korean::keys(after), clue.factor) else {
            continue;
        };
        if before == "안" {
            let mut denied = Weights::default();
            denied.add(&second, clues::NEGATED);
            return Some(denied);
        }
        if let Some(mut sum) = KOREAN.weights(&korean::keys(before), clue.factor) {
            sum.add(&second, 1.0);
            return Some(sum);
        }
    }
    None
}

/// The words that speak most for the mood that was read, strongest first.
fn evidence(text: &str, known: &[(&Clue, Weights)], top: Mood, scale: f32) -> Vec<WordEvidence> {
    let speaks = |weights: &Weights| weights.0[2 + top.index()] + 0.5 * weights.strength();
    let mut ordered: Vec<&(&Clue, Weights)> =
        known.iter().filter(|(clue, _)| clue.is_telling).collect();
    ordered.sort_by(|a, b| speaks(&b.1).total_cmp(&speaks(&a.1)));
    let least = ordered
        .first()
        .map_or(0.0, |(_, w)| LEAST_EVIDENCE * speaks(w));
    let mut told: Vec<(std::ops::Range<usize>, WordEvidence)> = Vec::new();
    for (clue, weights) in ordered {
        if speaks(weights) < least || told.len() == MOST_EVIDENCE {
            break;
        }
        let said = &text[clue.span.clone()];
        let is_told = told.iter().any(|(span, evidence)| {
            (span.start < clue.span.end && clue.span.start < span.end) || evidence.text == said
        });
        if !is_told {
            let evidence = WordEvidence {
                text: said.to_owned(),
                valence: (weights.valence() * scale).clamp(-1.0, 1.0),
                arousal: (weights.arousal() * scale).clamp(-1.0, 1.0),
            };
            told.push((clue.span.clone(), evidence));
        }
    }
    told.into_iter().map(|(_, evidence)| evidence).collect()
}

/// The language most of the letters are in.
#[must_use]
pub fn language_of(text: &str) -> Language {
    let korean = text
        .chars()
        .filter(|c| hangul::is_syllable(*c) || hangul::is_letter(*c));
    let latin = text.chars().filter(char::is_ascii_alphabetic);
    // A Korean syllable is about two or three Latin letters' worth.
    if 2 * korean.count() > latin.count() {
        Language::Korean
    } else {
        Language::English
    }
}
