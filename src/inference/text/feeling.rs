//! A typed feeling: a word, a sentence, a page.

use super::{TextModel, TextReading, normalise};
use crate::inference::InferenceError;
use crate::mood::{Mood, MoodVector, Source, fuse};
use crate::words::{self, WordEvidence, WordReading};
use std::ops::Range;

/// A feeling is a sentence or a page, not a book: of longer texts the beginning is read.
const MOST_CHARACTERS: usize = 4_000;
/// At most so many words are tried for evidence; each costs a reading.
const MOST_TRIED: usize = 24;
/// Of longer texts so many words are looked through for those, by the passage.
const MOST_SEARCHED: usize = 192;
/// Words in a passage.
const PASSAGE_WORDS: usize = 8;
/// At most so many words are given as evidence.
const MOST_EVIDENCE: usize = 6;
/// Evidence is at least so much of the strongest word's.
const LEAST_EVIDENCE: f32 = 0.3;
/// A shift of the whole plane counts like so many log-odds of the mood.
const PLANE_WEIGHT: f32 = 1.0;

impl TextModel {
    /// Reads a feeling in English, Korean or both mixed. A long text is read in pieces that
    /// are joined by their confidence. The mood is [`MoodVector::UNKNOWN`], without
    /// evidence, when nobody means this text.
    ///
    /// The evidence is found by occlusion (Zeiler & Fergus 2014; for texts Li, Monroe &
    /// Jurafsky 2016): the words without which the text would read most differently. A
    /// negation or degree word goes with the word that it bends.
    pub fn feel(&mut self, text: &str) -> Result<WordReading, InferenceError> {
        let normal = beginning(text);
        let (mood, pieces) = self.mood(&normal)?;
        Ok(WordReading {
            mood,
            evidence: self.evidence(pieces, mood.top())?,
            language: words::language_of(&normal),
        })
    }

    /// The same mood several times as fast: the words named with it are not those that moved
    /// the model, but those that the word norms know to speak for this mood.
    pub fn skim(&mut self, text: &str) -> Result<WordReading, InferenceError> {
        let normal = beginning(text);
        let (mood, pieces) = self.mood(&normal)?;
        Ok(WordReading {
            mood,
            evidence: if pieces.is_empty() {
                Vec::new()
            } else {
                words::speaking_for(&normal, mood.top())
            },
            language: words::language_of(&normal),
        })
    }

