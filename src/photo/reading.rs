//! How a photo feels, and why.

use super::colour::Colours;
use super::scene::Scene;
use crate::language::Language;
use crate::mood::{Mood, MoodVector};
use serde::Serialize;

/// Words for the colours, in the one line that says why.
const MOST_COLOUR_WORDS: usize = 1;
/// And where the colours are all there is.
const MOST_COLOUR_WORDS_ALONE: usize = 3;
/// A second mood is named from this share on.
const SECOND_MOOD: f32 = 0.15;

/// Who has an opinion about a photo.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Reader {
    /// The photo model, on the picture as a whole.
    Model,
    /// The expression of the largest face.
    Faces,
    /// Colour, light and contrast.
    Colour,
    /// The words model, on a sentence that says what is to be seen.
    Words,
}

impl Reader {
    /// The name a listener reads.
    #[must_use]
    pub const fn name(self, language: Language) -> &'static str {
        let (english, korean) = match self {
            Self::Model => ("The whole picture", "사진 전체"),
            Self::Faces => ("The face", "얼굴"),
            Self::Colour => ("Colour and light", "색과 빛"),
            Self::Words => ("What it shows, in words", "보이는 것을 글로"),
        };
        match language {
            Language::English => english,
            Language::Korean => korean,
        }
    }
}

/// What one reader thinks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Opinion {
    /// Who.
    pub reader: Reader,
    /// The mood, with the reader's own confidence.
    pub mood: MoodVector,
}

/// How a photo was read.
#[derive(Debug, Clone, PartialEq)]
pub struct PhotoReading {
    /// The mood that all opinions together make.
    pub mood: MoodVector,
    /// The opinions, each with how much it counted, 0…1; the shares add up to 1.
    pub opinions: Vec<(Opinion, f32)>,
    /// What is to be seen; nothing when there is no photo model.
    pub scene: Scene,
    /// Its colours.
    pub colours: Colours,
    /// Where the photo stands among many others, by valence and by arousal, 0…1; `None` when
    /// that is not known.
    pub ranks: Option<(f32, f32)>,
}

impl PhotoReading {
    /// The opinion of one reader, if it has one.
    #[must_use]
    pub fn opinion(&self, reader: Reader) -> Option<&Opinion> {
        let mut opinions = self.opinions.iter().map(|(opinion, _)| opinion);
        opinions.find(|opinion| opinion.reader == reader)
    }

    /// What was seen: "sea at sunset, warm colours, nobody around".
    #[must_use]
    pub fn description(&self, language: Language) -> String {
        let mut parts = self.scene.parts(language);
        let seen = !parts.is_empty();
        if let Some(face) = self.face(language) {
            parts.push(face.to_owned());
        }
        let most = if seen {
            MOST_COLOUR_WORDS
        } else {
            MOST_COLOUR_WORDS_ALONE
        };
        parts.extend(
            self.colours
                .words(language, most)
                .into_iter()
                .map(str::to_owned),
        );
        if seen && self.scene.is_empty_of_people() {
            parts.push(language.pick("nobody around", "아무도 없음").to_owned());
        }
        if parts.is_empty() {
            parts.push(language.pick("plain colours", "수수한 색").to_owned());
        }
        parts.join(", ")
    }

    /// The one line that says why: what was seen, and which moods that makes.
    #[must_use]
    pub fn why(&self, language: Language) -> String {
        format!(
            "{} → {}",
            self.description(language),
            moods(&self.mood, language)
        )
    }

    /// What a reader's opinion rests on.
    #[must_use]
    pub fn reason(&self, reader: Reader, language: Language) -> String {
        match reader {
            Reader::Model => language
                .pick(
                    "learned from photos that people rated",
                    "사람들이 평가한 사진에서 배운 느낌",
                )
                .to_owned(),
            Reader::Faces => self.face(language).map_or_else(
                || {
                    language
                        .pick("a mixed expression", "뚜렷하지 않은 표정")
                        .to_owned()
                },
                str::to_owned,
            ),
            Reader::Colour => {
                let words = self.colours.words(language, MOST_COLOUR_WORDS_ALONE);
                if words.is_empty() {
                    language.pick("plain colours", "수수한 색").to_owned()
                } else {
                    words.join(", ")
                }
            }
            Reader::Words => {
                let mut parts = self.scene.parts(language);
                parts.extend(self.face(language).map(str::to_owned));
                parts.join(", ")
            }
        }
    }

