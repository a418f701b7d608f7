//! A reason in words, in both languages.

use super::{Fact, Sound, Why};
use crate::language::Language;
use crate::library::KeyMode;
use crate::mood::Mood;
use crate::recommend::{Signal, instruments};

/// A score bent by less than this share is as it was.
const LEAST_BEND: f32 = 0.05;

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
                Fact::SameInstruments(_)
                | Fact::SameDecade(_)
                | Fact::HeardWith(_)
                | Fact::NearTaste
                | Fact::Liked
                | Fact::MovedUp
                | Fact::TakenOut
                | Fact::LikedArtist
                | Fact::FinishesArtist
                | Fact::FewerOfArtist(_)
                | Fact::ArtistTakenOut(_)
                | Fact::NeverPlayed
                | Fact::Lines { .. }
                | Fact::Stage { .. } => parts.push(fact.alone(language)),
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

    /// The signals that added anything, with their shares, largest first.
    #[must_use]
    pub fn signals(&self) -> Vec<(Signal, f32)> {
        let mut signals: Vec<(Signal, f32)> = Signal::ALL
            .into_iter()
            .zip(self.shares)
            .filter(|(_, share)| *share > 0.0)
            .collect();
        signals.sort_by(|a, b| b.1.total_cmp(&a.1));
        signals
    }

    /// The detailed view: one line for each signal that added anything, with its share of
    /// the decision and how near the track is by it, and one for what was learned.
    #[must_use]
    pub fn details(&self, language: Language) -> Vec<String> {
        let percent = |share: f32| (share * 100.0).round();
        let mut lines: Vec<String> = self
            .signals()
            .into_iter()
            .map(|(signal, share)| {
                let (share, near) = (percent(share), percent(self.closeness[signal.index()]));
                let name = signal.name(language);
                match language {
                    Language::English => format!("{name}: {share} % of the choice, {near} % near"),
                    Language::Korean => format!("{name}: 선택의 {share} %, 가까움 {near} %"),
                }
            })
            .collect();
        lines.extend(self.learned_line(language));
        lines
    }

    /// How the listener's reactions bend the score; `None` when they hardly do.
    #[must_use]
    pub fn learned_line(&self, language: Language) -> Option<String> {
        let factor = self.leaning.factor();
        ((factor - 1.0).abs() >= LEAST_BEND).then(|| match language {
            Language::English => format!("your reactions: score times {factor:.1}"),
            Language::Korean => format!("내 반응: 점수 {factor:.1}배"),
        })
    }
}