    /// The mood of a normal text, and the pieces that mean something.
    fn mood<'a>(
        &mut self,
        normal: &'a str,
    ) -> Result<(MoodVector, Vec<Piece<'a>>), InferenceError> {
        let pieces = self.tokens.pieces(normal)?;
        let readings = self.read(&pieces)?;
        let read: Vec<Piece<'_>> = pieces
            .into_iter()
            .zip(readings)
            .filter(|(_, reading)| !reading.is_nothing)
            .map(|(text, TextReading { mood, .. })| Piece { text, mood })
            .collect();
        let moods: Vec<_> = read.iter().map(|p| (Source::Words, p.mood)).collect();
        Ok((fuse(&moods).unwrap_or(MoodVector::UNKNOWN), read))
    }

    /// The words that decided for `top`, strongest first.
    fn evidence(
        &mut self,
        mut pieces: Vec<Piece<'_>>,
        top: Mood,
    ) -> Result<Vec<WordEvidence>, InferenceError> {
        let speaks = |piece: &Piece<'_>| piece.mood.share(top) * piece.mood.confidence;
        pieces.sort_by(|a, b| speaks(b).total_cmp(&speaks(a)));
        let mut parts: Vec<Part<'_>> = pieces.iter().flat_map(Piece::words).collect();
        if parts.len() > MOST_TRIED {
            parts.truncate(MOST_SEARCHED);
            parts = self.promising(&parts, top)?;
        }
        let moved = self.without(&parts, top)?;
        let mut found: Vec<(f32, WordEvidence)> = parts
            .iter()
            .zip(moved)
            .map(|(part, moved)| {
                let word = WordEvidence {
                    text: part.piece.text[part.span.clone()].to_owned(),
                    valence: moved.valence,
                    arousal: moved.arousal,
                };
                (moved.distance, word)
            })
            .collect();
        found.sort_by(|a, b| b.0.total_cmp(&a.0));
        let least = found
            .first()
            .map_or(0.0, |(moved, _)| LEAST_EVIDENCE * moved);
        let mut told: Vec<WordEvidence> = Vec::new();
        for (moved, word) in found {
            if moved <= 0.0 || moved < least || told.len() == MOST_EVIDENCE {
                break;
            }
            if told.iter().all(|known| known.text != word.text) {
                told.push(word);
            }
        }
        Ok(told)
    }

    /// Of many words those in the passages that move the reading most: a passage is left
    /// out at once, so that a page costs hardly more than a sentence.
    fn promising<'a>(
        &mut self,
        words: &[Part<'a>],
        top: Mood,
    ) -> Result<Vec<Part<'a>>, InferenceError> {
        let in_one_piece = |a: &Part<'_>, b: &Part<'_>| std::ptr::eq(a.piece, b.piece);
        let passages: Vec<&[Part<'a>]> = words
            .chunk_by(in_one_piece)
            .flat_map(|words| words.chunks(PASSAGE_WORDS))
            .collect();
        let whole: Vec<Part<'a>> = passages
            .iter()
            .map(|words| Part {
                piece: words[0].piece,
                span: words[0].span.start..words[words.len() - 1].span.end,
            })
            .collect();
        let mut ranked: Vec<(f32, &[Part<'a>])> = self
            .without(&whole, top)?
            .into_iter()
            .map(|moved| moved.distance)
            .zip(passages)
            .collect();
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
        Ok(ranked
            .into_iter()
            .flat_map(|(_, words)| words)
            .take(MOST_TRIED)
            .cloned()
            .collect())
    }

    /// How far each part moves the reading: what its piece says with it and without it.
    fn without(&mut self, parts: &[Part<'_>], top: Mood) -> Result<Vec<Moved>, InferenceError> {
        let texts: Vec<String> = parts.iter().map(Part::rest).collect();
        let readings = self.read(&texts)?;
        let moved = |(part, without): (&Part<'_>, TextReading)| {
            let with = &part.piece.mood;
            // Without its only word a text says nothing at all.
            let without = if without.is_nothing {
                MoodVector::UNKNOWN
            } else {
                without.mood
            };
            Moved {
                distance: log_odds(with.share(top)) - log_odds(without.share(top))
                    + PLANE_WEIGHT * with.plane_distance(&without),
                valence: (with.valence - without.valence).clamp(-1.0, 1.0),
                arousal: (with.arousal - without.arousal).clamp(-1.0, 1.0),
            }
        };
        Ok(parts.iter().zip(readings).map(moved).collect())
    }
}

/// A part of the text that means something, with its reading.
struct Piece<'a> {
    text: &'a str,
    mood: MoodVector,
}

impl Piece<'_> {
    fn words(&self) -> impl Iterator<Item = Part<'_>> {
        let units = units(self.text).into_iter();
        units.map(|span| Part { piece: self, span })
    }
}

/// A word or more of a piece.
#[derive(Clone)]
struct Part<'a> {
    piece: &'a Piece<'a>,
    span: Range<usize>,
}

impl Part<'_> {
    /// Its piece without it.
    fn rest(&self) -> String {
        let text = self.piece.text;
        [&text[..self.span.start], &text[self.span.end..]].concat()
    }
}

/// How far a part moves the reading.
struct Moved {
    /// Towards the mood that was read.
    distance: f32,
    valence: f32,
    arousal: f32,
}

/// As much of a text as is read.
fn beginning(text: &str) -> String {
    normalise(&text.chars().take(MOST_CHARACTERS).collect::<String>())
}

/// The words that can be left out, each with what bends it; in order, not overlapping.
fn units(text: &str) -> Vec<Range<usize>> {
    let mut units: Vec<Range<usize>> = Vec::new();
    for clue in words::clues(text)
        .into_iter()
        .filter(|clue| clue.is_telling)
    {
        match units.last_mut() {
            Some(last) if clue.span.start < last.end => {
                last.start = last.start.min(clue.span.start);
                last.end = last.end.max(clue.span.end);
            }
            _ => units.push(clue.span),
        }
    }
    units
}

fn log_odds(share: f32) -> f32 {
    let share = share.clamp(1e-4, 1.0 - 1e-4);
    (share / (1.0 - share)).ln()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bent_word_is_left_out_with_what_bends_it() {
        let told = |text: &'static str| -> Vec<&str> {
            units(text).into_iter().map(|unit| &text[unit]).collect()
        };
        assert_eq!(
            told("I am not happy, just sad"),
            ["not happy", "just", "sad"]
        );
        assert_eq!(told("하나도 안 슬퍼"), ["하나도", "안 슬퍼"]);
        assert!(told("").is_empty());
    }
}
