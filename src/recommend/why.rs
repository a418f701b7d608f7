//! The reason shown beside a suggestion.

use super::rank::Candidate;
use super::{Calibration, Target};
use crate::language::Language;
use crate::library::{Features, KeyMode, Library, Track, fold};
use crate::mood::{Mood, MoodVector};

/// A quantity is worth a word when the track stands this far from the library's middle
/// (−1 lowest … 1 highest): the outer thirds.
const NOTABLE: f32 = 0.34;
/// Below this the target asks for nothing in that direction.
const ASKED: f32 = 0.1;
/// A key is called major or minor when it sounds so this clearly.
const CLEAR_MODE: f32 = 0.05;
/// From this timbre closeness on (two random tracks have about .13) tracks sound alike.
const ALIKE: f32 = 0.4;
/// At most so many words on how it sounds.
const MOST_SOUNDS: usize = 2;

/// The reason a track was suggested: facts that really decided, most important first.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Why {
    /// The facts.
    pub facts: Vec<Fact>,
}

/// One fact of a reason.
#[derive(Debug, Clone, PartialEq)]
pub enum Fact {
    /// By the artist of an example.
    SameArtist,
    /// Of the genre of an example, as written in the file.
    SameGenre(String),
    /// Its timbre is near an example's.
    SoundsAlike,
    /// How it sounds against the rest of this library.
    Sound(Sound),
    /// Its key, when it sounds clearly major or minor.
    Mode(KeyMode),
    /// The mood it shares most with the target, and that mood's share in the track.
    Mood {
        /// Which.
        mood: Mood,
        /// 0…1.
        share: f32,
    },
}

/// How a track sounds against the rest of its library.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sound {
    /// Low tempo.
    Slow,
    /// High tempo.
    Fast,
    /// Low loudness.
    Soft,
    /// High loudness.
    Loud,
    /// Low spectral centroid.
    Dark,
    /// High spectral centroid.
    Bright,
    /// Few onsets a second.
    Sparse,
    /// Many onsets a second.
    Busy,
}

impl Sound {
    const fn english(self) -> &'static str {
        match self {
            Self::Slow => "slow",
            Self::Fast => "fast",
            Self::Soft => "soft",
            Self::Loud => "loud",
            Self::Dark => "dark in tone",
            Self::Bright => "bright in tone",
            Self::Sparse => "sparse",
            Self::Busy => "busy",
        }
    }

    /// Linking form and closing form.
    const fn korean(self) -> (&'static str, &'static str) {
        match self {
            Self::Slow => ("느리고", "느려요"),
            Self::Fast => ("빠르고", "빨라요"),
            Self::Soft => ("부드럽고", "부드러워요"),
            Self::Loud => ("힘차고", "힘차요"),
            Self::Dark => ("음색이 어둡고", "음색이 어두워요"),
            Self::Bright => ("음색이 밝고", "음색이 밝아요"),
            Self::Sparse => ("여백이 많고", "여백이 많아요"),
            Self::Busy => ("리듬이 촘촘하고", "리듬이 촘촘해요"),
        }
    }
}

impl Why {
    /// One grammatical line in the listener's language, such as
    /// `slow and soft, minor key · sad 62 %` or `느리고 부드러워요 · 단조 · 슬픔 62 %`.
    #[must_use]
    pub fn line(&self, language: Language) -> String {
        let sounds: Vec<Sound> = self
            .facts
            .iter()
            .filter_map(|fact| match fact {
                Fact::Sound(sound) => Some(*sound),
                _ => None,
            })
            .collect();
        let mut parts: Vec<String> = Vec::new();
        let mut after_sounds = false;
        for fact in &self.facts {
            let was_after_sounds = std::mem::take(&mut after_sounds);
            match fact {
                Fact::SameArtist => {
                    parts.push(language.pick("same artist", "같은 아티스트").to_owned());
                }
                Fact::SameGenre(genre) => parts.push(match language {
                    Language::English => format!("also {genre}"),
                    Language::Korean => format!("같은 장르({genre})"),
                }),
                Fact::SoundsAlike => {
                    parts.push(language.pick("similar sound", "비슷한 소리").to_owned());
                }
                Fact::Sound(sound) => {
                    // All sounds make one part, where the first of them stands.
                    if sounds.first() == Some(sound) {
                        parts.push(join(&sounds, language));
                    }
                    after_sounds = true;
                }
                Fact::Mode(mode) => {
                    let name = match mode {
                        KeyMode::Major => language.pick("major key", "장조"),
                        KeyMode::Minor => language.pick("minor key", "단조"),
                    };
                    match parts.last_mut() {
                        Some(sounds) if was_after_sounds && language == Language::English => {
                            sounds.push_str(", ");
                            sounds.push_str(name);
                        }
                        _ => parts.push(name.to_owned()),
                    }
                }
                Fact::Mood { mood, share } => {
                    let percent = (share * 100.0).round();
                    parts.push(format!("{} {percent} %", mood.name(language)));
                }
            }
        }
        parts.join(" · ")
    }
}

fn join(sounds: &[Sound], language: Language) -> String {
    let Some((last, before)) = sounds.split_last() else {
        return String::new();
    };
    match language {
        Language::English => {
            let before: Vec<_> = before.iter().map(|sound| sound.english()).collect();
            if before.is_empty() {
                last.english().to_owned()
            } else {
                format!("{} and {}", before.join(", "), last.english())
            }
        }
        Language::Korean => {
            let linked = before.iter().map(|sound| sound.korean().0);
            linked
                .chain([last.korean().1])
                .collect::<Vec<_>>()
                .join(" ")
        }
    }
}

