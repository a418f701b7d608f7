//! The reason shown beside a suggestion.

use super::Calibration;
use super::feedback::{Leaning, ListenerModel};
use super::fuse::Candidate;
use super::index::Index;
use super::signal::Signal;
use super::style::shared_decade;
use crate::language::Language;
use crate::library::{Features, KeyMode, Track, TrackId, fold};
use crate::mood::{Mood, MoodVector};

/// A quantity is worth a word when the track stands this far from the library's middle
/// (−1 lowest … 1 highest): the outer thirds.
const NOTABLE: f32 = 0.34;
/// Below this the target asks for nothing in that direction.
const ASKED: f32 = 0.1;
/// A key is called major or minor when it sounds so this clearly.
const CLEAR_MODE: f32 = 0.05;
/// From this closeness on (two random tracks have about 0) tracks sound alike, or are heard
/// together.
const ALIKE: f32 = 0.5;
/// A signal that adds less than this share to a track's score decided nothing.
const DECIDED: f32 = 0.12;
/// A score bent by less than this share is as it was.
const LEAST_BEND: f32 = 0.05;
/// The listener leans for or against an artist from here on.
const LEANS: f32 = 0.15;
/// Lyrics are named when they weigh at least so much of sound and words together, and when
/// so large a share of their lines speaks for the mood; of fewer lines no share is told.
const LYRICS_WEIGHT: f32 = 0.33;
const LYRICS_SHARE: f32 = 0.3;
const LYRICS_LINES: u32 = 4;
/// At most so many words on how it sounds.
const MOST_SOUNDS: usize = 2;

/// The reason a track was suggested: facts that really decided, most important first.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Why {
    /// The facts.
    pub facts: Vec<Fact>,
    /// What each signal adds to the track's score, in the order of [`Signal::ALL`]; adds up
    /// to 1.
    pub shares: [f32; Signal::COUNT],
    /// How near the track is by each signal, 0…1.
    pub closeness: [f32; Signal::COUNT],
    /// How the listener's reactions bend the score.
    pub leaning: Leaning,
}

/// One fact of a reason.
#[derive(Debug, Clone, PartialEq)]
pub enum Fact {
    /// By the artist of an example.
    SameArtist,
    /// Of the genre of an example, as written in the file.
    SameGenre(String),
    /// Its sound is near an example's.
    SoundsAlike,
    /// Of the decade of an example: its first year.
    SameDecade(i32),
    /// Heard or listed together with an example: its title.
    HeardWith(String),
    /// Near to what the listener likes, by sound and listening.
    NearTaste,
    /// The listener gave it a thumb up.
    Liked,
    /// The listener gave its artist's tracks thumbs up.
    LikedArtist,
    /// The listener hears this artist's tracks to the end.
    FinishesArtist,
    /// The listener gave its artist's tracks so many thumbs down; there are fewer of them.
    FewerOfArtist(u32),
    /// Never played.
    NeverPlayed,
    /// Its place on a journey.
    Stage {
        /// From 1.
        number: usize,
        /// How many there are.
        of: usize,
    },
    /// How it sounds against the rest of this library.
    Sound(Sound),
    /// Its key, when it sounds clearly major or minor.
    Mode(KeyMode),
    /// A mood that the target asks for, and the share of its lyrics' lines that have it.
    Lines {
        /// Which.
        mood: Mood,
        /// 0…1.
        share: f32,
    },
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
                Fact::SameDecade(_)
                | Fact::HeardWith(_)
                | Fact::NearTaste
                | Fact::Liked
                | Fact::LikedArtist
                | Fact::FinishesArtist
                | Fact::FewerOfArtist(_)
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
            (Self::SameDecade(year), Language::English) => format!("also from the {year}s"),
            (Self::SameDecade(year), Language::Korean) => format!("같은 {year}년대"),
            (Self::HeardWith(title), Language::English) => format!("heard together with “{title}”"),
            (Self::HeardWith(title), Language::Korean) => format!("‘{title}’ 곁에서 들은 곡"),
            (Self::NearTaste, _) => language
                .pick("close to what you like", "좋아하는 음악과 가까워요")
                .to_owned(),
            (Self::Liked, _) => language.pick("you liked it", "좋아요를 누른 곡").to_owned(),
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

/// What a reason is looked for in.
pub(super) struct Asking<'a> {
    pub index: &'a Index,
    pub listener: &'a ListenerModel,
    /// The mood that was asked for.
    pub mood: MoodVector,
    /// The examples that were given.
    pub seeds: &'a [TrackId],
    /// Whether tracks never played were asked for.
    pub hidden_gems: bool,
}