    /// What a face says that is large enough for an opinion.
    fn face(&self, language: Language) -> Option<&'static str> {
        self.opinion(Reader::Faces)?;
        let expression = self.scene.faces.expression()?;
        Some(expression.face(language))
    }
}

/// The strongest moods with their shares: "peaceful .61, romantic .22".
#[must_use]
pub fn moods(mood: &MoodVector, language: Language) -> String {
    let mut shares: Vec<(Mood, f32)> = Mood::ALL
        .into_iter()
        .map(|each| (each, mood.share(each)))
        .collect();
    shares.sort_by(|a, b| b.1.total_cmp(&a.1));
    let told = shares
        .into_iter()
        .take(2)
        .enumerate()
        .filter(|(number, (_, share))| *number == 0 || *share >= SECOND_MOOD)
        .map(|(_, (each, share))| {
            let share = format!("{share:.2}");
            format!("{} {}", each.name(language), share.trim_start_matches('0'))
        });
    told.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::super::{Faces, Pixels};
    use super::*;
    use std::sync::Arc;

    fn reading(tags: &[(&str, f32)], faces: Faces, with_face: bool) -> PhotoReading {
        let warm: Vec<u8> = (0..64 * 64)
            .flat_map(|at| [250, 150 - (at / 64) as u8, 60])
            .collect();
        let mood = MoodVector::new(0.5, -0.3, [0.05, 0.22, 0.61, 0.03, 0.03, 0.01, 0.05], 0.6);
        let mut opinions = vec![(
            Opinion {
                reader: Reader::Model,
                mood,
            },
            1.0,
        )];
        if with_face {
            opinions.push((
                Opinion {
                    reader: Reader::Faces,
                    mood,
                },
                0.0,
            ));
        }
        PhotoReading {
            mood,
            opinions,
            scene: Scene {
                tags: tags.iter().map(|(key, p)| (Arc::from(*key), *p)).collect(),
                faces,
            },
            colours: Colours::of(&Pixels::new(64, 64, warm).unwrap()),
            ranks: None,
        }
    }

    #[test]
    fn one_line_says_what_was_seen_and_what_it_makes() {
        let sea = reading(&[("sea", 0.9), ("sunset", 0.8)], Faces::default(), false);
        assert_eq!(
            sea.why(Language::English),
            "sea at sunset, warm colours, nobody around → peaceful .61, romantic .22"
        );
        assert_eq!(
            sea.why(Language::Korean),
            "노을 지는 바다, 따뜻한 색, 아무도 없음 → 평화 .61, 로맨틱 .22"
        );
    }

    #[test]
    fn a_large_face_is_told_and_a_small_one_not() {
        let faces = Faces {
            share: 0.2,
            largest: 0.5,
            expression: [0.0, 0.9, 0.1, 0.0, 0.0, 0.0, 0.0],
        };
        let smile = reading(&[("portrait", 0.9)], faces, true);
        assert!(
            smile
                .description(Language::English)
                .contains("a smiling face")
        );
        assert_eq!(smile.reason(Reader::Faces, Language::Korean), "웃는 얼굴");
        let small = reading(&[("portrait", 0.9)], faces, false);
        assert!(!small.description(Language::English).contains("smiling"));
    }

    #[test]
    fn without_a_model_the_colours_are_told() {
        let mut bare = reading(&[], Faces::default(), false);
        bare.opinions.clear();
        let told = bare.description(Language::English);
        assert!(
            told.contains("warm colours") && !told.contains("nobody"),
            "{told}"
        );
    }

    #[test]
    fn a_clear_mood_is_named_alone() {
        let clear = MoodVector::new(0.6, 0.2, [0.9, 0.05, 0.01, 0.01, 0.01, 0.01, 0.01], 1.0);
        assert_eq!(moods(&clear, Language::English), "happy .90");
    }
}