/// Why this candidate answers this target.
pub(super) fn reason(
    library: &Library,
    calibration: &Calibration,
    track: &Track,
    candidate: &Candidate,
    target: &Target,
) -> Why {
    let mut facts = Vec::new();
    let examples = || target.seeds.iter().filter_map(|id| library.get(*id));
    let artist = fold(track.artist());
    if !artist.is_empty() && examples().any(|example| fold(example.artist()) == artist) {
        facts.push(Fact::SameArtist);
    }
    if candidate.timbre >= ALIKE {
        facts.push(Fact::SoundsAlike);
    }
    let genre = fold(&track.tags.genre);
    if !genre.is_empty() && examples().any(|example| fold(&example.tags.genre) == genre) {
        facts.push(Fact::SameGenre(track.tags.genre.clone()));
    }
    if let Some(analysis) = track.analysis.as_deref() {
        facts.extend(sounds(calibration, &analysis.features, target.mood.arousal));
        facts.extend(mode(&analysis.features, target.mood.valence));
    }
    facts.push(shared_mood(&target.mood, &candidate.mood));
    Why { facts }
}

/// What about the sound speaks for a target of this arousal, strongest first.
fn sounds(calibration: &Calibration, features: &Features, arousal: f32) -> Vec<Fact> {
    if arousal.abs() < ASKED {
        return Vec::new();
    }
    let tempo = (features.tempo_bpm > 0.0).then(|| calibration.tempo.quantile(features.tempo_bpm));
    let mut found: Vec<(f32, Sound)> = [
        (1.2, tempo, Sound::Slow, Sound::Fast),
        (
            1.1,
            Some(calibration.loudness.quantile(features.loudness_lufs)),
            Sound::Soft,
            Sound::Loud,
        ),
        (
            1.0,
            Some(calibration.onsets.quantile(features.onset_rate_hz)),
            Sound::Sparse,
            Sound::Busy,
        ),
        (
            0.7,
            Some(calibration.brightness.quantile(features.centroid_hz)),
            Sound::Dark,
            Sound::Bright,
        ),
    ]
    .into_iter()
    .filter_map(|(weight, quantile, low, high)| {
        let stand = 2.0 * quantile? - 1.0;
        // Only what points the way the target points can have decided.
        (stand.abs() >= NOTABLE && (stand > 0.0) == (arousal > 0.0))
            .then(|| (weight * stand.abs(), if stand > 0.0 { high } else { low }))
    })
    .collect();
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    found
        .into_iter()
        .take(MOST_SOUNDS)
        .map(|(_, sound)| Fact::Sound(sound))
        .collect()
}

fn mode(features: &Features, valence: f32) -> Option<Fact> {
    let (wanted, strength) = if valence > 0.0 {
        (KeyMode::Major, features.mode_strength)
    } else {
        (KeyMode::Minor, -features.mode_strength)
    };
    (valence.abs() >= ASKED && features.key.mode == wanted && strength >= CLEAR_MODE)
        .then_some(Fact::Mode(wanted))
}

fn shared_mood(target: &MoodVector, mood: &MoodVector) -> Fact {
    let shared = |of: Mood| target.share(of) * mood.share(of);
    let mood_shared = Mood::ALL
        .into_iter()
        .max_by(|a, b| shared(*a).total_cmp(&shared(*b)))
        .unwrap_or(Mood::Neutral);
    Fact::Mood {
        mood: mood_shared,
        share: mood.share(mood_shared),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(facts: Vec<Fact>) -> (String, String) {
        let why = Why { facts };
        (why.line(Language::English), why.line(Language::Korean))
    }

    #[test]
    fn a_line_reads_well_in_both_languages() {
        let sad = Fact::Mood {
            mood: Mood::Sad,
            share: 0.62,
        };
        let (english, korean) = lines(vec![
            Fact::Sound(Sound::Slow),
            Fact::Sound(Sound::Soft),
            Fact::Mode(KeyMode::Minor),
            sad.clone(),
        ]);
        assert_eq!(english, "slow and soft, minor key · sad 62 %");
        assert_eq!(korean, "느리고 부드러워요 · 단조 · 슬픔 62 %");
        let (english, korean) = lines(vec![Fact::Mode(KeyMode::Minor), sad.clone()]);
        assert_eq!(english, "minor key · sad 62 %");
        assert_eq!(korean, "단조 · 슬픔 62 %");
        let (english, korean) = lines(vec![
            Fact::SameArtist,
            Fact::SoundsAlike,
            Fact::SameGenre("발라드".to_owned()),
            Fact::Sound(Sound::Dark),
            sad,
        ]);
        assert_eq!(
            english,
            "same artist · similar sound · also 발라드 · dark in tone · sad 62 %"
        );
        assert_eq!(
            korean,
            "같은 아티스트 · 비슷한 소리 · 같은 장르(발라드) · 음색이 어두워요 · 슬픔 62 %"
        );
    }

    #[test]
    fn no_facts_make_an_empty_line() {
        assert_eq!(lines(Vec::new()), (String::new(), String::new()));
    }
}