/// Why this candidate was chosen.
pub(super) fn reason(asking: &Asking<'_>, candidate: &Candidate) -> Why {
    let index = asking.index;
    let track = index.track(candidate.row);
    let whole: f32 = candidate.added.iter().sum();
    let shares = candidate
        .added
        .map(|added| if whole > 0.0 { added / whole } else { 0.0 });
    let mut facts = likeness(asking, track, candidate, &shares);
    if let Some(analysis) = track.analysis.as_deref() {
        let features = &analysis.features;
        facts.extend(sounds(index.calibration(), features, asking.mood.arousal));
        facts.extend(mode(features, asking.mood.valence));
    }
    let mood = index.mood(candidate.row);
    let common = common_mood(&asking.mood, &mood);
    facts.extend(lines(track, common));
    facts.push(Fact::Mood {
        mood: common,
        share: mood.share(common),
    });
    facts.extend(learned(asking, track, candidate));
    if asking.hidden_gems && track.play_count == 0 {
        facts.push(Fact::NeverPlayed);
    }
    Why {
        facts,
        shares,
        closeness: candidate.closeness,
        leaning: candidate.leaning,
    }
}

/// What it has in common with the examples, or with what the listener likes.
fn likeness(
    asking: &Asking<'_>,
    track: &Track,
    candidate: &Candidate,
    shares: &[f32; Signal::COUNT],
) -> Vec<Fact> {
    let index = asking.index;
    let mut facts = Vec::new();
    let decided = |signal: Signal| {
        shares[signal.index()] >= DECIDED && candidate.closeness[signal.index()] >= ALIKE
    };
    let examples = || {
        let rows = asking.seeds.iter();
        rows.filter_map(|id| index.library().get(*id))
    };
    let artist = fold(track.artist());
    if !artist.is_empty() && examples().any(|example| fold(example.artist()) == artist) {
        facts.push(Fact::SameArtist);
    }
    if candidate.closeness[Signal::Sound.index()] >= ALIKE {
        facts.push(Fact::SoundsAlike);
    }
    let genre = fold(&track.tags.genre);
    if !genre.is_empty() && examples().any(|example| fold(&example.tags.genre) == genre) {
        facts.push(Fact::SameGenre(track.tags.genre.clone()));
    } else if let Some(decade) = examples().find_map(|example| shared_decade(track, example)) {
        facts.push(Fact::SameDecade(decade));
    }
    if decided(Signal::Listening) {
        facts.extend(heard_with(index, candidate.row, asking.seeds));
    } else if decided(Signal::Taste) {
        facts.push(Fact::NearTaste);
    }
    facts
}

/// The example that a track is nearest to in what is heard together.
fn heard_with(index: &Index, row: u32, seeds: &[TrackId]) -> Option<Fact> {
    let vectors = index.vectors(Signal::Listening)?;
    let own = vectors.probe(&vectors.row(row as usize))?;
    let example = seeds
        .iter()
        .filter_map(|id| index.library().position(*id))
        .max_by(|a, b| {
            vectors
                .cosine(*a, &own)
                .total_cmp(&vectors.cosine(*b, &own))
        })?;
    let title = index.library().tracks()[example].title().to_owned();
    Some(Fact::HeardWith(title))
}

/// What the listener's reactions have to do with it.
fn learned(asking: &Asking<'_>, track: &Track, candidate: &Candidate) -> Option<Fact> {
    let own = asking.listener.track(track.id);
    if own.is_some_and(|opinion| opinion.ups > 0) {
        return Some(Fact::Liked);
    }
    let leaning = candidate.leaning.artist;
    let artist = asking.listener.artist(&fold(track.artist().trim()))?;
    if leaning >= LEANS && artist.ups > 0 {
        Some(Fact::LikedArtist)
    } else if leaning >= LEANS && artist.finished > 2 * artist.skipped {
        Some(Fact::FinishesArtist)
    } else if leaning <= -LEANS && artist.downs > 0 {
        Some(Fact::FewerOfArtist(artist.downs))
    } else {
        None
    }
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

/// What share of the lyrics has this mood, if they counted for the track's mood.
fn lines(track: &Track, mood: Mood) -> Option<Fact> {
    let words = track.lyric_mood.as_deref()?;
    let sound = track.analysis.as_deref()?.mood.confidence;
    let weight = words.mood.confidence / (words.mood.confidence + sound).max(f32::MIN_POSITIVE);
    let share = words.share_of_lines(mood);
    (weight >= LYRICS_WEIGHT && share >= LYRICS_SHARE && words.counted_lines >= LYRICS_LINES)
        .then_some(Fact::Lines { mood, share })
}

/// The mood that both have most of.
fn common_mood(target: &MoodVector, mood: &MoodVector) -> Mood {
    let shared = |of: Mood| target.share(of) * mood.share(of);
    Mood::ALL
        .into_iter()
        .max_by(|a, b| shared(*a).total_cmp(&shared(*b)))
        .unwrap_or(Mood::Neutral)
}

#[cfg(test)]
mod tests {
    use super::*;

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