impl Fact {
    /// A fact that stands by itself in the line.
    fn alone(&self, language: Language) -> String {
        match (self, language) {
            (Self::SameInstruments(tags), _) => {
                let names: Vec<&str> = tags
                    .iter()
                    .filter_map(|tag| instruments::name(*tag, language))
                    .collect();
                match language {
                    Language::English => format!("also with {}", names.join(" and ")),
                    Language::Korean => format!("같은 소리({})", names.join(", ")),
                }
            }
            (Self::SameDecade(year), Language::English) => format!("also from the {year}s"),
            (Self::SameDecade(year), Language::Korean) => format!("같은 {year}년대"),
            (Self::HeardWith(title), Language::English) => format!("heard together with “{title}”"),
            (Self::HeardWith(title), Language::Korean) => format!("‘{title}’ 곁에서 들은 곡"),
            (Self::NearTaste, _) => language
                .pick("close to what you like", "좋아하는 음악과 가까워요")
                .to_owned(),
            (Self::Liked, _) => language.pick("you liked it", "좋아요를 누른 곡").to_owned(),
            (Self::MovedUp, _) => language.pick("you moved it up", "위로 옮긴 곡").to_owned(),
            (Self::TakenOut, _) => language
                .pick("you took it out before", "전에 뺀 곡")
                .to_owned(),
            (Self::ArtistTakenOut(times), Language::English) => {
                format!("fewer by this artist: taken out {times}×")
            }
            (Self::ArtistTakenOut(times), Language::Korean) => {
                format!("목록에서 {times}번 빼서 이 아티스트는 줄였어요")
            }
            (Self::LikedArtist, _) => language
                .pick("you like this artist", "좋아하는 아티스트")
                .to_owned(),
            (Self::FinishesArtist, _) => language
                .pick(
                    "you finish this artist's tracks",
                    "이 아티스트는 끝까지 듣는 편이에요",
                )
                .to_owned(),
            (Self::FewerOfArtist(1), Language::English) => {
                "fewer by this artist: one thumb down".to_owned()
            }
            (Self::FewerOfArtist(downs), Language::English) => {
                format!("fewer by this artist: {downs} thumbs down")
            }
            (Self::FewerOfArtist(downs), Language::Korean) => {
                format!("싫어요 {downs}번이라 이 아티스트는 줄였어요")
            }
            (Self::NeverPlayed, _) => language
                .pick("not played yet", "아직 안 들은 곡")
                .to_owned(),
            (Self::Stage { number, of }, Language::English) => format!("step {number} of {of}"),
            (Self::Stage { number, of }, Language::Korean) => format!("{of}걸음 중 {number}번째"),
            (Self::Lines { mood, share }, Language::English) => {
                let percent = (share * 100.0).round();
                format!("{percent} % of its lines are {}", mood.key())
            }
            (Self::Lines { mood, share }, Language::Korean) => {
                let percent = (share * 100.0).round();
                format!("가사의 {percent} %가 {}", are_korean(*mood))
            }
            _ => String::new(),
        }
    }
}

/// How lines are that have a mood.
const fn are_korean(mood: Mood) -> &'static str {
    match mood {
        Mood::Happy => "기뻐요",
        Mood::Romantic => "로맨틱해요",
        Mood::Peaceful => "평화로워요",
        Mood::Sad => "슬퍼요",
        Mood::Tense => "긴장돼요",
        Mood::Angry => "분노에 차 있어요",
        Mood::Neutral => "담담해요",
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::StyleTag;

    fn told(facts: Vec<Fact>) -> (String, String) {
        let why = Why {
            facts,
            ..Why::default()
        };
        (why.line(Language::English), why.line(Language::Korean))
    }

    #[test]
    fn a_line_reads_well_in_both_languages() {
        let sad = Fact::Mood {
            mood: Mood::Sad,
            share: 0.62,
        };
        let (english, korean) = told(vec![
            Fact::Sound(Sound::Slow),
            Fact::Sound(Sound::Soft),
            Fact::Mode(KeyMode::Minor),
            sad.clone(),
        ]);
        assert_eq!(english, "slow and soft, minor key · sad 62 %");
        assert_eq!(korean, "느리고 부드러워요 · 단조 · 슬픔 62 %");
        let (english, korean) = told(vec![Fact::Mode(KeyMode::Minor), sad.clone()]);
        assert_eq!(english, "minor key · sad 62 %");
        assert_eq!(korean, "단조 · 슬픔 62 %");
        let (english, korean) = told(vec![
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
    fn what_sounds_in_both_is_named() {
        let (english, korean) = told(vec![
            Fact::SoundsAlike,
            Fact::SameInstruments(vec![StyleTag::Piano, StyleTag::Strings]),
        ]);
        assert_eq!(english, "similar sound · also with piano and strings");
        assert_eq!(korean, "비슷한 소리 · 같은 소리(피아노, 현악)");
    }

    #[test]
    fn lyrics_are_named_by_their_lines() {
        let (english, korean) = told(vec![Fact::Lines {
            mood: Mood::Sad,
            share: 0.62,
        }]);
        assert_eq!(english, "62 % of its lines are sad");
        assert_eq!(korean, "가사의 62 %가 슬퍼요");
    }

    #[test]
    fn no_facts_make_an_empty_line() {
        assert_eq!(told(Vec::new()), (String::new(), String::new()));
    }
}
